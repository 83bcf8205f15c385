"""What one person gets of the messages that they should get."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple

from campaigns.pressure.agenda import Entry, Slot
from campaigns.pressure.clock import Clock, Moment
from campaigns.pressure.groups import Group
from campaigns.pressure.history import History, Scope
from campaigns.pressure.rules import REACH, Waits


class Turn(NamedTuple):
    """Of one message: when it goes, by the number of the slot in which it is due. What is missing is dropped."""

    entry: Entry
    went: Mapping[int, Moment]


class Refused(NamedTuple):
    """What holds a message back when it is due, and the instant at which it could go."""

    turn: Turn
    number: int
    waits: Waits
    earliest: int | None

    @property
    def slot(self) -> Slot:
        return self.turn.entry.slots[self.number]

    @property
    def went(self) -> Moment | None:
        return self.turn.went.get(self.number)


@dataclass(frozen=True)
class Run:
    """People of one zone who get the same messages. `scopes`: those over which policies count."""

    clock: Clock
    scopes: Collection[Scope]
    groups: tuple[Group, ...]
    turns: tuple[Turn, ...]

    def people(self) -> dict[str | None, float]:
        """Persons by segment; None is everybody."""
        names = sorted({name for group in self.groups for name in group.segments})
        found: dict[str | None, float] = {None: fsum(group.persons for group in self.groups)}
        for name in names:
            found[name] = fsum(group.persons for group in self.groups if name in group.segments)
        return found

    def refused(self, wanted: Mapping[str, Collection[int]]) -> Iterator[Refused]:
        """The wanted slots of messages, where something holds them; at the state in which they had their turn."""
        history = History(self.clock, scopes=self.scopes)
        for turn in self.turns[: self.last_of(wanted) + 1]:
            entry = turn.entry
            asked = wanted.get(entry.message.id, ())
            for number in sorted({*turn.went, *asked}):
                due = entry.slots[number].due
                went = turn.went.get(number)
                waits = entry.rules.waits(history, due) if number in asked and went is not due else ()
                if waits:
                    earliest = went.seconds if went else entry.rules.earliest(history, due.seconds)
                    yield Refused(turn, number, waits, earliest)
                if went:
                    history.add(entry.message, went)

    def last_of(self, wanted: Mapping[str, Collection[int]]) -> int:
        """The last turn of which something is asked; those after it change nothing."""
        asked = (place for place, turn in enumerate(self.turns) if wanted.get(turn.entry.message.id))
        return max(asked, default=-1)


def diary(entries: Iterable[Entry], clock: Clock, scopes: Collection[Scope]) -> Iterator[Turn]:
    """Entries are sorted by rank: each finds the places that the ones before have left."""
    history = History(clock, scopes=scopes)
    for entry in entries:
        yield Turn(entry, dict(tried(entry, history)))


def tried(entry: Entry, history: History) -> Iterator[tuple[int, Moment]]:
    """Held, a message goes at the earliest moment, if that is not too late. What ends before then is passed over."""
    number = 0
    while number < len(entry.slots):
        due, end = entry.slots[number]
        opened = entry.rules.opens(history, due.seconds)
        if opened < min(end, due.seconds + REACH):
            went = history.clock.moment(opened)
            history.add(entry.message, went)
            yield number, went
            number += 1
        else:
            number = bisect_right(entry.ends, opened, number + 1)
