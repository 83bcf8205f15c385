"""When each message is due for the people of one zone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from campaigns.pressure.clock import Clock, Clocks, Moment, seconds_of
from campaigns.pressure.messages import At, Message, Window
from campaigns.pressure.policies import Policy
from campaigns.pressure.rules import Calendar, Rules


class Slot(NamedTuple):
    """`due`: when the message should go. `end`: the instant from which it is too late; then the next slot is due."""

    due: Moment
    end: int


@dataclass(frozen=True)
class Entry:
    message: Message
    slots: tuple[Slot, ...]
    rules: Rules

    @cached_property
    def ends(self) -> tuple[int, ...]:
        return tuple(slot.end for slot in self.slots)


def agenda(messages: Iterable[Message], policies: Iterable[Policy], clock: Clock, clocks: Clocks) -> list[Entry]:
    calendars: dict[tuple[str, ...], Calendar] = {}
    return [
        Entry(message, tuple(slots(message.sending, clock, clocks)), Rules(policies, message, clock, calendars))
        for message in messages
    ]


def slots(sending: At | Window, clock: Clock, clocks: Clocks) -> Iterator[Slot]:
    """What is due on a day that a zone leaves out, as Samoa did with 30 December 2011, is not due there."""
    if isinstance(sending, At):
        seconds = seconds_of(sending.moment)
        yield Slot(clock.moment(seconds), seconds + 1)
        return
    wall = clocks[sending.zone] if sending.zone else clock
    instants = [(wall.instant(day, sending.at), day) for day in sending.days()]
    starts = [seconds for seconds, day in instants if wall.moment(seconds).day == day.toordinal()]
    ends = [*starts[1:], wall.end(sending.last)] if starts else []
    for start, end in zip(starts, ends, strict=True):
        yield Slot(clock.moment(start), end)
