"""A year of readings for a metric: a way from start to end, the swing of the year, and honest noise.

The numbers are drawn from a generator that is seeded with the metric's name: the same each time.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from insights.enums import MetricKind
from journeys.demo.metrics import Number

WEEKS, MONTHS = 52, 13


@dataclass(frozen=True)
class Value:
    date: date
    value: float
    n: int | None


def year_of(number: Number, today: date) -> list[Value]:
    """Oldest first: a reading on each of the last 52 Sundays, or on the last day of each of the last 13 months."""
    random = Random(number.name)  # noqa: S311 — a story, not a secret
    days = list(month_ends(today) if number.monthly else sundays(today))
    return [Value(day, *draw(number, place / (len(days) - 1), random)) for place, day in enumerate(days)]


def sundays(today: date) -> Iterator[date]:
    last = today - timedelta(days=(today.weekday() + 1) % 7 or 7)
    return (last - timedelta(weeks=back) for back in reversed(range(WEEKS)))


def month_ends(today: date) -> Iterator[date]:
    ends = [today.replace(day=1) - timedelta(days=1)]
    while len(ends) < MONTHS:
        ends.append(ends[-1].replace(day=1) - timedelta(days=1))
    return reversed(ends)


def draw(number: Number, place: float, random: Random) -> tuple[float, int | None]:
    """One value and its n, at a place of the year from 0 (a year ago) to 1 (now)."""
    level = number.start + (number.end - number.start) * place
    level *= 1 + number.season * math.sin(2 * math.pi * place)
    at, by = number.turn
    level += by if place >= at else 0
    n = None if number.n is None else max(1, round(number.n * random.uniform(0.85, 1.15)))
    if number.kind == MetricKind.SHARE:
        return drawn_share(level, n or 1, random), n
    return rounded(number.kind, random.gauss(level, number.noise * level)), n


def drawn_share(level: float, n: int, random: Random) -> float:
    """A share that `n` cases can really have, with the noise that a sample of that size has."""
    hits = random.gauss(level * n, math.sqrt(max(0.0, level * (1 - level) * n)))
    return round(min(max(round(hits), 0), n) / n, 6)


def rounded(kind: MetricKind, value: float) -> float:
    return float(round(value)) if kind in {MetricKind.COUNT, MetricKind.SCORE} else round(value, 2)
