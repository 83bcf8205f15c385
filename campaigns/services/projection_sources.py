"""Where each input of a projection comes from: assumed by somebody, measured by a metric, or seen in an experiment.

A source is kept with its input as plain values, so that a version says what was known then:

    {"kind": "assumed", "of": "Ilse Varga", "at": "2026-11-23"}
    {"kind": "measured", "of": "Trial to paid", "at": "2026-10-31", "metric": 12, "value": 0.12, "n": 1204}
    {"kind": "experiment", "of": "Date first", "at": "2026-10-20", "experiment": 5, "effect": [0.01, 0.04, 0.07]}

An input whose number and kind of source stay keeps its source with whoever assumed it first, also where its scenario is
called otherwise.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.forecast.ranges import SourceKind
from campaigns.forecast.scores import wilson
from campaigns.queries.projections import metrics_with_reading
from campaigns.services.projection_questions import CHANNEL_FIELDS, STAGE_FIELDS, WHOLE_FIELDS, Document
from insights.enums import MetricKind
from insights.models import Metric
from teams.permissions import Actor

Source = dict[str, Any]
DIGITS = 6  # of a rate that a reading gives: more would pretend to know more


def assumed(by: Actor) -> Source:
    return {"kind": SourceKind.ASSUMED.value, "of": by.label, "at": timezone.localdate().isoformat()}


def measured(metric: Metric) -> Source:
    """Of a metric from `metrics_with_reading` that has one."""
    found: Any = metric
    return {
        "kind": SourceKind.MEASURED.value,
        "of": metric.name,
        "at": found.latest_date.isoformat(),
        "metric": metric.pk,
        "value": found.latest_value,
        "n": found.latest_n,
    }


def guess_from(metric: Metric) -> Any:
    """What a metric's newest reading says of an input: a share of n people as its 95 % interval, else the number."""
    found: Any = metric
    value, n = found.latest_value, found.latest_n
    if metric.kind != MetricKind.SHARE or not n:
        return value
    low, high = wilson(value * n, n)
    low, high = min(round(low, DIGITS), value), max(round(high, DIGITS), value)
    return {"low": low, "likely": value, "high": high}


def places(document: Document) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The way to each input, what holds it and the name of its field; those of the scenarios, too."""
    yield from places_of(document, "", ())
    for number, scenario in enumerate(document["scenarios"]):
        yield from places_of(scenario, f"scenarios.{number}.", ("times",))


def places_of(holder: dict[str, Any], way: str, more: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any], str]]:
    for part, fields in (("inputs", (*CHANNEL_FIELDS, *more)), ("stages", STAGE_FIELDS)):
        for number, one in enumerate(holder.get(part, ())):
            for field in fields:
                if one.get(field) is not None:
                    yield f"{way}{part}.{number}.{field}", one, field
    for field in WHOLE_FIELDS:
        if holder.get(field) is not None:
            yield f"{way}{field}", holder, field


def with_sources(document: Document, before: Document | None, *, by: Actor) -> Document:
    """Complete the sources in place. Two queries at most. Raises ValidationError where a metric has nothing to say."""
    metrics = {metric.pk: metric for metric in metrics_with_reading(by, wanted_metrics(document))}
    earlier, called = (known(before), renamed(document, before)) if before else ({}, {})
    errors: dict[str, list[str]] = {}
    for place, holder, field in places(document):
        given = holder["sources"].get(field)
        value, old = earlier.get((owner_of(place, document, called), field), (None, None))
        try:
            holder["sources"][field] = chosen(given, old if value == holder[field] else None, metrics, by)
        except ValidationError as error:
            errors[f"{place}.source"] = error.messages
    for holder in holders(document):
        holder["sources"] = {name: one for name, one in holder["sources"].items() if holder.get(name) is not None}
    if errors:
        raise ValidationError(errors)
    return document


def chosen(given: Mapping[str, Any] | None, old: Source | None, metrics: dict[int, Metric], by: Actor) -> Source:
    """The source as it is kept. `old` is that of the same number in the version before."""
    kind = (given or {}).get("kind")
    if given is None or kind == SourceKind.ASSUMED:
        kept = old is not None and (given is None or old["kind"] == SourceKind.ASSUMED)
        return old if kept and old else assumed(by)
    if kind == SourceKind.MEASURED:
        if old and old["kind"] == kind and old["metric"] == given.get("metric"):
            return old
        metric = metrics.get(given.get("metric") or 0)
        if metric is None:
            raise ValidationError(_("Choose a metric of the workspace."))
        if getattr(metric, "latest_date", None) is None:
            raise ValidationError(_("“%(name)s” has no reading yet.") % {"name": metric.name})
        return measured(metric)
    if old and old["kind"] == SourceKind.EXPERIMENT and old["experiment"] == given.get("experiment"):
        return old
    if "decision" in given:  # taken over by `projection_offers`, with all that it says
        return dict(given)
    raise ValidationError(_("What an experiment found is taken over from its offer; this number is another one."))


def wanted_metrics(document: Document) -> set[int]:
    sources = [holder["sources"].get(field) or {} for _place, holder, field in places(document)]
    return {one["metric"] for one in sources if isinstance(one.get("metric"), int)}


def holders(document: Document) -> Iterator[dict[str, Any]]:
    for whole in (document, *document["scenarios"]):
        yield whole
        yield from whole.get("inputs", ())
        yield from whole.get("stages", ())


def known(document: Document) -> dict[tuple[str, str], tuple[Any, Source]]:
    """The number and the source of each input, by whose it is."""
    return {
        (owner_of(place, document, {}), field): (holder[field], holder["sources"].get(field))
        for place, holder, field in places(document)
    }


def renamed(document: Document, before: Document) -> dict[str, str]:
    """By its new name, what a scenario was called that stands in the place of one whose name is gone."""
    now, was = ([one["name"] for one in each["scenarios"]] for each in (document, before))
    return {new: old for new, old in zip(now, was, strict=False) if new not in was and old not in now}


def owner_of(place: str, document: Document, called: Mapping[str, str]) -> str:
    """What an input belongs to, whatever place it has in its list: the name that its scenario had, and the key."""
    steps = place.split(".")
    whole, name = document, ""
    if steps[0] == "scenarios":
        whole, steps = document["scenarios"][int(steps[1])], steps[2:]
        name = called.get(whole["name"], whole["name"])
    return f"{name}/{whole[steps[0]][int(steps[1])]['key']}" if len(steps) > 1 else f"{name}/"
