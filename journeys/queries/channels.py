"""Reads of channels."""

from django.db.models import Count, QuerySet

from journeys.models import Channel
from teams.permissions import Actor


def channels_of(actor: Actor) -> QuerySet[Channel]:
    return Channel.objects.filter(workspace_id=actor.workspace_id)


def list_channels(actor: Actor) -> QuerySet[Channel]:
    """The channels with `card_count`, the number of cards that have them."""
    return channels_of(actor).annotate(card_count=Count("cards")).order_by("name", "pk")
