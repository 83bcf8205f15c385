"""Policies: each says whether a message may go now and, if not, when it alone would let it.

Days, weeks and hours are those of the person's own zone.
"""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from hashlib import blake2b
from typing import ClassVar, NamedTuple

from campaigns.pressure import limits
from campaigns.pressure.clock import Moment, Period
from campaigns.pressure.history import Bucket, History, Scope
from campaigns.pressure.limits import between, named, raise_all, whole
from campaigns.pressure.messages import Message
from teams.words import gettext_noop


class Kind(StrEnum):
    CAP = "cap"
    GAP = "gap"
    QUIET_HOURS = "quiet-hours"
    QUIET_WEEKDAYS = "quiet-weekdays"
    BLACKOUT = "blackout"
    HELD_OUT = "held-out"


class Wait(NamedTuple):
    """`until`: the instant from which the policy alone allows, None for never. `lost_to`: messages in the way, as
    often as they are."""

    until: int | None
    lost_to: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Policy:
    """`of`: the channel or stage of a narrower scope; None is for each of them on its own."""

    id: str
    scope: Scope = Scope.ALL
    of: str | None = None

    kind: ClassVar[Kind]
    by_calendar: ClassVar[bool] = False  # asks nothing of the history but its clock

    def __post_init__(self) -> None:
        raise_all(self.wrong())

    def wrong(self) -> dict[str, str | None]:
        errors = {
            "id": named(self.id),
            "scope": None if isinstance(self.scope, Scope) else gettext_noop("Give a scope."),
        }
        if self.of is not None:
            errors["of"] = (
                gettext_noop("A policy on all messages has no channel or stage.")
                if self.scope is Scope.ALL
                else named(self.of)
            )
        return errors

    @property
    def holds_for(self) -> float:
        """Days for which it may hold a message."""
        return 0.0

    def binds(self, message: Message) -> bool:
        """Caps, gap and held-out share pass transactional messages."""
        return not message.transactional and self.reaches(message)

    def reaches(self, message: Message) -> bool:
        return self.of is None or self.of == self.bucket(message)[1]

    def bucket(self, message: Message) -> Bucket:
        names = {Scope.ALL: "", Scope.CHANNEL: message.channel, Scope.STAGE: message.stage}
        return self.scope, names[self.scope]

    def wait(self, history: History, bucket: Bucket, moment: Moment) -> Wait | None:
        """None: it may go."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Cap(Policy):
    """At most `n` messages per calendar day, ISO week or calendar month."""

    n: int
    per: Period
    kind = Kind.CAP

    def wrong(self) -> dict[str, str | None]:
        known = isinstance(self.per, Period)
        return super().wrong() | {
            "n": whole(self.n, 1, limits.MOST_PER_PERIOD),
            "per": None if known else gettext_noop("Give a period."),
        }

    @property
    def holds_for(self) -> float:
        return {Period.DAY: 1, Period.WEEK: 7, Period.MONTH: 31}[self.per]

    def wait(self, history: History, bucket: Bucket, moment: Moment) -> Wait | None:
        filled, number = history.ledger(bucket).filled[self.per], moment.number(self.per)
        taken = filled.get(number, ())
        if len(taken) < self.n:
            return None
        while len(filled.get(number, ())) >= self.n:
            number += 1
        return Wait(history.clock.day_after(moment, self.per.first_day(number)), tuple(taken))


@dataclass(frozen=True, kw_only=True)
class Gap(Policy):
    """At least `hours` between two messages to one person."""

    hours: float
    kind = Kind.GAP

    def wrong(self) -> dict[str, str | None]:
        return super().wrong() | {"hours": between(self.hours, 1 / 60, limits.MOST_GAP_HOURS)}

    @property
    def holds_for(self) -> float:
        return self.hours / 24

    def wait(self, history: History, bucket: Bucket, moment: Moment) -> Wait | None:
        ledger, gap = history.ledger(bucket), round(self.hours * 3600)
        until, near = moment.seconds, ledger.near(moment.seconds, gap)
        if not near:
            return None
        lost_to = tuple(message for _seconds, message in near)
        while near:
            until = near[-1][0] + gap
            near = ledger.near(until, gap)
        return Wait(until, lost_to)


@dataclass(frozen=True, kw_only=True)
class HeldOut(Policy):
    """A share of each segment, 0 to 1, that gets nothing. Who it is follows from the ids of policy and person alone."""

    share: float
    kind = Kind.HELD_OUT

    def wrong(self) -> dict[str, str | None]:
        narrow = gettext_noop("People are held out of everything.") if self.scope is not Scope.ALL else None
        return super().wrong() | {"scope": narrow, "share": between(self.share, 0, 1)}

    def wait(self, history: History, bucket: Bucket, moment: Moment) -> Wait | None:
        return Wait(None) if history.person is not None and self.holds_out(history.person) else None

    def holds_out(self, person: str) -> bool:
        digest = blake2b(f"{self.id}\0{person}".encode(), digest_size=8).digest()
        return int.from_bytes(digest) < self.share * 2**64


@dataclass(frozen=True, kw_only=True)
class CalendarPolicy(Policy):
    """Hours and days on which nothing goes. Transactional messages pass, unless it binds them too."""

    binds_transactional: bool = False
    by_calendar = True

    def binds(self, message: Message) -> bool:
        return (self.binds_transactional or not message.transactional) and self.reaches(message)


@dataclass(frozen=True, kw_only=True)
class QuietHours(CalendarPolicy):
    """From `start` until before `end` on the person's wall clock; past midnight where the end is earlier."""

    start: time
    end: time
    kind = Kind.QUIET_HOURS

    def wrong(self) -> dict[str, str | None]:
        errors = {
            name: None
            if isinstance(value, time) and value.tzinfo is None
            else gettext_noop("Give a time of day without a zone.")
            for name, value in (("start", self.start), ("end", self.end))
        }
        if not any(errors.values()) and self.start == self.end:
            errors["end"] = gettext_noop("Quiet hours end at another time than they start.")
        return super().wrong() | errors

    def wait(self, history: History, bucket: Bucket, moment: Moment) -> Wait | None:
        now, clock = moment.wall.time(), history.clock
        if not self.quiet(now):
            return None
        evening = self.end < self.start <= now
        until = clock.after(moment.seconds, date.fromordinal(moment.day + evening), self.end)
        back = clock.put_back(moment.seconds, until)
        if back is not None and not self.quiet(clock.moment(back).wall.time()):
            return Wait(back)  # the clock is put back to a time before quiet hours: they begin once more
        return Wait(until)

    def quiet(self, now: time) -> bool:
        if self.end < self.start:
            return now >= self.start or now < self.end
        return self.start <= now < self.end


@dataclass(frozen=True, kw_only=True)
class QuietWeekdays(CalendarPolicy):
    """ISO weekdays: 1 is Monday, 7 is Sunday."""

    weekdays: frozenset[int]
    kind = Kind.QUIET_WEEKDAYS

    def wrong(self) -> dict[str, str | None]:
        all_week = gettext_noop("One day of the week must be left.") if len(set(self.weekdays)) > 6 else None
        return super().wrong() | {"weekdays": limits.weekdays_wrong(self.weekdays) or all_week}

    def wait(self, history: History, bucket: Bucket, moment: Moment) -> Wait | None:
        day = moment.day
        while (day % 7 or 7) in self.weekdays:
            day += 1
        return None if day == moment.day else Wait(history.clock.day_after(moment, day))


@dataclass(frozen=True, kw_only=True)
class Blackout(CalendarPolicy):
    days: frozenset[date]
    kind = Kind.BLACKOUT

    def wrong(self) -> dict[str, str | None]:
        return super().wrong() | {
            "days": next((wrong for day in self.days if (wrong := limits.on_calendar(day))), None)
        }

    def wait(self, history: History, bucket: Bucket, moment: Moment) -> Wait | None:
        day = moment.day
        while date.fromordinal(day) in self.days:
            day += 1
        return None if day == moment.day else Wait(history.clock.day_after(moment, day))
