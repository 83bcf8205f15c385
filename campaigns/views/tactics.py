"""The library of tactics: look through it, use one as a message, keep the workspace's own."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.forms.tactics import TacticForm, tactic_values
from campaigns.queries.tactics import any_tactic_of, find_tactic, grouped, shelf, tactics_of
from campaigns.services import tactics as services
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, can
from teams.seen import posted, refuse, save

LONGEST = 200


@page("GET")
def tactics(request: WorkspaceRequest) -> HttpResponse:
    """The shelf by stage: `?q=` searches, `?hidden=1` shows what was put away. By htmx `?tray=1` is the short one that
    stands beside a calendar."""
    text, hidden = request.GET.get("q", "")[:LONGEST], request.GET.get("hidden") == "1"
    context = {
        "groups": grouped(shelf(request.membership, text, hidden=hidden)),
        "q": text,
        "hidden": hidden,
        "may_use": can(request.membership, Permission.CAMPAIGN_CREATE),
        "may_configure": can(request.membership, Permission.CAMPAIGN_CONFIGURE),
    }
    if request.htmx:
        template = "campaigns/_tactic_tray.html" if "tray" in request.GET else "campaigns/_tactic_list.html"
        return render(request, template, context)
    return render(request, "campaigns/tactics.html", context)


@page("GET", "POST", permission=Permission.CAMPAIGN_CONFIGURE)
def tactic_new(request: WorkspaceRequest) -> HttpResponse:
    """Add an own one; `?from=explainer` begins as that built-in one and takes its place."""
    name = request.POST.get("built_in", "") if request.method == "POST" else request.GET.get("from", "")
    source = find_tactic(request.membership, name) if name else None
    built_in = source.id if source and source.own is None else ""
    form = TacticForm(posted(request), actor=request.membership, initial=tactic_values(source) if source else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_tactic(by=request.membership, built_in=built_in, **form.fields_given())
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("“%(title)s” is on the shelf.") % {"title": made.title})
            return redirect("campaigns:tactics", request.workspace.slug)
    context = {"form": form, "built_in": built_in, "source": source}
    return render(request, "campaigns/tactic_form.html", context, status=422 if form.errors else 200)


@page("GET", "POST", permission=Permission.CAMPAIGN_CONFIGURE)
def tactic_edit(request: WorkspaceRequest, pk: int) -> HttpResponse:
    tactic = get_object_or_404(tactics_of(request.membership), pk=pk)
    form = TacticForm(posted(request), instance=tactic, actor=request.membership)
    status = 200
    if request.method == "POST":
        status = save(
            form,
            partial(services.edit_tactic, by=request.membership, tactic=tactic),
            lambda current: TacticForm(instance=current, actor=request.membership),
        )
    if status == 302:
        messages.success(request, _("Saved."))
        return redirect("campaigns:tactics", request.workspace.slug)
    named = get_object_or_404(tactics_of(request.membership), pk=pk)
    return render(request, "campaigns/tactic_form.html", {"form": form, "tactic": named}, status=status)


@page("POST", permission=Permission.CAMPAIGN_CONFIGURE)
def tactic_remove(request: WorkspaceRequest, pk: int) -> HttpResponse:
    tactic = get_object_or_404(tactics_of(request.membership), pk=pk)
    services.remove_tactic(by=request.membership, tactic=tactic)
    undo = reverse("campaigns:tactic_restore", args=[request.workspace.slug, tactic.pk])
    messages.success(request, _("“%(title)s” is off the shelf.") % {"title": tactic.title}, extra_tags=undo)
    return redirect("campaigns:tactics", request.workspace.slug)


@page("POST", permission=Permission.CAMPAIGN_CONFIGURE)
def tactic_restore(request: WorkspaceRequest, pk: int) -> HttpResponse:
    tactic = get_object_or_404(any_tactic_of(request.membership), pk=pk)
    try:
        services.restore_tactic(by=request.membership, tactic=tactic)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("“%(title)s” is back.") % {"title": tactic.title})
    return redirect("campaigns:tactics", request.workspace.slug)


@page("POST", permission=Permission.CAMPAIGN_CONFIGURE)
def tactic_hide(request: WorkspaceRequest, slug: str) -> HttpResponse:
    """Put a built-in one away."""
    found = built_in(request, slug)
    services.hide_tactic(by=request.membership, slug=slug)
    undo = reverse("campaigns:tactic_show", args=[request.workspace.slug, slug])
    messages.success(request, _("“%(title)s” is put away.") % {"title": found}, extra_tags=undo)
    return redirect("campaigns:tactics", request.workspace.slug)


@page("POST", permission=Permission.CAMPAIGN_CONFIGURE)
def tactic_show(request: WorkspaceRequest, slug: str) -> HttpResponse:
    """Lay a built-in one back."""
    found = built_in(request, slug)
    services.show_tactic(by=request.membership, slug=slug)
    messages.success(request, _("“%(title)s” is back on the shelf.") % {"title": found})
    return redirect("campaigns:tactics", request.workspace.slug)


def built_in(request: WorkspaceRequest, slug: str) -> str:
    """Its title; 404 for one that there is not."""
    found = find_tactic(request.membership, slug)
    if found is None or found.own is not None:
        raise Http404
    return str(found.title)
