"""The difference of two variants, treatment − control, and the tests for those who look once, at the planned end."""

import math
from dataclasses import dataclass

from scipy.special import stdtr, stdtrit

from experiments.stats.estimates import Estimate, Interval
from experiments.stats.limits import MOST_VALUE
from experiments.stats.reasons import Reason


@dataclass(frozen=True)
class Difference:
    """In the metric's unit. `freedom` are Welch's degrees of freedom, `users` those of both variants."""

    control: Estimate
    treatment: Estimate
    value: float
    error: float
    freedom: float

    @property
    def users(self) -> int:
        return self.control.n + self.treatment.n

    @property
    def fewest(self) -> int:
        return min(self.control.n, self.treatment.n)


@dataclass(frozen=True)
class Test:
    """A two-sided p-value, and the interval at 1 − alpha that it agrees with."""

    p_value: float
    interval: Interval


def difference(control: Estimate, treatment: Estimate) -> Difference | Reason:
    """Welch (1947): variances are not taken as equal.

    se² = s₁²/n₁ + s₀²/n₀; degrees of freedom by Welch and Satterthwaite, se⁴/(Σ (s²/n)²/(n − 1)).
    """
    if min(control.n, treatment.n) < 2:
        return Reason.TOO_FEW_USERS
    squared = control.error + treatment.error
    if squared == 0:
        return Reason.NO_VARIATION
    share = control.error / squared
    freedom = 1 / (share * share / (control.n - 1) + (1 - share) * (1 - share) / (treatment.n - 1))
    return Difference(control, treatment, treatment.value - control.value, math.sqrt(squared), freedom)


def welch(found: Difference, *, alpha: float) -> Test:
    """Welch's t on the absolute difference; for shares on the 0/1 values."""
    p_value = 2 * stdtr(found.freedom, -abs(found.value) / found.error)
    return Test(float(p_value), around(found.value, found.error, found.freedom, alpha))


def around(value: float, error: float, freedom: float, alpha: float) -> Interval:
    half = -float(stdtrit(freedom, alpha / 2)) * error
    return value - half, value + half


def relative_effect(control: Estimate, treatment: Estimate) -> float | Reason:
    """treatment/control − 1: 0.02 is 2 % more. Needs a control above 0."""
    if control.value <= 0:
        return Reason.CONTROL_NOT_POSITIVE
    effect = (treatment.value - control.value) / control.value
    return effect if abs(effect) <= MOST_VALUE else Reason.OUT_OF_RANGE


def relative_interval(found: Difference, *, alpha: float) -> Interval | Reason:
    """By the delta method: var(b/a) ≈ (var b + (b/a)²·var a)/a², with Welch's degrees of freedom.

    Where the control's own interval reaches 0 there is none: Fieller's (1954) is unbounded there.
    """
    control, treatment = found.control, found.treatment
    effect = relative_effect(control, treatment)
    if isinstance(effect, Reason):
        return effect
    own = math.sqrt(control.error)
    if control.value <= -stdtrit(control.n - 1, alpha / 2) * own:
        return Reason.CONTROL_NEAR_ZERO
    error = math.hypot(math.sqrt(treatment.error), treatment.value / control.value * own) / control.value
    interval = around(effect, error, found.freedom, alpha)
    return interval if max(map(abs, interval)) <= MOST_VALUE else Reason.OUT_OF_RANGE
