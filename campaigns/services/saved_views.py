"""Saved views of the calendar: keep one, rename or change it, remove it and bring it back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import SavedView
from campaigns.models.saved_view import LONGEST_QUERY
from campaigns.queries.saved_views import any_views_of, normal, views_of
from experiments.services.states import difference
from insights.services.naming import save_named
from teams.errors import Gone, check_seen
from teams.models import Membership
from teams.permissions import Actor, Permission, can, require
from teams.services.activity import record

FIELDS = ("name", "query", "shared", "position")
MOST_VIEWS = 200


@transaction.atomic
def save_view(*, by: Actor, name: str, query: str = "", shared: bool = False) -> SavedView:
    """Keep what an address of the calendar shows under a name, for oneself or for everybody in the workspace.

    A program has no views of its own.
    """
    require(by, Permission.CALENDAR_SHARE if shared else Permission.WORKSPACE_VIEW)
    if views_of(by).count() >= MOST_VIEWS:
        raise ValidationError(_("There are at most %(most)d views.") % {"most": MOST_VIEWS})
    view = SavedView(workspace_id=by.workspace_id, owner=by if isinstance(by, Membership) else None)
    view.position = (views_of(by).aggregate(last=Max("position"))["last"] or 0) + 1
    fill(view, {"name": name, "query": query, "shared": shared}, by=by)
    save_named(view)
    record(view, by=by, verb="created", after=state_of(view))
    return view


@transaction.atomic
def edit_view(*, by: Actor, view: SavedView, seen: int | None = None, **fields: Any) -> SavedView:
    """Change name, query, position, or who sees it. Feeds and shared links of the view follow."""
    view = held(view, by=by, seen=seen)
    before = state_of(view)
    if fields.get("shared", view.shared) != view.shared:
        require(by, Permission.CALENDAR_SHARE)
    fill(view, fields, by=by)
    was, now = difference(before, state_of(view))
    if now:
        save_next(view)
        record(view, by=by, verb="edited", before=was, after=now)
    return view


@transaction.atomic
def remove_view(*, by: Actor, view: SavedView, seen: int | None = None) -> SavedView:
    """Take a view out of the list; its feeds and shared links find nothing until `restore_view` brings it back."""
    view = held(view, by=by, seen=seen)
    view.removed_at = timezone.now()
    save_next(view)
    record(view, by=by, verb="removed")
    return view


@transaction.atomic
def restore_view(*, by: Actor, view: SavedView) -> SavedView:
    """Bring a removed view back, unless its name was given to another one meanwhile."""
    view = held(view, by=by, removed=True)
    if view.removed_at is not None:
        view.removed_at = None
        save_next(view)
        record(view, by=by, verb="restored")
    return view


def may_change(actor: Actor, view: SavedView) -> bool:
    """One's own; shared ones also those who set the rules for campaigns, and any who may share where nobody owns it."""
    if isinstance(actor, Membership) and view.owner_id == actor.pk:
        return not view.shared or can(actor, Permission.CALENDAR_SHARE, view)
    right = Permission.CALENDAR_SHARE if view.owner_id is None else Permission.CAMPAIGN_CONFIGURE
    return view.shared and can(actor, right, view)


def held(view: SavedView, *, by: Actor, seen: int | None = None, removed: bool = False) -> SavedView:
    """The view as it is now, its row locked. Raises Gone, PermissionDenied, Conflict."""
    rows = SavedView.objects.select_for_update(of=("self",), no_key=True).filter(pk=view.pk)
    rows = rows.filter(pk__in=any_views_of(by).values("pk"))
    found = (rows if removed else rows.filter(removed_at=None)).first()
    if found is None:
        raise Gone
    if not may_change(by, found):
        require(by, Permission.CAMPAIGN_CONFIGURE, found)
    check_seen(found, seen)
    return found


def fill(view: SavedView, fields: dict[str, Any], *, by: Actor) -> None:
    unknown = fields.keys() - set(FIELDS)
    if unknown:
        raise TypeError(f"A view has no {sorted(unknown)}")
    for name, value in fields.items():
        setattr(view, name, value.strip() if isinstance(value, str) else value)
    if not view.shared and (view.owner_id is None or not view.is_owned_by(by)):
        raise ValidationError({"shared": [_("Only its owner can take a view back for themselves.")]})
    view.query = normal(view.query)
    if len(view.query) > LONGEST_QUERY:
        raise ValidationError({"query": [_("Choose less: this view is too long to keep.")]})


def save_next(view: SavedView) -> None:
    view.version += 1
    save_named(view)


def state_of(view: SavedView) -> dict[str, Any]:
    return {name: getattr(view, name) for name in FIELDS}
