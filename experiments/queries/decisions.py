"""Reads of decisions and of what they left on the map, all through the workspace."""

from django.db.models import QuerySet

from experiments.models import Decision, Learning
from teams.permissions import Actor


def decisions_of(actor: Actor) -> QuerySet[Decision]:
    """Decisions about live experiments, also those that were sent back."""
    rows = Decision.objects.filter(experiment__workspace_id=actor.workspace_id, experiment__removed_at=None)
    return rows.select_related("experiment", "variant", "proposed_key")


def learnings_of(actor: Actor) -> QuerySet[Learning]:
    """What confirmed decisions about live experiments left, with its place on the map."""
    rows = Learning.objects.filter(
        decision__experiment__workspace_id=actor.workspace_id, decision__experiment__removed_at=None
    )
    return rows.select_related("decision__experiment", "stage__map", "card__stage__map")
