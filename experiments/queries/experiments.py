"""Reads of experiments, all through the workspace."""

from django.db.models import Prefetch, QuerySet

from experiments.models import Decision, Deviation, Experiment, PlannedMetric
from teams.permissions import Actor

METRICS = Prefetch("planned_metrics", queryset=PlannedMetric.objects.select_related("metric"))
DECISIONS = Prefetch(
    "decisions",
    queryset=Decision.objects.select_related(
        "variant", "learning", "proposed_by__user", "confirmed_by__user", "returned_by__user"
    ),
)


def experiments_of(actor: Actor) -> QuerySet[Experiment]:
    """The live experiments of the actor's workspace, without templates."""
    return Experiment.objects.filter(workspace_id=actor.workspace_id, removed_at=None, is_template=False)


def templates_of(actor: Actor) -> QuerySet[Experiment]:
    return Experiment.objects.filter(workspace_id=actor.workspace_id, removed_at=None, is_template=True)


def kept_experiments_of(actor: Actor) -> QuerySet[Experiment]:
    """Experiments and templates that are not removed."""
    return Experiment.objects.filter(workspace_id=actor.workspace_id, removed_at=None)


def any_experiment_of(actor: Actor) -> QuerySet[Experiment]:
    """Experiments and templates, also the removed ones."""
    return Experiment.objects.filter(workspace_id=actor.workspace_id)


def removed_experiments_of(actor: Actor) -> QuerySet[Experiment]:
    return Experiment.objects.filter(workspace_id=actor.workspace_id, removed_at__isnull=False)


def with_places(rows: QuerySet[Experiment]) -> QuerySet[Experiment]:
    """With what a line of a list says: owner, team, metric, persona, reason, and the place on the map."""
    return rows.select_related(
        "owner__user", "team", "metric", "persona", "reason", "stage__map", "card__stage__map", "card__map"
    )


def complete(rows: QuerySet[Experiment]) -> QuerySet[Experiment]:
    """With all that the page of an experiment shows, except its results: eight queries whatever its size."""
    return (
        with_places(rows)
        .select_related("opportunity__map", "plan", "copied_from", "workspace")
        .prefetch_related("evidence", "variants", METRICS, "deviations", DECISIONS, "ticks")
    )


def standing_decision(experiment: Experiment) -> Decision | None:
    """The decision that was confirmed, from what is loaded with the experiment."""
    return next((decision for decision in experiment.decisions.all() if decision.confirmed_at), None)


def deviations_of(experiment: Experiment) -> list[Deviation]:
    """What was changed since the present start, from what is loaded with the experiment."""
    return [row for row in experiment.deviations.all() if row.earlier_start is None]


def earlier_deviations_of(experiment: Experiment) -> list[Deviation]:
    """What had been changed after starts that were taken back."""
    return [row for row in experiment.deviations.all() if row.earlier_start is not None]


def find_experiment(actor: Actor, pk: int) -> Experiment | None:
    """A live experiment or template of the actor's workspace."""
    return kept_experiments_of(actor).select_related("workspace", "owner__user", "team").filter(pk=pk).first()
