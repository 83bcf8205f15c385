from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.enums import ActualSource, Measure
from campaigns.models.projection import Projection, ProjectionVersion
from campaigns.months import name_of
from insights.models import Metric, finite
from teams.models import ApiKey, Membership, storable

LONGEST_KEY = 12


class Actual(models.Model):
    """What really came in a month. A correction is a new entry; the old one stays and is not `current`.

    `stage` and `channel` are keys of the projection's document; without a channel it is a number of all channels
    together. Without a `value` the entry says that there is none after all.
    """

    projection = models.ForeignKey(Projection, models.CASCADE, related_name="actuals")
    month = models.DateField(_("month"))
    measure = models.CharField(_("what"), max_length=8, choices=Measure)
    stage = models.CharField(_("stage"), max_length=LONGEST_KEY, blank=True, validators=[storable])
    channel = models.CharField(_("channel"), max_length=LONGEST_KEY, blank=True, validators=[storable])
    value = models.FloatField(_("number"), null=True, validators=[finite])
    current = models.BooleanField(default=True)
    source = models.CharField(max_length=8, choices=ActualSource, default=ActualSource.PAGE)
    metric = models.ForeignKey(Metric, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    key = models.ForeignKey(ApiKey, models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=254)

    class Meta:
        verbose_name = _("actual number")
        verbose_name_plural = _("actual numbers")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["projection", "month", "measure", "stage", "channel"],
                condition=Q(current=True),
                name="actual_current_unique",
            ),
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="actual_measure_known"),
            models.CheckConstraint(condition=Q(source__in=ActualSource.values), name="actual_source_known"),
            models.CheckConstraint(condition=Q(month__day=1), name="actual_of_a_whole_month"),
            models.CheckConstraint(
                condition=Q(measure=Measure.PASSED) & ~Q(stage="") | ~Q(measure=Measure.PASSED) & Q(stage=""),
                name="actual_of_a_stage_where_it_passes",
            ),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__gte=0), name="actual_not_negative"),
        ]
        indexes = [models.Index(fields=["projection", "-id"], name="actual_history")]

    def __str__(self) -> str:
        return f"{self.projection_id} {self.month} {self.measure}"

    @property
    def workspace_id(self) -> int:
        return self.projection.workspace_id

    @property
    def place(self) -> tuple[str, str, str, str]:
        """Where it stands: month, measure, stage, channel."""
        return name_of(self.month), self.measure, self.stage, self.channel


class ForecastScore(models.Model):
    """How good the forecast of a month was, which stood before the month began. Computed anew when actuals change.

    `error` is actual − median; `percentage` that of the actual number, None with a `reason`.
    """

    projection = models.ForeignKey(Projection, models.CASCADE, related_name="scores")
    version = models.ForeignKey(ProjectionVersion, models.CASCADE, related_name="+")
    month = models.DateField()
    measure = models.CharField(max_length=8, choices=Measure)
    stage = models.CharField(max_length=LONGEST_KEY, blank=True, validators=[storable])
    label = models.CharField(max_length=100, blank=True, validators=[storable])
    p10 = models.FloatField()
    p50 = models.FloatField()
    p90 = models.FloatField()
    actual = models.FloatField()
    error = models.FloatField()
    percentage = models.FloatField(null=True)
    inside = models.BooleanField()
    reason = models.CharField(max_length=20, blank=True, validators=[storable])
    scored_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("score of a forecast")
        verbose_name_plural = _("scores of forecasts")
        ordering = ["-month", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["projection", "month", "measure", "stage"], name="forecastscore_once_a_month"
            ),
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="forecastscore_measure_known"),
            models.CheckConstraint(condition=Q(p10__lte=models.F("p50")), name="forecastscore_low_below_median"),
            models.CheckConstraint(condition=Q(p50__lte=models.F("p90")), name="forecastscore_median_below_high"),
        ]

    @property
    def workspace_id(self) -> int:
        return self.projection.workspace_id
