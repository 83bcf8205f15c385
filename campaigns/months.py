"""Months as their first days, and as they stand in addresses: 2027-03."""

import datetime
import re

WRITTEN = re.compile(r"(\d{4})-(\d{2})")


def month_of(day: datetime.date) -> datetime.date:
    return day.replace(day=1)


def later(month: datetime.date, number: int) -> datetime.date:
    """The month so many months later; earlier where the number is below 0. Raises ValueError outside of the years
    1 to 9999."""
    count = month.year * 12 + month.month - 1 + number
    return datetime.date(count // 12, count % 12 + 1, 1)


def months_between(first: datetime.date, last: datetime.date) -> int:
    """From the month of one day to that of another; 0 within one month."""
    return (last.year - first.year) * 12 + last.month - first.month


def name_of(day: datetime.date) -> str:
    """The month of a day as read_month reads it."""
    return day.isoformat()[:7]


def first_day(name: str) -> datetime.date:
    """Of a month that is known to be one; ValueError for any other."""
    return datetime.date.fromisoformat(f"{name}-01")


def read_month(text: str) -> datetime.date | None:
    """2027-03 as its first day; None for what is no month."""
    written = WRITTEN.fullmatch(text)
    if written is None:
        return None
    try:
        return datetime.date(int(written[1]), int(written[2]), 1)
    except ValueError:
        return None


def last_day(month: datetime.date) -> datetime.date:
    return later(month, 1) - datetime.timedelta(1)
