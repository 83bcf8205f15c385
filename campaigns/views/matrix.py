"""The matrix stage × persona × channel, of a campaign and of the workspace; messages side by side."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from campaigns.forms.matrix import MatrixForm, PlaceForm
from campaigns.matching.differences import side_by_side
from campaigns.models import Campaign, Message
from campaigns.queries.editable import editable_campaigns
from campaigns.queries.matrix import matrix_of_campaign, matrix_of_map
from campaigns.queries.messages import complete
from campaigns.views.frame import frame, shown
from journeys.queries.maps import maps_of
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, can

PARTS = ("offer", "tone", "next_step")
PLACE = ("stage", "persona", "channel", "starts_on")


@page("GET")
def matrix(request: WorkspaceRequest) -> HttpResponse:
    """The workspace's: one map, by default the one changed last, and the days ahead."""
    form = MatrixForm(request.GET, actor=request.membership)
    first, last = form.range(timezone.localdate())
    chosen = form.cleaned_data if form.is_valid() else {}
    journey = chosen.get("map") or maps_of(request.membership).first()
    context: dict[str, Any] = {"form": form, "journey": journey, "first": first, "last": last}
    context |= {"campaign": chosen.get("campaign"), "may_add": can(request.membership, Permission.CAMPAIGN_CREATE)}
    if journey is not None:
        context["matrix"] = matrix_of_map(
            request.membership,
            journey,
            first=first,
            last=last,
            campaign=chosen.get("campaign"),
            all_channels=chosen.get("channels") == "all",
        )
    context["add"] = place_address(request, chosen.get("campaign"))
    return render(request, "campaigns/_matrix.html" if request.htmx else "campaigns/matrix.html", context)


def place_address(request: WorkspaceRequest, campaign: Campaign | None) -> str:
    """Where a message for an empty place is added: to the campaign, or else to one that is asked for."""
    slug = request.workspace.slug
    if campaign is not None and can(request.membership, Permission.CAMPAIGN_EDIT, campaign):
        return reverse("campaigns:message_new", args=[slug, campaign.pk])
    return reverse("campaigns:message_place", args=[slug])


@page("GET")
def campaign_matrix(request: WorkspaceRequest, pk: int) -> HttpResponse:
    campaign = shown(request, pk)
    context = frame(request, campaign, "campaign_matrix") | {
        "matrix": matrix_of_campaign(request.membership, campaign),
        "add": reverse("campaigns:message_new", args=[request.workspace.slug, campaign.pk]),
    }
    return render(request, "campaigns/campaign_matrix.html", context | {"may_add": context["may_edit"]})


@page("GET", permission=Permission.CAMPAIGN_CREATE)
def message_place(request: WorkspaceRequest) -> HttpResponse:
    """Which campaign a message is for; then its form, with the place that the address names."""
    campaigns = editable_campaigns(request.membership)
    form = PlaceForm(request.GET if "campaign" in request.GET else None, campaigns=campaigns)
    place = {name: request.GET[name] for name in PLACE if request.GET.get(name)}
    if form.is_bound and form.is_valid():
        address = reverse("campaigns:message_new", args=[request.workspace.slug, form.cleaned_data["campaign"].pk])
        return redirect(f"{address}?{urlencode(place)}" if place else address)
    context = {"form": form, "campaigns": campaigns, "place": place}
    return render(request, "campaigns/message_place.html", context, status=422 if form.errors else 200)


@page("GET")
def campaign_side_by_side(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Offer, tone and next step of all messages, held against one another."""
    campaign = shown(request, pk)
    rows = complete(campaign.messages.filter(removed_at=None)).order_by("channel__name", "starts_on", "pk")
    context = frame(request, campaign, "campaign_side_by_side") | {"rows": compared(campaign, list(rows))}
    return render(request, "campaigns/side_by_side.html", context)


def compared(campaign: Campaign, messages: list[Message]) -> list[dict[str, Any]]:
    """Each message with what it says of each part."""
    said = {
        name: side_by_side(getattr(campaign, name), [getattr(message, name) for message in messages]) for name in PARTS
    }
    return [
        {"message": message} | {name: said[name][number] for name in PARTS} for number, message in enumerate(messages)
    ]
