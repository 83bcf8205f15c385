"""Shared links: whoever has one looks at a view of the calendar, without a sign-in and without a seat."""

import datetime
import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import SavedView, SharedLink
from campaigns.queries.saved_views import views_of
from campaigns.queries.shared_links import open_link
from campaigns.services.feeds import BYTES, START, USED_AT_MOST
from teams.errors import Gone
from teams.models import Membership
from teams.permissions import Permission, can, require
from teams.services.activity import record
from teams.services.digest import digest


@transaction.atomic
def share_view(
    *, by: Membership, view: SavedView, show_owners: bool = False, expires_on: datetime.date | None = None
) -> tuple[SharedLink, str]:
    """A new link to a view and its token, which nobody can read again. It follows the view when that changes."""
    require(by, Permission.CALENDAR_SHARE)
    if not views_of(by).filter(pk=view.pk).exists():
        raise Gone
    token = secrets.token_urlsafe(BYTES)
    link = SharedLink(view=view, made_by=by, show_owners=show_owners, expires_on=expires_on)
    if link.expired:
        raise ValidationError({"expires_on": [_("This day is over.")]})
    link.start, link.token_hash = token[:START], digest(token)
    link.full_clean(exclude=["view", "made_by"])
    link.save()
    record(view, by=by, verb="shared", after={"until": expires_on, "owners": show_owners})
    return link, token


def may_revoke(actor: Membership, link: SharedLink) -> bool:
    return link.made_by_id == actor.pk or can(actor, Permission.KEY_MANAGE, link)


@transaction.atomic
def revoke_link(*, by: Membership, link: SharedLink) -> None:
    """Stop a link for good: one's own, or anybody's for those who manage keys. Twice changes nothing."""
    if link.made_by_id != by.pk:
        require(by, Permission.KEY_MANAGE, link)
    if SharedLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record(link.view, by=by, verb="unshared")


def find_link(token: str) -> SharedLink | None:
    """The link with this token while it holds; notes its use, at most once a minute."""
    link, now = open_link(digest(token)), timezone.now()
    if link is None or link.expired:
        return None
    if link.last_used_at is None or link.last_used_at <= now - USED_AT_MOST:
        SharedLink.objects.filter(pk=link.pk).update(last_used_at=now)
    return link
