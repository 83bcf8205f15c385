"""What becomes of a campaign's messages under the policies, before it is approved, and what it costs the others."""

import datetime
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from campaigns.models import Campaign
from campaigns.queries.collisions import collisions_within
from campaigns.queries.pressure_days import campaign_pressure as pressure_of
from campaigns.queries.pressure_inputs import Asked
from campaigns.queries.replay import LONGEST
from campaigns.views.frame import frame, shown
from campaigns.views.pressure import notes
from teams.door import WorkspaceRequest, page
from teams.slices import Slice

A_PAGE = 25


class Days(NamedTuple):
    first: datetime.date
    last: datetime.date
    cut: bool


@page("GET")
def campaign_pressure(request: WorkspaceRequest, pk: int) -> HttpResponse:
    campaign = shown(request, pk)
    context = frame(request, campaign, "campaign_pressure")
    days = days_of(campaign, timezone.localdate())
    if days is not None:
        asked = Asked(request.workspace.pk, days.first, days.last, campaign=campaign.pk)
        messages = (
            campaign.messages.filter(removed_at=None)
            .select_related("campaign", "channel")
            .order_by("starts_on", "at", "pk")
        )
        rows = Slice(messages, request.GET.get("page"), A_PAGE)
        found = pressure_of(asked, list(rows.object_list))
        hits = collisions_within(request.workspace.pk, days.first, days.last, campaign=campaign.pk)
        context |= {"days": days, "pressure": found, "page": rows, "hits": hits, "mine": hits.of_campaign(campaign.pk)}
        context |= notes(request, found.outlook, found.names)
    return render(request, "campaigns/campaign_pressure.html", context)


def days_of(campaign: Campaign, today: datetime.date) -> Days | None:
    """The campaign's days, of a long one 92 from today or its start on; None where it has none."""
    if campaign.starts_on is None or campaign.ends_on is None:
        return None
    first, last = campaign.starts_on, campaign.ends_on
    if (last - first).days < LONGEST:
        return Days(first, last, False)
    first = min(max(first, today), last)
    return Days(first, min(last, first + datetime.timedelta(LONGEST - 1)), True)
