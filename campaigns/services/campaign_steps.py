"""Steps: idea → planned → approval → approved → running → done, the ways back, and cancelled."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.enums import ApprovalState, CampaignStatus
from campaigns.models import Campaign
from campaigns.queries.approvals import last_request
from campaigns.services.approvals import ask, close, withdraw
from campaigns.services.campaign_locks import lock_to_edit
from campaigns.services.campaigns import save_edited
from teams.permissions import Actor
from teams.services.activity import record

STEPS: dict[str, tuple[str, ...]] = {
    CampaignStatus.IDEA: (CampaignStatus.PLANNED, CampaignStatus.CANCELLED),
    CampaignStatus.PLANNED: (CampaignStatus.APPROVAL, CampaignStatus.IDEA, CampaignStatus.CANCELLED),
    CampaignStatus.APPROVAL: (CampaignStatus.APPROVED, CampaignStatus.PLANNED, CampaignStatus.CANCELLED),
    CampaignStatus.APPROVED: (CampaignStatus.RUNNING, CampaignStatus.PLANNED, CampaignStatus.CANCELLED),
    CampaignStatus.RUNNING: (CampaignStatus.DONE, CampaignStatus.CANCELLED),
    CampaignStatus.DONE: (CampaignStatus.RUNNING,),
    CampaignStatus.CANCELLED: (CampaignStatus.IDEA,),
}


@transaction.atomic
def take_step(*, by: Actor, campaign: Campaign, to: str, seen: int | None = None) -> Campaign:
    """Bring a campaign to another status. Raises ValidationError at `status` for a step that is not there, at
    `starts_on` for one that needs days."""
    campaign = lock_to_edit(campaign, by=by, seen=seen)
    if to not in STEPS[campaign.status]:
        label = CampaignStatus(to).label if to in CampaignStatus.values else to
        raise ValidationError({"status": [_("From here it cannot become “%(to)s”.") % {"to": label}]})
    if campaign.starts_on is None and to not in (CampaignStatus.IDEA, CampaignStatus.CANCELLED):
        raise ValidationError({"starts_on": [_("Say when it starts and ends first.")]})
    if to == CampaignStatus.APPROVED:
        approve_without_rules(campaign)
    return arrive(campaign, to, by=by)


def approve_without_rules(campaign: Campaign) -> None:
    """Where no rule asks anybody, who may change the campaign approves it by this step."""
    request = last_request(campaign)
    if request is None or request.state != ApprovalState.WAITING:
        return
    if request.approvals.all():
        raise ValidationError({"status": [_("It is approved when all who are asked have approved it.")]})
    close(request, ApprovalState.APPROVED)


def arrive(campaign: Campaign, to: str, *, by: Actor | None) -> Campaign:
    """Set the status and write it down."""
    before = campaign.status
    campaign.status = to
    if to == CampaignStatus.APPROVED:
        campaign.approved_at = timezone.now()
    elif to in (CampaignStatus.IDEA, CampaignStatus.PLANNED, CampaignStatus.APPROVAL):
        campaign.approved_at = None
    save_edited(campaign)
    if to == CampaignStatus.APPROVAL and by is not None:
        ask(campaign, by=by)
    elif to not in (CampaignStatus.APPROVED, CampaignStatus.RUNNING):
        withdraw(campaign, keep_approved=to == CampaignStatus.DONE)
    record(campaign, by=by, verb="moved", before={"status": before}, after={"status": to})
    return campaign
