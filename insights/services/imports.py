"""Many readings at once: first what would happen, then, if wanted, that."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from insights.models import Metric, Reading
from insights.services.sheets import Line
from teams.models import Membership
from teams.permissions import Actor, Permission, require
from teams.services import workspaces
from teams.services.stamp import touch

BATCH = 500


@dataclass
class Plan:
    """`changed` pairs each line with the reading that it corrects."""

    new: list[Line] = field(default_factory=list)
    changed: list[tuple[Line, Reading]] = field(default_factory=list)
    unchanged: int = 0


def plan_import(lines: Sequence[Line]) -> Plan:
    """What an import of the lines would do. One query, whatever their number."""
    plan = Plan()
    existing = existing_readings(lines)
    for line in lines:
        reading = existing.get((line.metric.pk, line.date))
        if reading is None:
            plan.new.append(line)
        elif (reading.value, reading.n) == (line.value, line.n):
            plan.unchanged += 1
        else:
            plan.changed.append((line, reading))
    return plan


def existing_readings(lines: Sequence[Line]) -> dict:
    if not lines:
        return {}
    dates = [line.date for line in lines]
    readings = Reading.objects.filter(
        metric__in={line.metric.pk for line in lines}, date__gte=min(dates), date__lte=max(dates)
    ).defer("recorded_by", "recorded_at")
    return {(reading.metric_id, reading.date): reading for reading in readings}


@transaction.atomic
def import_readings(*, by: Actor, lines: Sequence[Line]) -> Plan:
    """Add and correct the readings that the lines tell; returns what was done. Lines come from `read_sheet`."""
    metrics = {line.metric.pk: line.metric for line in lines}
    for metric in metrics.values():
        require(by, Permission.READING_ADD, metric)
    workspaces.lock(by.workspace_id)
    list(Metric.objects.select_for_update().filter(pk__in=metrics).order_by("pk").values_list("pk"))
    plan = plan_import(lines)
    author = by if isinstance(by, Membership) else None
    rows = [written(line, 1, author) for line in plan.new]
    rows += [written(line, reading.version + 1, author) for line, reading in plan.changed]
    Reading.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["metric", "date"],
        update_fields=["value", "n", "version", "recorded_by", "recorded_at"],
    )
    if rows:
        touch(by.workspace_id)
    return plan


def written(line: Line, version: int, author: Membership | None) -> Reading:
    return Reading(
        metric=line.metric,
        date=line.date,
        value=line.value,
        n=line.n,
        version=version,
        recorded_by=author,
        recorded_at=timezone.now(),
    )
