"""What must hold between the parts of a document, beyond the schema."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from experiments.enums import Status
from journeys.documents.problems import Problem, json_path

STARTED = frozenset({Status.RUNNING, Status.DECIDING, Status.DECIDED})
ENDED = frozenset({Status.DECIDING, Status.DECIDED})
HISTORY = ("started_on", "ended_on", "results", "decisions", "deviations")


def rule_problems(document: dict[str, Any]) -> Iterator[Problem]:
    yield from wrong_times(document)
    yield from wrong_decisions(document)
    yield from wrong_names(document)
    for name in ("place", "opportunity"):
        if name in document and not place_said(document[name], name):
            yield Problem(f"$.{name}", _("Name a stage or a card of the map, one of them."))


def place_said(place: dict[str, Any], name: str) -> bool:
    return (
        "card" in place and "stage" not in place if name == "opportunity" else ("card" in place) != ("stage" in place)
    )


def confirmed(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in document.get("decisions", []) if "confirmed_by" in one]


def ran(document: dict[str, Any]) -> bool:
    """What is archived ran where it has been decided."""
    archived = document["status"] == Status.ARCHIVED and bool(confirmed(document))
    return document["status"] in STARTED or archived


def wrong_times(document: dict[str, Any]) -> Iterator[Problem]:
    started, ended = document.get("started_on"), document.get("ended_on")
    if not ran(document):
        for name in HISTORY:
            if name in document:
                yield Problem(f"$.{name}", _("What has not started has nothing of this yet."))
        return
    if document.get("template"):
        yield Problem("$.template", _("A template is an idea or a plan; it never starts."))
    if started is None:
        yield Problem("$.started_on", _("What has started has the day of its start."))
    elif started > timezone.localdate().isoformat():
        yield Problem("$.started_on", _("This day is still to come."))
    over = document["status"] in {*ENDED, Status.ARCHIVED}
    if over and ended is None:
        yield Problem("$.ended_on", _("What has ended has the day of its end."))
    if not over and ended is not None:
        yield Problem("$.ended_on", _("What runs has no end yet."))
    if started and ended and ended < started:
        yield Problem("$.ended_on", _("The end is before the start."))
    plan = document["plan"]
    for name in ("variants", "metrics"):
        if name not in plan:
            yield Problem(f"$.plan.{name}", _("What has started has a plan with variants and metrics."))


def wrong_decisions(document: dict[str, Any]) -> Iterator[Problem]:
    """Each was returned, or confirmed, or is open; at most one stands, and what is decided has a confirmed one."""
    standing = 0
    for number, one in enumerate(document.get("decisions", [])):
        if "confirmed_by" in one and "returned_by" in one:
            place = json_path(("decisions", number, "returned_by"))
            yield Problem(place, _("A decision is confirmed or sent back, not both."))
        standing += "returned_by" not in one
        if standing > 1:
            yield Problem(json_path(("decisions", number)), _("Only one decision stands; send the others back."))
            return
    decided = document["status"] == Status.DECIDED
    if decided != bool(confirmed(document)) and document["status"] != Status.ARCHIVED:
        yield Problem("$.decisions", _("An experiment is decided when one decision is confirmed, and only then."))


def wrong_names(document: dict[str, Any]) -> Iterator[Problem]:
    """Results and decisions name variants and metrics of the plan."""
    plan = document["plan"]
    variants = {row["key"] for row in plan.get("variants", [])}
    metrics = {row["metric"] for row in plan.get("metrics", [])}
    for number, row in enumerate(document.get("results", [])):
        if row["variant"] not in variants:
            yield Problem(json_path(("results", number, "variant")), _("The plan has no such variant."))
        if row["metric"] not in metrics:
            yield Problem(json_path(("results", number, "metric")), _("The plan has no such metric."))
    for number, one in enumerate(document.get("decisions", [])):
        if one.get("variant", next(iter(variants), "")) not in variants:
            yield Problem(json_path(("decisions", number, "variant")), _("The plan has no such variant."))
