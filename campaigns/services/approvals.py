"""Approvals: asked for when a campaign comes to approval and when it changes afterwards, given and refused.

`asked_again` is called by every service that changes what people approve, before it writes to the log.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.enums import ApprovalState, CampaignStatus
from campaigns.models import ApprovalRequest, Campaign
from campaigns.queries.approvals import last_approved, last_request, waiting_for
from campaigns.services.approval_asking import answered, asked, open_request, renew
from campaigns.services.approval_documents import Document, document_of, same
from campaigns.services.campaign_locks import hold
from teams.errors import Conflict
from teams.models import Membership
from teams.permissions import Actor
from teams.services.activity import record
from teams.services.notifications import notify

IN_FORCE = frozenset({CampaignStatus.APPROVAL, CampaignStatus.APPROVED, CampaignStatus.RUNNING})


def ask(campaign: Campaign, *, by: Actor) -> ApprovalRequest:
    """Ask for approval of a campaign as it is now. Without a rule that wants an answer, nobody is asked."""
    withdraw(campaign)
    return open_request(campaign, document_of(campaign), by=by)


def asked_again(campaign: Campaign, *, by: Actor) -> None:
    """What people approve may have changed: ask again where it did, and let the approval stand where it is back.

    The campaign is locked and saved; its status may change here.
    """
    if campaign.is_template or campaign.status not in IN_FORCE:
        return
    request, approved = last_request(campaign), last_approved(campaign)
    if request is None:
        return
    document = document_of(campaign)
    if approved is not None and same(document, approved.document):
        take_back(campaign, approved, by=by)
    elif not same(document, request.document):
        ask_about(campaign, request, approved, document, by=by)


def ask_about(
    campaign: Campaign, request: ApprovalRequest, approved: ApprovalRequest | None, document: Document, *, by: Actor
) -> None:
    if request.state == ApprovalState.WAITING and not answered(request):
        renew(request, campaign, document, by=by)
        return
    if approved is not None and not asked(ApprovalRequest(document=document), campaign):
        stands_without_asking(approved, document)
        return
    withdraw(campaign, keep_approved=True)
    open_request(campaign, document, by=by, again=True)
    record(campaign, by=by, verb="asked-again")
    if campaign.status == CampaignStatus.APPROVED:
        set_status(campaign, CampaignStatus.APPROVAL)


def stands_without_asking(approved: ApprovalRequest, document: Document) -> None:
    """No rule asks anybody: who may change it may approve it, so the change is approved with it."""
    approved.document = document
    approved.version += 1
    approved.save()


def take_back(campaign: Campaign, approved: ApprovalRequest, *, by: Actor) -> None:
    """It is again as it was approved."""
    open_ones = campaign.approval_requests.filter(state=ApprovalState.WAITING)
    if not open_ones.exists() and campaign.status != CampaignStatus.APPROVAL:
        return
    withdraw(campaign, keep_approved=True)
    if campaign.status == CampaignStatus.APPROVAL:
        set_status(campaign, CampaignStatus.APPROVED, approved.settled_at)
    record(campaign, by=by, verb="approval-back")


def withdraw(campaign: Campaign, *, keep_approved: bool = False) -> None:
    """End what waits; without `keep_approved` an approval that was given does not stand any more, either."""
    states = [ApprovalState.WAITING] if keep_approved else [ApprovalState.WAITING, ApprovalState.APPROVED]
    rows = campaign.approval_requests.filter(state__in=states)
    rows.update(state=ApprovalState.WITHDRAWN, settled_at=timezone.now())


def set_status(campaign: Campaign, status: str, approved_at=None) -> None:
    """A step that follows from an approval; the caller has the log to say why."""
    campaign.status = status
    campaign.approved_at = approved_at
    campaign.version += 1
    campaign.save()


@transaction.atomic
def answer(
    *, by: Actor, campaign: Campaign, approve: bool, comment: str = "", seen: tuple[int, int] | None = None
) -> ApprovalRequest:
    """Give all answers that are wanted of a member, in one go. `seen`: id and version of the request they saw.

    Raises PermissionDenied where nothing is wanted of them, Conflict where the campaign has changed since, and
    ValidationError at `comment` for a refusal without a reason.
    """
    campaign = hold(campaign.pk, workspace_id=by.workspace_id)
    request = last_request(campaign)
    if request is None or not isinstance(by, Membership):
        raise PermissionDenied(_("Nobody waits for your answer here."))
    if seen is not None and seen != (request.pk, request.version):
        raise Conflict(request)
    mine = waiting_for(by).filter(request=request)
    if not mine.exists():
        raise PermissionDenied(_("Nobody waits for your answer here."))
    comment = comment.strip()
    if not approve and not comment:
        raise ValidationError({"comment": [_("Say what has to change.")]})
    write(by, mine, approve=approve, comment=comment)
    settle(campaign, request, by=by, approve=approve, comment=comment)
    return request


def write(by: Membership, mine, *, approve: bool, comment: str) -> None:
    for approval in mine.select_related("request__campaign"):
        approval.state = ApprovalState.APPROVED if approve else ApprovalState.REFUSED
        approval.answered_by, approval.answerer_name = by, by.label
        approval.answered_at, approval.comment = timezone.now(), comment
        approval.clean_fields(exclude=["request", "rule", "member", "team"])
        approval.save()


def settle(campaign: Campaign, request: ApprovalRequest, *, by: Membership, approve: bool, comment: str) -> None:
    """See whether the request is through, and tell those who asked."""
    concerned = [campaign.owner, request.actor]
    before, status = campaign.status, campaign.status
    if not approve:
        close(request, ApprovalState.REFUSED)
        if status == CampaignStatus.APPROVAL:
            campaign.approval_requests.filter(state=ApprovalState.APPROVED).update(state=ApprovalState.WITHDRAWN)
            set_status(campaign, CampaignStatus.PLANNED)
        record_answer(campaign, by, "refused", before, why=comment)
        notify(concerned, by=by, verb="campaign.refused", thing=campaign, quote=comment)
        return
    if request.approvals.filter(state=ApprovalState.WAITING).exists():
        record_answer(campaign, by, "approved", before)
        notify(concerned, by=by, verb="campaign.answered", thing=campaign, quote=comment)
        return
    close(request, ApprovalState.APPROVED)
    set_status(campaign, CampaignStatus.APPROVED if status == CampaignStatus.APPROVAL else status, request.settled_at)
    record_answer(campaign, by, "approved", before)
    notify(concerned, by=by, verb="campaign.approved", thing=campaign, quote=comment)


def record_answer(campaign: Campaign, by: Membership, verb: str, before: str, **more: str) -> None:
    moved = campaign.status != before
    after = ({"status": campaign.status} if moved else {}) | more
    record(campaign, by=by, verb=verb, before={"status": before} if moved else {}, after=after)


def close(request: ApprovalRequest, state: str) -> None:
    """An older approval that stood until now does not any more."""
    if state == ApprovalState.APPROVED:
        older = ApprovalRequest.objects.filter(campaign=request.campaign_id, state=ApprovalState.APPROVED)
        older.update(state=ApprovalState.WITHDRAWN)
    request.state, request.settled_at = state, timezone.now()
    request.save(update_fields=["state", "settled_at"])
