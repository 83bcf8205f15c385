"""The checklist of a campaign: add, change, tick off, remove and bring back."""

import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.forms.checklists import TaskForm
from campaigns.models import Campaign, Task
from campaigns.queries.campaigns import kept_campaigns_of
from campaigns.services import checklists as services
from campaigns.views.campaign_steps import overview_context
from campaigns.views.checklist_context import checklist_context
from campaigns.views.frame import frame, shown
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, require
from teams.queries import members_of
from teams.seen import posted, refuse, save

CREATE = Permission.CAMPAIGN_CREATE
UNDO_SECONDS = 3600


@page("POST", permission=CREATE)
def task_add(request: WorkspaceRequest, pk: int) -> HttpResponse:
    campaign = shown(request, pk)
    require(request.membership, Permission.CAMPAIGN_EDIT, campaign)
    form = TaskForm(request.POST, actor=request.membership, auto_id="new-task-%s")
    if form.is_valid():
        try:
            services.add_task(by=request.membership, campaign=campaign, **form.fields_given())
            return back(request, pk)
        except ValidationError as error:
            refuse(form, error)
    context = overview_context(request, campaign) | {"task_form": form}
    return render(request, "campaigns/campaign.html", context, status=422)


@page("GET", "POST", permission=CREATE)
def task_edit(request: WorkspaceRequest, pk: int, task: int) -> HttpResponse:
    campaign, held = shown(request, pk), task_of(request, pk, task)
    require(request.membership, Permission.CAMPAIGN_EDIT, campaign)
    form, status = TaskForm(posted(request), instance=held, actor=request.membership), 200
    if request.method == "POST":
        status = save(
            form,
            partial(services.edit_task, by=request.membership, task=held),
            lambda current: TaskForm(instance=current, actor=request.membership),
        )
        if status == 302:
            messages.success(request, _("Saved."))
            return back(request, pk)
    context = frame(request, campaign, "campaign") | {"form": form, "task": held}
    return render(request, "campaigns/task_edit.html", context, status=status)


@page("POST", permission=CREATE)
def task_tick(request: WorkspaceRequest, pk: int, task: int) -> HttpResponse:
    """Tick a task off, or take the tick back."""
    held = task_of(request, pk, task)
    services.tick_task(by=request.membership, task=held, done=request.POST.get("done") != "0")
    if not request.htmx:
        return back(request, pk)
    campaign = shown(request, pk)
    context = frame(request, campaign, "campaign") | checklist_context(request, campaign)
    return render(request, "campaigns/_checklist.html", context)


@page("POST", permission=CREATE)
def task_remove(request: WorkspaceRequest, pk: int, task: int) -> HttpResponse:
    held = services.remove_task(by=request.membership, task=task_of(request, pk, task))
    facts: dict[str, Any] = {
        "text": held["text"],
        "owner": held["owner"] and held["owner"].pk,
        "due_on": held["due_on"] and held["due_on"].isoformat(),
        "due_offset": held["due_offset"],
    }
    token = signing.dumps(facts, salt=salt(request, pk))
    undo = reverse("campaigns:task_restore", args=[request.workspace.slug, pk, token])
    messages.success(request, _("“%(task)s” is removed.") % {"task": held["text"]}, extra_tags=undo)
    return back(request, pk)


@page("POST", permission=CREATE)
def task_restore(request: WorkspaceRequest, pk: int, token: str) -> HttpResponse:
    """Add again what was removed: the token holds it, signed."""
    campaign: Campaign = shown(request, pk)
    try:
        facts = signing.loads(token, salt=salt(request, pk), max_age=UNDO_SECONDS)
    except signing.BadSignature:
        raise Http404 from None
    facts["owner"] = members_of(request.membership).filter(pk=facts["owner"] or 0).first()
    facts["due_on"] = facts["due_on"] and datetime.date.fromisoformat(facts["due_on"])
    try:
        services.add_task(by=request.membership, campaign=campaign, **facts)
    except ValidationError as error:  # the list has filled up since
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("“%(task)s” is back.") % {"task": facts["text"]})
    return back(request, pk)


def task_of(request: WorkspaceRequest, pk: int, task: int) -> Task:
    campaign = get_object_or_404(kept_campaigns_of(request.membership), pk=pk)
    return get_object_or_404(Task.objects.filter(campaign=campaign).select_related("campaign", "owner__user"), pk=task)


def salt(request: WorkspaceRequest, pk: int) -> str:
    return f"removed task of {request.workspace.pk} {pk}"


def back(request: WorkspaceRequest, pk: int) -> HttpResponse:
    return redirect(reverse("campaigns:campaign", args=[request.workspace.slug, pk]) + "#checklist")
