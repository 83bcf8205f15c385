"""Experiments by their days, with those that ran or will run in each other's way."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from experiments.enums import Status
from experiments.models import Experiment
from experiments.queries.collisions import common, first_day, last_day, shared_with
from experiments.queries.collisions import window as window_of
from experiments.queries.experiments import DECISIONS, METRICS, experiments_of, with_places
from teams.permissions import Actor

MOST_SHOWN = 200


@dataclass
class Overlap:
    other: Experiment
    shared: tuple[str, ...]
    first: datetime.date
    last: datetime.date


@dataclass
class Run:
    """An experiment with its days within the range; `last` is None where no end is known."""

    experiment: Experiment
    first: datetime.date
    last: datetime.date | None
    overlaps: list[Overlap] = field(default_factory=list)


def runs_between(actor: Actor, first: datetime.date, last: datetime.date) -> list[Run]:
    """What runs or is planned in the range, by its first day; at most 200. Three queries."""
    loaded = with_places(dated(actor, first, last)).select_related("plan").prefetch_related(METRICS, DECISIONS)
    runs = [Run(row, window_of(row).first, window_of(row).last) for row in loaded[:MOST_SHOWN]]
    for place, run in enumerate(runs):
        for other in runs[place + 1 :]:
            if run.last is not None and other.first > run.last:
                break  # the others begin later still
            note_overlap(run, other)
    return runs


def dated(actor: Actor, first: datetime.date, last: datetime.date) -> QuerySet[Experiment]:
    rows = experiments_of(actor).exclude(status__in=[Status.IDEA, Status.ARCHIVED], started_on=None)
    inside = rows.annotate(first_day=first_day(), last_day=last_day()).filter(
        Q(last_day__gte=first) | Q(last_day=None), first_day__lte=last
    )
    return inside.order_by("first_day", "pk")


def note_overlap(one: Run, other: Run) -> None:
    shared = shared_with(one.experiment, other.experiment)
    if not shared:
        return
    days = common(window_of(one.experiment), window_of(other.experiment))
    if days.last is not None and days.last < days.first:
        return
    last = days.last or datetime.date.max
    one.overlaps.append(Overlap(other.experiment, shared, days.first, last))
    other.overlaps.append(Overlap(one.experiment, shared, days.first, last))


def overlapping(runs: Iterable[Run]) -> int:
    """How many of them are in another one's way."""
    return sum(bool(run.overlaps) for run in runs)
