"""Reads of segments, all through the workspace."""

from typing import NamedTuple

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from campaigns.models import Campaign, Message, Segment
from teams.permissions import Actor

MOST_USES = 20


def segments_of(actor: Actor) -> QuerySet[Segment]:
    return Segment.objects.filter(workspace_id=actor.workspace_id, removed_at=None)


def removed_segments_of(actor: Actor) -> QuerySet[Segment]:
    return Segment.objects.filter(workspace_id=actor.workspace_id, removed_at__isnull=False)


def any_segment_of(actor: Actor) -> QuerySet[Segment]:
    return Segment.objects.filter(workspace_id=actor.workspace_id)


def with_uses(segments: QuerySet[Segment]) -> QuerySet[Segment]:
    """Each with how many live campaigns (`in_campaigns`) and messages (`in_messages`) are for it."""
    through: dict[str, QuerySet] = {
        "in_campaigns": live_campaigns().filter(segments=OuterRef("pk")).values("segments"),
        "in_messages": live_messages().filter(segments=OuterRef("pk")).values("segments"),
    }
    counted = {
        name: Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number"), output_field=IntegerField()), 0)
        for name, rows in through.items()
    }
    return segments.annotate(**counted)


def live_campaigns() -> QuerySet[Campaign]:
    return Campaign.objects.filter(removed_at=None).order_by()


def live_messages() -> QuerySet[Message]:
    return Message.objects.filter(removed_at=None, campaign__removed_at=None).order_by()


class Uses(NamedTuple):
    """Where a segment is used, the latest first; at most twenty of each, and one more where there are more."""

    campaigns: list[Campaign]
    messages: list[Message]


def uses_of(segment: Segment) -> Uses:
    campaigns = live_campaigns().filter(segments=segment).order_by("-changed_at", "-pk")
    messages = live_messages().filter(segments=segment).select_related("campaign").order_by("-changed_at", "-pk")
    return Uses(list(campaigns[: MOST_USES + 1]), list(messages[: MOST_USES + 1]))
