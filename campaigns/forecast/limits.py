"""Ranges that inputs must keep, and the error that names the field that does not."""

import math
from collections.abc import Mapping

from teams.words import Sentence, gettext_noop

DRAWS, MOST_DRAWS = 10_000, 100_000
MOST_SEED = 2**63 - 1
MOST_MONTHS = 120
MOST_CHANNELS = 50
MOST_STAGES = 30
MOST_NAME = 100
MOST_PEOPLE = 1e12  # a month and channel
MOST_MONEY = 1e12
LEAST_PRICE = 1e-6  # of a visit
MOST_LAG_DAYS = 3650
MOST_CELLS = 12_000_000  # draws × months × (channels + stages): at the worst about two seconds and 250 MB
LEAST_CELLS = 5  # a draw and month, however few channels and stages there are


class InvalidInput(ValueError):
    """`errors` has a sentence for each field that is wrong; a field is the way to it, such as `stages.0.rate.low`."""

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


def name_wrong(value: str) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return gettext_noop("Give a name.")
    return (
        None
        if len(value) <= MOST_NAME
        else Sentence(gettext_noop("Give a name of at most %(most)s characters."), most=MOST_NAME)
    )
