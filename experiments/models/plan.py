from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from experiments.enums import Correction, Counting, DecisionRule, Goal, MetricRole, SummaryKind
from experiments.models.experiment import Experiment
from insights.models import Metric, finite
from teams.models import ApiKey, Membership, Versioned, storable

valid_key = RegexValidator(r"\A[a-z0-9][a-z0-9_-]{0,39}\Z", _("Use small letters, digits, - and _."))


class Plan(Versioned):
    """How the experiment is run, fixed before the start. `frozen` is the plan's document as it was at the start.

    `minimum_effect`: the smallest effect that matters, relative. `planned_total`: users of all variants together.
    `share_successes`, `share_failures`: the Beta prior of each share; `prior_mean`, `prior_sd`: of the absolute
    difference of means, flat where there is no sd.
    """

    experiment = models.OneToOneField(Experiment, models.CASCADE, related_name="plan")
    unit = models.CharField(_("who is counted"), max_length=40, default="users", validators=[storable])
    alpha = models.FloatField(
        _("alpha"), default=0.05, validators=[finite, MinValueValidator(0.001), MaxValueValidator(0.2)]
    )
    power = models.FloatField(
        _("power"), default=0.8, validators=[finite, MinValueValidator(0.5), MaxValueValidator(0.99)]
    )
    minimum_effect = models.FloatField(
        _("smallest effect that matters"),
        null=True,
        blank=True,
        validators=[finite, MinValueValidator(1e-6), MaxValueValidator(100)],
    )
    rule = models.CharField(_("decision rule"), max_length=16, choices=DecisionRule, default=DecisionRule.CLEAR_SIGNALS)
    correction = models.CharField(_("correction"), max_length=20, choices=Correction, default=Correction.HOLM)
    counting = models.CharField(_("results are entered as"), max_length=8, choices=Counting, default=Counting.DAILY)
    minimum_days = models.PositiveSmallIntegerField(
        _("minimum run time"), default=14, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    planned_total = models.PositiveBigIntegerField(
        _("planned number of users"), null=True, blank=True, validators=[MinValueValidator(2)]
    )
    daily_traffic = models.FloatField(
        _("users a day"), null=True, blank=True, validators=[finite, MinValueValidator(0.01), MaxValueValidator(1e12)]
    )
    planned_start = models.DateField(_("planned start"), null=True, blank=True)
    planned_end = models.DateField(_("planned end"), null=True, blank=True)
    share_successes = models.FloatField(
        _("prior successes"), default=1, validators=[finite, MinValueValidator(0.1), MaxValueValidator(1e9)]
    )
    share_failures = models.FloatField(
        _("prior failures"), default=1, validators=[finite, MinValueValidator(0.1), MaxValueValidator(1e9)]
    )
    prior_mean = models.FloatField(_("prior mean of the difference"), default=0, validators=[finite])
    prior_sd = models.FloatField(
        _("prior sd of the difference"), null=True, blank=True, validators=[finite, MinValueValidator(1e-12)]
    )
    frozen_at = models.DateTimeField(null=True, editable=False)
    frozen = models.JSONField(null=True, editable=False, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = [
            models.CheckConstraint(condition=Q(rule__in=DecisionRule.values), name="plan_rule_known"),
            models.CheckConstraint(condition=Q(correction__in=Correction.values), name="plan_correction_known"),
            models.CheckConstraint(condition=Q(counting__in=Counting.values), name="plan_counting_known"),
            models.CheckConstraint(condition=Q(alpha__gt=0, alpha__lt=1), name="plan_alpha_fraction"),
            models.CheckConstraint(condition=Q(power__gt=0, power__lt=1), name="plan_power_fraction"),
            models.CheckConstraint(
                condition=Q(planned_start__isnull=True)
                | Q(planned_end__isnull=True)
                | Q(planned_end__gte=F("planned_start")),
                name="plan_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, frozen__isnull=True)
                | Q(frozen_at__isnull=False, frozen__isnull=False),
                name="plan_frozen_with_date",
            ),
        ]

    def __str__(self) -> str:
        return str(self.experiment)

    @property
    def workspace_id(self) -> int:
        return self.experiment.workspace_id


class Variant(models.Model):
    """Control or treatment. The first is the control; `weight` is the share of users that it gets, 0 to 1."""

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="variants")
    key = models.CharField(_("key"), max_length=40, validators=[valid_key, storable])
    name = models.CharField(_("name"), max_length=80, validators=[storable])
    description = models.CharField(_("what it is"), max_length=500, blank=True, validators=[storable])
    weight = models.FloatField(_("share of users"), validators=[finite, MinValueValidator(0), MaxValueValidator(1)])
    position = models.PositiveSmallIntegerField(editable=False)

    class Meta:
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["experiment", "key"], name="variant_key_unique"),
            models.CheckConstraint(condition=Q(weight__gte=0, weight__lte=1), name="variant_weight_fraction"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def workspace_id(self) -> int:
        return self.experiment.workspace_id


class PlannedMetric(models.Model):
    """A metric in the part that it plays in an experiment.

    `minimum_effect` is relative and replaces the plan's where it is given. `baseline` and `sd` are the control's as
    known before the start: a share as 0 to 1, or in the metric's unit. `winsorized`: the percentile, 0 to 1, at
    which large values were cut before they were summed; only said, never done here.
    """

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="planned_metrics")
    metric = models.ForeignKey(Metric, models.RESTRICT, related_name="planned_metrics")
    role = models.CharField(_("role"), max_length=10, choices=MetricRole, default=MetricRole.PRIMARY)
    kind = models.CharField(_("kind"), max_length=10, choices=SummaryKind, default=SummaryKind.PROPORTION)
    goal = models.CharField(_("direction"), max_length=8, choices=Goal, default=Goal.INCREASE)
    minimum_effect = models.FloatField(
        _("smallest effect that matters"),
        null=True,
        blank=True,
        validators=[finite, MinValueValidator(1e-6), MaxValueValidator(100)],
    )
    baseline = models.FloatField(_("today"), null=True, blank=True, validators=[finite])
    sd = models.FloatField(
        _("standard deviation"),
        null=True,
        blank=True,
        validators=[finite, MinValueValidator(1e-12), MaxValueValidator(1e12)],
    )
    covariate = models.CharField(_("covariate"), max_length=120, blank=True, validators=[storable])
    winsorized = models.FloatField(
        _("winsorized at"),
        null=True,
        blank=True,
        validators=[finite, MinValueValidator(0.5), MaxValueValidator(0.99999)],
    )
    position = models.PositiveSmallIntegerField(editable=False)

    class Meta:
        verbose_name = _("metric of an experiment")
        verbose_name_plural = _("metrics of experiments")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["experiment", "metric"], name="planned_metric_unique"),
            models.CheckConstraint(condition=Q(role__in=MetricRole.values), name="planned_metric_role_known"),
            models.CheckConstraint(condition=Q(kind__in=SummaryKind.values), name="planned_metric_kind_known"),
            models.CheckConstraint(condition=Q(goal__in=Goal.values), name="planned_metric_goal_known"),
        ]

    def __str__(self) -> str:
        return str(self.metric)

    @property
    def workspace_id(self) -> int:
        return self.experiment.workspace_id


class Deviation(Versioned):
    """An edit of the plan after the start, or an end before its time, with its reason. Never edited.

    `earlier_start`: the day of the start that it belongs to, where that start was taken back; None for the present one.
    """

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="deviations")
    reason = models.TextField(_("reason"), max_length=1000, validators=[storable])
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    earlier_start = models.DateField(_("of a start that was taken back"), null=True, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    key = models.ForeignKey(ApiKey, models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=254)

    class Meta:
        verbose_name = _("deviation from the plan")
        verbose_name_plural = _("deviations from plans")
        ordering = ["at", "pk"]
