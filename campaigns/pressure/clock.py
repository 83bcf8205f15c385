"""The wall clock of a zone, and moments on it. Instants are whole seconds since 1970 in UTC."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from campaigns.pressure.limits import InvalidInput
from teams.words import Sentence, gettext_noop

MIDNIGHT = time()


class Period(StrEnum):
    """Calendar days, ISO weeks and calendar months. Periods have numbers that grow by 1 from one to the next."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def first_day(self, number: int) -> int:
        """The ordinal of its first day."""
        if self is Period.WEEK:
            return number * 7 + 1
        return number if self is Period.DAY else date(number // 12, number % 12 + 1, 1).toordinal()


@lru_cache(maxsize=4096)
def months(day: int) -> int:
    found = date.fromordinal(day)
    return found.year * 12 + found.month - 1


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant as one person sees it: the numbers of its periods, and what the wall shows."""

    seconds: int
    day: int  # the ordinal of the date
    week: int
    month: int
    wall: datetime

    def number(self, period: Period) -> int:
        found: int = getattr(self, period)  # a period is the name of its field
        return found


class Clock:
    """`moment` tells what the wall shows at an instant; `instant` when it shows a time first. Answers are kept."""

    def __init__(self, zone: str) -> None:
        self.zone = zone
        self.info = zone_of(zone)
        self.moments: dict[int, Moment] = {}
        self.instants: dict[tuple[date, time], int] = {}

    def moment(self, seconds: int) -> Moment:
        found = self.moments.get(seconds)
        if found is None:
            wall = datetime.fromtimestamp(seconds, self.info)
            day = wall.toordinal()
            found = self.moments[seconds] = Moment(seconds, day, (day - 1) // 7, months(day), wall)
        return found

    def instant(self, day: date, at: time = MIDNIGHT) -> int:
        """The first instant at which the wall shows this time of this day, or a later one where the clock is put
        forward over it."""
        found = self.instants.get((day, at))
        if found is None:
            found = self.instants[day, at] = self.first_shown(datetime.combine(day, at).replace(microsecond=0, fold=0))
        return found

    def first_shown(self, wall: datetime) -> int:
        found = int(wall.replace(tzinfo=self.info).timestamp())
        if self.shown(found) == wall:
            return found
        before = int(wall.replace(tzinfo=self.info, fold=1).timestamp())
        while found - before > 1:
            middle = (found + before) // 2
            before, found = (before, middle) if self.shown(middle) >= wall else (middle, found)
        return found

    def after(self, seconds: int, day: date, at: time = MIDNIGHT) -> int:
        """The same, but later than an instant at which the wall shows less: the second time where the clock was put
        back in between."""
        found = self.instant(day, at)
        if found > seconds:
            return found
        return int(datetime.combine(day, at, tzinfo=self.info).replace(microsecond=0, fold=1).timestamp())

    def put_back(self, start: int, end: int) -> int | None:
        """The instant between the two from which the clock shows earlier times once more; they are at most some days
        apart."""
        if not self.ahead(start) > self.ahead(end):
            return None
        while end - start > 1:
            middle = (start + end) // 2
            start, end = (start, middle) if self.ahead(middle) < self.ahead(start) else (middle, end)
        return end

    def ahead(self, seconds: int) -> timedelta:
        """By how much it is ahead of UTC."""
        return self.moment(seconds).wall.utcoffset() or timedelta()

    def shown(self, seconds: int) -> datetime:
        return datetime.fromtimestamp(seconds, self.info).replace(tzinfo=None)

    def end(self, day: date) -> int:
        """The instant at which the day is over."""
        return self.instant(day + timedelta(days=1))

    def day_after(self, moment: "Moment", day: int) -> int:
        """The start of the day with this ordinal, which lies after the moment."""
        return self.after(moment.seconds, date.fromordinal(day))


class Clocks(dict[str, Clock]):
    """One clock per zone, made when first asked for."""

    def __missing__(self, zone: str) -> Clock:
        self[zone] = Clock(zone)
        return self[zone]


@lru_cache(maxsize=1024)
def zone_of(zone: str) -> ZoneInfo:
    """Raises InvalidInput for a zone that does not exist."""
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError, TypeError):
        raise InvalidInput({"zone": Sentence(gettext_noop("There is no zone “%(zone)s”."), zone=zone)}) from None


def zone_wrong(zone: str) -> str | None:
    try:
        zone_of(zone)
    except InvalidInput as refused:
        return refused.errors["zone"]
    except TypeError:  # what is not hashable is no name
        return gettext_noop("Give the name of a zone.")
    return None


def seconds_of(moment: datetime) -> int:
    return int(moment.timestamp())


def utc(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
