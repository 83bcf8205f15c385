import math
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from insights.enums import Direction, MetricKind
from insights.values import check_date, check_n, check_value
from teams.enums import Role
from teams.models import Membership, Removable, Versioned, Workspace, storable

PER_CENT = {"%", "percent", "per cent"}


def finite(value: float) -> None:
    if not math.isfinite(value):
        raise ValidationError(_("Enter a finite number."), code="not_finite")


def check_unit(kind: str, unit: str) -> None:
    if kind == MetricKind.SHARE and unit:
        raise ValidationError(_("A share is shown in per cent and has no other unit."))
    if kind == MetricKind.DURATION and not unit:
        raise ValidationError(_("A duration needs its unit, such as d, h or min."))


def check_owner(owner: Membership | None, workspace_id: int) -> None:
    if owner is not None and owner.workspace_id != workspace_id:
        raise ValidationError(_("This member is not in the workspace."))
    if owner is not None and owner.role == Role.VIEWER:
        raise ValidationError(_("A viewer cannot be accountable. Choose a member who may edit."))


def gather(**checks: Callable[[], object]) -> None:
    """Run each field's check; what they refuse is raised together, at the fields."""
    errors: dict[str, list[str]] = {}
    for field, check in checks.items():
        try:
            check()
        except ValidationError as error:
            errors[field] = error.messages
    if errors:
        raise ValidationError(errors)


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

    def clean(self) -> None:
        if self.kind == MetricKind.SHARE and self.unit.strip().casefold() in PER_CENT:
            self.unit = ""
        gather(
            unit=lambda: check_unit(self.kind, self.unit),
            target=lambda: self.target is None or check_value(self.kind, self.target),
            owner=lambda: check_owner(self.owner, self.workspace_id),
        )


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

    def clean(self) -> None:
        if self.metric_id is None:
            return
        gather(
            date=lambda: self.date is None or check_date(self.date),
            value=lambda: self.value is None or check_value(self.metric.kind, self.value),
            n=lambda: check_n(self.n),
        )

    @property
    def workspace_id(self) -> int:
        return self.metric.workspace_id
