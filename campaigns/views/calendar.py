"""The calendar: month, week, agenda and timeline of the same entries, and all of one day."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.formats import date_format

from campaigns.drawing.agenda import on_day
from campaigns.queries.calendar import Filters, entries
from campaigns.views.calendar_pictures import base_of, calendar_context
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, can

VARIES = "Cookie, HX-Request, Accept-Language, User-Agent, Sec-CH-UA-Mobile"


@page("GET")
def calendar(request: WorkspaceRequest) -> HttpResponse:
    """A view of the calendar; what the address says wrongly is named and left out."""
    context = calendar_context(request, Filters.from_query(request.GET))
    template = "campaigns/calendar/_calendar.html" if request.htmx else "campaigns/calendar/calendar.html"
    response = render(request, template, context)
    response["Vary"] = VARIES
    if request.htmx:
        response["HX-Push-Url"] = f"{context['base']}?{context['filters'].to_query(view=context['view'])}"
    return response


@page("GET")
def calendar_day(request: WorkspaceRequest, day: str) -> HttpResponse:
    """All of one day, also what found no room in the month."""
    filters = Filters.from_query(request.GET)
    shown = Filters.from_query(f"on={day}").on if len(day) == len("2027-03-01") else None
    if shown is None:
        raise Http404
    context = {
        "day": shown,
        "lines": on_day(entries(request.membership, filters, shown, shown), shown),
        "base": base_of(request),
        "query": filters.to_query(),
        "plan_query": filters.to_query(on=shown),
        "may_plan": can(request.membership, Permission.CAMPAIGN_CREATE),
    }
    return in_panel(request, "campaigns/calendar/_day.html", context, title=date_format(shown, "l, j F Y"))


def in_panel(
    request: WorkspaceRequest, template: str, context: dict[str, Any], *, title: str, status: int = 200
) -> HttpResponse:
    """A part for the panel; a page of its own for those without scripts."""
    if request.htmx:
        return render(request, template, context, status=status)
    whole = context | {"content": template, "title": title}
    return render(request, "campaigns/calendar/panel_page.html", whole, status=status)


def drawn_again(request: WorkspaceRequest, filters: Filters) -> str:
    """The calendar as it is now, for an answer that changes something else, too."""
    context = calendar_context(request, filters) | {"oob": True}
    return render_to_string("campaigns/calendar/_calendar.html", context, request)
