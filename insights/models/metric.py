import math

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from insights.enums import Direction, MetricKind
from teams.models import Membership, Removable, Versioned, Workspace, storable


def finite(value: float) -> None:
    if not math.isfinite(value):
        raise ValidationError(_("Enter a finite number."), code="not_finite")


class Metric(Versioned, Removable):
    """One definition of a number. A share is kept as a fraction from 0 to 1 and shown in per cent."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="metrics")
    name = models.CharField(_("name"), max_length=120, validators=[storable])
    definition = models.TextField(_("definition"), max_length=2000, blank=True, validators=[storable])
    kind = models.CharField(_("kind"), max_length=8, choices=MetricKind, default=MetricKind.SHARE)
    unit = models.CharField(_("unit"), max_length=20, blank=True, validators=[storable])
    direction = models.CharField(_("direction"), max_length=4, choices=Direction, default=Direction.UP)
    target = models.FloatField(_("target"), null=True, blank=True, validators=[finite])
    owner = models.ForeignKey(
        Membership, models.RESTRICT, verbose_name=_("owner"), null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("metric")
        verbose_name_plural = _("metrics")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "workspace",
                Lower("name"),
                condition=models.Q(removed_at__isnull=True),
                name="metric_name_unique",
                violation_error_message=_("There is already a metric with this name."),
            ),
            models.CheckConstraint(condition=models.Q(kind__in=MetricKind.values), name="metric_kind_known"),
            models.CheckConstraint(condition=models.Q(direction__in=Direction.values), name="metric_direction_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Reading(Versioned):
    """One value of a metric on a day, with its n: how many customers or cases it rests on."""

    metric = models.ForeignKey(Metric, models.CASCADE, related_name="readings")
    date = models.DateField(_("date"))
    value = models.FloatField(_("value"), validators=[finite])
    n = models.PositiveBigIntegerField(_("n"), null=True, blank=True, validators=[MinValueValidator(1)])
    recorded_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+", editable=False)
    recorded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["-date", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "date"],
                name="reading_date_unique",
                violation_error_message=_("There is already a reading for this day."),
            ),
            models.CheckConstraint(condition=models.Q(n__isnull=True) | models.Q(n__gte=1), name="reading_n_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.metric_id} {self.date}"

    @property
    def workspace_id(self) -> int:
        return self.metric.workspace_id
