"""Saved views of the calendar: keep what is shown, rename it, let it show something else, remove it."""

from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.forms.feeds import NewViewForm, ViewForm
from campaigns.models import SavedView
from campaigns.models.saved_view import LONGEST_QUERY
from campaigns.queries import saved_views as queries
from campaigns.queries.calendar_filters import Filters
from campaigns.services import saved_views as services
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, require
from teams.seen import posted, refuse, save


@page("POST")
def view_save(request: WorkspaceRequest) -> HttpResponse:
    """Keep what the calendar shows under a name. What is wrong is said on a page that keeps what was typed."""
    form = NewViewForm(request.POST, actor=request.membership)
    if form.is_valid():
        try:
            view = services.save_view(by=request.membership, **form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("“%(name)s” is saved.") % {"name": view})
            return to_calendar(request, view)
    return render(request, "campaigns/saved_view_new.html", {"form": form}, status=422)


@page("GET", "POST")
def view_edit(request: WorkspaceRequest, pk: int) -> HttpResponse:
    view = changeable(request, pk)
    form = ViewForm(posted(request), actor=request.membership, view=view)
    status = 200
    if request.method == "POST":
        status = save(
            form,
            partial(services.edit_view, by=request.membership, view=view),
            lambda current: ViewForm(actor=request.membership, view=current),
        )
        if status == 302:
            messages.success(request, _("Saved."))
            return to_calendar(request, view)
    named = get_object_or_404(queries.views_of(request.membership), pk=pk)
    return render(request, "campaigns/saved_view_edit.html", {"form": form, "view": named}, status=status)


@page("POST")
def view_update(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Let a view show what the calendar shows now; what it showed before is a click away."""
    view = changeable(request, pk)
    before = view.query
    given = request.POST.get("query", request.GET.get("query", ""))[: LONGEST_QUERY * 2]
    try:
        changed = services.edit_view(by=request.membership, view=view, query=given)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return to_calendar(request, view)
    address = reverse("campaigns:calendar_view_update", args=[request.workspace.slug, view.pk])
    undo = f"{address}?{urlencode({'query': before})}"
    messages.success(request, _("“%(name)s” shows this from now on.") % {"name": view}, extra_tags=undo)
    return to_calendar(request, changed)


@page("POST")
def view_remove(request: WorkspaceRequest, pk: int) -> HttpResponse:
    view = changeable(request, pk)
    services.remove_view(by=request.membership, view=view)
    undo = reverse("campaigns:calendar_view_restore", args=[request.workspace.slug, view.pk])
    messages.success(request, _("The view “%(name)s” is removed.") % {"name": view}, extra_tags=undo)
    return redirect("campaigns:calendar", request.workspace.slug)


@page("POST")
def view_restore(request: WorkspaceRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(queries.any_views_of(request.membership), pk=pk)
    if not services.may_change(request.membership, view):
        require(request.membership, Permission.CAMPAIGN_CONFIGURE, view)
    removed = get_object_or_404(queries.removed_views_of(request.membership), pk=pk)
    try:
        back = services.restore_view(by=request.membership, view=removed)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("campaigns:calendar", request.workspace.slug)
    messages.success(request, _("“%(name)s” is back.") % {"name": back})
    return to_calendar(request, back)


def changeable(request: WorkspaceRequest, pk: int) -> SavedView:
    """A view that the member may change; 404 where they do not see it, 403 where it is for somebody else to do."""
    view = get_object_or_404(queries.views_of(request.membership), pk=pk)
    if not services.may_change(request.membership, view):
        require(request.membership, Permission.CAMPAIGN_CONFIGURE, view)
    return view


def to_calendar(request: WorkspaceRequest, view: SavedView) -> HttpResponse:
    """The view, on the day that one was at."""
    day = Filters.from_query(urlencode({"on": request.POST.get("on", "")})).on
    query = Filters.from_query(view.query).to_query(on=day)
    return redirect(f"{reverse('campaigns:calendar', args=[request.workspace.slug])}?{query}")
