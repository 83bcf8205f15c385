"""What a version of a projection came to, as its page shows it. Nothing is computed here: the answer is kept."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from campaigns.drawing.fan import fans
from campaigns.forecast.backwards import Lever, needed
from campaigns.forecast.limits import InvalidInput
from campaigns.forms.needed import NeededForm
from campaigns.models import Projection, ProjectionVersion
from campaigns.queries.projection_offers import heard_of
from campaigns.services.projection_locks import savers
from campaigns.services.projection_questions import question_of, scenario_document
from campaigns.views.projection_frame import asked_version, shown
from teams.door import WorkspaceRequest, page
from teams.queries import named_id
from teams.spoken import spoken

HEAVY = 0.005  # of the variance: what matters less than this is one line


def result_context(request: WorkspaceRequest, projection: Projection, version: ProjectionVersion) -> dict[str, Any]:
    number = chosen_scenario(request, version.answer)
    one = version.answer["scenarios"][number]
    heard = heard_of(projection, version.document) if version.number == projection.number else []
    return pictures(request, one) | {
        "version": version,
        "latest": version.number == projection.number,
        "scenarios": names_of(version.answer),
        "chosen_scenario": number,
        "one": one,
        "weights": [share for share in one["sensitivity"] if share["share"] >= HEAVY],
        "light": len([share for share in one["sensitivity"] if share["share"] < HEAVY]),
        "rows": list(month_rows(one)),
        "inputs": list(input_rows(version.document)),
        "needed_form": NeededForm(),
        "offers": [offer for offer in heard if offer.changes],
        "silent": [offer for offer in heard if not offer.changes],
        "may_lock": version.number == projection.number and request.membership.pk not in savers(version),
    }


def pictures(request: WorkspaceRequest, one: dict[str, Any]) -> dict[str, Any]:
    """The fan of what the address names, of customers unless it names something, and revenue against cost."""
    series = series_of(one)
    show = request.GET.get("show", "")
    chosen = show if show in series else "customers"
    so_far = {"revenue": one["revenue_to_date"], "cost": one["cost_to_date"]}
    return {
        "shows": [(name, label) for name, (label, _series) in series.items()],
        "show": chosen,
        "show_label": series[chosen][0],
        "series": series[chosen][1],
        "fan": fans(one["months"], {chosen: series[chosen][1]}),
        "cumulated": fans(one["months"], so_far, mark=one["payback"] and one["payback"]["p50"]),
    }


def chosen_scenario(request: WorkspaceRequest, answer: dict[str, Any]) -> int:
    number = named_id(request.GET.get("scenario")) or 0
    return number if number < len(answer["scenarios"]) else 0


def names_of(answer: dict[str, Any]) -> list[tuple[int, str]]:
    return [(number, one["name"] or _("Base")) for number, one in enumerate(answer["scenarios"])]


def series_of(one: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any]]]:
    """What can be drawn by month, by its name in the address: label and series."""
    found = {"entered": (_("Come in"), one["entered"])}
    for number, stage in enumerate(one["stages"][:-1]):
        found[f"stage-{number}"] = (stage["name"], stage["months"])
    last = one["stages"][-1]
    found["customers"] = (_("%(stage)s (customers)") % {"stage": last["name"]}, last["months"])
    return found | {"revenue": (_("Revenue"), one["revenue"]), "cost": (_("Cost"), one["cost"])}


def month_rows(one: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """The medians of each month, and what share of those who came in then became customers in it."""
    for number, name in enumerate(one["months"]):
        entered = one["entered"]["p50"][number]
        won = one["stages"][-1]["months"]
        yield {
            "month": name,
            "entered": entered,
            "stages": [stage["months"]["p50"][number] for stage in one["stages"]],
            "customers": [won[end][number] for end in ("p10", "p50", "p90")],
            "revenue": [one["revenue"][end][number] for end in ("p10", "p50", "p90")],
            "cost": one["cost"]["p50"][number],
            "conversion": won["p50"][number] / entered if entered else None,
        }


def input_rows(document: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Each input with its source, in the order of the form."""
    for stage in document["stages"]:
        yield row(stage, "rate", stage["name"], _("rate"))
        if stage["lag_days"]:
            yield row(stage, "lag_days", stage["name"], _("days until it is passed"))
    for channel in document["inputs"]:
        for field, label in (("volumes", _("come in")), ("spend", _("spend")), ("cost", _("cost"))):
            if channel.get(field):
                yield {**row(channel, field, channel["channel"], label), "cells": channel[field]}
        if channel.get("cost_per_visit") is not None:
            yield row(channel, "cost_per_visit", channel["channel"], _("price of a visit"))
    yield row(document, "value", "", _("worth of a customer"))
    if document["retention"] is not None:
        yield row(document, "retention", "", _("retention by month"))


def row(holder: dict[str, Any], field: str, thing: str, label: str) -> dict[str, Any]:
    return {
        "thing": thing,
        "label": label,
        "field": field,
        "value": holder[field],
        "source": holder["sources"].get(field),
    }


@page("GET")
def projection_needed(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """What would be needed for a target: each lever alone. A page of its own without JavaScript."""
    found = shown(request, pk)
    version = asked_version(request, found)
    number = chosen_scenario(request, version.answer)
    form = NeededForm(request.GET if "goal" in request.GET else None)
    levers: tuple[Lever, ...] = ()
    if form.is_valid():
        document = version.document
        whole = scenario_document(document, document["scenarios"][number - 1]) if number else document
        try:
            levers = needed(question_of(whole), form.target())
        except InvalidInput as error:
            form.add_error("goal", [spoken(sentence) for sentence in error.errors.values()])
    context = {
        "projection": found,
        "version": version,
        "latest": version.number == found.number,
        "chosen_scenario": number,
        "scenarios": names_of(version.answer),
        "needed_form": form,
        "levers": levers,
    }
    name = "_needed" if request.htmx else "needed"
    return render(request, f"campaigns/projections/{name}.html", context, status=422 if form.errors else 200)
