"""Readings: one value of a metric a day. A second one for the same day corrects the first."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from insights.models import Metric, Reading
from teams.errors import check_seen
from teams.models import Membership
from teams.permissions import Actor, Permission, require
from teams.services import workspaces
from teams.services.stamp import touch


@transaction.atomic
def record_reading(
    *, by: Actor, metric: Metric, date: datetime.date, value: float, n: int | None = None, only_new: bool = False
) -> Reading:
    """Add the value of a day, or correct it where the day has one. With `only_new`, such a day is refused.

    A share is given as a fraction from 0 to 1, a duration in the metric's unit.
    """
    require(by, Permission.READING_ADD, metric)
    metric = lock(metric)
    reading = Reading.objects.filter(metric=metric, date=date).first()
    if reading is None:
        return keep(by, Reading(metric=metric, date=date, value=value, n=n))
    if only_new:
        raise ValidationError({"date": [_("There is already a reading for this day.")]})
    return change(by, reading, {"value": value, "n": n})


@transaction.atomic
def edit_reading(*, by: Actor, reading: Reading, seen: int | None = None, **fields: Any) -> Reading:
    """Change `date`, `value` or `n` of a reading."""
    require(by, Permission.READING_ADD, reading.metric)
    lock(reading.metric)
    reading = Reading.objects.select_related("metric").get(pk=reading.pk)
    check_seen(reading, seen)
    return change(by, reading, fields)


@transaction.atomic
def delete_reading(*, by: Actor, reading: Reading, seen: int | None = None) -> None:
    """Delete a reading. Undo is `record_reading` with what it held and `only_new`."""
    require(by, Permission.READING_ADD, reading.metric)
    lock(reading.metric)
    reading = Reading.objects.get(pk=reading.pk)
    check_seen(reading, seen)
    reading.delete()
    touch(by.workspace_id)


def lock(metric: Metric) -> Metric:
    """The metric, locked after its workspace: who writes readings of one metric does so one after the other."""
    workspaces.lock(metric.workspace_id)
    locked = Metric.objects.select_for_update().get(pk=metric.pk)
    if locked.removed_at is not None:
        raise ValidationError(_("This metric has been removed."), code="removed")
    return locked


def change(by: Actor, reading: Reading, fields: dict[str, Any]) -> Reading:
    unknown = fields.keys() - {"date", "value", "n"}
    if unknown:
        raise TypeError(f"A reading has no {sorted(unknown)}")
    if all(getattr(reading, name) == value for name, value in fields.items()):
        return reading
    for name, value in fields.items():
        setattr(reading, name, value)
    reading.version += 1
    return keep(by, reading)


def keep(by: Actor, reading: Reading) -> Reading:
    reading.recorded_by = by if isinstance(by, Membership) else None
    check_day_free(reading)
    reading.full_clean(exclude=["metric", "recorded_by"])
    reading.save()
    touch(by.workspace_id)
    return reading


def check_day_free(reading: Reading) -> None:
    """Said at the date rather than on the whole; the metric's lock makes it hold until the transaction ends."""
    same_day = Reading.objects.filter(metric_id=reading.metric_id, date=reading.date).exclude(pk=reading.pk)
    if same_day.exists():
        raise ValidationError({"date": [_("There is already a reading for this day.")]})
