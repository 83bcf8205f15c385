"""The chart of a metric: where its readings of the last year lie. Pure geometry; the template draws it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import NamedTuple

from insights.trends import Point

WIDTH, HEIGHT = 1000, 200
YEAR = datetime.timedelta(days=365)
TICKS = 5
MARGIN = 0.08
STEPS = (1, 2, 2.5, 5, 10)
MOST_RULES = 4


class Rule(NamedTuple):
    """A level line at a round value; `down` is its distance from the top of the box."""

    value: float
    down: float


@dataclass(frozen=True)
class Chart:
    """`line` and `dots` are SVG paths in a box of 1000 × 200, `target` is the target's distance from its top."""

    line: str
    dots: str
    target: float | None
    rules: tuple[Rule, ...]
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
        rules=tuple(Rule(value, height(value, low, high)) for value in round_values(low, high)),
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


def round_values(low: float, high: float) -> list[float]:
    """Up to four round values between two, such as 40, 45 and 50 between 38 and 52."""
    rough = (high - low) / MOST_RULES
    power = 10 ** floor(log10(rough))
    step = next(factor * power for factor in STEPS if factor * power >= rough)
    first, last = ceil(low / step), floor(high / step)
    return [number * step for number in range(first, last + 1)]
