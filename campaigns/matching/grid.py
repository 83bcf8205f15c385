"""Messages by place: what is filled, what is empty, and where several go to the same people on the same day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import NamedTuple

from campaigns.pressure.messages import WORKDAYS, Cadence, Window

ANYTIME = time(12)
# So many groups of messages that meet are told of in one place.
MOST_CLASHES = 5


class Spot(NamedTuple):
    """A place: ids of stage, persona and channel. No persona is a message for all of them."""

    stage: int
    persona: int | None
    channel: int


class State(StrEnum):
    EMPTY = "empty"
    COVERED = "covered"  # by a message for all personas
    FILLED = "filled"
    DOUBLED = "doubled"


@dataclass(frozen=True)
class Placed:
    """A message in its place. `days` are its first and its last, None where it has none yet."""

    id: int
    spot: Spot
    days: tuple[date, date] | None = None
    cadence: Cadence = Cadence.ONCE
    every: int = 1
    weekdays: frozenset[int] = WORKDAYS

    def goes_on(self) -> Iterator[date]:
        if self.days:
            yield from Window(*self.days, ANYTIME, self.cadence, self.every, self.weekdays).days()


class Clash(NamedTuple):
    """Messages that go to the same place on the same days: the first of those days, and how many there are."""

    messages: tuple[int, ...]
    first: date
    days: int


class Cell(NamedTuple):
    """`messages` are its own; `shared` those for all personas at its stage and channel."""

    state: State
    messages: tuple[int, ...] = ()
    shared: tuple[int, ...] = ()
    clashes: tuple[Clash, ...] = ()


EMPTY = Cell(State.EMPTY)


def grid(placed: Iterable[Placed], personas: Iterable[int]) -> dict[Spot, Cell]:
    """All cells that are not empty, for the personas given and for all of them together."""
    by_spot: dict[Spot, list[Placed]] = {}
    for one in placed:
        by_spot.setdefault(one.spot, []).append(one)
    spots = set(by_spot)
    named = set(personas)
    spots |= {spot._replace(persona=persona) for spot in by_spot if spot.persona is None for persona in named}
    return {spot: cell(by_spot, spot) for spot in spots}


def cell(by_spot: Mapping[Spot, list[Placed]], spot: Spot) -> Cell:
    own = by_spot.get(spot, [])
    shared = by_spot.get(spot._replace(persona=None), []) if spot.persona is not None else []
    met = clashes(own, shared)
    state = State.DOUBLED if met else State.FILLED if own else State.COVERED if shared else State.EMPTY
    return Cell(state, tuple(one.id for one in own), tuple(one.id for one in shared), met)


def clashes(own: list[Placed], shared: list[Placed]) -> tuple[Clash, ...]:
    """Where an own message meets another one on a day. What only those for all personas do among themselves is told
    once, in their own place."""
    if not own or len(own) + len(shared) < 2:
        return ()
    mine = {one.id for one in own}
    on: dict[date, list[int]] = {}
    for one in [*own, *shared]:
        for day in one.goes_on():
            on.setdefault(day, []).append(one.id)
    met: dict[tuple[int, ...], list[date]] = {}
    for day, ids in on.items():
        if len(ids) > 1 and mine.intersection(ids):
            met.setdefault(tuple(sorted(ids)), []).append(day)
    found = [Clash(ids, min(days), len(days)) for ids, days in met.items()]
    return tuple(sorted(found, key=lambda clash: (clash.first, clash.messages))[:MOST_CLASHES])
