"""Reads of what really came: what stands, what stood before, and all channels together."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from campaigns.enums import Measure
from campaigns.models import Actual, ForecastScore, Projection, ProjectionVersion
from campaigns.months import first_day, name_of
from teams.permissions import Actor

Place = tuple[str, str, str, str]  # month as 2027-01, measure, stage, channel
MOST_SCORES = 5000


def current_actuals(projection: Projection) -> dict[Place, Actual]:
    rows = Actual.objects.filter(projection=projection, current=True).select_related(None)
    return {row.place: row for row in rows}


def history_of(projection: Projection) -> QuerySet[Actual]:
    return Actual.objects.filter(projection=projection).select_related("metric").order_by("-pk")


def replaced_by(entries: Iterable[Actual]) -> dict[int, Actual]:
    """The entry that each of these took the place of, where there was one. One query."""
    found = list(entries)
    if not found:
        return {}
    rows = Actual.objects.filter(
        projection=found[0].projection_id, month__in={one.month for one in found}, pk__lt=max(one.pk for one in found)
    ).order_by("pk")
    by_place: dict[Place, list[Actual]] = {}
    for row in rows:
        by_place.setdefault(row.place, []).append(row)
    earlier = {one.pk: [row for row in by_place.get(one.place, ()) if row.pk < one.pk] for one in found}
    return {pk: rows[-1] for pk, rows in earlier.items() if rows}


def totals_of(current: Mapping[Place, Actual]) -> dict[tuple[str, str, str], float]:
    """By month, measure and stage. A number for all channels counts instead of the channels' own."""
    whole: dict[tuple[str, str, str], float] = {}
    parts: dict[tuple[str, str, str], float] = {}
    for (month, measure, stage, channel), row in current.items():
        if row.value is None:
            continue
        place = (month, measure, stage)
        if channel:
            parts[place] = parts.get(place, 0.0) + row.value
        else:
            whole[place] = row.value
    return parts | whole


def this_month() -> str:
    return name_of(timezone.localdate())


def begins(month: str) -> datetime.datetime:
    """The moment at which a month begins."""
    return timezone.make_aware(datetime.datetime.combine(first_day(month), datetime.time()))


@dataclass
class Standing:
    """The versions of a projection by when they stood; what they say is loaded once it is asked for."""

    projection: Projection
    versions: list[ProjectionVersion] = field(default_factory=list)
    loaded: dict[int, ProjectionVersion] = field(default_factory=dict)

    @classmethod
    def of(cls, projection: Projection) -> "Standing":
        return cls(projection, list(projection.versions.defer("document", "answer").order_by("-number")))

    def number_at(self, moment: datetime.datetime) -> int | None:
        """The version that was locked then, or else the last one that was made before."""
        before = [one for one in self.versions if one.made_at < moment]
        locked = [
            one
            for one in before
            if one.locked_at and one.locked_at < moment and (one.unlocked_at is None or one.unlocked_at >= moment)
        ]
        return (locked or before)[0].number if before else None

    def before(self, month: str) -> ProjectionVersion | None:
        number = self.number_at(begins(month))
        return None if number is None else self.load(number)

    def load(self, number: int) -> ProjectionVersion:
        if number not in self.loaded:
            self.loaded[number] = self.projection.versions.get(number=number)
        return self.loaded[number]


def forecast_at(version: ProjectionVersion, month: str, measure: str, stage: str) -> dict[str, float] | None:
    """The interval that a version's base had for a month; None where it says nothing of it."""
    base = version.answer["scenarios"][0]
    if month not in base["months"]:
        return None
    place = base["months"].index(month)
    series = series_of(version, measure, stage)
    return series and {end: series[end][place] for end in ("p10", "p50", "p90")}


def series_of(version: ProjectionVersion, measure: str, stage: str) -> dict[str, Any] | None:
    base = version.answer["scenarios"][0]
    if measure != Measure.PASSED:
        return base[{"entered": "entered", "revenue": "revenue", "spend": "cost"}[measure]]
    keys = [one["key"] for one in version.document["stages"]]
    return base["stages"][keys.index(stage)]["months"] if stage in keys else None


def scores_of(actor: Actor) -> QuerySet[ForecastScore]:
    """All scored forecasts of the workspace's live projections, the latest month first."""
    rows = ForecastScore.objects.filter(projection__workspace_id=actor.workspace_id, projection__removed_at=None)
    return rows.select_related("projection", "version").defer("version__document", "version__answer")
