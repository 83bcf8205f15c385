"""Estimates and summaries of raw values, for tests that hold the statistics against other libraries."""

from collections.abc import Sequence

import numpy as np

from experiments.stats.effects import Difference, difference
from experiments.stats.estimates import Estimate, estimate
from experiments.stats.inputs import Covariate, Mean, Proportion, Ratio, Summary
from experiments.stats.reasons import Reason


def mean_of(values: Sequence[float] | np.ndarray, before: np.ndarray | None = None) -> Mean:
    known = None
    if before is not None:
        known = Covariate(float(np.mean(before)), float(np.std(before, ddof=1)), float(np.cov(values, before)[0, 1]))
    return Mean(len(values), float(np.mean(values)), float(np.std(values, ddof=1)), known)


def ratio_of(above: np.ndarray, below: np.ndarray) -> Ratio:
    sums = (above.sum(), below.sum(), (above**2).sum(), (below**2).sum(), (above * below).sum())
    return Ratio(len(above), *map(float, sums))


def estimated(summary: Summary) -> Estimate:
    found = estimate(summary)
    assert not isinstance(found, Reason)
    return found


def gap(control: Summary, treatment: Summary) -> Difference:
    found = difference(estimated(control), estimated(treatment))
    assert not isinstance(found, Reason)
    return found


def shares(control: tuple[int, int], treatment: tuple[int, int]) -> Difference:
    """Successes of n, of both."""
    return gap(*(Proportion(n, successes) for successes, n in (control, treatment)))
