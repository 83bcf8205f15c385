"""Ratios of two sums by the delta method.

Deng, Knoblich, Lu (2018), "Applying the Delta Method in Metric Analytics", section 3: R = ΣN/ΣD behaves like the mean
of Z = R + (N − R·D)/D̄, so var Z = (var N − 2R·cov(N, D) + R²·var D)/D̄².
"""

import math
from fractions import Fraction
from typing import Protocol

from experiments.stats.limits import MOST_VALUE
from experiments.stats.reasons import Reason
from teams.words import gettext_noop

VANISHING = 1e-12  # relative: less is what rounding leaves of a sum of squares
CONTRADICTION = 1e-9
CLEAR = 1e-4  # relative: so far from 0 floats, which round at 1e-16, say the same as fractions to the tenth place
NEAR_ZERO = 3  # standard errors between a mean denominator and 0


class Sums(Protocol):
    @property
    def n(self) -> int: ...
    @property
    def sum_numerator(self) -> float: ...
    @property
    def sum_denominator(self) -> float: ...
    @property
    def sum_numerator_squares(self) -> float: ...
    @property
    def sum_denominator_squares(self) -> float: ...
    @property
    def sum_product(self) -> float: ...


def spread(n: int, product: float, one: float, other: float) -> Fraction:
    """Σxy − Σx·Σy/n without rounding."""
    return Fraction(product) - Fraction(one) * Fraction(other) / n


def moments_wrong(sums: Sums) -> dict[str, str | None]:
    """Sums that no users can have: squares too small for their sum, a product too large for both squares."""
    if sums.n == 0:
        given = (
            sums.sum_numerator,
            sums.sum_denominator,
            sums.sum_numerator_squares,
            sums.sum_denominator_squares,
            sums.sum_product,
        )
        return {"n": gettext_noop("Sums without users.") if any(given) else None}
    if clearly_possible(sums):
        return {}
    numerator = spread(sums.n, sums.sum_numerator_squares, sums.sum_numerator, sums.sum_numerator)
    denominator = spread(sums.n, sums.sum_denominator_squares, sums.sum_denominator, sums.sum_denominator)
    both = spread(sums.n, sums.sum_product, sums.sum_numerator, sums.sum_denominator)
    slack = Fraction(CONTRADICTION) * Fraction(sums.sum_numerator_squares) * Fraction(sums.sum_denominator_squares)
    small = gettext_noop("The squares are too small for this sum and n.")
    return {
        "sum_numerator_squares": small
        if numerator < -Fraction(CONTRADICTION) * Fraction(sums.sum_numerator_squares)
        else None,
        "sum_denominator_squares": small
        if denominator < -Fraction(CONTRADICTION) * Fraction(sums.sum_denominator_squares)
        else None,
        "sum_product": gettext_noop("No users have this product with these squares.")
        if both * both > max(numerator, Fraction(0)) * max(denominator, Fraction(0)) + slack
        else None,
    }


def clearly_possible(sums: Sums) -> bool:
    """In floats, which is ten times as fast: far from where rounding could matter."""
    n, above, below = sums.n, float(sums.sum_numerator), float(sums.sum_denominator)
    numerator = sums.sum_numerator_squares - above * (above / n)
    denominator = sums.sum_denominator_squares - below * (below / n)
    both = sums.sum_product - above * (below / n)
    far = numerator > CLEAR * sums.sum_numerator_squares and denominator > CLEAR * sums.sum_denominator_squares
    return far and both * both < (1 - CLEAR) * numerator * denominator


def linearized(sums: Sums) -> tuple[float, float | None] | Reason:
    """The ratio and the variance of its linearized values; no variance with fewer than two users."""
    if sums.sum_denominator <= 0:
        return Reason.NO_DENOMINATOR
    if abs(sums.sum_numerator) > MOST_VALUE * sums.sum_denominator:
        return Reason.OUT_OF_RANGE
    if sums.n < 2:
        return sums.sum_numerator / sums.sum_denominator, None
    return in_floats(sums) or in_fractions(sums)


def in_floats(sums: Sums) -> tuple[float, float] | None:
    """Where nothing cancels; None where it might."""
    n, below = sums.n, float(sums.sum_denominator)
    ratio, mean = float(sums.sum_numerator) / below, below / n
    squares = sums.sum_numerator_squares + ratio * ratio * sums.sum_denominator_squares
    rest = squares - 2 * ratio * sums.sum_product
    error = (sums.sum_denominator_squares - below * mean) / (n - 1) / n
    if rest <= CLEAR * squares or mean * mean < (1 + CLEAR) * NEAR_ZERO * NEAR_ZERO * error:
        return None
    variance = rest / (n - 1) / (mean * mean) if mean > 1e-100 else math.inf
    return (ratio, variance) if variance < MOST_VALUE * MOST_VALUE else None


def in_fractions(sums: Sums) -> tuple[float, float] | Reason:
    ratio = Fraction(sums.sum_numerator) / Fraction(sums.sum_denominator)
    denominator = spread(sums.n, sums.sum_denominator_squares, sums.sum_denominator, sums.sum_denominator)
    mean = Fraction(sums.sum_denominator) / sums.n
    if mean * mean < NEAR_ZERO * NEAR_ZERO * denominator / (sums.n - 1) / sums.n:
        return Reason.DENOMINATOR_NEAR_ZERO
    # Σ(N − R·D)²: the mean of N − R·D is 0
    rest = (
        Fraction(sums.sum_numerator_squares)
        - 2 * ratio * Fraction(sums.sum_product)
        + ratio * ratio * Fraction(sums.sum_denominator_squares)
    )
    noise = Fraction(VANISHING) * (
        Fraction(sums.sum_numerator_squares) + ratio * ratio * Fraction(sums.sum_denominator_squares)
    )
    variance = rest / (sums.n - 1) / mean / mean if rest > noise else Fraction(0)
    return Reason.OUT_OF_RANGE if variance > Fraction(MOST_VALUE) ** 2 else (float(ratio), float(variance))
