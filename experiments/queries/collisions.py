"""Experiments that would disturb one another: in the same days, with a persona, a stage or a metric in common."""

import datetime
from dataclasses import dataclass

from django.db.models import Case, DateField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from experiments.enums import Status
from experiments.models import Experiment
from experiments.queries.experiments import METRICS, with_places

MOST_SHOWN = 20


@dataclass(frozen=True)
class Window:
    """The days of an experiment, both ends included; without an end as far as anybody knows."""

    first: datetime.date
    last: datetime.date | None


@dataclass(frozen=True)
class Collision:
    """`shared`: which of "audience", "stage" and "metric" both have; `days`: when both run."""

    other: Experiment
    shared: tuple[str, ...]
    days: Window


def window(experiment: Experiment) -> Window:
    """When it runs or ran, today included while it runs; when it is planned to; from today on where nothing is said."""
    today = timezone.localdate()
    first = experiment.started_on or experiment.plan.planned_start or today
    last = experiment.ended_on or experiment.plan.planned_end
    overdue = last is not None and last < today and experiment.status == Status.RUNNING
    return Window(first, today if overdue else last)


def first_day() -> Coalesce:
    """The window's first day in a query; null where nothing is said."""
    return Coalesce(F("started_on"), F("plan__planned_start"))


def last_day() -> Case:
    """Its last day; null where no end is known."""
    today = timezone.localdate()
    overdue = When(status=Status.RUNNING, ended_on=None, plan__planned_end__lt=today, then=Value(today))
    return Case(overdue, default=Coalesce(F("ended_on"), F("plan__planned_end")), output_field=DateField())


def collisions_of(experiment: Experiment) -> list[Collision]:
    """Planned and running experiments that share something with this one in the same days, the first to start first.

    A planned experiment without a planned start collides with nobody yet. Two queries.
    """
    mine = window(experiment)
    if mine.last is not None and mine.last < mine.first:
        return []
    others = list(in_the_same_days(experiment, mine)[:MOST_SHOWN])
    found = [Collision(other, shared_with(experiment, other), common(mine, window(other))) for other in others]
    return [collision for collision in found if collision.shared]


def in_the_same_days(experiment: Experiment, mine: Window) -> QuerySet[Experiment]:
    rows = Experiment.objects.filter(
        workspace_id=experiment.workspace_id,
        removed_at=None,
        is_template=False,
        status__in=[Status.PLANNED, Status.RUNNING],
    ).exclude(pk=experiment.pk)
    near = rows.annotate(first_day=first_day(), last_day=last_day()).filter(
        Q(last_day__isnull=True) | Q(last_day__gte=mine.first), first_day__isnull=False
    )
    if mine.last is not None:
        near = near.filter(first_day__lte=mine.last)
    near = near.filter(pk__in=sharing(experiment).values("pk")).order_by("first_day", "pk")
    return with_places(near).select_related("plan").prefetch_related(METRICS)


def sharing(experiment: Experiment) -> QuerySet[Experiment]:
    """Ids of experiments with the same persona, stage or metric."""
    shared = Q(pk__in=[])
    if experiment.persona_id is not None:
        shared |= Q(persona_id=experiment.persona_id)
    if experiment.place is not None:
        shared |= Q(stage_id=experiment.place.pk) | Q(card__stage_id=experiment.place.pk)
    metrics = metrics_of(experiment)
    if metrics:
        shared |= Q(metric_id__in=metrics) | Q(planned_metrics__metric_id__in=metrics)
    return Experiment.objects.filter(shared, workspace_id=experiment.workspace_id)


def shared_with(one: Experiment, other: Experiment) -> tuple[str, ...]:
    shared = {
        "audience": one.persona_id is not None and one.persona_id == other.persona_id,
        "stage": one.place is not None and one.place == other.place,
        "metric": bool(metrics_of(one) & metrics_of(other)),
    }
    return tuple(axis for axis, same in shared.items() if same)


def metrics_of(experiment: Experiment) -> set[int]:
    """The metric of the hypothesis and those of the plan, by their ids."""
    planned = {planned.metric_id for planned in experiment.planned_metrics.all()}
    return planned | ({experiment.metric_id} if experiment.metric_id else set())


def common(one: Window, other: Window) -> Window:
    ends = [end for end in [one.last, other.last] if end is not None]
    return Window(max(one.first, other.first), min(ends) if ends else None)
