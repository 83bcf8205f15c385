"""All campaigns of the workspace, filtered by what stands in the address."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.enums import CampaignStatus
from campaigns.queries.campaign_list import FILTERS, SORTS, lines, list_campaigns
from campaigns.queries.campaign_pickers import filters
from experiments.queries.pickers import stage_filter, with_map
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, can
from teams.slices import Slice
from teams.tabs import filter_links

PER_PAGE = 30
ASKED = ("q", "mine", "waits", "sort", *FILTERS)
SORTED_BY = {"changed": _("Last change"), "start": _("Start")}


@page("GET")
def campaigns(request: WorkspaceRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "").replace("\x00", "")[:200] for name in ASKED}
    asked = with_map(request.membership, asked)
    ids = list_campaigns(request.membership, asked).values_list("pk", flat=True)
    found = Slice(ids, request.GET.get("page"), PER_PAGE)
    context = {
        "page": found,
        "lines": lines(found.object_list, to=request.membership),
        "asked": asked,
        "filtered": any(value for name, value in asked.items() if name != "sort"),
        "narrowed": any(asked[name] for name in FILTERS if name != "status"),
        "statuses": filter_links(request.GET, "status", [("", _("All")), *CampaignStatus.choices], asked["status"]),
        "filters": filters(request.membership, asked, timezone.localdate()),
        "stages": stage_filter(request.membership, asked),
        "sorts": [(name, SORTED_BY[name]) for name in SORTS],
        "may_create": can(request.membership, Permission.CAMPAIGN_CREATE),
    }
    return render(request, "campaigns/_campaign_list.html" if request.htmx else "campaigns/campaigns.html", context)
