"""Messages that are held, and why: people for whom it is the same rule are told of together."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import prod
from typing import NamedTuple

from campaigns.pressure.agenda import Entry
from campaigns.pressure.clock import Clock, Moment
from campaigns.pressure.diary import Run
from campaigns.pressure.policies import HeldOut, Kind, Wait
from campaigns.pressure.rules import Waits, strictness

Wanted = Callable[[str, Entry], Sequence[int]]  # the numbers of an entry's slots in a zone that are asked for


@dataclass(frozen=True)
class Held:
    """A message that a rule, the strictest for them, holds from some people of a zone when it is due.

    `due`, `earliest`, `latest` are in their zone: the first of them could get it at `earliest`, the last at `latest`;
    None is never. `later`: how many get it then after all; for the others it is too late. `persons`: each once;
    `segments`: by segment of the message, so that who is in two is in both numbers. `others`: policies that hold it
    too, from some of them. `lost_to`: messages in the way, and of how many people; most first.
    """

    message: str
    campaign: str
    day: date
    due: datetime
    zone: str
    rule: str
    kind: Kind
    persons: float
    later: float
    segments: tuple[tuple[str, float], ...]
    others: tuple[str, ...]
    lost_to: tuple[tuple[str, float], ...]
    earliest: datetime | None
    latest: datetime | None


class Share(NamedTuple):
    """Some people of a run, and what holds the message back from them."""

    people: dict[str | None, float]
    part: float
    waits: Waits
    earliest: int | None
    goes: bool


Outs = Sequence[tuple[HeldOut, float]]  # who is held out, as shares of everybody
Key = tuple[int, str, str, str]  # instant, message, zone, rule


def left(outs: Outs) -> float:
    """The share of people whom no policy holds out."""
    return prod(1 - policy.share for policy, _share in outs)


def held(runs: Iterable[Run], outs: Outs, wanted: Wanted) -> list[Held]:
    """In the order in which they are due."""
    piles: dict[Key, list[Share]] = {}
    places: dict[Key, tuple[Entry, Moment, Clock]] = {}
    for run in runs:
        for entry, due, share in held_from(run, outs, wanted):
            rule = min(share.waits, key=strictness)[0]
            key = (due.seconds, entry.message.id, run.clock.zone, rule.id)
            piles.setdefault(key, []).append(share)
            places[key] = (entry, due, run.clock)
    return [told(*places[key], piles[key]) for key in sorted(piles)]


def held_from(run: Run, outs: Outs, wanted: Wanted) -> Iterator[tuple[Entry, Moment, Share]]:
    people = run.people()
    asked = {turn.entry.message.id: wanted(run.clock.zone, turn.entry) for turn in run.turns}
    for one in run.refused(asked):
        part = 1.0 if one.turn.entry.message.transactional else left(outs)
        if part > 0:
            yield one.turn.entry, one.slot.due, Share(people, part, one.waits, one.earliest, one.went is not None)
    for turn in run.turns:
        for policy, part in () if turn.entry.message.transactional else outs:
            share = Share(people, part, [(policy, Wait(None))], None, False)
            for number in asked[turn.entry.message.id]:
                yield turn.entry, turn.entry.slots[number].due, share


def told(entry: Entry, due: Moment, clock: Clock, pile: Sequence[Share]) -> Held:
    segments: Counter[str] = Counter()
    lost_to: Counter[str] = Counter()
    others: set[str] = set()
    persons = later = 0.0
    for share in pile:
        (rule, wait), *rest = sorted(share.waits, key=strictness)
        some = share.part * share.people[None]
        persons += some
        later += some if share.goes else 0.0
        others.update(policy.id for policy, _wait in rest)
        lost_to.update(dict.fromkeys(wait.lost_to, some))
        segments.update(
            {name: share.part * share.people[name] for name in entry.message.segments if name in share.people}
        )
    known = [share.earliest for share in pile if share.earliest is not None]
    return Held(
        message=entry.message.id,
        campaign=entry.message.campaign,
        day=due.wall.date(),
        due=due.wall,
        zone=clock.zone,
        rule=rule.id,
        kind=rule.kind,
        persons=persons,
        later=later,
        segments=tuple(sorted(segments.items())),
        others=tuple(sorted(others)),
        lost_to=tuple(sorted(lost_to.items(), key=lambda one: (-one[1], one[0]))),
        earliest=clock.moment(min(known)).wall if known else None,
        latest=clock.moment(max(known)).wall if len(known) == len(pile) else None,
    )
