"""What one person has had, or is to have, as policies count it."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from campaigns.pressure.clock import Clock, Moment, Period, seconds_of
from campaigns.pressure.limits import named, raise_all
from campaigns.pressure.messages import Message, moment_wrong


class Scope(StrEnum):
    """Over which messages a policy reaches: all, those of a channel, those for a stage."""

    ALL = "all"
    CHANNEL = "channel"
    STAGE = "stage"


Bucket = tuple[Scope, str]  # with the channel's or the stage's id; all messages are one bucket


@dataclass(frozen=True)
class Contact:
    """A message that went to the person, or that the calendar holds a place for."""

    message: str
    channel: str
    stage: str
    moment: datetime

    def __post_init__(self) -> None:
        raise_all({"message": named(self.message), "moment": moment_wrong(self.moment)})


class Ledger:
    """Contacts of one bucket: ids by period, and in the order of time."""

    __slots__ = ("filled", "times")

    def __init__(self) -> None:
        self.filled: dict[Period, dict[int, list[str]]] = {period: {} for period in Period}
        self.times: list[tuple[int, str]] = []

    def add(self, message: str, moment: Moment) -> None:
        for period, numbers in self.filled.items():
            numbers.setdefault(moment.number(period), []).append(message)
        insort(self.times, (moment.seconds, message))

    def near(self, seconds: int, within: int) -> Sequence[tuple[int, str]]:
        """Contacts less than `within` seconds away, before or after."""
        return self.times[
            bisect_left(self.times, (seconds - within + 1,)) : bisect_left(self.times, (seconds + within,))
        ]


class History:
    """Of one person, in their own zone, or of several who were treated alike.

    Transactional messages do not count: leave their contacts out. `scopes`: those over which policies count.
    """

    def __init__(
        self,
        zone: str | Clock,
        contacts: Iterable[Contact] = (),
        *,
        person: str | None = None,
        scopes: Iterable[Scope] = Scope,
    ) -> None:
        self.clock = zone if isinstance(zone, Clock) else Clock(zone)
        self.person = person
        self.scopes = frozenset(scopes)
        self.ledgers: dict[Bucket, Ledger] = {}
        for one in contacts:
            self.enter(one.message, one.channel, one.stage, self.clock.moment(seconds_of(one.moment)))

    def add(self, message: Message, moment: Moment) -> None:
        if not message.transactional:
            self.enter(message.id, message.channel, message.stage, moment)

    def enter(self, message: str, channel: str, stage: str, moment: Moment) -> None:
        for scope, of in ((Scope.ALL, ""), (Scope.CHANNEL, channel), (Scope.STAGE, stage)):
            if scope in self.scopes:
                self.ledger((scope, of)).add(message, moment)

    def ledger(self, bucket: Bucket) -> Ledger:
        found = self.ledgers.get(bucket)
        if found is None:
            found = self.ledgers[bucket] = Ledger()
        return found
