"""A year of readings for a metric: a way from start to end, the swing of the year, and honest noise.

The numbers are drawn from a generator that is seeded with the metric's name: the same each time. The last reading has
no noise, because the cards of the maps speak of it.
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
    level = level_at(number, place)
    n = number.n
    if place < 1:
        n = None if n is None else max(1, round(n * random.uniform(0.85, 1.15)))
        level = random.gauss(level, noise_of(number, level, n or 1))
    return settled(number.kind, level, n or 1), n


def level_at(number: Number, place: float) -> float:
    level = number.start + (number.end - number.start) * place
    level *= 1 + number.season * math.sin(2 * math.pi * place)
    at, by = number.turn
    return level + (by if place >= at else 0)


def noise_of(number: Number, level: float, n: int) -> float:
    """The standard deviation of a reading; for a share that of a sample of `n`."""
    if number.kind == MetricKind.SHARE:
        return math.sqrt(level * (1 - level) / n)
    return number.noise * level


def settled(kind: MetricKind, level: float, n: int) -> float:
    """The nearest value that the kind can have: a share is a whole number of `n`, a count is whole."""
    if kind == MetricKind.SHARE:
        return round(min(max(round(level * n), 0), n) / n, 6)
    return float(round(level)) if kind in {MetricKind.COUNT, MetricKind.SCORE} else round(level, 2)
