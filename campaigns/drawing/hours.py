"""The hours of a week: what goes at a time of day, hour by hour."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic

from campaigns.drawing.days import Range
from campaigns.drawing.lanes import E

MORNING, EVENING = 8, 18  # hours that are always shown


@dataclass(frozen=True)
class Cell(Generic[E]):
    """What goes in an hour of a day, in order; `hidden` of them found no room."""

    day: datetime.date
    runs: list[tuple[E, Any]]
    hidden: int


@dataclass(frozen=True)
class Hour(Generic[E]):
    hour: int
    cells: list[Cell[E]]


def hours(entries: Iterable[E], days: Range, *, most: int | None) -> list[Hour[E]]:
    """The hours of the working day, and those before and after in which something goes; at most so many to a cell.
    Where there is no most, the whole day."""
    found: dict[tuple[int, datetime.date], list[tuple[E, Any]]] = defaultdict(list)
    for entry in entries:
        for run in entry.runs:
            if run.at is None:
                continue
            for day in Range(max(run.first, days.first), min(run.last, days.last)).days():
                found[run.at.hour, day].append((entry, run))
    used = [hour for hour, _day in found]
    shown = range(24) if most is None else range(min([MORNING, *used]), max([EVENING, *used]) + 1)
    return [Hour(hour, [cell(day, found.get((hour, day), []), most) for day in days.days()]) for hour in shown]


def cell(day: datetime.date, inside: list[tuple[E, Any]], most: int | None) -> Cell[E]:
    inside = sorted(inside, key=lambda one: (one[1].at, one[0].rank))
    room = len(inside) if most is None else most
    return Cell(day, inside[:room], max(0, len(inside) - room))
