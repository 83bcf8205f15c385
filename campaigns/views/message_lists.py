"""Lists of messages: those of a campaign, and all of the workspace with the check of their links."""

from django.http import HttpResponse
from django.shortcuts import render

from campaigns.forms.message_filter import MessageFilterForm
from campaigns.queries.message_lists import found_messages, lines
from campaigns.queries.messages import with_places
from campaigns.services.link_rules import rules_for
from campaigns.views.frame import frame, shown
from teams.door import WorkspaceRequest, page
from teams.slices import Slice

PER_PAGE = 50


@page("GET")
def messages(request: WorkspaceRequest) -> HttpResponse:
    """All messages of the workspace, and whether their links keep the rules."""
    filters = MessageFilterForm(request.GET, actor=request.membership)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    rules = rules_for(request.workspace.pk)
    found = Slice(found_messages(request.membership, chosen, rules), request.GET.get("page"), PER_PAGE)
    context = {
        "filters": filters,
        "filtered": any(chosen.values()) or bool(filters.errors),
        "page": found,
        "lines": lines(list(found), rules),
        "show_campaign": True,
    }
    return render(request, "campaigns/_message_list.html" if request.htmx else "campaigns/messages.html", context)


@page("GET")
def campaign_messages(request: WorkspaceRequest, pk: int) -> HttpResponse:
    campaign = shown(request, pk)
    rows = with_places(campaign.messages.filter(removed_at=None)).order_by("starts_on", "at", "pk")
    found = Slice(rows, request.GET.get("page"), PER_PAGE)
    context = frame(request, campaign, "campaign_messages") | {
        "page": found,
        "lines": lines(list(found), rules_for(request.workspace.pk)),
    }
    if request.htmx:  # the overview shows them in short
        return render(request, "campaigns/_message_list.html", context | {"plain": True})
    return render(request, "campaigns/campaign_messages.html", context)
