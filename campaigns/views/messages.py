"""A message: its page and its panel; removed, brought back, copied."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.lengths import length_of
from campaigns.models import Message
from campaigns.naming.check import check
from campaigns.queries.flags import flags_of
from campaigns.queries.messages import any_message_of, complete, kept_messages_of
from campaigns.services import messages as services
from campaigns.services.link_rules import rules_for
from campaigns.services.message_copies import copy_message
from campaigns.views.calendar_moves import answer as calendar_answer
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, can


@page("GET")
def message(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """The whole message; for htmx what the panel beside a calendar or a matrix shows."""
    shown = get_object_or_404(complete(kept_messages_of(request.membership)), pk=pk)
    template = "campaigns/message_panel.html" if request.htmx else "campaigns/message.html"
    return render(request, template, context_of(request, shown))


def context_of(request: WorkspaceRequest, shown: Message) -> dict[str, Any]:
    link = shown.link
    return {
        "message": shown,
        "campaign": shown.campaign,
        "flags": flags_of([shown])[shown.pk],
        "length": length_of(shown.channel),
        "checked": check(link.url, rules_for(request.workspace.pk)) if link else None,
        "may_edit": can(request.membership, Permission.CAMPAIGN_EDIT, shown),
    }


@page("POST", permission=Permission.CAMPAIGN_CREATE)
def message_remove(request: WorkspaceRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(kept_messages_of(request.membership).select_related("campaign"), pk=pk)
    removed = services.remove_message(by=request.membership, message=found)
    slug = request.workspace.slug
    undo = reverse("campaigns:message_restore", args=[slug, removed.pk])
    messages.success(request, _("“%(title)s” is removed.") % {"title": removed.title}, extra_tags=undo)
    if on_calendar(request):
        return calendar_answer(request, request.POST["back"])
    return redirect("campaigns:campaign_messages", slug, removed.campaign_id)


def on_calendar(request: WorkspaceRequest) -> bool:
    """Whether it is an undo beside the calendar, which is drawn again then; `back` is the query of the view."""
    return bool(request.htmx) and "back" in request.POST


@page("POST", permission=Permission.CAMPAIGN_CREATE)
def message_restore(request: WorkspaceRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(any_message_of(request.membership).select_related("campaign"), pk=pk)
    back = services.restore_message(by=request.membership, message=found)
    messages.success(request, _("“%(title)s” is back.") % {"title": back.title})
    if on_calendar(request):
        return calendar_answer(request, request.POST["back"])
    return redirect("campaigns:message", request.workspace.slug, back.pk)


@page("POST", permission=Permission.CAMPAIGN_CREATE)
def message_copy(request: WorkspaceRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(kept_messages_of(request.membership).select_related("campaign"), pk=pk)
    slug = request.workspace.slug
    try:
        made = copy_message(by=request.membership, message=source)
    except ValidationError as error:  # the campaign has as many as it can
        messages.error(request, " ".join(error.messages))
        return redirect("campaigns:message", slug, pk)
    undo = reverse("campaigns:message_remove", args=[slug, made.pk])
    messages.success(request, _("Copied. Change what is to be different this time."), extra_tags=undo)
    return redirect("campaigns:message_edit", slug, made.pk)
