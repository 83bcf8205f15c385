"""Forecasts held against what came: each month that is over, by the version that stood before it began.

The same each time: rows are written only where something differs, so it may run as often as anybody likes.
"""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from campaigns.enums import Measure
from campaigns.forecast.intervals import Interval
from campaigns.forecast.scores import score
from campaigns.models import Actual, ForecastScore, Projection, ProjectionVersion
from campaigns.months import first_day
from campaigns.queries.actuals import Standing, current_actuals, forecast_at, this_month, totals_of
from campaigns.services.projection_questions import stage_names
from campaigns.services.projection_telling import told_of_scores

KEPT = ("version_id", "label", "p10", "p50", "p90", "actual", "error", "percentage", "inside", "reason")


@transaction.atomic
def score_projection(projection: Projection) -> int:
    """Score all its months that are over and have numbers; how many scores are new or other ones."""
    there = {(row.month, row.measure, row.stage): row for row in ForecastScore.objects.filter(projection=projection)}
    changed: list[ForecastScore] = []
    fresh: list[ForecastScore] = []
    for row in scored(projection):
        old = there.pop((row.month, row.measure, row.stage), None)
        if old is None:
            fresh.append(row)
        elif any(getattr(old, name) != getattr(row, name) for name in KEPT):
            row.pk = old.pk
            changed.append(row)
    ForecastScore.objects.filter(pk__in=[row.pk for row in there.values()]).delete()
    ForecastScore.objects.bulk_create(fresh)
    for row in changed:
        row.save()
    return len(fresh) + len(changed)


def scored(projection: Projection) -> Iterator[ForecastScore]:
    standing, now = Standing.of(projection), this_month()
    for (month, measure, stage), actual in totals_of(current_actuals(projection)).items():
        version = standing.before(month) if month < now else None
        if version is not None and (row := score_of(projection, version, month, measure, stage, actual)):
            yield row


def score_of(
    projection: Projection, version: ProjectionVersion, month: str, measure: str, stage: str, actual: float
) -> ForecastScore | None:
    """None where the version says nothing of this."""
    ends = forecast_at(version, month, measure, stage)
    if ends is None:
        return None
    found = score(Interval(**ends), actual)
    said: dict[str, Any] = {"error": found.error, "percentage": found.percentage, "inside": found.inside}
    return ForecastScore(
        projection=projection,
        version=version,
        month=first_day(month),
        measure=measure,
        stage=stage,
        label=label_of(version, measure, stage),
        actual=actual,
        reason=found.reason.value if found.reason else "",
        **ends,
        **said,
    )


def label_of(version: ProjectionVersion, measure: str, stage: str) -> str:
    """The stage's name as the version has it."""
    return stage_names(version.document).get(stage, "") if measure == Measure.PASSED else ""


def score_all() -> int:
    """Score what became over since: a month ends for every projection at once. How many projections had news."""
    scores = ForecastScore.objects.filter(
        projection=OuterRef("projection"), month=OuterRef("month"), measure=OuterRef("measure"), stage=OuterRef("stage")
    )
    over = Actual.objects.filter(current=True, value__isnull=False, month__lt=first_day(this_month()))
    waiting = over.filter(~Exists(scores), projection=OuterRef("pk"))
    rows = Projection.objects.filter(Exists(waiting), removed_at=None).select_related("workspace", "owner__user")
    return sum(score_late(projection) for projection in rows.order_by("pk"))


@transaction.atomic
def score_late(projection: Projection) -> bool:
    """Score it while nobody enters numbers, and tell of it; whether there was news."""
    if Projection.objects.select_for_update(no_key=True).filter(pk=projection.pk, removed_at=None).first() is None:
        return False
    changed = score_projection(projection) > 0
    if changed:
        told_of_scores(projection)
    return changed
