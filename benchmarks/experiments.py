"""Experiments in bulk: ideas, running and decided ones, each with its plan, and words in the index."""

from datetime import timedelta
from itertools import cycle

from django.utils import timezone

from experiments.enums import Signal, Status
from experiments.models import Experiment, Plan
from insights.models import Metric
from journeys.models import Stage
from teams.models import Membership, SearchWord
from teams.services import search

# Of fifty, thirty run: a page of those that do is full in a small workspace, too.
STATUSES = (Status.RUNNING, Status.IDEA, Status.RUNNING, Status.DECIDED, Status.RUNNING)
CHANGES = ("Promise the day of delivery", "Call after the first order", "Show the way back", "Ask for one thing less")
BATCH = 1000


def write_experiments(owner: Membership, number: int) -> None:
    """So many experiments of the owner at the stages of the workspace's first map, changed a minute after another."""
    metric = Metric.objects.create(workspace=owner.workspace, name="Orders in time")
    stages = Stage.objects.filter(map__workspace=owner.workspace).order_by("map_id", "position")[:3]
    places = zip(cycle(stages), cycle(STATUSES), cycle(CHANGES), range(number), strict=False)
    made = Experiment.objects.bulk_create(
        [experiment(owner, metric, stage, status, change, count) for stage, status, change, count in places], BATCH
    )
    Plan.objects.bulk_create([Plan(experiment=row) for row in made], BATCH)
    SearchWord.objects.bulk_create([word for row in made for word in words(row)], BATCH)
    now = timezone.now()
    for count, row in enumerate(made):
        row.changed_at = now - timedelta(minutes=count)
    Experiment.objects.bulk_update(made, ["changed_at"], BATCH)


def experiment(owner: Membership, metric: Metric, stage: Stage, status: str, change: str, count: int) -> Experiment:
    started = status in (Status.RUNNING, Status.DECIDED)
    return Experiment(
        workspace=owner.workspace,
        owner=owner,
        title=f"{change}, take {count}",
        status=status,
        stage=stage,
        metric=metric,
        change=change,
        because="Customers ask for it",
        expected_effect=0.04,
        score=count % 10 if status == Status.IDEA else None,
        started_on=timezone.localdate() - timedelta(20) if started else None,
        signal=Signal.RUNNING if status == Status.RUNNING else "",
        signal_facts={"days_left": 6},
    )


def words(row: Experiment) -> list[SearchWord]:
    return search.entries(
        workspace_id=row.workspace_id, kind="experiment", object_id=row.pk, title=row.title, text=row.because
    )
