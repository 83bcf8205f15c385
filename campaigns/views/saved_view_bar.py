"""The saved views above the calendar: which one is open, and whether what is shown has changed since."""

from typing import Any, NamedTuple

from campaigns.models import SavedView
from campaigns.queries.calendar_filters import Filters
from campaigns.queries.saved_views import views_of
from campaigns.services.saved_views import may_change
from teams.door import WorkspaceRequest
from teams.permissions import Permission, can

OPEN = "calendar_view"  # in the session: the view that was opened last


class Tab(NamedTuple):
    view: SavedView
    current: bool


def saved_views_context(request: WorkspaceRequest, filters: Filters) -> dict[str, Any]:
    """What `campaigns/_saved_views.html` shows. One query; the session remembers which view was opened."""
    shown = filters.to_query(on=None, full=False)
    views = list(views_of(request.membership))
    opened = find_open(request, views, shown)
    remember(request, opened)
    changed = opened is not None and opened.query != shown
    return {
        "saved_views": [Tab(view, view is opened) for view in views],
        "open_view": opened,
        "view_changed": changed,
        "view_query": shown,
        "whole": not shown,
        "may_change_view": opened is not None and may_change(request.membership, opened),
        "may_share_views": can(request.membership, Permission.CALENDAR_SHARE),
    }


def find_open(request: WorkspaceRequest, views: list[SavedView], shown: str) -> SavedView | None:
    """The view that shows just this, otherwise the one that was opened last and is being changed.

    Of several that show the same it is the one opened last. The whole calendar, without any filter, is no change of a
    view.
    """
    last = request.session.get(OPEN)
    same = [view for view in views if view.query == shown]
    if same:
        return next((view for view in same if view.pk == last), same[0])
    return next((view for view in views if view.pk == last), None) if shown else None


def remember(request: WorkspaceRequest, view: SavedView | None) -> None:
    if request.session.get(OPEN) != (view.pk if view else None):
        request.session[OPEN] = view.pk if view else None
