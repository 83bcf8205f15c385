import django_filters
from django.db import transaction
from django.db.models import QuerySet

from journeys.api.card_body import CardSerializer, NewCardSerializer
from journeys.enums import Grade
from journeys.models import Card
from journeys.services.cards import add_card, delete_card, edit_card, move_card
from teams.api.filters import FlagFilter, IdFilter
from teams.api.objects import CanAdd, CanChange, CanRemove
from teams.permissions import Permission

PLACE = {"stage", "lane", "position", "span"}


class CardFilters(django_filters.FilterSet):
    map = IdFilter()
    stage = IdFilter()
    lane = IdFilter()
    channel = IdFilter()
    grade = django_filters.ChoiceFilter(choices=Grade.choices)
    moment = FlagFilter(method="moments", help_text="Whether it is a moment that matters.")

    def moments(self, cards: QuerySet[Card], name: str, value: str) -> QuerySet[Card]:
        return cards.exclude(moment="") if value == "true" else cards.filter(moment="")


class Cards(CanAdd, CanChange, CanRemove):
    """Cards: the entries of maps, each in a stage and a lane. A moment names its person and its metric."""

    needs = Permission.STAGE_EDIT
    serializer_class = CardSerializer
    new_serializer_class = NewCardSerializer
    filterset_class = CardFilters

    def objects(self) -> QuerySet[Card]:
        maps = {"map__workspace_id": self.actor.workspace_id, "map__removed_at": None, "map__is_template": False}
        return Card.objects.filter(**maps).select_related("stage", "lane").prefetch_related("sources", "emotions")

    def add(self, **fields) -> Card:
        return add_card(by=self.actor, **fields)

    @transaction.atomic
    def change(self, card: Card, seen: int | None, /, **fields) -> Card:
        """Edit and move in one transaction: both happen or neither."""
        place = {name: fields.pop(name) for name in PLACE & fields.keys()}
        if fields:
            card = edit_card(by=self.actor, card=card, seen=seen, **fields)
            seen = card.version
        if place:
            card = move_card(by=self.actor, card=card, seen=seen, **stay(card, place) | place)
        return card

    def remove(self, card: Card, seen: int | None) -> None:
        delete_card(by=self.actor, card=card, seen=seen)


def stay(card: Card, place: dict) -> dict:
    """What a move leaves as it is. In another cell the card comes last unless its position is given."""
    stage, lane = place.get("stage", card.stage), place.get("lane", card.lane)
    same_cell = stage.pk == card.stage_id and lane.pk == card.lane_id
    return {"stage": stage, "lane": lane, "position": card.position if same_cell else None}
