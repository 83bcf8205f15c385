"""The chart of a metric: where its readings of the last year lie. Pure geometry; the template draws it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from insights.trends import Point

WIDTH, HEIGHT = 1000, 240
YEAR = datetime.timedelta(days=365)
TICKS = 5
MARGIN = 0.08


@dataclass(frozen=True)
class Chart:
    """`line` and `dots` are SVG paths in a box of 1000 × 240, `target` the height of the target's line in it."""

    line: str
    dots: str
    target: float | None
    high: float
    low: float
    ticks: tuple[datetime.date, ...]


def chart(points: Sequence[Point], target: float | None, today: datetime.date) -> Chart | None:
    """The chart of the year that ends today, or with a later reading; None without points."""
    if not points:
        return None
    last = max(today, points[-1].date)
    first = last - YEAR
    low, high = scale([point.value for point in points], target)
    places = [(round(WIDTH * (point.date - first) / YEAR, 1), height(point.value, low, high)) for point in points]
    return Chart(
        line="M" + "L".join(f"{x:g},{y:g}" for x, y in places),
        dots="".join(f"M{x:g},{y:g}h0" for x, y in places),
        target=None if target is None else height(target, low, high),
        high=max(point.value for point in points),
        low=min(point.value for point in points),
        ticks=tuple(first + YEAR * step / (TICKS - 1) for step in range(TICKS)),
    )


def scale(values: Sequence[float], target: float | None) -> tuple[float, float]:
    """The least and greatest value that the box shows, with some air; the target is always inside."""
    within = [*values, target] if target is not None else list(values)
    low, high = min(within), max(within)
    air = (high - low) * MARGIN or abs(high) * MARGIN or 1.0
    return low - air, high + air


def height(value: float, low: float, high: float) -> float:
    return round(HEIGHT * (high - value) / (high - low), 1)
