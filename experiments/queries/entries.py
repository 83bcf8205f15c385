"""Reads of results as they were entered."""

import datetime
from collections.abc import Iterable

from django.db.models import QuerySet

from experiments.models import Entry, Experiment, PlannedMetric

Key = tuple[int, datetime.date]


def current_of(planned: PlannedMetric, first: datetime.date, last: datetime.date) -> dict[Key, Entry]:
    """By variant and day, what stands for the metric in these days; also that a day was withdrawn."""
    rows = Entry.objects.filter(metric=planned, current=True, date__gte=first, date__lte=last)
    return {(row.variant_id, row.date): row for row in rows}


def seen_entries(planned: PlannedMetric, ids: Iterable[int]) -> dict[int, Entry]:
    """Entries of the metric by id, also those that were corrected since."""
    return {row.pk: row for row in Entry.objects.filter(metric=planned, pk__in=[pk for pk in ids if pk])}


def last_day(planned: PlannedMetric) -> datetime.date | None:
    rows = Entry.objects.filter(metric=planned, current=True, withdrawn=False).order_by("-date")
    return rows.values_list("date", flat=True).first()


def all_current(experiment: Experiment) -> QuerySet[Entry]:
    """What stands, in the order of a sheet: by day, metric and variant."""
    rows = Entry.objects.filter(experiment=experiment, current=True, withdrawn=False)
    return rows.select_related("variant", "metric__metric").order_by("date", "metric__position", "variant__position")


def history_of(experiment: Experiment) -> QuerySet[Entry]:
    """Every entry, the latest first."""
    rows = Entry.objects.filter(experiment=experiment).select_related("variant", "metric__metric")
    return rows.order_by("-pk")


def replaced_by(entries: list[Entry]) -> dict[int, Entry]:
    """By id, the entry that each of these corrected. One query."""
    if not entries:
        return {}
    rows = Entry.objects.filter(
        experiment_id=entries[0].experiment_id,
        date__in={entry.date for entry in entries},
        metric__in={entry.metric_id for entry in entries},
        pk__lt=max(entry.pk for entry in entries),
    ).order_by("pk")
    by_key: dict[tuple[int, int, datetime.date], list[Entry]] = {}
    for row in rows:
        by_key.setdefault((row.variant_id, row.metric_id, row.date), []).append(row)
    found = {}
    for entry in entries:
        earlier = [row for row in by_key.get((entry.variant_id, entry.metric_id, entry.date), []) if row.pk < entry.pk]
        if earlier:
            found[entry.pk] = earlier[-1]
    return found
