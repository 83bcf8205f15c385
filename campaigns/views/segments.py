"""Segments: whom messages are for, how many they are, and where they are used."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.forms.segments import SegmentForm
from campaigns.models import Segment
from campaigns.queries import segments as queries
from campaigns.queries.audience import assumption_of, overlaps_of, pairs
from campaigns.services import segments as services
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, can
from teams.seen import posted, refuse, save

EDIT = Permission.SEGMENT_EDIT


@page("GET")
def segments(request: WorkspaceRequest) -> HttpResponse:
    rows = list(queries.with_uses(queries.segments_of(request.membership)))
    context = {
        "segments": rows,
        "unknown": sum(segment.size is None for segment in rows),
        "may_edit": can(request.membership, EDIT),
    }
    return render(request, "campaigns/segments.html", context)


@page("GET")
def segment(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """A segment with where it is used and what it shares with each of the others."""
    found = get_object_or_404(queries.segments_of(request.membership), pk=pk)
    others = list(queries.segments_of(request.membership).select_related("workspace"))
    said = overlaps_of(request.membership)
    assumption = assumption_of(request.workspace.pk)
    shared = pairs(others, said, assumption).values()
    context = {
        "segment": found,
        "uses": queries.uses_of(found),
        "most": queries.MOST_USES,
        "assumption": assumption,
        "shared": [with_other(pair, found) for pair in shared if found in (pair.one, pair.other)],
        "may_edit": can(request.membership, EDIT),
    }
    return render(request, "campaigns/segment.html", context)


def with_other(pair, segment: Segment) -> tuple:
    return (pair.other if pair.one == segment else pair.one), pair


@page("GET", "POST", permission=EDIT)
def segment_new(request: WorkspaceRequest) -> HttpResponse:
    form = SegmentForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_segment(by=request.membership, **form.fields_given())
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("“%(name)s” is there.") % {"name": made.name})
            return redirect("campaigns:segment", request.workspace.slug, made.pk)
    return render(request, "campaigns/segment_form.html", {"form": form}, status=422 if form.errors else 200)


@page("GET", "POST", permission=EDIT)
def segment_edit(request: WorkspaceRequest, pk: int) -> HttpResponse:
    segment = get_object_or_404(queries.segments_of(request.membership), pk=pk)
    form = SegmentForm(posted(request), instance=segment)
    status = 200
    if request.method == "POST":
        status = save(
            form,
            partial(services.edit_segment, by=request.membership, segment=segment),
            lambda current: SegmentForm(instance=current),
        )
        if status == 302:
            messages.success(request, _("Saved."))
            return redirect("campaigns:segment", request.workspace.slug, pk)
    named = get_object_or_404(queries.segments_of(request.membership), pk=pk)
    return render(request, "campaigns/segment_form.html", {"form": form, "segment": named}, status=status)


@page("POST", permission=EDIT)
def segment_remove(request: WorkspaceRequest, pk: int) -> HttpResponse:
    segment = get_object_or_404(queries.segments_of(request.membership), pk=pk)
    services.remove_segment(by=request.membership, segment=segment)
    undo = reverse("campaigns:segment_restore", args=[request.workspace.slug, pk])
    messages.success(request, _("“%(name)s” is removed.") % {"name": segment.name}, extra_tags=undo)
    return redirect("campaigns:segments", request.workspace.slug)


@page("POST", permission=EDIT)
def segment_restore(request: WorkspaceRequest, pk: int) -> HttpResponse:
    segment = get_object_or_404(queries.removed_segments_of(request.membership), pk=pk)
    try:
        services.restore_segment(by=request.membership, segment=segment)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("campaigns:segments", request.workspace.slug)
    messages.success(request, _("“%(name)s” is back.") % {"name": segment.name})
    return redirect("campaigns:segment", request.workspace.slug, pk)
