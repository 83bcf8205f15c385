"""Campaigns of a member who leaves go to whoever takes over, and what the member is asked to approve."""

from django.db.models import Exists, F, OuterRef
from django.utils.translation import ngettext

from campaigns.enums import ApprovalState
from campaigns.models import Approval, ApprovalRule, Campaign
from teams.models import Membership
from teams.permissions import Actor
from teams.services.handover import give_owned


def owned_campaigns(member: Membership) -> list[str]:
    """How many campaigns the member owns, in a sentence; removed ones too, for they may come back."""
    number = Campaign.objects.filter(owner=member).count()
    return [ngettext("%(number)s campaign", "%(number)s campaigns", number) % {"number": number}] if number else []


def hand_over_campaigns(*, by: Actor, giver: Membership, receiver: Membership) -> None:
    give_owned(Campaign, by=by, giver=giver, receiver=receiver)


def asked_approvals(member: Membership) -> list[str]:
    """By how many rules the member approves campaigns, in a sentence."""
    number = ApprovalRule.objects.filter(member=member, removed_at=None).count()
    if not number:
        return []
    return [ngettext("%(number)s approval rule", "%(number)s approval rules", number) % {"number": number}]


def hand_over_approvals(*, by: Actor, giver: Membership, receiver: Membership) -> None:
    """The rules, removed ones too, and what waits for the giver.

    A rule asks each once: what waits for the receiver by the same rule is answered for both. Where the receiver has
    answered already, the giver's part waits for the administrators; without it nobody could settle the request.
    """
    ApprovalRule.objects.filter(member=giver).update(member=receiver, version=F("version") + 1)
    waiting = Approval.objects.filter(member=giver, state=ApprovalState.WAITING)
    also = Approval.objects.filter(request=OuterRef("request"), rule=OuterRef("rule"), member=receiver)
    waiting.filter(Exists(also.filter(state=ApprovalState.WAITING))).delete()
    waiting.filter(Exists(also)).update(member=None)
    waiting.update(member=receiver)
