"""What bodies may point to: objects of the actor's workspace that are not removed."""

from django.db.models import QuerySet

from experiments.models import Reason
from experiments.queries.experiments import experiments_of, kept_experiments_of
from insights.queries import metrics_of
from journeys.api.scopes import personas_of, stages_of
from journeys.models import Card
from journeys.queries import maps as queries
from teams.permissions import Actor
from teams.queries import members_of, teams_of

__all__ = [
    "cards_of",
    "experiments_of",
    "kept_experiments_of",
    "members_of",
    "metrics_of",
    "personas_of",
    "reasons_of",
    "stages_of",
    "teams_of",
]


def cards_of(actor: Actor) -> QuerySet[Card]:
    return queries.cards_of(actor).filter(map__is_template=False)


def reasons_of(actor: Actor) -> QuerySet[Reason]:
    return Reason.objects.filter(workspace_id=actor.workspace_id, removed_at=None)
