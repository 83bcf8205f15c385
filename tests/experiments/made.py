"""Experiments at every step, made through the services, as people make them."""

import datetime
from typing import Any

from django.utils import timezone

from experiments.enums import Outcome, Status
from experiments.models import ChecklistItem, Decision, Experiment, Reason
from experiments.services.decisions import confirm_decision, propose_decision
from experiments.services.experiments import create_experiment
from experiments.services.plans import set_plan
from experiments.services.results import Cell, record_results
from experiments.services.steps import take_step
from journeys.models import Map
from teams.models import Membership, Workspace
from tests.factories import make_map, make_metric, numbers, stage_of

VARIANTS = (
    {"key": "control", "name": "As it is", "weight": 0.5},
    {"key": "treatment", "name": "Delivery date first", "weight": 0.5},
)


def make_check(workspace: Workspace, text: str = "") -> ChecklistItem:
    """A point of the workspace's launch checklist."""
    return ChecklistItem.objects.create(workspace=workspace, text=text or f"Point {next(numbers)}")


def make_reason(workspace: Workspace, name: str = "") -> Reason:
    return Reason.objects.create(workspace=workspace, name=name or f"Reason {next(numbers)}")


def make_idea(by: Membership, *, journey: Map | None = None, **fields: Any) -> Experiment:
    """An idea with a whole hypothesis and its place on a map."""
    if "stage" not in fields and "card" not in fields:
        fields["stage"] = stage_of(journey or make_map(by))
    given = {
        "title": f"Experiment {next(numbers)}",
        "change": "Show the delivery date before payment",
        "because": "Buyers ask for it in chat",
        "metric": fields.pop("metric", None) or make_metric(by.workspace),
        "expected_effect": 0.04,
    }
    return create_experiment(by=by, **given | fields)


def make_planned(by: Membership, *, plan: dict[str, Any] | None = None, **fields: Any) -> Experiment:
    """Planned: two variants, the hypothesis's metric as its only one, an end in four weeks."""
    experiment = make_idea(by, **fields)
    given = {
        "minimum_effect": 0.05,
        "planned_total": 20_000,
        "minimum_days": 7,
        "planned_end": timezone.localdate() + datetime.timedelta(28),
        "variants": VARIANTS,
        "metrics": [{"metric": experiment.metric, "role": "primary", "kind": "proportion"}],
    }
    experiment = set_plan(by=by, experiment=experiment, **given | (plan or {}))
    return take_step(by=by, experiment=experiment, to=Status.PLANNED)


def make_running(by: Membership, *, days: int = 20, **fields: Any) -> Experiment:
    """Started so many days ago; the workspace has no launch checklist."""
    experiment = make_planned(by, **fields)
    on = timezone.localdate() - datetime.timedelta(days)
    return take_step(by=by, experiment=experiment, to=Status.RUNNING, on=on)


def enter_shares(
    by: Membership, experiment: Experiment, *pairs: tuple[int, int], day: int = 0, metric: int = 0, **options: Any
) -> list:
    """Users and successes of each variant in order, for a day counted from the start."""
    planned = experiment.planned_metrics.all()[metric]
    date = experiment.started_on + datetime.timedelta(day)
    cells = [
        Cell(variant, planned, date, {"n": n, "successes": successes})
        for variant, (n, successes) in zip(experiment.variants.all(), pairs, strict=True)
    ]
    return record_results(by=by, experiment=experiment, cells=cells, **options)


def make_deciding(by: Membership, *pairs: tuple[int, int], **fields: Any) -> Experiment:
    """Stopped, with a clear win unless other numbers are given."""
    experiment = make_running(by, **fields)
    enter_shares(by, experiment, *(pairs or ((10_000, 1000), (10_000, 1200))))
    return take_step(by=by, experiment=experiment, to=Status.DECIDING)


def make_proposed(by: Membership, *pairs: tuple[int, int], **fields: Any) -> Decision:
    """With a decision that waits for somebody else."""
    experiment = make_deciding(by, *pairs, **fields)
    return propose_decision(
        by=by,
        experiment=experiment,
        outcome=Outcome.SHIP,
        why="Clearly better, and nothing is harmed",
        learned="A promised date before payment takes the doubt away",
    )


def make_decided(by: Membership, confirmer: Membership, *pairs: tuple[int, int], **fields: Any) -> Experiment:
    decision = make_proposed(by, *pairs, **fields)
    return confirm_decision(by=confirmer, decision=decision).experiment
