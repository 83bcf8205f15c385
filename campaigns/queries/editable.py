"""The campaigns that somebody may add messages to."""

from campaigns.enums import OVER
from campaigns.models import Campaign
from campaigns.queries.campaigns import campaigns_of
from teams.permissions import Actor, Permission, can

MOST = 200


def editable_campaigns(actor: Actor) -> list[Campaign]:
    """Those that are not over, the latest changed first. One query."""
    rows = campaigns_of(actor).exclude(status__in=OVER)[:MOST]
    return [campaign for campaign in rows if can(actor, Permission.CAMPAIGN_EDIT, campaign)]
