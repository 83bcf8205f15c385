"""What was done to a thing: a page of its own, and for htmx the rows."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from teams.door import WorkspaceRequest, page
from teams.queries import named_id
from teams.services import subjects
from teams.services.activity import activity_of

ROWS_A_PAGE = 20


@page("GET")
def activity(request: WorkspaceRequest, kind: str, object_id: int) -> HttpResponse:
    """The latest rows, or with `before` those that came before the one with this id."""
    thing = subjects.find(request.membership, kind, object_id)
    if thing is None:
        raise Http404
    rows = activity_of(thing)
    before = named_id(request.GET.get("before"))
    found = list((rows.filter(pk__lt=before) if before else rows)[: ROWS_A_PAGE + 1])
    context = {
        "thing": thing,
        "kind": subjects.kinds()[kind],
        "thing_address": subjects.address(thing),
        "rows": found[:ROWS_A_PAGE],
        "more": len(found) > ROWS_A_PAGE,
        "first": before is None,
    }
    template = "teams/activity/page.html"
    if request.htmx:
        template = "teams/activity/rows.html" if before else "teams/activity/list.html"
    return render(request, template, context)
