"""Things that last side by side in as few lanes as there can be."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any, Generic, Protocol, TypeVar

from campaigns.drawing.days import Range


class Placed(Protocol):
    """What can be placed: `runs` are its stretches of days, `rank` sorts those that begin together: by its first part
    before, by the others after how long they last."""

    @property
    def runs(self) -> Sequence[Any]: ...  # each has `first` and `last`
    @property
    def rank(self) -> tuple: ...


E = TypeVar("E", bound=Placed)


@dataclass(frozen=True, slots=True)
class Piece(Generic[E]):
    """A part of an entry in a range of days: in which lane, from which day (0 is the first), over how many days.

    `starts`, `ends`: whether its run begins and ends here, or goes on outside of the range. `run`: which one it is.
    """

    entry: E
    run: Any
    lane: int
    start: int
    length: int
    starts: bool
    ends: bool


@dataclass(frozen=True)
class Lanes(Generic[E]):
    """Pieces, by lane those of a lane never overlap. `hidden`: per day how many found no lane."""

    pieces: list[Piece[E]]
    count: int
    hidden: list[int]

    def lanes(self) -> list[list[Piece[E]]]:
        """The pieces of each lane, by their days."""
        found: list[list[Piece[E]]] = [[] for _ in range(self.count)]
        for piece in self.pieces:
            found[piece.lane].append(piece)
        return found


def pack(entries: Iterable[E], days: Range, *, most: int | None = None, least: int = 1) -> Lanes[E]:
    """Place the runs of entries that reach into the days: who begins first, then by rank and length, goes higher up.

    `most`: how many lanes there are; who finds none free is counted. `least`: days that each keeps to itself, for a
    label. As many steps as entries, times their logarithm.
    """
    found = sorted(cut(entries, days), key=lambda one: (one[0], one[2].rank[0], -one[1], one[2].rank, one[3].first))
    busy: list[tuple[int, int]] = []  # the day from which on it is free, the lane
    free: list[int] = []
    pieces: list[Piece[E]] = []
    hidden = [0] * days.count
    used = 0
    for start, length, entry, run in found:
        while busy and busy[0][0] <= start:
            heappush(free, heappop(busy)[1])
        if free:
            lane = heappop(free)
        elif most is None or used < most:
            lane, used = used, used + 1
        else:
            for day in range(start, start + length):
                hidden[day] += 1
            continue
        heappush(busy, (start + max(length, least), lane))
        pieces.append(Piece(entry, run, lane, start, length, run.first >= days.first, run.last <= days.last))
    return Lanes(pieces, used, hidden)


def cut(entries: Iterable[E], days: Range) -> Iterable[tuple[int, int, E, Any]]:
    """The part of each run that is in the days: start, length, entry, run."""
    for entry in entries:
        for run in entry.runs:
            first, last = max(run.first, days.first), min(run.last, days.last)
            if first <= last:
                yield (first - days.first).days, (last - first).days + 1, entry, run


@dataclass(frozen=True)
class Week(Generic[E]):
    """A week with its pieces; `days` has seven."""

    days: list[datetime.date]
    lanes: Lanes[E]


def weeks(entries: Iterable[E], days: Range, *, most: int | None) -> list[Week[E]]:
    """Whole weeks, each packed for itself; every entry is looked at only in the weeks that it reaches into."""
    buckets: list[list[E]] = [[] for _ in range(days.count // 7)]
    for entry in entries:
        for number in sorted({week for run in entry.runs for week in touched(run, days)}):
            buckets[number].append(entry)
    found = []
    for number, inside in enumerate(buckets):
        first = days.first + datetime.timedelta(7 * number)
        week = Range(first, first + datetime.timedelta(6))
        found.append(Week(week.days(), pack(inside, week, most=most)))
    return found


def touched(run: Any, days: Range) -> range:
    """The numbers of the weeks that a run reaches into."""
    first = max(0, (run.first - days.first).days // 7)
    last = min(days.count // 7 - 1, (run.last - days.first).days // 7)
    return range(first, last + 1)
