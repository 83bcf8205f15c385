"""What the pages of one campaign share: the campaign in scope, its head and its tabs.

A part of a campaign with a page of its own adds a line to TABS, with the name of the page's address. A part that the
overview shows in short adds one to SECTIONS: the overview loads it by itself, and has a plain link to it without
JavaScript. The addresses take the workspace and the campaign's id; the pages begin their context with `frame`.
"""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.enums import CampaignStatus
from campaigns.models import Campaign
from campaigns.queries.campaigns import complete, kept_campaigns_of
from teams.door import WorkspaceRequest
from teams.permissions import Permission, can
from teams.tabs import Tab, tabs, way

TABS: dict[str, Promise] = {
    "campaign": _("Overview"),
    "campaign_messages": _("Messages"),
    "campaign_matrix": _("Matrix"),
    "campaign_side_by_side": _("Side by side"),
    "campaign_budget": _("Budget"),
    "campaign_pressure": _("Pressure"),
    "campaign_talk": _("Discussion and activity"),
}
SECTIONS: dict[str, Promise] = {
    "campaign_messages": _("Messages"),
    "campaign_collisions": _("Collisions"),
    "campaign_projections": _("Projections"),
}
OF_TEMPLATES = frozenset(
    {"campaign", "campaign_messages", "campaign_matrix", "campaign_side_by_side", "campaign_budget"}
)
WAY = (
    CampaignStatus.IDEA,
    CampaignStatus.PLANNED,
    CampaignStatus.APPROVAL,
    CampaignStatus.APPROVED,
    CampaignStatus.RUNNING,
    CampaignStatus.DONE,
)


def shown(request: WorkspaceRequest, pk: int) -> Campaign:
    """The campaign or template of the workspace, complete; 404 for any other."""
    return get_object_or_404(complete(kept_campaigns_of(request.membership)), pk=pk)


def frame(request: WorkspaceRequest, campaign: Campaign, tab: str) -> dict[str, Any]:
    """The context of `campaigns/frame.html`. `tab` is the name of the page's address."""
    return {
        "campaign": campaign,
        "may_edit": can(request.membership, Permission.CAMPAIGN_EDIT, campaign),
        "may_create": can(request.membership, Permission.CAMPAIGN_CREATE),
        "way": [] if campaign.is_template else way(WAY, campaign.status),
        "tabs": parts(request, campaign, TABS, tab),
    }


def parts(request: WorkspaceRequest, campaign: Campaign, names: dict[str, Promise], current: str = "") -> list[Tab]:
    there = {name: label for name, label in names.items() if name in OF_TEMPLATES or not campaign.is_template}
    return tabs("campaigns", there, request.workspace.slug, campaign.pk, current=current)
