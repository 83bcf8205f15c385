"""When messages are held first, known from the diaries alone: nothing is asked of a policy again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import fsum

from campaigns.pressure.diary import Run, Turn
from campaigns.pressure.held import Outs, left

Place = tuple[str, str]  # zone, message
Numbers = dict[Place, list[int]]  # of slots


@dataclass(frozen=True)
class Occasions:
    """Of these messages, on the days from first to last: at most `each` of a message in a zone, and `most` of all
    together, the earliest first. Fewer than `least` expected people are nobody. `held_out`: they count, too."""

    messages: Collection[str]
    first: date
    last: date
    each: int | None = None
    most: int | None = None
    least: float = 0.0
    held_out: bool = False

    def of(self, runs: Iterable[Run], outs: Outs) -> Numbers:
        persons, due = self.persons(runs, outs), {}
        for place, (turn, by_number) in persons.items():
            numbers = [number for number, some in sorted(by_number.items()) if some > 0 and some >= self.least]
            due[place] = [(turn.entry.slots[number].due.seconds, number) for number in numbers[: self.each]]
        if self.most is None:
            return {place: [number for _seconds, number in slots] for place, slots in due.items()}
        found: Numbers = defaultdict(list)
        in_time = sorted((seconds, place, number) for place, slots in due.items() for seconds, number in slots)
        for _seconds, place, number in in_time[: self.most]:
            found[place].append(number)
        return found

    def persons(self, runs: Iterable[Run], outs: Outs) -> dict[Place, tuple[Turn, dict[int, float]]]:
        """By slot, how many people a message is held from."""
        share, aside = left(outs), fsum(part for _policy, part in outs)
        found: dict[Place, tuple[Turn, dict[int, float]]] = {}
        for run in runs:
            everybody = fsum(group.persons for group in run.groups)
            for turn in run.turns:
                message = turn.entry.message
                if message.id not in self.messages:
                    continue
                some = everybody * (1.0 if message.transactional else share)
                out = everybody * aside if self.held_out and not message.transactional else 0.0
                _turn, by_number = found.setdefault((run.clock.zone, message.id), (turn, defaultdict(float)))
                for number, is_held in self.slots(turn):
                    by_number[number] += out + (some if is_held else 0.0)
        return found

    def slots(self, turn: Turn) -> Iterator[tuple[int, bool]]:
        """The slots on the days, and whether something holds the message then."""
        for number, slot in enumerate(turn.entry.slots):
            if self.first <= slot.due.wall.date() <= self.last:
                yield number, turn.went.get(number) is not slot.due
