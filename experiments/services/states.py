"""What the log and the frozen plan say of an experiment, in plain values, and what differs between two such states."""

from collections.abc import Collection
from typing import Any

from experiments.models import Experiment, Plan, PlannedMetric, Variant
from experiments.services.references import REFERENCES

PLAN_FIELDS = (
    "unit",
    "alpha",
    "power",
    "minimum_effect",
    "rule",
    "correction",
    "counting",
    "minimum_days",
    "planned_total",
    "daily_traffic",
    "planned_start",
    "planned_end",
    "share_successes",
    "share_failures",
    "prior_mean",
    "prior_sd",
)
VARIANT_FIELDS = ("key", "name", "description", "weight")
METRIC_FIELDS = ("role", "kind", "goal", "minimum_effect", "baseline", "sd", "covariate", "winsorized")
TEXTS = ("title", "change", "audience", "goal", "expected_effect", "because")


def experiment_state(experiment: Experiment) -> dict[str, Any]:
    """Its own fields and its evidence. What it refers to, by name."""
    state: dict[str, Any] = {name: getattr(experiment, name) for name in TEXTS}
    for name in REFERENCES:
        found = getattr(experiment, name)
        state[name] = None if found is None else str(found)
    state["evidence"] = [
        {"kind": row.kind, "text": row.text, "url": row.url, "date": row.date and row.date.isoformat()}
        for row in experiment.evidence.all()
    ]
    return state


def plan_state(plan: Plan, variants: list[Variant], metrics: list[PlannedMetric]) -> dict[str, Any]:
    """The plan as one document: its fields, `variants` in order with the control first, and `metrics` in order."""
    state: dict[str, Any] = {name: plain(getattr(plan, name)) for name in PLAN_FIELDS}
    state["variants"] = [{name: getattr(row, name) for name in VARIANT_FIELDS} for row in variants]
    state["metrics"] = [
        {"metric": row.metric.name} | {name: getattr(row, name) for name in METRIC_FIELDS} for row in metrics
    ]
    return state


def plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def difference(
    before: dict[str, Any], after: dict[str, Any], *, also: Collection[str] = ()
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The entries that are not the same in both, as they were and as they are; `also` these, though they look alike."""
    names = [name for name in before | after if name in also or before.get(name) != after.get(name)]
    return {name: before.get(name) for name in names}, {name: after.get(name) for name in names}
