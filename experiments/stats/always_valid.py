"""Intervals that hold however often one looks: an asymptotic confidence sequence.

Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas (2021), "Time-uniform central limit theory and asymptotic confidence
sequences", theorem 2.2: after t users μ̂ ± σ̂·√(2(tρ² + 1)/(t²ρ²)·log(√(tρ² + 1)/α)) for all t at once. For a difference
of two variants σ̂² is t·se². With x = tρ² the half-width is se·√((1 + 1/x)·log((1 + x)/α²)).
"""

import math
from functools import lru_cache

from scipy.special import lambertw

from experiments.stats.effects import Difference, Test
from experiments.stats.reasons import Reason

LEAST_USERS = 30  # of each variant: the guarantee is asymptotic


@lru_cache(maxsize=256)
def tightest(alpha: float) -> float:
    """The x at which the sequence is tightest: −W₋₁(−α²/e) − 1, from setting the derivative by x to 0."""
    return float(-lambertw(-alpha * alpha / math.e, -1).real - 1)


def standard_errors(x: float, alpha: float) -> float:
    """The half-width at x, in standard errors of the difference at that time."""
    return math.sqrt((1 + 1 / x) * (math.log1p(x) - 2 * math.log(alpha)))


def sequence(found: Difference, *, alpha: float, planned: float, family: int = 1) -> Test | Reason:
    """The sequence at the users there are now, and its p-value: the smallest alpha whose sequence leaves 0 out.

    `planned` are the users of both variants at the planned end, where it is tightest; it must be fixed before the
    start. `family` is how many comparisons share alpha (Bonferroni): all their intervals hold at once.
    """
    if found.fewest < LEAST_USERS:
        return Reason.TOO_FEW_FOR_LOOKING
    x = tightest(alpha / family) * found.users / planned
    score = found.value / found.error
    half = found.error * standard_errors(x, alpha / family)
    p_value = math.exp(min(0.0, math.log(family) + (math.log1p(x) - score * score * x / (1 + x)) / 2))
    interval = (found.value - half, found.value + half)
    return Test(p_value, interval) if all(map(math.isfinite, interval)) else Reason.OUT_OF_RANGE
