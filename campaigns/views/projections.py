"""Projections: the list, one with what comes out of it, and what is done to it as a whole."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import Projection
from campaigns.queries import projections as queries
from campaigns.services import projection_lists as services
from campaigns.services import projection_locks as locks
from campaigns.views.projection_frame import asked_version, frame, shown
from campaigns.views.projection_result import result_context
from experiments.queries.pickers import maps
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict
from teams.permissions import Permission, can
from teams.queries import editors_of, named_id
from teams.seen import why
from teams.slices import Slice

PER_PAGE = 30
ASKED = ("q", "map", "owner", "locked", "mine")


@page("GET")
def projections(request: WorkspaceRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "").replace("\x00", "")[:200] for name in ASKED}
    found = Slice(queries.list_projections(request.membership, asked), request.GET.get("page"), PER_PAGE)
    context: dict[str, Any] = {
        "page": found,
        "asked": asked,
        "filtered": any(asked.values()),
        "may_create": can(request.membership, Permission.PROJECTION_CREATE),
    }
    if request.htmx:
        return render(request, "campaigns/projections/_list.html", context)
    context["maps"] = maps(request.membership, asked["map"])
    context["owners"] = [(str(one.pk), str(one)) for one in editors_of(request.membership).prefetch_related(None)]
    return render(request, "campaigns/projections/list.html", context)


@page("GET")
def projection(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """What comes out of it: the latest version, or the one that the address names."""
    found = shown(request, pk)
    version = asked_version(request, found)
    context = frame(request, found, "projection") | result_context(request, found, version)
    return render(request, "campaigns/projections/result.html", context)


@page("POST", permission=Permission.PROJECTION_CREATE)
def projection_copy(request: WorkspaceRequest, pk: int) -> HttpResponse:
    made = services.copy_projection(by=request.membership, projection=shown(request, pk))
    messages.success(request, _("This is your copy. What you change here leaves the other one as it is."))
    return redirect("campaigns:projection_edit", request.workspace.slug, made.pk)


@page("POST", permission=Permission.PROJECTION_CREATE)
def projection_remove(request: WorkspaceRequest, pk: int) -> HttpResponse:
    removed = services.remove_projection(by=request.membership, projection=shown(request, pk))
    undo = reverse("campaigns:projection_restore", args=[request.workspace.slug, removed.pk])
    messages.success(request, _("“%(title)s” is removed.") % {"title": removed.title}, extra_tags=undo)
    return redirect("campaigns:projections", request.workspace.slug)


@page("POST", permission=Permission.PROJECTION_CREATE)
def projection_restore(request: WorkspaceRequest, pk: int) -> HttpResponse:
    removed = queries.any_projections_of(request.membership).filter(removed_at__isnull=False)
    found: Projection = get_object_or_404(removed, pk=pk)
    services.restore_projection(by=request.membership, projection=found)
    messages.success(request, _("“%(title)s” is back.") % {"title": found.title})
    return redirect("campaigns:projection", request.workspace.slug, pk)


@page("POST", permission=Permission.PROJECTION_APPROVE)
def projection_lock(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Approve the version that was on the page."""
    found = shown(request, pk)
    try:
        number = named_id(request.POST.get("number"))
        locks.lock_projection(by=request.membership, projection=found, number=number)
    except (ValidationError, PermissionDenied, Conflict) as error:
        messages.error(request, why(error))
    else:
        messages.success(request, _("Approved and locked. Changes need it unlocked first."))
    return redirect("campaigns:projection", request.workspace.slug, pk)


@page("POST", permission=Permission.PROJECTION_APPROVE)
def projection_unlock(request: WorkspaceRequest, pk: int) -> HttpResponse:
    try:
        found = locks.unlock_projection(by=request.membership, projection=shown(request, pk))
    except ValidationError as error:
        messages.error(request, why(error))
    else:
        sentence = _("Unlocked. It goes on as version %(number)s; what was approved stays as it is.")
        messages.success(request, sentence % {"number": found.number})
    return redirect("campaigns:projection", request.workspace.slug, pk)
