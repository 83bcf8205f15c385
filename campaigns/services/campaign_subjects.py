"""Campaigns as something that is talked about, told of and found."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.models import ApprovalRule, Campaign
from campaigns.queries.campaigns import find_campaign
from teams.models import Membership, Workspace
from teams.permissions import Actor
from teams.services import findable, subjects
from teams.services.findable import Hit


def register() -> None:
    subjects.register("campaign", label=_("Campaign"), fetch=find_campaign, url=address, followers=followers)
    subjects.register("approvalrule", label=_("Approval rule"), fetch=find_rule, url=rules_address)
    findable.register("campaign", label=_("Campaigns"), order=17, things=campaigns, hit=hit)


def address(campaign: Campaign) -> str:
    return reverse("campaigns:campaign", args=[campaign.workspace.slug, campaign.pk])


def followers(campaign: Campaign) -> Iterable[Membership | None]:
    """Its owner; a template's owner planned another one."""
    return [] if campaign.is_template else [campaign.owner]


def campaigns() -> QuerySet[Campaign]:
    return Campaign.objects.filter(removed_at=None, is_template=False)


def hit(workspace: Workspace, campaign: Campaign) -> Hit:
    at = reverse("campaigns:campaign", args=[workspace.slug, campaign.pk])
    return Hit(campaign.title, at, campaign.get_status_display())


def find_rule(actor: Actor, pk: int) -> ApprovalRule | None:
    rows = ApprovalRule.objects.filter(workspace_id=actor.workspace_id, pk=pk)
    return rows.select_related("workspace").first()


def rules_address(rule: ApprovalRule) -> str:
    return reverse("campaigns:approval_rules", args=[rule.workspace.slug])
