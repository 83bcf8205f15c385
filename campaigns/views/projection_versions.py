"""The versions of a projection: who saved and approved what, and what differs between two."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from campaigns.models import Projection
from campaigns.queries.projections import versions_of
from campaigns.services.projection_diffs import differences
from campaigns.services.projection_lists import restore_version
from campaigns.views.projection_frame import frame, shown
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission
from teams.queries import named_id
from teams.slices import Slice

A_PAGE = 50


@page("GET")
def projection_versions(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """`from` and `to` in the address name two of them; without, the latest is held against the one before."""
    found = shown(request, pk)
    last = named_id(request.GET.get("to")) or found.number
    first = named_id(request.GET.get("from")) or max(1, last - 1)
    context = frame(request, found, "projection_versions") | {
        "page": Slice(versions_of(found), request.GET.get("page"), A_PAGE),
        "first": first,
        "last": last,
        "numbers": range(found.number, 0, -1)[:200],
        "differences": between(found, first, last),
    }
    return render(request, "campaigns/projections/versions.html", context)


def between(found: Projection, first: int, last: int) -> list[str] | None:
    """None where there is nothing to hold against one another."""
    if first == last:
        return None
    documents: dict[int, Any] = dict(found.versions.filter(number__in=[first, last]).values_list("number", "document"))
    return differences(documents[first], documents[last]) if len(documents) == 2 else None


@page("POST", permission=Permission.PROJECTION_CREATE)
def version_restore(request: WorkspaceRequest, pk: int, number: int) -> HttpResponse:
    found = shown(request, pk)
    get_object_or_404(found.versions, number=number)
    try:
        saved = restore_version(by=request.membership, projection=found, number=number)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        sentence = _("Version %(number)s says what version %(earlier)s said.")
        messages.success(request, sentence % {"number": saved.number, "earlier": number})
    return redirect("campaigns:projection", request.workspace.slug, pk)
