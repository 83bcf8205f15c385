"""How many users an always-valid verdict needs: the price of looking every day."""

import math
from dataclasses import dataclass

from experiments.stats.always_valid import tightest
from experiments.stats.size import Question


@dataclass(frozen=True)
class Watched(Question):
    """A question whose answer is looked for by the always-valid interval, at the planned end, where it is tightest.

    There its half-width is √((1 + 1/x)·log((1 + x)/α²)) standard errors (see `always_valid`) instead of the normal
    quantile, so all that `size` answers holds with that number. Who stops at the first look that decides needs fewer
    users on average.
    """

    @property
    def quantiles(self) -> tuple[float, float]:
        x = tightest(self.alpha)
        _false_alarm, power = super().quantiles
        return math.sqrt((1 + 1 / x) * (math.log1p(x) - 2 * math.log(self.alpha))), power
