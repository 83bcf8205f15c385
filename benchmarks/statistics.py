"""Whether the statistics keep their promises: `python -m benchmarks.statistics` simulates experiments.

The seed is fixed. Prints a table; exit code 1 when a promise is missed.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.stats import binom

from experiments.stats.always_valid import sequence
from experiments.stats.analysis import Verdict, verdict
from experiments.stats.effects import Difference, difference, welch
from experiments.stats.estimates import Estimate, estimate
from experiments.stats.inputs import Goal, Mean, Proportion, Ratio, Summary
from experiments.stats.reasons import Reason
from experiments.stats.size import Question, sample_size

SEED = 20_260_301
ALPHA = 0.05
RUNS = 2_000
LOOKS = 28
DAILY = 100  # users a day of each variant
SHARE = 0.1
POWER = 0.8
EFFECT = 0.2
Draw = Callable[
    [np.random.Generator, int, int], np.ndarray
]  # runs, days → sums of a day: the last axis is what is summed


@dataclass(frozen=True)
class Row:
    what: str
    measured: float
    least: float
    most: float

    @property
    def kept(self) -> bool:
        return self.least <= self.measured <= self.most


def moments(values: np.ndarray) -> np.ndarray:
    return np.stack([values.sum(axis=-1), (values * values).sum(axis=-1)], axis=-1)


def shares(random: np.random.Generator, runs: int, days: int) -> np.ndarray:
    return random.binomial(DAILY, SHARE, size=(runs, days, 1)).astype(float)


def skewed_means(random: np.random.Generator, runs: int, days: int) -> np.ndarray:
    return moments(random.exponential(30.0, size=(runs, days, DAILY)))


def ratios(random: np.random.Generator, runs: int, days: int) -> np.ndarray:
    """Orders of a user, and what they spent on them."""
    orders = 1.0 + random.poisson(1.5, size=(runs, days, DAILY))
    spent = random.gamma(2.0 * orders, 10.0)
    return np.concatenate([moments(spent), moments(orders), (spent * orders).sum(axis=-1)[..., None]], axis=-1)


def summary(kind: str, n: int, sums: np.ndarray) -> Summary:
    numbers = [float(number) for number in sums]
    if kind == "shares":
        return Proportion(n, int(numbers[0]))
    if kind == "skewed means":
        total, squares = numbers
        return Mean(n, total / n, ((squares - total * total / n) / (n - 1)) ** 0.5)
    return Ratio(n, numbers[0], numbers[2], numbers[1], numbers[3], numbers[4])


def gap(kind: str, n: int, before: np.ndarray, after: np.ndarray) -> Difference:
    control, treatment = estimate(summary(kind, n, before)), estimate(summary(kind, n, after))
    assert not isinstance(control, Reason)
    assert not isinstance(treatment, Reason)
    found = difference(control, treatment)
    assert not isinstance(found, Reason)
    return found


def decided(found: Difference, planned: int) -> bool:
    """Whether somebody who looks now sees a verdict for or against the treatment."""
    test = sequence(found, alpha=ALPHA, planned=planned)
    assert not isinstance(test, Reason)
    return verdict(test.interval, Goal.INCREASE, None) in {Verdict.BETTER, Verdict.WORSE}


def false_alarms(kind: str, draw: Draw, random: np.random.Generator) -> tuple[float, float]:
    """Shares of A/A runs in which one of 28 daily looks gives a verdict: always valid, and by Welch's t."""
    alarms = peeked = 0
    for _run in range(RUNS):
        before, after = (draw(random, 1, LOOKS)[0].cumsum(axis=0) for _variant in range(2))
        looks = [gap(kind, DAILY * (day + 1), before[day], after[day]) for day in range(LOOKS)]
        alarms += any(decided(found, 2 * DAILY * LOOKS) for found in looks)
        peeked += any(welch(found, alpha=ALPHA).p_value < ALPHA for found in looks)
    return alarms / RUNS, peeked / RUNS


def coverage(kind: str, draw: Draw, random: np.random.Generator, runs: int) -> float:
    """Of 95 % intervals at the planned end, the share that holds the true difference, 0."""
    held = 0
    for _run in range(runs):
        before, after = (draw(random, 1, LOOKS)[0].sum(axis=0) for _variant in range(2))
        low, high = welch(gap(kind, DAILY * LOOKS, before, after), alpha=ALPHA).interval
        held += low <= 0 <= high
    return held / runs


def power(allocation: tuple[float, float]) -> float:
    """With the users that the plan asks for, the chance that Welch's t sees the effect planned for: summed over all
    outcomes that can be, so nothing is drawn.

    It is the planned one for equal parts. The plan pools the variance under the null, as Fleiss, Levin and Paik do, and
    Welch's t does not: with a small treatment, whose larger share varies more, it sees the effect a little less often.
    """
    question = Question(baseline=SHARE, alpha=ALPHA, power=POWER, allocation=allocation)
    first, second = sample_size(question, minimum_effect=EFFECT).per_variant
    before, after = outcomes(first, SHARE), outcomes(second, SHARE * (1 + EFFECT))
    return sum(one[1] * other[1] for one in before for other in after if seen(one[0], other[0]))


def outcomes(n: int, share: float) -> list[tuple[Estimate, float]]:
    """What a variant's successes may be, with their chances; without those that never happen."""
    chances = ((number, float(chance)) for number, chance in enumerate(binom.pmf(np.arange(n + 1), n, share)))
    found = [(estimate(Proportion(n, number)), chance) for number, chance in chances if chance > 1e-9]
    return [(one, chance) for one, chance in found if not isinstance(one, Reason)]


def seen(control: Estimate, treatment: Estimate) -> bool:
    found = difference(control, treatment)
    return not isinstance(found, Reason) and welch(found, alpha=ALPHA).p_value < ALPHA


def power_of_means(random: np.random.Generator, runs: int) -> float:
    question = Question(baseline=50.0, sd=40.0, alpha=ALPHA, power=POWER, allocation=(0.5, 0.5))
    n = sample_size(question, minimum_effect=0.1).per_variant[0]
    seen = 0
    for _run in range(runs):
        before, after = random.normal(50.0, 40.0, n), random.normal(55.0, 40.0, n)
        found = gap("skewed means", n, moments(before), moments(after))
        seen += welch(found, alpha=ALPHA).p_value < ALPHA
    return seen / runs


def rows() -> Iterator[Row]:
    random = np.random.default_rng(SEED)
    for kind, draw in {"shares": shares, "skewed means": skewed_means, "ratios": ratios}.items():
        always, peeked = false_alarms(kind, draw, random)
        yield Row(f"false alarms in {LOOKS} looks, always valid, {kind}", always, 0.0, ALPHA)
        yield Row(f"  the same by Welch's t, as a contrast, {kind}", peeked, ALPHA, 1.0)
        yield Row(f"coverage of 95 % intervals, {kind}", coverage(kind, draw, random, 4_000), 0.935, 0.965)
    for allocation in [(0.5, 0.5), (0.8, 0.2)]:
        reached = power(allocation)
        yield Row(f"power of {POWER:.0%}, shares, {allocation[0]:.0%} control", reached, POWER - 0.02, POWER + 0.02)
    yield Row(f"power of {POWER:.0%}, means", power_of_means(random, 10_000), POWER - 0.02, POWER + 0.02)


def main() -> int:
    found = list(rows())
    width = max(len(row.what) for row in found)
    for row in found:
        mark = "kept" if row.kept else "MISSED"
        print(f"{row.what:<{width}}  {row.measured:7.2%}  goal {row.least:.1%} to {row.most:.1%}  {mark}")
    return 0 if all(row.kept for row in found) else 1


if __name__ == "__main__":
    sys.exit(main())
