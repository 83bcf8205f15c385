"""Ranges that inputs must keep, and the error that names the field that does not."""

import math
from collections.abc import Mapping

from teams.words import Sentence, gettext_noop

MOST_USERS = 10**12
MOST_VALUE = 1e15
MOST_SUM = MOST_USERS * MOST_VALUE
MOST_SQUARES = MOST_SUM * MOST_VALUE
LEAST_ALPHA, MOST_ALPHA = 1e-6, 0.5
MOST_VARIANTS = 50
WEIGHT_TOLERANCE = 1e-6


class InvalidInput(ValueError):
    """`errors` has a sentence for each field that is wrong; a field is the way to it, such as `variants.0.n`."""

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
    if least <= value <= most:
        return None
    return Sentence(gettext_noop("Give a number from %(least)s to %(most)s."), least=f"{least:g}", most=f"{most:g}")


def whole(value: int, least: int, most: int) -> str | None:
    """The same for a whole number."""
    if isinstance(value, bool) or not isinstance(value, int):
        return gettext_noop("Give a whole number.")
    if least <= value <= most:
        return None
    return Sentence(gettext_noop("Give a whole number from %(least)s to %(most)s."), least=least, most=most)


def above_zero(value: float, most: float) -> str | None:
    """The same for a number above 0."""
    wrong = between(value, 0, most)
    return wrong or (None if value > 0 else gettext_noop("Give a number above 0."))


def weights_wrong(weights: list[float]) -> str | None:
    """Shares of users add up to 1, up to what decimals leave out."""
    total = math.fsum(weights)
    if abs(total - 1) <= WEIGHT_TOLERANCE:
        return None
    return Sentence(gettext_noop("All weights together must be 1; these are %(total)s."), total=f"{total:.7g}")
