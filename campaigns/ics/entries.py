"""What a feed holds: plain values, without a word on how they are written."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Standing(StrEnum):
    """How sure an entry is, in the words of RFC 5545."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Repeats:
    """Every so many days, or on ISO weekdays (1 is Monday) where there are any; `last` is the last day it may be on."""

    last: date
    every: int = 1
    weekdays: frozenset[int] = frozenset()

    def first_from(self, day: date) -> date | None:
        """The first day on which it is, from a given one on."""
        for number in range(7 if self.weekdays else 1):
            found = day + timedelta(number)
            if found > self.last:
                return None
            if not self.weekdays or found.isoweekday() in self.weekdays:
                return found
        return None


@dataclass(frozen=True)
class Entry:
    """Something on the days from `first` to `last`, both included; at a time of day where `at` says one.

    `zone`: whose clock that is; empty is each reader's own. `sequence` grows with each change, `changed` is the moment
    of the last one.
    """

    uid: str
    sequence: int
    changed: datetime
    title: str
    first: date
    last: date
    standing: Standing
    url: str
    at: time | None = None
    zone: str = ""
    repeats: Repeats | None = None
    categories: tuple[str, ...] = ()
    text: str = ""

    @property
    def start(self) -> date | datetime:
        """A date, or a moment: without a zone where it is each reader's own."""
        return self.on(self.first)

    def on(self, day: date) -> date | datetime:
        if self.at is None:
            return day
        return datetime.combine(day, self.at, ZoneInfo(self.zone) if self.zone else None).replace(microsecond=0)

    @property
    def until(self) -> date | datetime | None:
        """The last day of its repetition as RFC 5545 has it: in UTC where the entry has a zone."""
        if self.repeats is None:
            return None
        end = self.on(self.repeats.last)
        return end.astimezone(UTC) if isinstance(end, datetime) and end.tzinfo else end
