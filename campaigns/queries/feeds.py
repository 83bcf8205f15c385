"""Reads of feeds, and of what they hold."""

import datetime
import hashlib
from dataclasses import replace
from typing import NamedTuple

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from campaigns.enums import CampaignStatus
from campaigns.models import Campaign, Feed, Message
from campaigns.queries.calendar_filters import Filters
from campaigns.queries.calendar_rows import fitting, fitting_messages
from teams.models import Membership
from teams.permissions import Actor
from teams.zones import zone_of

BACK, AHEAD = datetime.timedelta(days=90), datetime.timedelta(days=366)
# For so long a feed says that something is cancelled; then it leaves it out.
TOLD = datetime.timedelta(days=60)
STEP = datetime.timedelta(seconds=1)


def feeds_of(member: Membership) -> QuerySet[Feed]:
    """A person's own feeds that are not revoked, the newest first."""
    return all_feeds_of(member).filter(member=member)


def all_feeds_of(actor: Actor) -> QuerySet[Feed]:
    """Everybody's feeds in the actor's workspace that are not revoked."""
    rows = Feed.objects.filter(member__workspace_id=actor.workspace_id, revoked_at=None)
    return rows.select_related("member__user", "view")


def open_feed(token_hash: str) -> Feed | None:
    """The feed behind a token, where its person and its view are still there. One query."""
    rows = Feed.objects.select_related("member__user", "member__workspace", "view")
    rows = rows.filter(token_hash=token_hash, revoked_at=None, member__user__is_active=True)
    seen = Q(view__shared=True) | Q(view__owner=F("member"))
    return rows.filter(Q(view=None) | Q(view__removed_at=None) & seen).first()


class Content(NamedTuple):
    """What a feed holds: campaigns and messages, removed and cancelled ones for a while, too."""

    campaigns: QuerySet[Campaign]
    messages: QuerySet[Message]


def content_of(feed: Feed, now: datetime.datetime) -> Content:
    """What its view lets through, from 90 days back to 366 ahead."""
    filters = Filters.from_query(feed.view.query if feed.view else "")
    return Content(
        campaigns_of_feed(feed, filters, now) if "campaigns" in filters.show else Campaign.objects.none(),
        messages_of_feed(feed, filters, now) if "messages" in filters.show else Message.objects.none(),
    )


def campaigns_of_feed(feed: Feed, filters: Filters, now: datetime.datetime) -> QuerySet[Campaign]:
    rows = Campaign.objects.filter(workspace_id=feed.member.workspace_id, is_template=False)
    return rows.filter(near(feed, now), told("", now), fitting(with_cancelled(filters))).order_by("pk")


def messages_of_feed(feed: Feed, filters: Filters, now: datetime.datetime) -> QuerySet[Message]:
    rows = Message.objects.filter(campaign__workspace_id=feed.member.workspace_id, campaign__is_template=False)
    rows = rows.filter(near(feed, now), Q(removed_at=None) | Q(removed_at__gte=now - TOLD), told("campaign__", now))
    return rows.filter(fitting_messages(with_cancelled(filters))).order_by("pk")


def near(feed: Feed, now: datetime.datetime) -> Q:
    today = now.astimezone(zone_of(feed.member.workspace.timezone)).date()
    return Q(starts_on__lte=today + AHEAD, ends_on__gte=today - BACK)


def told(campaign: str, now: datetime.datetime) -> Q:
    """A campaign that is there, or was until some days ago."""
    since = now - TOLD
    there = Q(**{f"{campaign}removed_at": None}) | Q(**{f"{campaign}removed_at__gte": since})
    held = ~Q(**{f"{campaign}status": CampaignStatus.CANCELLED}) | Q(**{f"{campaign}changed_at__gte": since})
    return there & held


def with_cancelled(filters: Filters) -> Filters:
    """A campaign that is cancelled leaves the view, and the feed has to say so."""
    if not filters.status:
        return replace(filters, status=tuple(CampaignStatus.values))
    return replace(filters, status=(*filters.status, CampaignStatus.CANCELLED))


def state_of(feed: Feed, content: Content, site: str) -> str:
    """A digest that is another one whenever the feed is. Nothing is rendered: two queries for numbers.

    All that is shown counts the versions of what it stands on: campaigns, messages, the view, the workspace (its zone
    and name); its stamp counts for the names of people, teams and channels.
    """
    user, workspace, view = feed.member.user, feed.member.workspace, feed.view
    frame = [site, user.language, user.timezone, workspace.version, workspace.stamp, workspace.slug, workspace.name]
    parts = [
        "1",  # of how feeds are written
        *map(str, frame),
        f"{view.pk}.{view.version}" if view else "",
        *(f"c{pk}.{version}" for pk, version in content.campaigns.values_list("pk", "version")),
        *(
            f"m{pk}.{version}.{of}"
            for pk, version, of in content.messages.values_list("pk", "version", "campaign__version")
        ),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def noticed(feed: Feed, state: str) -> datetime.datetime:
    """Since when the feed is in this state, in whole seconds; two states never since the same one."""
    if feed.state == state and feed.state_at is not None:
        return feed.state_at
    now = timezone.now().replace(microsecond=0)
    return max(now, feed.state_at + STEP) if feed.state_at else now
