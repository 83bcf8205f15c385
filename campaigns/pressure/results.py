"""What a replay found. Persons are expected ones, so not always whole."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from campaigns.pressure.agenda import Entry
from campaigns.pressure.diary import Run
from campaigns.pressure.held import Held, held, left
from campaigns.pressure.history import Contact
from campaigns.pressure.occasions import Occasions
from campaigns.pressure.policies import HeldOut
from campaigns.pressure.tally import Count, Fate, Pair


@dataclass(frozen=True)
class Diary:
    """What one person who is in exactly these segments gets, in the order of time; `persons` of them do."""

    zone: str
    segments: frozenset[str]
    persons: float
    contacts: tuple[Contact, ...]


@dataclass(frozen=True)
class Replay:
    """`counts`: by day and segment; `days`: by day, everybody once; `fates`: by message, in the order of rank; `pairs`:
    what was taken for the overlaps; `held_out`: shares of everybody, by policy."""

    counts: tuple[Count, ...]
    days: tuple[Count, ...]
    fates: tuple[Fate, ...]
    pairs: tuple[Pair, ...]
    held_out: tuple[tuple[HeldOut, float], ...]
    runs: tuple[Run, ...] = field(repr=False)

    def held(self, *, day: date | None = None, message: str | None = None, campaign: str | None = None) -> list[Held]:
        """Of a day, a message, a campaign, or all; in the order in which they are due."""

        def wanted(_zone: str, entry: Entry) -> list[int]:
            if message not in (None, entry.message.id) or campaign not in (None, entry.message.campaign):
                return []
            return [number for number, slot in enumerate(entry.slots) if day is None or slot.due.wall.date() == day]

        return held(self.runs, self.held_out, wanted)

    def first_held(self, occasions: Occasions) -> list[Held]:
        """The first of them alone: with hundreds of messages that are due each day, all would take minutes."""
        found = occasions.of(self.runs, self.held_out)
        return held(self.runs, self.held_out, lambda zone, entry: found.get((zone, entry.message.id), ()))

    def diaries(self) -> Iterator[Diary]:
        """Of those who are not held out."""
        share = left(self.held_out)
        for run in self.runs:
            contacts = tuple(contacts_of(run))
            for group in run.groups:
                yield Diary(group.zone, group.segments, share * group.persons, contacts)


def contacts_of(run: Run) -> Iterator[Contact]:
    went = [(moment, turn.entry.message) for turn in run.turns for moment in turn.went.values()]
    for moment, message in sorted(went, key=lambda one: (one[0].seconds, one[1].id)):
        yield Contact(message.id, message.channel, message.stage, moment.wall)
