"""Reads of personas and their scenarios."""

from django.db.models import Count, Q, QuerySet

from journeys.models import Map, Persona, Scenario
from teams.permissions import Actor
from teams.services import search


def personas_of(actor: Actor) -> QuerySet[Persona]:
    return Persona.objects.filter(workspace_id=actor.workspace_id, removed_at=None)


def removed_personas_of(actor: Actor) -> QuerySet[Persona]:
    return Persona.objects.filter(workspace_id=actor.workspace_id, removed_at__isnull=False)


def library(actor: Actor, *, text: str = "") -> QuerySet[Persona]:
    """The live personas with `map_count`, the number of live maps for them; those that the text finds, if any."""
    personas = personas_of(actor)
    if text:
        personas = personas.filter(search.matching(workspace_id=actor.workspace_id, kind="persona", text=text))
    live = Q(map_personas__map__removed_at=None, map_personas__map__is_template=False)
    return personas.annotate(map_count=Count("map_personas", filter=live)).order_by("name", "pk")


def maps_for(persona: Persona) -> QuerySet[Map]:
    """The live maps that are for the persona, with owner and scenario."""
    maps = Map.objects.filter(map_personas__persona=persona, removed_at=None, is_template=False)
    return maps.select_related("owner__user", "scenario").order_by("title", "pk")


def scenarios_of(actor: Actor) -> QuerySet[Scenario]:
    """Scenarios of live personas, with their personas."""
    here = Scenario.objects.filter(persona__workspace_id=actor.workspace_id, persona__removed_at=None)
    return here.select_related("persona")
