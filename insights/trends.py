"""Where a metric stands and where it goes, computed from its readings. No database."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from insights.enums import Direction

MOST_POINTS = 60
SPAN = 30
NEAREST, FARTHEST = 15, 45


class Verdict(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


class Point(NamedTuple):
    date: datetime.date
    value: float
    n: int | None


@dataclass(frozen=True)
class Trend:
    """The latest reading; its change over about 30 days (None where nothing is near); the line of the last year."""

    value: float
    date: datetime.date
    n: int | None
    change: float | None
    points: tuple[Point, ...]

    @property
    def values(self) -> list[float]:
        return [point.value for point in self.points]

    def verdict(self, direction: str) -> Verdict | None:
        """Whether the change is good by the metric's direction; None where no change is known."""
        if self.change is None:
            return None
        if self.change == 0:
            return Verdict.SAME
        return Verdict.BETTER if (self.change > 0) == (direction == Direction.UP) else Verdict.WORSE


def trend(points: Sequence[Point]) -> Trend:
    """The trend of readings in the order of their dates; there is at least one."""
    latest = points[-1]
    return Trend(latest.value, latest.date, latest.n, change(points), tuple(thin(points)))


def change(points: Sequence[Point]) -> float | None:
    """The latest value less the one nearest to 30 days before it.

    Only readings 15 to 45 days older count, so that weekly and monthly readings have a change, and old ones do not
    pass for it.
    """
    latest = points[-1]
    ages = [((latest.date - point.date).days, point.value) for point in points]
    near = [(abs(age - SPAN), value) for age, value in ages if NEAREST <= age <= FARTHEST]
    return latest.value - min(near)[1] if near else None


def thin(points: Sequence[Point], most: int = MOST_POINTS) -> Sequence[Point]:
    """At most `most` of the points, evenly chosen; the first and the last stay."""
    if len(points) <= most:
        return points
    step = (len(points) - 1) / (most - 1)
    return [points[round(place * step)] for place in range(most)]
