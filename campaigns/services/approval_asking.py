"""Whom the rules ask about a campaign, and asking them."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Max

from campaigns.enums import Applies, ApprovalState, AskedPeople
from campaigns.models import Approval, ApprovalRequest, ApprovalRule, Campaign
from campaigns.queries.approvals import askable, rules_in
from campaigns.services.approval_documents import Document
from journeys.models import Stage
from teams.models import Membership
from teams.permissions import EDITORS, Actor
from teams.services.authors import author_of
from teams.services.notifications import notify

LONGEST = 400


def open_request(campaign: Campaign, document: Document, *, by: Actor, again: bool = False) -> ApprovalRequest:
    """A new request with all answers that the rules want, and those who may give them are told. Its version is none
    that an earlier one had, so that an answer which names a version is never one to another document."""
    last = campaign.approval_requests.aggregate(last=Max("version"))["last"] or 0
    request = ApprovalRequest(campaign=campaign, document=document, version=last + 1, **author_of(by))
    request.save()
    approvals = Approval.objects.bulk_create(asked(request, campaign))
    tell(campaign, approvals, by=by, again=again)
    return request


def renew(request: ApprovalRequest, campaign: Campaign, document: Document, *, by: Actor) -> None:
    """Nobody has answered yet: it asks about the document as it is now, and whom the rules ask now."""
    request.document = document
    request.version += 1
    request.save()
    before = {person.pk for approval in request.approvals.all() for person in askable(approval, campaign.workspace_id)}
    request.approvals.all().delete()
    approvals = Approval.objects.bulk_create(asked(request, campaign))
    tell(campaign, approvals, by=by, again=False, but=before)


def asked(request: ApprovalRequest, campaign: Campaign) -> list[Approval]:
    """The answers that the rules want of this campaign, unsaved."""
    rules = [rule for rule in rules_in(campaign.workspace_id) if applies(rule, request.document)]
    return [approval for rule in rules for approval in of_rule(rule, request)]


def applies(rule: ApprovalRule, document: Document) -> bool:
    brief, messages = document["brief"], document["messages"].values()
    if rule.applies == Applies.ABOVE:
        return rule.amount is not None and sum(Decimal(line["planned"]) for line in brief["budget"]) > rule.amount
    if rule.applies == Applies.CHANNEL:
        used = [*brief["channels"], *[message["channel"] for message in messages]]
        return any(channel and channel["id"] == rule.channel_id for channel in used)
    return True


def of_rule(rule: ApprovalRule, request: ApprovalRequest) -> Iterator[Approval]:
    if rule.asks != AskedPeople.STAGE_OWNERS:
        yield Approval(request=request, rule=rule, asks=rule.asks, member=rule.member, team=rule.team)
        return
    for owner, names in owners_of(touched(request.document)).items():
        yield Approval(request=request, rule=rule, asks=rule.asks, member=owner, stages=", ".join(names)[:LONGEST])


def touched(document: Document) -> list[Stage]:
    """The stages of the brief and of the messages that are on their maps."""
    stages = [*document["brief"]["stages"], *[message["stage"] for message in document["messages"].values()]]
    rows = Stage.objects.filter(pk__in={stage["id"] for stage in stages if stage})
    return list(rows.select_related("map__owner__user", "accountable_person__user").order_by("pk"))


def owners_of(stages: list[Stage]) -> dict[Membership, list[str]]:
    """The accountable person of each stage, of one without the owner of its map; the stages by their names."""
    found: dict[Membership, list[str]] = {}
    for stage in stages:
        person = stage.accountable_person
        owner = person if person is not None and person.role in EDITORS else stage.map.owner
        found.setdefault(owner, []).append(stage.name)
    return found


def tell(campaign: Campaign, approvals: list[Approval], *, by: Actor, again: bool, but: set[int] | None = None) -> None:
    people = {person.pk: person for approval in approvals for person in askable(approval, campaign.workspace_id)}
    fresh = [person for pk, person in people.items() if pk not in (but or ())]
    notify(fresh, by=by, verb="campaign.asked-again" if again else "campaign.asked", thing=campaign)


def answered(request: ApprovalRequest) -> bool:
    return any(approval.state != ApprovalState.WAITING for approval in request.approvals.all())
