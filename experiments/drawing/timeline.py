"""Days as places across: of the runs on a timeline, of the days in which they clash, of the months."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Stretch:
    """From where to where, in per cent of the whole. `open`: it begins before the range, ends after it, or both."""

    start: float
    width: float
    open_start: bool = False
    open_end: bool = False


@dataclass(frozen=True)
class Month:
    date: datetime.date
    at: float


@dataclass(frozen=True)
class Days:
    """A range of days, both ends included."""

    first: datetime.date
    last: datetime.date

    @property
    def count(self) -> int:
        return (self.last - self.first).days + 1

    def place(self, day: datetime.date) -> float:
        """Where a day begins; what lies outside is held at the edge."""
        days = min(max((day - self.first).days, 0), self.count)
        return round(100 * days / self.count, 2)

    def stretch(self, first: datetime.date, last: datetime.date | None) -> Stretch:
        """The part of these days that lies in the range; without a last day up to its end."""
        end = self.place(last + datetime.timedelta(1)) if last is not None and last < self.last else 100.0
        start = self.place(first)
        return Stretch(start, round(end - start, 2), first < self.first, last is None or last > self.last)

    def months(self) -> tuple[Month, ...]:
        """The first day of each month that begins in the range."""
        found, day = [], self.first.replace(day=1)
        while day <= self.last:
            if day >= self.first:
                found.append(Month(day, self.place(day)))
            day = (day + datetime.timedelta(32)).replace(day=1)
        return tuple(found)


def thinned(months: Sequence[Month], most: int) -> Iterable[Month]:
    """At most so many of them, evenly, so that their names do not touch."""
    step = max(1, -(-len(months) // most))
    return months[::step]
