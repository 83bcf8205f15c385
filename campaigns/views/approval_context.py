"""What the overview of a campaign says of approvals: who is asked, who has answered what, what has changed since."""

from typing import Any

from campaigns.approval_differences import differences
from campaigns.enums import ApprovalState, CampaignStatus
from campaigns.forms.approvals import AnswerForm
from campaigns.models import ApprovalRequest, Campaign
from campaigns.queries.approvals import last_approved, last_request, rules_of, waiting_for
from teams.door import WorkspaceRequest

BEFORE = frozenset({CampaignStatus.IDEA, CampaignStatus.PLANNED})


def approval_context(request: WorkspaceRequest, campaign: Campaign, form: AnswerForm | None = None) -> dict[str, Any]:
    asking = None if campaign.is_template else last_request(campaign)
    approved = last_approved(campaign) if asking else None
    waits = asking is not None and asking.state == ApprovalState.WAITING
    mine = list(waiting_for(request.membership).filter(request=asking)) if waits else []
    return {
        "asking": asking if shown(asking, campaign) else None,
        "approvals": list(asking.approvals.all()) if asking and shown(asking, campaign) else [],
        "waits": waits,
        "mine": {approval.pk for approval in mine},
        "answer_form": form or AnswerForm(),
        "differences": differences(approved.document, asking.document) if changed(asking, approved) else [],
        "approved": approved,
        "no_rules": campaign.status in (*BEFORE, CampaignStatus.APPROVAL) and not rules_of(request.membership).exists(),
    }


def shown(asking: ApprovalRequest | None, campaign: Campaign) -> bool:
    """A withdrawn one is over; a refused one says why until it is asked anew."""
    return asking is not None and asking.state != ApprovalState.WITHDRAWN


def changed(asking: ApprovalRequest | None, approved: ApprovalRequest | None) -> bool:
    """Whether what is asked about, or was sent back, is another one than what stands approved."""
    if asking is None or approved is None or asking.pk == approved.pk:
        return False
    return asking.state in (ApprovalState.WAITING, ApprovalState.REFUSED)
