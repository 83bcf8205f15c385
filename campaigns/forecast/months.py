"""Months by their names, such as 2027-01."""

import re

from teams.words import gettext_noop

NAME = re.compile(r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])\Z")


def start_wrong(start: str) -> str | None:
    named = isinstance(start, str) and NAME.match(start)
    return None if named else gettext_noop("Give a month from 1900-01 to 2199-12, as 2027-01.")


def names(start: str, months: int) -> tuple[str, ...]:
    year, month = map(int, start.split("-"))
    numbers = range(12 * year + month - 1, 12 * year + month - 1 + months)
    return tuple(f"{number // 12:04d}-{number % 12 + 1:02d}" for number in numbers)
