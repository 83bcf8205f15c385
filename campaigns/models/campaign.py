import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.enums import CampaignStatus
from campaigns.models.segment import Segment
from campaigns.pressure.limits import FIRST_DAY, LAST_DAY
from insights.models import Metric, finite
from journeys.models import Channel, Persona, Stage
from teams.models import ApiKey, Membership, Removable, Team, Versioned, Workspace, storable

HIGHEST_PRIORITY = 100


def on_calendar(day: datetime.date) -> None:
    """Days that pressure can be computed for."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(_("Give a day from 1970 to 2199."), code="day")


currency_code = RegexValidator(r"^[A-Z]{3}\Z", _("Write the three letters of the currency, such as EUR."))


class Campaign(Versioned, Removable):
    """A planned effort with its brief. Days from `starts_on` to `ends_on`, both included; an idea may have none.

    `target` is in the metric's unit. `priority` (0–100, higher goes first) is that of its messages, unless they say
    otherwise. `approved_at` stands as long as the last approval does.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="campaigns")
    title = models.CharField(_("title"), max_length=160, validators=[storable])
    status = models.CharField(
        _("status"), max_length=9, choices=CampaignStatus, default=CampaignStatus.IDEA, editable=False
    )
    owner = models.ForeignKey(Membership, models.RESTRICT, verbose_name=_("owner"), related_name="owned_campaigns")
    team = models.ForeignKey(
        Team, models.SET_NULL, verbose_name=_("team"), null=True, blank=True, related_name="campaigns"
    )
    created_by_key = models.ForeignKey(ApiKey, models.SET_NULL, null=True, editable=False, related_name="+")
    starts_on = models.DateField(_("starts"), null=True, blank=True, validators=[on_calendar])
    ends_on = models.DateField(_("ends"), null=True, blank=True, validators=[on_calendar])

    goal = models.TextField(_("goal"), max_length=1000, blank=True, validators=[storable])
    metric = models.ForeignKey(
        Metric, models.RESTRICT, verbose_name=_("metric"), null=True, blank=True, related_name="campaigns"
    )
    target = models.FloatField(_("target"), null=True, blank=True, validators=[finite])
    audience = models.CharField(_("audience"), max_length=300, blank=True, validators=[storable])
    offer = models.CharField(_("offer"), max_length=200, blank=True, validators=[storable])
    tone = models.CharField(_("tone"), max_length=120, blank=True, validators=[storable])
    key_message = models.TextField(_("key message"), max_length=1000, blank=True, validators=[storable])
    next_step = models.CharField(_("next step for the customer"), max_length=200, blank=True, validators=[storable])
    priority = models.PositiveSmallIntegerField(
        _("priority"), default=50, validators=[MaxValueValidator(HIGHEST_PRIORITY)]
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR", validators=[storable, currency_code])

    stages = models.ManyToManyField(Stage, through="CampaignStage", related_name="+")
    personas = models.ManyToManyField(Persona, verbose_name=_("personas"), blank=True, related_name="campaigns")
    segments = models.ManyToManyField(Segment, verbose_name=_("segments"), blank=True, related_name="campaigns")
    channels = models.ManyToManyField(Channel, verbose_name=_("channels"), blank=True, related_name="campaigns")

    is_template = models.BooleanField(default=False, editable=False)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, editable=False, related_name="copies")
    approved_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=CampaignStatus.values), name="campaign_status_known"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="campaign_ends_after_start",
                violation_error_message=_("It ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, ends_on__isnull=True)
                | Q(starts_on__isnull=False, ends_on__isnull=False),
                name="campaign_both_days_or_neither",
            ),
            models.CheckConstraint(
                condition=Q(priority__range=(0, HIGHEST_PRIORITY)), name="campaign_priority_in_range"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=False) | Q(status__in=["idea", "cancelled"]) | Q(is_template=True),
                name="campaign_planned_has_days",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "running"]) | Q(approved_at__isnull=False),
                name="campaign_approved_with_date",
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "-changed_at", "-id"],
                condition=Q(is_template=False, removed_at__isnull=True),
                name="campaign_recent",
            ),
            models.Index(fields=["workspace", "starts_on", "ends_on"], name="campaign_by_days"),
        ]

    def __str__(self) -> str:
        return self.title

    def is_owned_by(self, actor) -> bool:
        """Its owner's, its team's, or the program's that wrote it down."""
        if isinstance(actor, ApiKey) and self.created_by_key_id == actor.pk:
            return True
        if isinstance(actor, Membership) and self.owner_id == actor.pk:
            return True
        return self.team_id is not None and self.team_id in actor.team_ids


class CampaignStage(models.Model):
    """A stage that a campaign speaks at. It may point at one that has been deleted from its map: undo there brings the
    same row back."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="campaign_stages")
    stage = models.ForeignKey(Stage, models.DO_NOTHING, db_constraint=False, related_name="campaign_stages")

    class Meta:
        verbose_name = _("stage of a campaign")
        verbose_name_plural = _("stages of campaigns")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "stage"], name="campaign_stage_unique")]


class Attachment(models.Model):
    """Something that belongs to a campaign and lies elsewhere."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="attachments")
    title = models.CharField(_("title"), max_length=160, blank=True, validators=[storable])
    url = models.URLField(_("link"), max_length=500, validators=[storable])

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title or self.url


class BudgetLine(models.Model):
    """What is planned and what is spent in a month, by channel or for all of them, in the campaign's currency.

    `month` is the month's first day.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="budget_lines")
    channel = models.ForeignKey(
        Channel, models.RESTRICT, verbose_name=_("channel"), null=True, blank=True, related_name="budget_lines"
    )
    month = models.DateField(_("month"), validators=[on_calendar])
    planned = models.DecimalField(
        _("planned"), max_digits=14, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    spent = models.DecimalField(
        _("spent"), max_digits=14, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["month", "channel__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "channel", "month"], name="budget_line_unique"),
            models.UniqueConstraint(
                fields=["campaign", "month"],
                condition=Q(channel__isnull=True),
                name="budget_line_without_channel_unique",
            ),
            models.CheckConstraint(condition=Q(planned__gte=0, spent__gte=0), name="budget_line_not_negative"),
            models.CheckConstraint(condition=Q(month__day=1), name="budget_line_whole_month"),
        ]


class Task(Versioned):
    """Something to do for a campaign. Due on a day, or `due_offset` days after it starts; before that, below 0."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="tasks")
    text = models.CharField(_("what to do"), max_length=200, validators=[storable])
    owner = models.ForeignKey(
        Membership, models.SET_NULL, verbose_name=_("owner"), null=True, blank=True, related_name="campaign_tasks"
    )
    due_on = models.DateField(_("due"), null=True, blank=True, validators=[on_calendar])
    due_offset = models.SmallIntegerField(
        _("days after the start"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-366), MaxValueValidator(366)],
    )
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(Membership, models.SET_NULL, null=True, editable=False, related_name="+")
    reminded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_offset__isnull=True), name="campaign_task_due_in_one_way"
            ),
            models.CheckConstraint(
                condition=Q(due_offset__isnull=True) | Q(due_offset__range=(-366, 366)),
                name="campaign_task_offset_in_range",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def workspace_id(self) -> int:
        return self.campaign.workspace_id

    @property
    def due(self) -> datetime.date | None:
        """The day on which it is due: a day of its own, or so many days after its campaign starts."""
        if self.due_on is not None or self.due_offset is None or self.campaign.starts_on is None:
            return self.due_on
        return self.campaign.starts_on + datetime.timedelta(days=self.due_offset)
