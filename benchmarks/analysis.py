"""What an analysis costs, against the bare calls of scipy that its comparisons need. Prints one line of JSON.

The analysis: 4 variants × 10 metrics (4 shares, 2 means, 2 means with a covariate, 2 ratios), from plain sums to 30
verdicts, with all that belongs to one: sample ratio, Welch's t, relative and always-valid interval, posterior,
equivalence, Holm's correction. The floor: 30 times `scipy.stats.ttest_ind_from_stats` with unequal variances, and one
`scipy.stats.chisquare` for the users, on numbers that are ready.
"""

import json
from collections.abc import Callable
from functools import partial
from statistics import median
from time import process_time

import numpy as np
from scipy import stats

from experiments.stats.analysis import Plan, analyze_together
from experiments.stats.corrections import Correction
from experiments.stats.estimates import estimate
from experiments.stats.inputs import Covariate, Mean, Proportion, Ratio, Summary, Variant
from experiments.stats.reasons import Reason

WARM_UP, ROUNDS = 5, 80
SEED = 20_260_301
KEYS = ["control", "A", "B", "C"]
KINDS = ["share"] * 4 + ["mean"] * 2 + ["covariate"] * 2 + ["ratio"] * 2
PLAN = Plan(minimum_effect=0.05, planned_total=40_000, correction=Correction.HOLM)
Numbers = dict[str, tuple[float, ...]]


def main() -> None:
    random = np.random.default_rng(SEED)
    ours, floor = [], []
    for number in range(WARM_UP + ROUNDS):
        numbers = [(kind, drawn(random, kind)) for kind in KINDS]  # new ones each time: nothing is remembered
        ready = [[bare(summary(kind, of[key])) for key in KEYS] for kind, of in numbers]
        taken, least = seconds(partial(analysis, numbers)), seconds(partial(bare_calls, ready))
        if number >= WARM_UP:
            ours.append(taken)
            floor.append(least)
    ratio = median(one / other for one, other in zip(ours, floor, strict=True))
    print(json.dumps({"analysis_ratio": round(ratio, 2), "analysis_ms": round(median(ours) * 1000, 2)}))


def seconds(action: Callable[[], object]) -> float:
    """Of the processor, for this process alone: what else the machine does has no part in it."""
    start = process_time()
    action()
    return process_time() - start


def drawn(random: np.random.Generator, kind: str) -> Numbers:
    """What somebody enters for each variant of a metric."""
    return {key: tuple(entered(random, kind)) for key in KEYS}


def entered(random: np.random.Generator, kind: str) -> list[float]:
    n = int(random.integers(4_900, 5_100))
    if kind == "share":
        return [n, int(random.binomial(n, 0.1))]
    if kind == "ratio":
        below = 1.0 + random.poisson(1.5, n)
        above = random.gamma(2.0 * below, 10.0)
        return [n, *(float(one.sum()) for one in (above, below, above**2, below**2, above * below))]
    mean, sd = float(random.normal(50.0, 1.0)), float(random.uniform(35.0, 45.0))
    return [n, mean, sd] if kind == "mean" else [n, mean, sd, float(random.normal(48.0, 1.0)), 40.0, 0.6 * sd * 40.0]


def summary(kind: str, numbers: tuple) -> Summary:
    if kind == "share":
        return Proportion(*numbers)
    if kind == "ratio":
        return Ratio(*numbers)
    n, mean, sd, *more = numbers
    return Mean(n, mean, sd, Covariate(*more) if more else None)


def analysis(metrics: list[tuple[str, Numbers]]) -> None:
    analyze_together(
        [([Variant(key, 0.25, summary(kind, numbers[key])) for key in KEYS], PLAN) for kind, numbers in metrics]
    )


def bare(of: Summary) -> tuple[float, float, int]:
    """Mean, standard deviation and n, as scipy wants them."""
    found = estimate(of)
    assert not isinstance(found, Reason)
    return found.value, (found.variance or 0.0) ** 0.5, found.n


def bare_calls(ready: list[list[tuple[float, float, int]]]) -> None:
    for control, *treatments in ready:
        for treatment in treatments:
            stats.ttest_ind_from_stats(*treatment, *control, equal_var=False)
    users = [n for _mean, _sd, n in ready[0]]
    stats.chisquare(users, [sum(users) / len(users)] * len(users))


if __name__ == "__main__":
    main()
