"""A view of the calendar for whoever has its link: no sign-in, nothing to change, nothing but this view."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from campaigns.drawing import days as ranges
from campaigns.models import SharedLink
from campaigns.queries.calendar import Filters
from campaigns.queries.calendar_options import options_for
from campaigns.queries.shared_links import Visitor, shown_to_visitors
from campaigns.services.shared_links import find_link
from campaigns.views import calendar_pictures as pictures
from campaigns.views.feed import private
from campaigns.views.week_start import week_start
from teams.zones import zone_of


@csrf_exempt  # nothing is written, and another method is told so
@require_safe
def shared_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Unknown, revoked and expired links are answered alike. Of the address only view and day count."""
    link = find_link(token)
    if link is None:
        return private(render(request, "campaigns/shared_calendar_gone.html", status=404))
    with timezone.override(zone_of(link.view.workspace.timezone)):
        return private(render(request, "campaigns/shared_calendar.html", context_of(request, link)))


def context_of(request: HttpRequest, link: SharedLink) -> dict[str, Any]:
    asked, kept = Filters.from_query(request.GET), Filters.from_query(link.view.query)
    filters = replace(kept, view=asked.view or kept.view, on=asked.on, full=True)
    view = filters.view or pictures.usual_view(request)
    today, starts = timezone.localdate(), week_start(request)
    on = filters.on or pictures.opened_on(view, today, filters.weeks)
    days = ranges.shown(view, on, starts=starts, weeks=filters.weeks)
    actor = Visitor(link.view.workspace_id)
    found = shown_to_visitors(actor, filters, days.first, days.last, owners=link.show_owners)
    picture = pictures.Picture(found, days, filters, options_for(actor, filters, days))
    context = {
        "link": link,
        "organization": link.view.workspace.name,
        "filters": Filters(),  # nothing to choose
        "view": view,
        "on": on,
        "today": today,
        "days": days,
        "found": found,
        "base": "",  # nothing leads into the workspace
        "period": pictures.period_words(view, on, days),
        "error": asked.errors.get("on", ""),
    }
    return context | ways(view, on, filters.weeks) | pictures.PICTURES[view](picture)


def ways(view: str, on: Any, weeks: int) -> dict[str, Any]:
    """The same ways as in the calendar, without its filters: the view has them."""
    found = pictures.ways(Filters(view=view, weeks=weeks), view, on)
    return {name: found[name] for name in ("before", "after", "now", "views")}
