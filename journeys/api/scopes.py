"""What bodies may point to: objects of the actor's workspace that are not removed."""

from django.db.models import QuerySet

from journeys.models import Channel, Lane, Map, Path, Persona, Scenario, Stage
from journeys.queries import maps as queries
from journeys.queries.maps import maps_of, templates_of
from teams.permissions import Actor


def personas_of(actor: Actor) -> QuerySet[Persona]:
    return Persona.objects.filter(workspace_id=actor.workspace_id, removed_at=None)


def scenarios_of(actor: Actor) -> QuerySet[Scenario]:
    return Scenario.objects.filter(persona__in=personas_of(actor))


def channels_of(actor: Actor) -> QuerySet[Channel]:
    return Channel.objects.filter(workspace_id=actor.workspace_id)


def stages_of(actor: Actor) -> QuerySet[Stage]:
    """Of maps; templates are edited by making a map of them and saving it as a template again."""
    return queries.stages_of(actor).filter(map__is_template=False)


def lanes_of(actor: Actor) -> QuerySet[Lane]:
    return queries.lanes_of(actor).filter(map__is_template=False)


def paths_of(actor: Actor) -> QuerySet[Path]:
    return queries.paths_of(actor).filter(map__is_template=False)


def sources_of(actor: Actor) -> QuerySet[Map]:
    """What a new map can be a copy of."""
    return maps_of(actor) | templates_of(actor)
