"""Campaigns where they are on the maps."""

from collections import Counter

from django.db.models import Q, QuerySet
from django.utils import timezone

from campaigns.models import Campaign, CampaignStage, Message
from campaigns.queries.campaigns import campaigns_of
from campaigns.queries.pressure_inputs import COUNTED
from journeys.models import Map, Stage
from teams.permissions import Actor

MOST_SHOWN = 10


def to_come(actor: Actor) -> QuerySet[Campaign]:
    """Those that run or are still to come."""
    return campaigns_of(actor).filter(status__in=COUNTED, ends_on__gte=timezone.localdate())


def next_at(actor: Actor, stage: Stage) -> list[Campaign]:
    """Campaigns at the stage, or with a message for it, that run or are still to come: the first to start first."""
    here = Q(pk__in=Campaign.objects.filter(campaign_stages__stage=stage).values("pk"))
    here |= Q(pk__in=Campaign.objects.filter(messages__stage=stage, messages__removed_at=None).values("pk"))
    rows = to_come(actor).filter(here)
    return list(rows.select_related("owner__user", "team").order_by("starts_on", "pk")[:MOST_SHOWN])


def next_along(actor: Actor, journey: Map) -> dict[int, int]:
    """By stage of the map, how many campaigns are next there; stages without any are left out. One query."""
    campaigns = to_come(actor).order_by().values("pk")
    own = CampaignStage.objects.filter(stage__map=journey, campaign__in=campaigns)
    told = Message.objects.filter(stage__map=journey, removed_at=None, campaign__in=campaigns)
    pairs = [rows.order_by().values_list("stage_id", "campaign_id") for rows in (own, told)]
    return dict(Counter(stage for stage, _campaign in pairs[0].union(pairs[1])))
