"""Feeds: private addresses for calendar programs. A token of 240 random bits is shown once; its hash is kept."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from campaigns.models import Feed, SavedView
from campaigns.queries.feeds import noticed, open_feed
from campaigns.queries.saved_views import views_of
from teams.errors import Gone
from teams.models import Membership
from teams.permissions import Permission, require
from teams.services.digest import digest

BYTES = 30  # 40 characters
START = 6
USED_AT_MOST = timedelta(minutes=1)


@transaction.atomic
def make_feed(*, by: Membership, view: SavedView | None = None) -> tuple[Feed, str]:
    """A new address for a view, or for the whole calendar, and its token, which nobody can read again. The address
    that the person had for it stops working."""
    require(by, Permission.WORKSPACE_VIEW)
    if view is not None and not views_of(by).filter(pk=view.pk).exists():
        raise Gone
    Feed.objects.filter(member=by, view=view, revoked_at=None).update(revoked_at=timezone.now())
    token = secrets.token_urlsafe(BYTES)
    return Feed.objects.create(member=by, view=view, start=token[:START], token_hash=digest(token)), token


@transaction.atomic
def revoke_feed(*, by: Membership, feed: Feed) -> None:
    """Stop an address for good: one's own, or anybody's for those who manage keys. Twice changes nothing."""
    if feed.member_id != by.pk:
        require(by, Permission.KEY_MANAGE, feed)
    Feed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=timezone.now())


def find_feed(token: str) -> Feed | None:
    """The feed with this token; notes its use, at most once a minute.

    The search goes by the hash's unique index, so its time says nothing about the token.
    """
    feed, now = open_feed(digest(token)), timezone.now()
    if feed is not None and (feed.last_used_at is None or feed.last_used_at <= now - USED_AT_MOST):
        Feed.objects.filter(pk=feed.pk).update(last_used_at=now)
    return feed


def note_state(feed: Feed, state: str) -> None:
    """Remember since when the feed is as it is; it is told as Last-Modified."""
    since = noticed(feed, state)
    if (feed.state, feed.state_at) != (state, since):
        feed.state, feed.state_at = state, since
        Feed.objects.filter(pk=feed.pk).update(state=state, state_at=since)
