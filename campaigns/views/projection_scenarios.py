"""Scenarios of a projection: side by side, and each in its form."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.drawing.fan import fans
from campaigns.forms.scenarios import ScenarioForm
from campaigns.models import Projection
from campaigns.queries.projections import latest_version
from campaigns.services.projection_documents import MOST_SCENARIOS
from campaigns.services.projections import edit_projection
from campaigns.views.projection_frame import asked_version, frame, shown
from campaigns.views.projection_result import names_of, series_of
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict
from teams.permissions import Permission, require
from teams.seen import posted

COLORS = ("indigo", "amber", "teal", "rose", "violet", "green")


@page("GET")
def projection_scenarios(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Medians and intervals beside one another, in all and month by month, and each one's difference to the base."""
    found = shown(request, pk)
    version = asked_version(request, found)
    answer = version.answer["scenarios"]
    context = frame(request, found, "projection_scenarios") | by_month(answer, request.GET.get("show", ""))
    context |= {
        "version": version,
        "latest": version.number == found.number,
        "room": len(answer) <= MOST_SCENARIOS,
        "columns": [
            {
                "number": number,
                "name": name,
                "color": COLORS[number],
                "one": answer[number],
                "own": own(version, number),
            }
            for number, name in names_of(version.answer)
        ],
    }
    return render(request, "campaigns/projections/scenarios.html", context)


def by_month(answer: list[dict[str, Any]], show: str) -> dict[str, Any]:
    """What is asked for, of customers unless it is something else: a line and a column for each scenario."""
    shows = {name: label for name, (label, _series) in series_of(answer[0]).items()}
    chosen = show if show in shows else "customers"
    lines = {color: series_of(one)[chosen][1] for color, one in zip(COLORS, answer, strict=False)}
    names = answer[0]["months"]
    return {
        "months": [
            {"name": name, "values": [series_at(line, place) for line in lines.values()]}
            for place, name in enumerate(names)
        ],
        "fan": fans(names, lines),
        "shows": list(shows.items()),
        "show": chosen,
        "show_label": shows[chosen],
    }


def own(version: Any, number: int) -> dict[str, Any]:
    """What the scenario of a column changes; the base changes nothing."""
    return version.document["scenarios"][number - 1] if number else {}


def series_at(line: dict[str, Any], place: int) -> list[float]:
    return [line[end][place] for end in ("p10", "p50", "p90")]


@page("GET", "POST", permission=Permission.PROJECTION_CREATE)
def scenario_new(request: WorkspaceRequest, pk: int) -> HttpResponse:
    return write(request, shown(request, pk), None)


@page("GET", "POST", permission=Permission.PROJECTION_CREATE)
def scenario_edit(request: WorkspaceRequest, pk: int, number: int) -> HttpResponse:
    """The scenario at this place, counted from 1 as on the page."""
    return write(request, shown(request, pk), number)


def write(request: WorkspaceRequest, found: Projection, number: int | None) -> HttpResponse:
    require(request.membership, Permission.PROJECTION_EDIT, found)
    document = latest_version(found).document
    place = place_of(document, number)
    form = form_of(found, document, place, posted(request))
    status = 200
    if request.method == "POST":
        status = save(request, found, form)
        if status == 302:
            return redirect("campaigns:projection_scenarios", request.workspace.slug, found.pk)
        if status == 409:
            fresh = shown(request, found.pk)
            form.show_theirs(form_of(fresh, latest_version(fresh).document, place))
    context = frame(request, found, "projection_scenarios") | {"form": form, "number": number}
    return render(request, "campaigns/projections/scenario_form.html", context, status=status)


def place_of(document: dict[str, Any], number: int | None) -> int | None:
    if number is not None and not 1 <= number <= len(document["scenarios"]):
        raise Http404
    return None if number is None else number - 1


def form_of(found: Projection, document: dict[str, Any], place: int | None, data: Any = None) -> ScenarioForm:
    there = place if place is None or place < len(document["scenarios"]) else None
    return ScenarioForm(data, document=document, number=there, initial={"seen": found.version})


def save(request: WorkspaceRequest, found: Projection, form: ScenarioForm) -> int:
    if not form.is_valid():
        return 422
    drafts = {"scenarios": form.drafts()}
    try:
        saved = edit_projection(by=request.membership, projection=found, seen=form.seen_version(), document=drafts)
    except ValidationError as error:
        form.refuse(error)
        return 422
    except Conflict:
        return 409
    messages.success(request, _("Saved as version %(number)s.") % {"number": saved.number})
    return 302


@page("POST", permission=Permission.PROJECTION_CREATE)
def scenario_remove(request: WorkspaceRequest, pk: int, number: int) -> HttpResponse:
    """The version before still has it: taking that one up again is the undo."""
    found = shown(request, pk)
    require(request.membership, Permission.PROJECTION_EDIT, found)
    document, before = latest_version(found).document, found.number
    place = place_of(document, number)
    rest = [one for index, one in enumerate(document["scenarios"]) if index != place]
    try:
        edit_projection(by=request.membership, projection=found, seen=found.version, document={"scenarios": rest})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        undo = reverse("campaigns:version_restore", args=[request.workspace.slug, pk, before])
        messages.success(request, _("The scenario is taken away."), extra_tags=undo)
    return redirect("campaigns:projection_scenarios", request.workspace.slug, pk)
