"""What must be true before an experiment takes its next step, as its page explains it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from experiments.enums import MetricRole, Status
from experiments.models import ChecklistItem, Experiment
from experiments.queries.collisions import collisions_of


@dataclass(frozen=True)
class Condition:
    """`met`: whether it holds. One that does not `block` may be passed over, with open eyes or with a reason.

    `item` is the point of the launch checklist that somebody ticks off, where it is one.
    """

    code: str
    met: bool
    sentence: str
    blocks: bool = True
    item: ChecklistItem | None = None


def conditions(experiment: Experiment, to: str) -> list[Condition]:
    """The conditions of the step to the status `to`, in the order in which one works on them. At most three queries."""
    found = {
        Status.PLANNED: worth_planning,
        Status.RUNNING: ready_to_start,
        Status.DECIDING: ready_to_stop,
    }.get(Status(to), nothing)
    return list(found(experiment))


def unmet(found: list[Condition]) -> list[Condition]:
    return [condition for condition in found if condition.blocks and not condition.met]


def nothing(experiment: Experiment) -> Iterator[Condition]:
    yield from ()


def worth_planning(experiment: Experiment) -> Iterator[Condition]:
    if experiment.is_template:
        yield Condition("not-template", False, _("A template stays one: make an idea from it."))
    yield Condition("change", bool(experiment.change), _("The hypothesis says what changes."))
    yield Condition("metric", experiment.metric_id is not None, _("It names the metric that should move."))
    yield Condition("because", bool(experiment.because), _("It says why that should happen."))
    yield Condition("place", experiment.place is not None, _("It has its place on a map: a stage or a card."))


def ready_to_start(experiment: Experiment) -> Iterator[Condition]:
    plan, metrics = experiment.plan, list(experiment.planned_metrics.all())
    primary = [metric for metric in metrics if metric.role == MetricRole.PRIMARY]
    sized = plan.minimum_effect is not None or all(metric.minimum_effect is not None for metric in primary)
    ends = plan.planned_end is not None and plan.planned_end >= timezone.localdate()
    yield Condition("variants", len(experiment.variants.all()) > 1, _("The plan has a control and a treatment."))
    yield Condition("primary", bool(primary), _("It has a primary metric to decide by."))
    yield Condition("effect", bool(primary) and sized, _("It says the smallest effect that matters."))
    yield Condition("total", plan.planned_total is not None, _("It says how many users are planned."))
    yield Condition("end", ends, _("It has a planned end that is still to come."))
    yield from checklist(experiment)
    count = len(collisions_of(experiment))
    sentence = ngettext(
        "%(count)s other experiment would be in its way.", "%(count)s other experiments would be in its way.", count
    )
    quiet = _("No other experiment is in its way.")
    yield Condition("collisions", not count, sentence % {"count": count} if count else quiet, blocks=False)


def checklist(experiment: Experiment) -> Iterator[Condition]:
    ticked = {tick.item_id for tick in experiment.ticks.all()}
    for item in ChecklistItem.objects.filter(workspace_id=experiment.workspace_id, removed_at=None):
        yield Condition(f"check-{item.pk}", item.pk in ticked, item.text, item=item)


def ready_to_stop(experiment: Experiment) -> Iterator[Condition]:
    there = experiment.entries.filter(current=True, withdrawn=False).exists()
    yield Condition("results", there, _("It has results."))
    days = experiment.plan.minimum_days
    ran = (timezone.localdate() - experiment.started_on).days + 1 if experiment.started_on else 0
    sentence = ngettext(
        "It has run for its minimum of %(days)s day.", "It has run for its minimum of %(days)s days.", days
    )
    yield Condition("minimum-days", ran >= days, sentence % {"days": days}, blocks=False)
