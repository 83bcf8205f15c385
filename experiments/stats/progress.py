"""About how many days an experiment still takes, from the width of its always-valid intervals, never from the lift.

An interval whose half-width is below the smallest effect that matters tells the effect from 0 or from the margin. With
t users the half-width is √(σ²/t)·√((1 + 1/x)·log((1 + x)/α²)), x ∝ t (always_valid.py); it is solved for t, with σ² and
the split of users as they are now.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from scipy.optimize import brentq

from experiments.stats.always_valid import standard_errors, tightest
from experiments.stats.analysis import Analysis, Comparison, Plan
from experiments.stats.inputs import Variant
from experiments.stats.limits import MOST_USERS
from experiments.stats.reasons import Reason

WINDOW = 14  # days


def users_a_day(entered: Mapping[date, int], *, start: date, until: date) -> float | Reason:
    """Users of all variants a day, over the last 14 days up to `until`, or since `start`. `entered` on each day; what
    was entered once for a week counts on its day. A Reason where nobody came."""
    first = max(start, until - timedelta(days=WINDOW - 1))
    days = (until - first).days + 1
    users = sum(n for day, n in entered.items() if first <= day <= until)
    return users / days if users > 0 and days > 0 else Reason.NO_RATE


def days_left(variants: Sequence[Variant], plan: Plan, analysis: Analysis, *, a_day: float | Reason) -> int | Reason:
    """Whole days until all treatments' intervals of one metric are narrow enough, with `a_day` users of all variants; 0
    when they are. `analysis` is of these variants and this plan."""
    control, *treatments = variants
    return longest(
        [
            for_one(comparison, (control, treatment), plan, analysis.family, a_day)
            for comparison, treatment in zip(analysis.comparisons, treatments, strict=True)
        ]
    )


def longest(several: Sequence[int | Reason]) -> int | Reason:
    """Of treatments or of metrics. A Reason where one of them has a Reason, or where there is none."""
    reasons = [one for one in several if isinstance(one, Reason)]
    days = [one for one in several if not isinstance(one, Reason)]
    return reasons[0] if reasons else max(days, default=Reason.NO_RATE)


def until_total(planned_total: int, users: int, *, a_day: float | Reason) -> int | Reason:
    """Whole days until there are `planned_total` users of all variants; 0 when there are."""
    return whole_days(planned_total - users, a_day)


def for_one(
    comparison: Comparison, pair: tuple[Variant, Variant], plan: Plan, family: int, a_day: float | Reason
) -> int | Reason:
    looked, margin = comparison.always_valid, comparison.margin
    if looked is None or margin is None or plan.planned_total is None:
        return next(reason for reason in comparison.reasons if reason is not Reason.CONTROL_NEAR_ZERO)
    half = (looked.interval[1] - looked.interval[0]) / 2
    users, share = sum(one.summary.n for one in pair), math.fsum(one.weight for one in pair)
    rate = tightest(plan.alpha / family) / (plan.planned_total * share)
    shrinking = margin / half if half else math.inf  # rounding may leave no width beside a large effect
    needed = users_for(shrinking, users, rate=rate, alpha=plan.alpha / family)
    if isinstance(needed, Reason):
        return needed
    return whole_days(needed - users, a_day if isinstance(a_day, Reason) else a_day * share)


def users_for(shrinking: float, users: int, *, rate: float, alpha: float) -> float | Reason:
    """Users at which the half-width is `shrinking` times what it is with `users`. `rate`: x per user."""
    if shrinking >= 1:
        return users
    now = math.log(standard_errors(rate * users, alpha)) - math.log(users) / 2

    def excess(logarithm: float) -> float:
        half = math.log(standard_errors(rate * math.exp(logarithm), alpha)) - logarithm / 2
        return half - now - math.log(shrinking)

    most = math.log(MOST_USERS)
    if shrinking == 0 or excess(most) > 0:
        return Reason.OUT_OF_RANGE
    return math.exp(brentq(excess, math.log(users), most, xtol=1e-13))


def whole_days(users: float, a_day: float | Reason) -> int | Reason:
    if users <= 0:
        return 0
    if isinstance(a_day, Reason) or not a_day > 0:
        return a_day if isinstance(a_day, Reason) else Reason.NO_RATE
    return math.ceil(users / a_day * (1 - 1e-12))
