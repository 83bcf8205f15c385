"""Why the actual numbers are others than the plan's: parts for volume, rates and value that add up to the gap.

Customers are volume × rates and revenue is that × value. Changing one factor after the other from plan to actual gives
each its part, but the parts depend on the order; their average over all orders does not and leaves no rest: Shapley
(1953), "A value for n-person games"; Shorrocks (2013), "Decomposition procedures for distributional analysis".
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from campaigns.forecast import limits
from campaigns.forecast.limits import InvalidInput, between, raise_all
from campaigns.forecast.reasons import Reason
from teams.words import Sentence, gettext_noop


@dataclass(frozen=True)
class Numbers:
    """Of some months together: who entered, who passed each stage, and the revenue; None explains customers instead."""

    volume: float
    passed: tuple[float, ...]
    revenue: float | None = None

    def __post_init__(self) -> None:
        most = limits.MOST_PEOPLE * limits.MOST_MONTHS
        raise_all(
            {
                "volume": between(self.volume, 0, most),
                **{f"passed.{number}": between(count, 0, most) for number, count in enumerate(self.passed)},
                "revenue": None if self.revenue is None else between(self.revenue, 0, most),
            }
        )

    @property
    def chain(self) -> list[float]:
        return [1.0, self.volume, *self.passed, *([] if self.revenue is None else [self.revenue])]


@dataclass(frozen=True)
class Gap:
    """`total` is actual − plan, of revenue or of customers. `rates`: a part per stage. `value`: 0 for customers."""

    total: float
    volume: float
    rates: tuple[float, ...]
    value: float

    @property
    def rate(self) -> float:
        return math.fsum(self.rates)


def gap(plan: Numbers, actual: Numbers) -> Gap | Reason:
    """Rates are those seen in the months: with lags, months together say more than one alone. One that cannot be seen,
    because nobody came before, counts as planned. A Reason where somebody passed although nobody came before."""
    if len(plan.passed) != len(actual.passed):
        sentence = gettext_noop("The plan has %(planned)s stages; these are %(given)s.")
        raise InvalidInput({"passed": Sentence(sentence, planned=len(plan.passed), given=len(actual.passed))})
    if (plan.revenue is None) != (actual.revenue is None):
        raise InvalidInput({"revenue": gettext_noop("Give it for plan and actual, or for none.")})
    before, after = factors(plan.chain), factors(actual.chain)
    if before is None or after is None:
        return Reason.NOBODY_BEFORE
    pairs = list(zip(before, after, strict=True))
    known = [(p if p is not None else a or 0.0, a if a is not None else p or 0.0) for p, a in pairs]
    found = parts([p for p, _a in known], [a for _p, a in known])
    if not all(map(math.isfinite, found)):
        return Reason.OUT_OF_RANGE
    stages = len(plan.passed)
    value = 0.0 if plan.revenue is None else found[-1]
    return Gap(actual.chain[-1] - plan.chain[-1], found[0], tuple(found[1 : stages + 1]), value)


def factors(chain: Sequence[float]) -> list[float | None] | None:
    """What each number is of the one before; None for 0 of 0, and nothing at all for more than 0 of 0."""
    steps = list(pairwise(chain))
    if any(after and not before for before, after in steps):
        return None
    return [after / before if before else None for before, after in steps]


def parts(before: Sequence[float], after: Sequence[float]) -> list[float]:
    """The Shapley value of each factor in the change of their product."""
    others = [
        [(p, a) for place, (p, a) in enumerate(zip(before, after, strict=True)) if place != number]
        for number in range(len(before))
    ]
    return [(a - p) * average(rest) for p, a, rest in zip(before, after, others, strict=True)]


def average(factors: Sequence[tuple[float, float]]) -> float:
    """The mean, over all orders in which these and one more factor change, of the product of these when that one's turn
    comes. `products[k]` sums over all ways in which k of them have changed."""
    products = [1.0]
    for before, after in factors:
        products = [p * before + q * after for p, q in zip([*products, 0.0], [0.0, *products], strict=True)]
    count = len(factors)
    return math.fsum(product / math.comb(count, k) for k, product in enumerate(products)) / (count + 1)
