"""Reads of metrics and readings."""

import datetime
from collections.abc import Collection

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from insights.models import Metric, Reading
from insights.trends import Point, Trend, trend
from teams.permissions import Actor
from teams.services import search

YEAR = datetime.timedelta(days=365)
MOST_FOUND = 500


def metrics_of(actor: Actor) -> QuerySet[Metric]:
    """The live metrics of the actor's workspace, with their owners."""
    live = Metric.objects.filter(workspace_id=actor.workspace_id, removed_at=None)
    return live.select_related("owner__user")


def removed_metrics_of(actor: Actor) -> QuerySet[Metric]:
    return Metric.objects.filter(workspace_id=actor.workspace_id, removed_at__isnull=False)


def find_metrics(actor: Actor, *, text: str = "", kind: str = "") -> QuerySet[Metric]:
    """Live metrics with words beginning as in the text, and of the kind; everything where neither is given."""
    metrics = metrics_of(actor)
    if text:
        found = search.find(workspace_id=actor.workspace_id, kind="metric", text=text, limit=MOST_FOUND)
        metrics = metrics.filter(pk__in=found)
    return metrics.filter(kind=kind) if kind else metrics


def readings_of(metric: Metric) -> QuerySet[Reading]:
    """The readings of a metric, newest first, with who recorded them."""
    return metric.readings.select_related("recorded_by__user", "metric")


def last_year(metric_ids: Collection[int], today: datetime.date) -> dict[int, list[Point]]:
    """The readings of the last 12 months by metric, in the order of their dates."""
    rows = (
        Reading.objects.filter(metric_id__in=metric_ids, date__gte=today - YEAR)
        .order_by("metric_id", "date")
        .values_list("metric_id", "date", "value", "n")
    )
    points: dict[int, list[Point]] = {}
    for metric_id, date, value, n in rows:
        points.setdefault(metric_id, []).append(Point(date, value, n))
    return points


def latest(metric_ids: Collection[int]) -> dict[int, Point]:
    """The latest reading of each metric, however old."""
    newest = Reading.objects.filter(metric=OuterRef("pk")).order_by("-date").values("pk")[:1]
    picked = Metric.objects.filter(pk__in=metric_ids).annotate(newest=Subquery(newest)).values("newest")
    rows = Reading.objects.filter(pk__in=picked).values_list("metric_id", "date", "value", "n")
    return {metric_id: Point(date, value, n) for metric_id, date, value, n in rows}


def trends_of(metric_ids: Collection[int]) -> dict[int, Trend]:
    """The trends of metrics by id; one without readings is absent.

    Two queries at most, whatever the number of metrics; a second only for those without a reading in the last year,
    which get their latest value and neither line nor change.
    """
    points = last_year(metric_ids, timezone.localdate()) if metric_ids else {}
    trends = {metric_id: trend(series) for metric_id, series in points.items()}
    quiet = set(metric_ids) - set(trends)
    old = latest(quiet) if quiet else {}
    return trends | {pk: Trend(point.value, point.date, point.n, None, ()) for pk, point in old.items()}
