"""What experiments offer to a projection, and what projections offer to the page of a campaign."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import Projection
from campaigns.queries.campaigns import campaigns_of
from campaigns.queries.projection_offers import SCENARIO
from campaigns.queries.projections import projections_of
from campaigns.services import projection_offers as services
from campaigns.views.projection_frame import shown
from experiments.queries.experiments import experiments_of
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict
from teams.permissions import Permission
from teams.queries import named_id
from teams.seen import why

MOST_SHOWN = 20


@page("POST", permission=Permission.PROJECTION_CREATE)
def offer_take(request: WorkspaceRequest, pk: int, experiment: int) -> HttpResponse:
    """Have an input be what the experiment found, in the base or in a scenario."""
    found = offered_to(request, pk, experiment)
    chosen = {name: request.POST.get(name, "") for name in ("place", "into")}
    seen = named_id(request.POST.get("seen"))
    try:
        saved = services.take_offer(by=request.membership, projection=found, experiment=experiment, seen=seen, **chosen)
    except (ValidationError, Conflict) as error:
        messages.error(request, why(error))
    else:
        messages.success(request, _("Taken over: this is version %(number)s.") % {"number": saved.number})
    shows = "campaigns:projection_scenarios" if chosen["into"] == SCENARIO else "campaigns:projection"
    return redirect(shows, request.workspace.slug, pk)


@page("POST", permission=Permission.PROJECTION_CREATE)
def offer_decline(request: WorkspaceRequest, pk: int, experiment: int) -> HttpResponse:
    found = offered_to(request, pk, experiment)
    try:
        services.decline_offer(by=request.membership, projection=found, experiment=experiment)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        undo = reverse("campaigns:offer_again", args=[request.workspace.slug, pk, experiment])
        messages.success(request, _("It is not offered any more. The experiment stays in the log."), extra_tags=undo)
    return redirect("campaigns:projection", request.workspace.slug, pk)


@page("POST", permission=Permission.PROJECTION_CREATE)
def offer_again(request: WorkspaceRequest, pk: int, experiment: int) -> HttpResponse:
    found = offered_to(request, pk, experiment)
    services.offer_again(by=request.membership, projection=found, experiment=experiment)
    messages.success(request, _("It is offered again."))
    return redirect("campaigns:projection", request.workspace.slug, pk)


def offered_to(request: WorkspaceRequest, pk: int, experiment: int) -> Projection:
    get_object_or_404(experiments_of(request.membership), pk=experiment)
    return shown(request, pk)


@page("GET")
def campaign_projections(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """The headlines of a campaign's projections, for its page; without JavaScript a page of its own."""
    campaign = get_object_or_404(campaigns_of(request.membership), pk=pk)
    found = projections_of(request.membership).filter(campaign=campaign)[:MOST_SHOWN]
    name = "_campaign" if request.htmx else "campaign"
    return render(request, f"campaigns/projections/{name}.html", {"campaign": campaign, "projections": found})
