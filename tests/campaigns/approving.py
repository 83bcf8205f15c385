"""Campaigns on their way through approval, made through the services."""

from typing import Any

from campaigns.enums import AskedPeople, CampaignStatus
from campaigns.models import ApprovalRule, Campaign
from campaigns.services.approval_rules import add_rule
from campaigns.services.approvals import answer
from campaigns.services.campaign_steps import take_step
from teams.models import Membership
from tests.campaigns.made import make_campaign


def make_rule(by: Membership, asks: str = AskedPeople.MEMBER, **fields: Any) -> ApprovalRule:
    """Asks `by` unless told otherwise."""
    if asks == AskedPeople.MEMBER:
        fields.setdefault("member", by)
    return add_rule(by=by, asks=asks, **{"applies": "always"} | fields)


def asked(by: Membership, campaign: Campaign | None = None, **fields: Any) -> Campaign:
    campaign = campaign or make_campaign(by, **fields)
    for status in (CampaignStatus.PLANNED, CampaignStatus.APPROVAL):
        campaign = take_step(by=by, campaign=campaign, to=status)
    return campaign


def approve(by: Membership, campaign: Campaign, comment: str = "") -> Campaign:
    answer(by=by, campaign=campaign, approve=True, comment=comment)
    campaign.refresh_from_db()
    return campaign
