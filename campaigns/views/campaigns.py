"""A campaign's own page, what was said of it and done to it; removing it and bringing it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.queries.campaigns import kept_campaigns_of, removed_campaigns_of
from campaigns.services.campaigns import remove_campaign, restore_campaign
from campaigns.views.campaign_steps import overview_context
from campaigns.views.frame import frame, shown
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission


@page("GET")
def campaign(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """The overview: the brief, and what comes next."""
    return render(request, "campaigns/campaign.html", overview_context(request, shown(request, pk)))


@page("GET")
def campaign_talk(request: WorkspaceRequest, pk: int) -> HttpResponse:
    return render(request, "campaigns/talk.html", frame(request, shown(request, pk), "campaign_talk"))


@page("POST", permission=Permission.CAMPAIGN_CREATE)
def campaign_remove(request: WorkspaceRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(kept_campaigns_of(request.membership), pk=pk)
    removed = remove_campaign(by=request.membership, campaign=found)
    slug = request.workspace.slug
    undo = reverse("campaigns:campaign_restore", args=[slug, removed.pk])
    messages.success(request, _("“%(title)s” is removed.") % {"title": removed.title}, extra_tags=undo)
    return redirect("campaigns:campaigns", slug)


@page("POST", permission=Permission.CAMPAIGN_CREATE)
def campaign_restore(request: WorkspaceRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(removed_campaigns_of(request.membership), pk=pk)
    back = restore_campaign(by=request.membership, campaign=found)
    messages.success(request, _("“%(title)s” is back.") % {"title": back.title})
    return redirect("campaigns:campaign", request.workspace.slug, back.pk)
