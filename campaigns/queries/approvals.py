"""Reads of approvals: the rules, what a campaign waits for, and what waits for whom."""

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When

from campaigns.enums import ApprovalState, AskedPeople
from campaigns.models import Approval, ApprovalRequest, ApprovalRule, Campaign
from teams.enums import Role
from teams.models import Membership
from teams.permissions import ADMINS, EDITORS, Actor

WAITING = ApprovalState.WAITING
OPEN = Q(state=WAITING, request__state=WAITING)
APPROVALS = Prefetch("approvals", queryset=Approval.objects.select_related("member__user", "team", "answered_by__user"))


def rules_of(actor: Actor) -> QuerySet[ApprovalRule]:
    return rules_in(actor.workspace_id)


def rules_in(workspace_id: int) -> QuerySet[ApprovalRule]:
    rows = ApprovalRule.objects.filter(workspace_id=workspace_id, removed_at=None)
    return rows.select_related("team", "member__user", "channel", "workspace")


def removed_rules_of(actor: Actor) -> QuerySet[ApprovalRule]:
    return ApprovalRule.objects.filter(workspace_id=actor.workspace_id, removed_at__isnull=False)


def approvals_of(actor: Actor) -> QuerySet[Approval]:
    """All that was ever asked about live campaigns, with `status` and the `version` of its request. One query.

    `status`: open, as it was answered, or withdrawn where the request ended without it.
    """
    rows = Approval.objects.filter(
        request__campaign__workspace_id=actor.workspace_id,
        request__campaign__removed_at=None,
        request__campaign__is_template=False,
    )
    ended = When(state=WAITING, then=Value(ApprovalState.WITHDRAWN))
    status = Case(When(OPEN, then=Value("open")), ended, default=F("state"))
    return rows.annotate(status=status, version=F("request__version")).select_related("request__campaign")


def concerning(approvals: QuerySet[Approval], member: Membership) -> QuerySet[Approval]:
    """Those that the member may give now, and those that the member gave."""
    return approvals.filter(Q(pk__in=waiting_for(member).values("pk")) | Q(answered_by=member))


def waiting_by(rule: ApprovalRule) -> QuerySet[Campaign]:
    """The campaigns that wait for an answer which the rule has asked for."""
    open_ones = Approval.objects.filter(OPEN, rule=rule)
    return Campaign.objects.filter(pk__in=open_ones.values("request__campaign"), removed_at=None)


def requests_of(campaign: Campaign) -> QuerySet[ApprovalRequest]:
    """The latest first, with their answers."""
    return campaign.approval_requests.select_related("actor__user").prefetch_related(APPROVALS).order_by("-pk")


def last_request(campaign: Campaign) -> ApprovalRequest | None:
    return requests_of(campaign).first()


def last_approved(campaign: Campaign) -> ApprovalRequest | None:
    """The one that stands: what a change is held against."""
    return campaign.approval_requests.filter(state=ApprovalState.APPROVED).order_by("-pk").first()


def open_request_of(campaign: Campaign) -> int | None:
    """The id of the request that waits for answers."""
    return campaign.approval_requests.filter(state=WAITING).order_by("-pk").values_list("pk", flat=True).first()


def waiting_for(actor: Actor) -> QuerySet[Approval]:
    """The approvals that the actor may give now. Programs approve nothing, and viewers neither.

    Nobody approves what they asked for themselves, unless nobody else could. What nobody is left for waits for the
    administrators.
    """
    rows = Approval.objects.filter(
        OPEN, request__campaign__workspace_id=actor.workspace_id, request__campaign__removed_at=None
    )
    if not isinstance(actor, Membership) or actor.role not in EDITORS:
        return rows.none()
    own = Q(request__actor_id=actor.pk)
    team = Q(asks=AskedPeople.TEAM, team__in=list(actor.team_ids)) & (
        ~own | ~Exists(editors_in_team().exclude(pk=actor.pk))
    )
    return rows.filter(Q(member_id=actor.pk) | team | for_admins(actor, own))


def editors_in_team() -> QuerySet[Membership]:
    return Membership.objects.filter(teams=OuterRef("team"), role__in=list(EDITORS))


def for_admins(actor: Membership, own: Q) -> Q:
    """What administrators are asked, and what has nobody left who could answer."""
    if actor.role not in ADMINS:
        return Q(pk__in=[])
    left = Q(asks__in=[AskedPeople.MEMBER, AskedPeople.STAGE_OWNERS]) & (Q(member=None) | Q(member__role=Role.VIEWER))
    left |= Q(Q(asks=AskedPeople.TEAM), ~Exists(editors_in_team()))
    others = Membership.objects.filter(workspace_id=actor.workspace_id, role__in=list(ADMINS)).exclude(pk=actor.pk)
    asked = Q(asks=AskedPeople.ADMIN) | left
    return asked & ~own if others.exists() else asked


def askable(approval: Approval, workspace_id: int) -> list[Membership]:
    """Who is told that an answer is wanted. No query for one that comes with its member and their person."""
    if approval.member is not None:
        return [approval.member] if approval.member.role in EDITORS else []
    people = Membership.objects.filter(workspace_id=workspace_id, role__in=list(EDITORS)).select_related("user")
    if approval.team_id:
        return list(people.filter(teams=approval.team_id))
    return list(people.filter(role__in=list(ADMINS)))
