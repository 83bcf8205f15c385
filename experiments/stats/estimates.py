"""One variant as the tests see it, whatever its kind."""

from dataclasses import dataclass

from experiments.stats.inputs import Mean, Proportion, Summary
from experiments.stats.ratio import linearized
from experiments.stats.reasons import Reason

Interval = tuple[float, float]


@dataclass(frozen=True)
class Estimate:
    """`value` in the metric's unit; `variance` of a single user's value, with n − 1; None with fewer than two users."""

    n: int
    value: float
    variance: float | None

    @property
    def error(self) -> float:
        """The squared standard error of the value, s²/n; 0 where there is none."""
        return (self.variance or 0.0) / self.n


def estimate(summary: Summary) -> Estimate | Reason:
    """The variant's value and variance. A Reason without users, or where a ratio has nothing to divide by."""
    if summary.n == 0:
        return Reason.TOO_FEW_USERS
    enough = summary.n > 1
    if isinstance(summary, Proportion):
        return Estimate(summary.n, summary.successes / summary.n, summary.sd * summary.sd if enough else None)
    if isinstance(summary, Mean):
        return Estimate(summary.n, summary.mean, summary.sd * summary.sd if enough else None)
    line = linearized(summary)
    return line if isinstance(line, Reason) else Estimate(summary.n, *line)
