"""How many users an experiment needs, how long that takes, and which effect a number of users can show.

Fleiss, Levin, Paik (2003), "Statistical Methods for Rates and Proportions", section 4: shares, with the pooled variance
under the null and the unpooled one under the alternative; means with the normal approximation. Two-sided, for a fixed
horizon. `alpha` is that of one comparison: divide it by the number of treatments to keep it for all of them.

Welch's t does not pool. With equal parts it has the power planned for; with a treatment that is much smaller than the
control and a large effect a little less, such as 78 % of 80 % for 10 % against 12 % at 80 to 20.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy.optimize import brentq
from scipy.special import ndtri

from experiments.stats import limits
from experiments.stats.limits import InvalidInput, above_zero, between, raise_all
from teams.words import Sentence, gettext_noop


@dataclass(frozen=True)
class Question:
    """`baseline`: the control's share or mean, above 0. `sd`: of one user's value; None says that it is a share.

    `power`: the chance to see an effect that is there. `allocation`: weights, the control's first.
    """

    baseline: float
    alpha: float
    power: float
    allocation: tuple[float, ...]
    sd: float | None = None

    def __post_init__(self) -> None:
        errors = {
            "baseline": above_zero(self.baseline, limits.MOST_VALUE),
            "sd": None if self.sd is None else above_zero(self.sd, limits.MOST_VALUE),
            "alpha": between(self.alpha, limits.LEAST_ALPHA, limits.MOST_ALPHA),
            "power": between(self.power, 0, 1 - limits.LEAST_ALPHA),
            **allocation_wrong(self.allocation),
        }
        raise_all(errors)
        if self.sd is None and self.baseline >= 1:
            raise InvalidInput({"baseline": gettext_noop("A share is below 1.")})
        if self.power <= self.alpha:
            raise InvalidInput({"power": gettext_noop("The power must be above alpha.")})

    @property
    def quantiles(self) -> tuple[float, float]:
        return -float(ndtri(self.alpha / 2)), float(ndtri(self.power))


@dataclass(frozen=True)
class Size:
    per_variant: tuple[int, ...]
    total: int


def allocation_wrong(allocation: Sequence[float]) -> dict[str, str | None]:
    if not 2 <= len(allocation) <= limits.MOST_VARIANTS:
        few = gettext_noop("Give from 2 to %(most)s weights, the control's first.")
        return {"allocation": Sentence(few, most=limits.MOST_VARIANTS)}
    each = {f"allocation.{number}": above_zero(weight, 1) for number, weight in enumerate(allocation)}
    return each if any(each.values()) else {"allocation": limits.weights_wrong(list(allocation))}


def sample_size(question: Question, *, minimum_effect: float) -> Size:
    """Users for the comparison that needs most of them. `minimum_effect` is relative and above 0: 0.02 is 2 % more.

    Raises InvalidInput where the effect leads beyond 100 %, or needs more users than there can be.
    """
    raise_all({"minimum_effect": above_zero(minimum_effect, limits.MOST_VALUE)})
    change = question.baseline * minimum_effect
    if question.sd is None and question.baseline + change >= 1:
        raise InvalidInput({"minimum_effect": gettext_noop("With this effect the share would reach 100 %.")})
    users = max(users_for(question, change, weight) for weight in question.allocation[1:])
    if not users <= limits.MOST_USERS:
        many = gettext_noop("This effect needs more than %(most)s users.")
        raise InvalidInput({"minimum_effect": Sentence(many, most=limits.MOST_USERS)})
    whole = math.fsum(question.allocation)
    counts = tuple(max(2, math.ceil(users * (weight / whole) * (1 - 1e-12))) for weight in question.allocation)
    return Size(counts, sum(counts))


def users_for(question: Question, change: float, weight: float) -> float:
    """Users of all variants, not rounded, for one treatment's comparison to show an absolute change."""
    first = question.allocation[0]
    false_alarm, power = question.quantiles
    if question.sd is not None:
        score = (false_alarm + power) * math.sqrt(1 / first + 1 / weight) * (question.sd / change)
    else:
        before, after = question.baseline, question.baseline + change
        pooled = (first * before + weight * after) / (first + weight)
        null = math.sqrt(pooled * (1 - pooled) * (1 / first + 1 / weight))
        alternative = math.sqrt(before * (1 - before) / first + after * (1 - after) / weight)
        score = (false_alarm * null + power * alternative) / change if change else math.inf
    return score * score


def days(total: int, *, daily_traffic: float) -> int:
    """Whole days until `daily_traffic` users a day, of all variants together, are `total`."""
    raise_all({"daily_traffic": above_zero(daily_traffic, limits.MOST_USERS)})
    needed = total / daily_traffic
    if needed > limits.MOST_USERS:
        raise InvalidInput({"daily_traffic": gettext_noop("With this traffic it would never end.")})
    return math.ceil(needed * (1 - 1e-12))


def detectable_effect(question: Question, *, total: int) -> float | None:
    """The reverse: the smallest relative effect that `total` users show with this power. None where a share cannot
    grow that much."""
    raise_all({"total": limits.whole(total, 2 * len(question.allocation), limits.MOST_USERS)})
    least = min(question.allocation[1:])

    def excess(effect: float) -> float:
        return math.log(users_for(question, question.baseline * effect, least) / total)

    if question.sd is not None:
        return math.exp(excess(1.0) / 2)  # users fall with the square of the effect
    highest = (1 - question.baseline) / question.baseline * (1 - 1e-9)
    lowest = highest * 1e-9
    if excess(highest) > 0 or excess(lowest) < 0:
        return None
    return float(brentq(excess, lowest, highest, xtol=1e-15, rtol=1e-12))
