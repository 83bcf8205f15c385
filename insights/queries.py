"""Reads of metrics and readings."""

import datetime
from collections.abc import Collection

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from insights.models import Metric, Reading
from insights.trends import Point, Trend, trend
from teams.permissions import Actor
from teams.services import search

YEAR = datetime.timedelta(days=365)


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
        metrics = metrics.filter(search.matching(workspace_id=actor.workspace_id, kind="metric", text=text))
    return metrics.filter(kind=kind) if kind else metrics


def readings_of(metric: Metric) -> QuerySet[Reading]:
    """The readings of a metric, newest first, with who recorded them."""
    return metric.readings.select_related("recorded_by__user", "metric")


def shown_readings(metric_ids: Collection[int], since: datetime.date) -> dict[int, list[Point]]:
    """The readings from `since` on by metric, in the order of their dates; of a quiet metric its latest one."""
    newest = Reading.objects.filter(metric=OuterRef("pk")).order_by("-date").values("pk")[:1]
    latest = Metric.objects.filter(pk__in=metric_ids).annotate(newest=Subquery(newest)).values("newest")
    rows = (
        Reading.objects.filter(Q(metric_id__in=metric_ids, date__gte=since) | Q(pk__in=latest))
        .order_by("metric_id", "date")
        .values_list("metric_id", "date", "value", "n")
    )
    points: dict[int, list[Point]] = {}
    for metric_id, date, value, n in rows:
        points.setdefault(metric_id, []).append(Point(date, value, n))
    return points


def trends_of(metric_ids: Collection[int]) -> dict[int, Trend]:
    """The trends of metrics by id, in one query; a metric without readings is absent.

    One without a reading in the last year has its latest value and neither line nor change.
    """
    if not metric_ids:
        return {}
    since = timezone.localdate() - YEAR
    return {
        metric_id: trend(points) if points[-1].date >= since else quiet(points[-1])
        for metric_id, points in shown_readings(metric_ids, since).items()
    }


def quiet(point: Point) -> Trend:
    return Trend(point.value, point.date, point.n, None, ())
