"""What the calendar wants to send: messages, when they are due, and which of them goes first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from campaigns.pressure import limits
from campaigns.pressure.clock import zone_wrong
from campaigns.pressure.limits import named, names_wrong, raise_all, whole
from teams.words import Sentence, gettext_noop

WORKDAYS = frozenset({1, 2, 3, 4, 5})


class Cadence(StrEnum):
    ONCE = "once"
    DAILY = "daily"
    EVERY = "every"  # n days
    WEEKDAYS = "weekdays"


@dataclass(frozen=True)
class At:
    """One moment, the same for everybody. Held at that moment, the message is dropped."""

    moment: datetime

    def __post_init__(self) -> None:
        raise_all({"moment": moment_wrong(self.moment)})


@dataclass(frozen=True)
class Window:
    """Days on which a message is due at a time of day, in each person's own zone or in the named one.

    `every`: days from one to the next, for that cadence; `weekdays`: ISO, 1 is Monday. Held, a message may still go
    until it is due again, at the latest until the last day is over.
    """

    first: date
    last: date
    at: time
    cadence: Cadence = Cadence.ONCE
    every: int = 1
    weekdays: frozenset[int] = WORKDAYS
    zone: str | None = None

    def __post_init__(self) -> None:
        raise_all(limits.span_wrong(self.first, self.last))
        long = (self.last - self.first).days >= limits.MOST_DAYS
        timed = isinstance(self.at, time) and self.at.tzinfo is None
        raise_all(
            {
                "last": Sentence(gettext_noop("A window has at most %(most)s days."), most=limits.MOST_DAYS)
                if long
                else None,
                "at": None if timed else gettext_noop("Give a time of day without a zone."),
                "cadence": None if isinstance(self.cadence, Cadence) else gettext_noop("Give a cadence."),
                "every": whole(self.every, 1, limits.MOST_DAYS),
                "weekdays": limits.weekdays_wrong(self.weekdays),
                "zone": None if self.zone is None else zone_wrong(self.zone),
            }
        )

    def days(self) -> Iterator[date]:
        """The days on which it is due, in order."""
        step = self.every if self.cadence is Cadence.EVERY else 1
        length = 1 if self.cadence is Cadence.ONCE else (self.last - self.first).days + 1
        for number in range(0, length, step):
            day = self.first + timedelta(days=number)
            if self.cadence is not Cadence.WEEKDAYS or day.isoweekday() in self.weekdays:
                yield day


@dataclass(frozen=True)
class Message:
    """One piece of content for the people of some segments, by one channel, for one stage.

    `priority`: 0 to 100, higher goes first. `approved`: when its campaign was; None is later than any. Who gets a
    transactional message asked for it: an invoice, a new password.
    """

    id: str
    campaign: str
    channel: str
    stage: str
    segments: frozenset[str]
    sending: At | Window
    priority: int = 50
    approved: datetime | None = None
    transactional: bool = False
    persona: str | None = None
    offer: str | None = None

    def __post_init__(self) -> None:
        raise_all(
            {
                "id": named(self.id),
                **names_wrong("segments", self.segments),
                "sending": None
                if isinstance(self.sending, At | Window)
                else gettext_noop("Give a moment or a window."),
                "priority": whole(self.priority, 0, 100),
                "approved": None if self.approved is None else moment_wrong(self.approved),
            }
        )

    @property
    def rank(self) -> tuple[int, float, str]:
        """Sorts messages: priority, then who was approved first, then the id."""
        return (-self.priority, self.approved.timestamp() if self.approved else float("inf"), self.id)


def moment_wrong(moment: datetime) -> str | None:
    if not isinstance(moment, datetime) or moment.utcoffset() is None:
        return gettext_noop("Give a moment with its zone.")
    return limits.on_calendar(moment.date())
