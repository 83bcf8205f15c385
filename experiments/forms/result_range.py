"""Which days of which metric the grid of results shows, from the address."""

import datetime
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date

from experiments.forms.result_grid import MOST_DAYS
from experiments.models import Experiment, PlannedMetric
from experiments.queries.entries import last_day

USUAL = 14


@dataclass(frozen=True)
class Range:
    metric: PlannedMetric
    first: datetime.date
    last: datetime.date


def chosen(experiment: Experiment, data: QueryDict) -> Range | None:
    """The metric and the days that are asked for, or the last days without entries. None without a metric."""
    metrics = {str(planned.pk): planned for planned in experiment.planned_metrics.all()}
    if not metrics:
        return None
    metric = metrics.get(data.get("metric", "")) or next(iter(metrics.values()))
    earliest, latest = bounds(experiment)
    days = [day(data.get(name, "")) for name in ("from", "to")]
    first, last = (found and min(max(found, earliest), latest) for found in days)
    if first is None and last is None:
        first, last = without_entries(metric, earliest, latest)
    first = first or max((last or latest) - datetime.timedelta(USUAL - 1), earliest)
    last = last or first + datetime.timedelta(USUAL - 1)
    return Range(metric, first, max(first, min(last, latest, first + datetime.timedelta(MOST_DAYS - 1))))


def bounds(experiment: Experiment) -> tuple[datetime.date, datetime.date]:
    """The days that may have results: from the start to today."""
    today = timezone.localdate()
    return min(experiment.started_on or today, today), today


def without_entries(
    metric: PlannedMetric, earliest: datetime.date, latest: datetime.date
) -> tuple[datetime.date, datetime.date]:
    """From the day after the last entry to today; where all is entered, the last week, to be corrected."""
    entered = last_day(metric)
    if entered is None:
        return earliest, min(latest, earliest + datetime.timedelta(MOST_DAYS - 1))
    if entered >= latest:
        return latest - datetime.timedelta(6), latest
    return max(entered + datetime.timedelta(1), latest - datetime.timedelta(MOST_DAYS - 1)), latest


def day(text: str) -> datetime.date | None:
    try:
        return parse_date(text[:10])
    except ValueError:
        return None
