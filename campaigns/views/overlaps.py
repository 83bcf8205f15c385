"""What segments share: all pairs at a glance, one pair, and what is assumed of the pairs that nobody speaks of."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from campaigns.forms.segments import AssumptionForm, OverlapForm
from campaigns.models import Segment, SegmentOverlap
from campaigns.queries.audience import Pair, assumption_of, overlaps_of, pairs
from campaigns.queries.segments import segments_of
from campaigns.services import overlaps as services
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, can
from teams.seen import posted, save

EDIT = Permission.SEGMENT_EDIT
MOST_IN_TABLE = 30


@page("GET")
def overlaps(request: WorkspaceRequest) -> HttpResponse:
    """A row and a column for each of the segments, at most thirty of them; the others have it on their own pages."""
    rows = list(segments_of(request.membership).select_related("workspace"))
    shown, assumption = rows[:MOST_IN_TABLE], assumption_of(request.workspace.pk)
    found = pairs(shown, overlaps_of(request.membership), assumption)
    context = {
        "segments": shown,
        "more": len(rows) - len(shown),
        "table": table(shown, found),
        "assumption": assumption,
        "stated": sum(pair.overlap is not None for pair in found.values()),
        "pairs": len(found),
        "may_edit": can(request.membership, EDIT),
    }
    return render(request, "campaigns/overlaps.html", context)


def table(segments: list[Segment], found: dict[tuple[int, int], Pair]) -> list[tuple[Segment, list[Pair]]]:
    """Of each segment but the first its pairs with those above it: half a square has every pair once."""
    return [
        (segment, [found[tuple(sorted((segment.pk, above.pk)))] for above in segments[:number]])  # type: ignore[index]
        for number, segment in enumerate(segments)
    ]


@page("GET", "POST", permission=EDIT)
def overlap_edit(request: WorkspaceRequest, pk: int, other: int) -> HttpResponse:
    rows = segments_of(request.membership).select_related("workspace")
    if pk == other:
        raise Http404
    pair = get_object_or_404(rows, pk=pk), get_object_or_404(rows, pk=other)
    held = overlap_between(request, *pair)
    form = OverlapForm(posted(request), overlap=held)
    status = 200
    if request.method == "POST":
        status = save(form, partial(state, request, *pair), lambda current: OverlapForm(overlap=current))
        if status == 302:
            messages.success(request, _("Saved."))
            return redirect("campaigns:overlaps", request.workspace.slug)
    found = pairs(list(pair), [held] if held else [], assumption_of(request.workspace.pk))
    context = {"form": form, "one": pair[0], "other": pair[1], "pair": next(iter(found.values()))}
    return render(request, "campaigns/overlap_form.html", context, status=status)


def overlap_between(request: WorkspaceRequest, one: Segment, other: Segment) -> SegmentOverlap | None:
    first, second = sorted((one.pk, other.pk))
    return overlaps_of(request.membership).filter(one=first, other=second).first()


def state(request: WorkspaceRequest, one: Segment, other: Segment, *, seen: int | None, **given: Any) -> None:
    """Who saw that nobody spoke of the pair saw version 0."""
    services.state_overlap(by=request.membership, one=one, other=other, seen=seen or 0, **given)


@page("GET", "POST", permission=EDIT)
def assumption_edit(request: WorkspaceRequest) -> HttpResponse:
    form = AssumptionForm(posted(request), instance=assumption_of(request.workspace.pk))
    status = 200
    if request.method == "POST":
        status = save(
            form,
            partial(services.edit_assumption, by=request.membership),
            lambda current: AssumptionForm(instance=current),
        )
        if status == 302:
            messages.success(request, _("Saved."))
            return redirect("campaigns:overlaps", request.workspace.slug)
    return render(request, "campaigns/assumption_form.html", {"form": form}, status=status)
