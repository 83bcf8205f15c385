"""Ranges of days that a view shows, and the way from one to the next."""

import datetime
from dataclasses import dataclass

from campaigns.months import last_day, later
from campaigns.pressure.limits import FIRST_DAY, LAST_DAY

DAY = datetime.timedelta(1)
AGENDA_DAYS = 28
MONDAY, SATURDAY, SUNDAY = 1, 6, 7


@dataclass(frozen=True)
class Range:
    """Days from `first` to `last`, both included."""

    first: datetime.date
    last: datetime.date

    @property
    def count(self) -> int:
        return (self.last - self.first).days + 1

    def days(self) -> list[datetime.date]:
        return [self.first + datetime.timedelta(number) for number in range(self.count)]

    def has(self, day: datetime.date) -> bool:
        return self.first <= day <= self.last


def week_of(day: datetime.date, starts: int) -> Range:
    """The week of a day; `starts` is the ISO weekday that it begins with: 1 is Monday, 7 is Sunday."""
    first = day - datetime.timedelta((day.isoweekday() - starts) % 7)
    return Range(first, first + 6 * DAY)


def month_of(day: datetime.date) -> Range:
    return Range(day.replace(day=1), last_day(day))


def shown(view: str, on: datetime.date, *, starts: int, weeks: int) -> Range:
    """What a view shows when it is opened on a day: of a month its whole weeks."""
    if view == "week":
        return week_of(on, starts)
    if view == "agenda":
        return Range(on, on + (AGENDA_DAYS - 1) * DAY)
    if view == "timeline":
        first = week_of(on, starts).first
        return Range(first, first + (7 * weeks - 1) * DAY)
    month = month_of(on)
    return Range(week_of(month.first, starts).first, week_of(month.last, starts).last)


def step(view: str, on: datetime.date, direction: int, *, weeks: int) -> datetime.date | None:
    """The day to open the view on for what comes next (1) or before (-1); None where the calendar ends."""
    if view == "month":
        turned = later(on, direction)
    else:
        days = {"week": 7, "agenda": AGENDA_DAYS}.get(view, 7 * max(1, weeks // 2))
        turned = on + datetime.timedelta(direction * days)
    return turned if FIRST_DAY <= turned <= LAST_DAY else None


def week_number(first: datetime.date) -> int:
    """The ISO number of a week that begins with this day: that of its Thursday, wherever the week begins."""
    return next(day for day in Range(first, first + 6 * DAY).days() if day.isoweekday() == 4).isocalendar().week
