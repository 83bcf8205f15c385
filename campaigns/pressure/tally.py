"""Expected people over all runs: by day and segment, by message, by pair of segments."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum

from campaigns.pressure.agenda import Entry
from campaigns.pressure.audience import Audience, Basis
from campaigns.pressure.diary import Run, Turn
from campaigns.pressure.groups import Group
from campaigns.pressure.messages import Message

ROUNDING = 1e-9  # relative: what sums of shares leave


@dataclass(frozen=True)
class Count:
    """Of one day, in the people's own zones: due = sent + held, in expected persons, each once per message.

    A message counts under its own segments, so who is in two of them is in both; without a segment, everybody once.
    What is held and goes later that day counts as sent; what goes on another day is due there too, `again`.
    """

    day: date
    segment: str | None
    due: float
    sent: float
    held: float
    again: float


@dataclass(frozen=True)
class Fate:
    """Of a message, in expected persons, each once per time that it is due: due = sent + dropped. `later`: those of the
    sent who get it later than it was due."""

    message: str
    due: float
    sent: float
    later: float
    dropped: float


@dataclass(frozen=True)
class Pair:
    """Two segments that messages reach. `persons`: whom they share by what is stated or assumed. `counted`: whom the
    replay gave to both: less or more where overlaps contradict one another, or are too many."""

    one: str
    other: str
    basis: Basis
    persons: float
    counted: float


class Row:
    """Of a segment, or of everybody, people by day: for whom something is due for the first time, who get it that day,
    and who get then what was due before."""

    def __init__(self) -> None:
        self.due: defaultdict[int, float] = defaultdict(float)
        self.at_once: defaultdict[int, float] = defaultdict(float)
        self.again: defaultdict[int, float] = defaultdict(float)

    def counts(self, segment: str | None) -> Iterator[Count]:
        for day in self.due.keys() | self.again.keys():
            due, again = self.due[day], self.again[day]
            if not due + again:
                continue
            held = due - self.at_once[day]
            held = 0.0 if abs(held) <= ROUNDING * due else held
            yield Count(date.fromordinal(day), segment, due + again, due + again - held, held, again)


class Tally:
    """Adds up runs. `left`: the share of people whom no policy holds out."""

    def __init__(self, runs: Iterable[Run], left: float) -> None:
        self.left = left
        self.rows: defaultdict[str | None, Row] = defaultdict(Row)
        self.fates: dict[str, list[float]] = {}
        reached: dict[tuple[str, str], tuple[Entry, Counter[str | None]]] = {}
        for run in runs:
            people = run.people()
            for turn in run.turns:
                message = turn.entry.message
                mine = {name: people[name] for name in (None, *message.segments) if name in people}
                key = (run.clock.zone, message.id)
                reached.setdefault(key, (turn.entry, Counter()))[1].update(mine)
                self.add_sent(turn, mine)
        for entry, persons in reached.values():
            self.add_due(entry, persons)

    def add_sent(self, turn: Turn, people: Mapping[str | None, float]) -> None:
        share = 1.0 if turn.entry.message.transactional else self.left
        days = [(turn.entry.slots[number].due.day, went.day) for number, went in turn.went.items()]
        for name, persons in people.items():
            row, persons = self.rows[name], persons * share
            for due, went in days:
                if went == due:
                    row.at_once[due] += persons
                else:
                    row.again[went] += persons
        fate = self.fates.setdefault(turn.entry.message.id, [0.0, 0.0, 0.0])
        later = sum(went is not turn.entry.slots[number].due for number, went in turn.went.items())
        fate[1] += share * people[None] * len(days)
        fate[2] += share * people[None] * later

    def add_due(self, entry: Entry, people: Mapping[str | None, float]) -> None:
        for name, persons in people.items():
            for slot in entry.slots:
                self.rows[name].due[slot.due.day] += persons
        self.fates[entry.message.id][0] += people[None] * len(entry.slots)

    def counts(self) -> list[Count]:
        found = [count for name, row in self.rows.items() if name is not None for count in row.counts(name)]
        return sorted(found, key=lambda count: (count.day, count.segment))

    def days(self) -> list[Count]:
        return sorted(self.rows[None].counts(None), key=lambda count: count.day)

    def fate(self, message: Message) -> Fate:
        due, sent, later = self.fates.get(message.id, (0.0, 0.0, 0.0))
        dropped = 0.0 if abs(due - sent) <= ROUNDING * due else due - sent
        return Fate(message.id, due, due - dropped, later, dropped)


def pairs(audience: Audience, groups: Sequence[Group], used: set[str]) -> Iterator[Pair]:
    for (one, other), shared in audience.shared().items():
        if one in used and other in used:
            counted = fsum(group.persons for group in groups if one in group.segments and other in group.segments)
            yield Pair(one, other, shared.basis, shared.persons, counted)
