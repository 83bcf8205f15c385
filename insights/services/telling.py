"""What was done to metrics, in the log and in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from insights.display import display
from insights.enums import Direction, MetricKind
from insights.models import Metric
from teams.permissions import Actor
from teams.services import activity

LABELS = {
    "name": _("name"),
    "definition": _("definition"),
    "kind": _("kind"),
    "unit": _("unit"),
    "direction": _("direction"),
    "target": _("target"),
    "owner": _("owner"),
}


def target_in_words(target: dict[str, Any]) -> str:
    return display(Metric(kind=target["kind"], unit=target["unit"]), target["value"], exact=True)


WORDS: dict[str, activity.Words] = {
    "kind": dict(MetricKind.choices),
    "direction": dict(Direction.choices),
    "target": target_in_words,
}


def register() -> None:
    activity.register_fields("metric", LABELS, WORDS)


def state(metric: Metric) -> dict[str, Any]:
    """The definition as the log keeps it: a target with what gives it its meaning, the owner by name."""
    target = {"value": metric.target, "kind": metric.kind, "unit": metric.unit}
    return {name: getattr(metric, name) for name in LABELS} | {
        "target": target if metric.target is not None else None,
        "owner": metric.owner.label if metric.owner else None,
    }


def record_edit(metric: Metric, *, by: Actor, before: dict[str, Any]) -> None:
    """Write what differs from the state before."""
    after = state(metric)
    changed = [name for name in LABELS if before[name] != after[name]]
    activity.record(
        metric,
        by=by,
        verb="edited",
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
