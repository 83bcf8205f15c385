"""What begins, goes and ends on each day, in order; and what has begun before."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic

from campaigns.drawing.days import Range
from campaigns.drawing.lanes import E


@dataclass(frozen=True)
class Line(Generic[E]):
    """An entry on a day. `ends`: it lasted several days, and this is the last of them."""

    entry: E
    run: Any
    ends: bool = False


@dataclass(frozen=True)
class Agenda(Generic[E]):
    """`before`: what began earlier and reaches into the days. `days`: those on which something begins, goes or ends."""

    before: list[Line[E]]
    days: list[tuple[datetime.date, list[Line[E]]]]


def agenda(entries: Iterable[E], days: Range) -> Agenda[E]:
    """Every run once on the day on which it begins, or under `before`; one of several days again on its last one."""
    before: list[Line[E]] = []
    found: dict[datetime.date, list[Line[E]]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.rank):
        for run in entry.runs:
            if run.last < days.first or run.first > days.last:
                continue
            if run.first < days.first:
                before.append(Line(entry, run))
            else:
                found[run.first].append(Line(entry, run))
            if run.first < run.last and days.has(run.last):
                found[run.last].append(Line(entry, run, ends=True))
    return Agenda(before, sorted(found.items()))


def on_day(entries: Iterable[E], day: datetime.date) -> list[Line[E]]:
    """All that is there on a day."""
    ranked = sorted(entries, key=lambda entry: entry.rank)
    return [
        Line(entry, run, ends=run.first < run.last == day)
        for entry in ranked
        for run in entry.runs
        if run.first <= day <= run.last
    ]
