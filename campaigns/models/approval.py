from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.enums import Applies, ApprovalState, AskedPeople
from campaigns.models.campaign import Campaign
from journeys.models import Channel
from teams.models import ApiKey, Membership, Removable, Team, Versioned, Workspace, storable

ANSWERS = [ApprovalState.APPROVED.value, ApprovalState.REFUSED.value]


class ApprovalRule(Versioned, Removable):
    """Who has to approve which campaigns. `amount` is compared with all that is planned, in the campaign's currency."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="approval_rules")
    asks = models.CharField(_("who approves"), max_length=12, choices=AskedPeople)
    team = models.ForeignKey(Team, models.RESTRICT, verbose_name=_("team"), null=True, blank=True, related_name="+")
    member = models.ForeignKey(
        Membership, models.RESTRICT, verbose_name=_("person"), null=True, blank=True, related_name="approval_rules"
    )
    applies = models.CharField(_("applies"), max_length=7, choices=Applies, default=Applies.ALWAYS)
    amount = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    channel = models.ForeignKey(
        Channel, models.RESTRICT, verbose_name=_("channel"), null=True, blank=True, related_name="approval_rules"
    )

    class Meta:
        verbose_name = _("approval rule")
        verbose_name_plural = _("approval rules")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(asks__in=AskedPeople.values), name="approval_rule_asks_known"),
            models.CheckConstraint(condition=Q(applies__in=Applies.values), name="approval_rule_applies_known"),
            models.CheckConstraint(
                condition=Q(asks="team", team__isnull=False) | (~Q(asks="team") & Q(team__isnull=True)),
                name="approval_rule_team_where_it_asks_one",
            ),
            models.CheckConstraint(
                condition=Q(asks="member", member__isnull=False) | (~Q(asks="member") & Q(member__isnull=True)),
                name="approval_rule_member_where_it_asks_one",
            ),
            models.CheckConstraint(
                condition=Q(applies="above", amount__isnull=False) | (~Q(applies="above") & Q(amount__isnull=True)),
                name="approval_rule_amount_where_it_counts",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="approval_rule_amount_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(applies="channel", channel__isnull=False)
                | (~Q(applies="channel") & Q(channel__isnull=True)),
                name="approval_rule_channel_where_it_counts",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_asks_display())


class ApprovalRequest(Versioned):
    """One asking for approval: the campaign with its messages as they were then, and how it ended.

    `version` grows when the document changes before anybody has answered, and counts on from request to request. The
    last approved one is what a change is held against.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="approval_requests")
    document = models.JSONField()
    state = models.CharField(max_length=9, choices=ApprovalState, default=ApprovalState.WAITING)
    actor = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    key = models.ForeignKey(ApiKey, models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("request for approval")
        verbose_name_plural = _("requests for approval")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ApprovalState.values), name="approval_request_state_known"),
            models.CheckConstraint(
                condition=Q(state="waiting", settled_at__isnull=True)
                | (~Q(state="waiting") & Q(settled_at__isnull=False)),
                name="approval_request_settled_with_date",
            ),
            models.UniqueConstraint(
                fields=["campaign"], condition=Q(state="waiting"), name="approval_request_waits_once"
            ),
        ]

    def __str__(self) -> str:
        return self.campaign.title


class Approval(models.Model):
    """One answer that a request needs. Who is asked: a `member`, somebody of a `team`, or, without both, an
    administrator. `stages`: the names of those for whose owner the member is asked."""

    request = models.ForeignKey(ApprovalRequest, models.CASCADE, related_name="approvals")
    rule = models.ForeignKey(ApprovalRule, models.SET_NULL, null=True, related_name="+")
    asks = models.CharField(max_length=12, choices=AskedPeople)
    member = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="asked_approvals")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="+")
    stages = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=9, choices=ApprovalState, default=ApprovalState.WAITING)
    answered_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    answerer_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    comment = models.CharField(_("comment"), max_length=1000, blank=True, validators=[storable])

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(asks__in=AskedPeople.values), name="approval_asks_known"),
            models.CheckConstraint(condition=Q(state__in=["waiting", *ANSWERS]), name="approval_state_known"),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at__isnull=True)
                | (~Q(state="waiting") & Q(answered_at__isnull=False)),
                name="approval_answered_with_date",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(comment=""), name="approval_refused_with_reason"),
            models.UniqueConstraint(
                fields=["request", "rule", "member"],
                condition=Q(member__isnull=False),
                name="approval_asks_each_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "member"], name="approval_waiting_for")]

    def __str__(self) -> str:
        return str(self.get_asks_display())

    @property
    def workspace_id(self) -> int:
        return self.request.campaign.workspace_id
