"""Ranges that inputs must keep, and the error that names the field that does not."""

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date

from teams.words import Sentence, gettext_noop

MOST_PEOPLE = 10**10
MOST_MESSAGES = 5_000
MOST_SEGMENTS = 200
MOST_POLICIES = 200
MOST_PER_PERIOD = 10_000
MOST_GAP_HOURS = 24 * 366
MOST_DAYS = 1_100  # of one message's window: three years
FIRST_DAY, LAST_DAY = date(1970, 1, 2), date(2199, 12, 31)
SHARE_TOLERANCE = 1e-6


class InvalidInput(ValueError):
    """`errors` has a sentence for each field that is wrong; a field is the way to it, such as `overlaps.0.persons`."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {sentence}" for field, sentence in errors.items()))
        self.errors = dict(errors)


def raise_all(errors: Mapping[str, str | None]) -> None:
    """Raise InvalidInput for the fields that have a sentence."""
    found = {field: sentence for field, sentence in errors.items() if sentence is not None}
    if found:
        raise InvalidInput(found)


def between(value: float, least: float, most: float) -> str | None:
    """What is wrong with a number that must be finite and in the range, ends included."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return gettext_noop("Give a number.")
    if isinstance(value, float) and not math.isfinite(value):
        return gettext_noop("Give a finite number.")
    return (
        None
        if least <= value <= most
        else Sentence(gettext_noop("Give a number from %(least)s to %(most)s."), least=f"{least:g}", most=f"{most:g}")
    )


def whole(value: int, least: int, most: int) -> str | None:
    """The same for a whole number."""
    if isinstance(value, bool) or not isinstance(value, int):
        return gettext_noop("Give a whole number.")
    return (
        None
        if least <= value <= most
        else Sentence(gettext_noop("Give a whole number from %(least)s to %(most)s."), least=least, most=most)
    )


def named(value: str) -> str | None:
    return None if isinstance(value, str) and value else gettext_noop("Give an id.")


def names_wrong(field: str, names: Set[str]) -> dict[str, str | None]:
    if not isinstance(names, Set):
        return {field: gettext_noop("Give a set of ids.")}
    return {field: next((wrong for name in names if (wrong := named(name))), None)}


def on_calendar(day: date) -> str | None:
    if type(day) is not date:
        return gettext_noop("Give a day.")
    return (
        None
        if FIRST_DAY <= day <= LAST_DAY
        else Sentence(gettext_noop("Give a day from %(first)s to %(last)s."), first=FIRST_DAY, last=LAST_DAY)
    )


def span_wrong(first: date, last: date) -> dict[str, str | None]:
    """Two days that must follow one another, or be the same one."""
    errors = {"first": on_calendar(first), "last": on_calendar(last)}
    if not any(errors.values()) and last < first:
        errors["last"] = gettext_noop("The last day is before the first.")
    return errors


def weekdays_wrong(weekdays: Iterable[int]) -> str | None:
    """ISO weekdays: 1 is Monday, 7 is Sunday."""
    return next((wrong for weekday in weekdays if (wrong := whole(weekday, 1, 7))), None)


def told_apart(field: str, ids: Sequence[str], most: int) -> None:
    """No more than there may be, and each id once."""
    if len(ids) > most:
        raise InvalidInput({field: Sentence(gettext_noop("Give at most %(most)s."), most=most)})
    seen: set[str] = set()
    for number, name in enumerate(ids):
        if name in seen:
            raise InvalidInput({f"{field}.{number}.id": gettext_noop("Another one has this id.")})
        seen.add(name)
