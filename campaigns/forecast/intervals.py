"""What the draws say: the median, and the ends between which the middle 80 % of them lie."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from campaigns.forecast.reasons import Reason

SHARES = (0.1, 0.5, 0.9)


@dataclass(frozen=True)
class Interval:
    p10: float
    p50: float
    p90: float


@dataclass(frozen=True)
class Series:
    """One interval a month, its ends in rows of their own."""

    p10: tuple[float, ...]
    p50: tuple[float, ...]
    p90: tuple[float, ...]


def interval(draws: np.ndarray) -> Interval:
    return Interval(*np.quantile(draws, SHARES).tolist())


def series(draws: np.ndarray) -> Series:
    """Of a row a month and a column a draw."""
    return Series(*(tuple(row) for row in np.quantile(draws, SHARES, axis=-1).tolist()))


def ratio(above: np.ndarray, below: np.ndarray, nothing_below: Reason) -> Interval | Reason:
    """Of a ratio draw by draw; a Reason where one of them has nothing to divide by."""
    if not below.all():
        return nothing_below
    with np.errstate(over="ignore"):
        found = above / below
    return interval(found) if np.isfinite(found).all() else Reason.OUT_OF_RANGE


def month_of(numbers: np.ndarray, names: Sequence[str]) -> tuple[str | None, ...]:
    """The same three of numbers of months; None for a number beyond the last one."""
    found = np.quantile(numbers, SHARES, method="inverted_cdf").tolist()
    return tuple(names[int(number)] if number < len(names) else None for number in found)
