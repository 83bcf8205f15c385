"""Collisions where people look for them: with a campaign, with an experiment; and the campaigns at a stage of a map.

Pages of lower apps ask for theirs by their addresses.
"""

import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from campaigns.models import Campaign
from campaigns.pressure.limits import LAST_DAY
from campaigns.queries.collisions import collisions_within
from campaigns.queries.stage_campaigns import next_along, next_at
from campaigns.views.frame import frame, shown
from experiments.queries.collisions import window
from experiments.queries.experiments import kept_experiments_of
from journeys.queries.maps import maps_of, stages_of
from teams.door import WorkspaceRequest, page

AHEAD = datetime.timedelta(366)


@page("GET")
def campaign_collisions(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Of a campaign, on all of its days."""
    campaign = shown(request, pk)
    context = {"campaign": campaign} | of_campaign(campaign)
    if request.htmx:
        return render(request, "campaigns/_collisions.html", context)
    return render(
        request, "campaigns/campaign_collisions.html", context | frame(request, campaign, "campaign_collisions")
    )


def of_campaign(campaign: Campaign) -> dict:
    if campaign.starts_on is None or campaign.ends_on is None:
        return {"hits": None, "mine": []}
    hits = collisions_within(campaign.workspace_id, campaign.starts_on, campaign.ends_on, campaign=campaign.pk)
    return {"hits": hits, "mine": hits.of_campaign(campaign.pk)}


@page("GET")
def experiment_collisions(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Campaigns that would disturb an experiment, or do; ideas among them, for those can still move."""
    rows = kept_experiments_of(request.membership).select_related("plan")
    experiment = get_object_or_404(rows, pk=pk)
    days = window(experiment)
    last = min(days.last or max(days.first, timezone.localdate()) + AHEAD, LAST_DAY)
    hits = collisions_within(request.workspace.pk, days.first, max(days.first, last), ideas=True)
    context = {"experiment": experiment, "hits": hits, "mine": hits.of_experiment(pk)}
    template = "campaigns/_experiment_collisions.html" if request.htmx else "campaigns/experiment_collisions.html"
    return render(request, template, context)


@page("GET")
def at_stage(request: WorkspaceRequest, stage_id: int) -> HttpResponse:
    """The next campaigns at a stage, for its panel."""
    stage = get_object_or_404(stages_of(request.membership), pk=stage_id)
    context = {"stage": stage, "found": next_at(request.membership, stage)}
    return render(request, "campaigns/_at.html" if request.htmx else "campaigns/at.html", context)


@page("GET")
def at_map(request: WorkspaceRequest, map_id: int) -> HttpResponse:
    """Marks for the stage headers of a map: how many campaigns are next there."""
    journey = get_object_or_404(maps_of(request.membership), pk=map_id)
    if not request.htmx:
        return redirect("journeys:map", request.workspace.slug, journey.pk)
    return render(request, "campaigns/_stage_marks.html", {"numbers": next_along(request.membership, journey)})
