"""Reads of saved views of the calendar, all through the workspace."""

from django.db.models import Q, QuerySet

from campaigns.models import SavedView
from campaigns.queries.calendar_filters import Filters
from teams.models import Membership
from teams.permissions import Actor


def views_of(actor: Actor) -> QuerySet[SavedView]:
    """Those that the actor sees: shared ones, and a person's own. In their order."""
    return any_views_of(actor).filter(removed_at=None)


def removed_views_of(actor: Actor) -> QuerySet[SavedView]:
    return any_views_of(actor).filter(removed_at__isnull=False)


def any_views_of(actor: Actor) -> QuerySet[SavedView]:
    rows = SavedView.objects.filter(workspace_id=actor.workspace_id).select_related("owner__user", "workspace")
    own = Q(owner_id=actor.pk) if isinstance(actor, Membership) else Q()
    return rows.filter(Q(shared=True) | own) if own else rows.filter(shared=True)


def normal(query: str) -> str:
    """What of an address makes a view: all but the day and what could not be read, in one order."""
    return Filters.from_query(query).to_query(on=None, full=False)
