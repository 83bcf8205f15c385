"""Maps, cards and personas as what the search finds."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from journeys.models import Card, Map, Persona
from teams.models import Workspace
from teams.services import findable
from teams.services.findable import Hit


def register() -> None:
    findable.register("map", label=_("Maps"), order=10, things=maps, hit=map_hit)
    findable.register("card", label=_("Cards"), order=20, things=cards, hit=card_hit)
    findable.register("persona", label=_("Personas"), order=30, things=personas, hit=persona_hit)


def maps() -> QuerySet[Map]:
    return Map.objects.filter(removed_at=None, is_template=False)


def map_hit(workspace: Workspace, journey: Map) -> Hit:
    return Hit(journey.title, reverse("journeys:map", args=[workspace.slug, journey.pk]))


def cards() -> QuerySet[Card]:
    return Card.objects.filter(map__removed_at=None, map__is_template=False).select_related("map", "stage")


def card_hit(workspace: Workspace, card: Card) -> Hit:
    address = reverse("journeys:map", args=[workspace.slug, card.map_id])
    return Hit(card.title, f"{address}?card={card.pk}", f"{card.map.title} · {card.stage.name}")


def personas() -> QuerySet[Persona]:
    return Persona.objects.filter(removed_at=None)


def persona_hit(workspace: Workspace, persona: Persona) -> Hit:
    return Hit(persona.name, reverse("journeys:persona", args=[workspace.slug, persona.pk]), persona.summary)
