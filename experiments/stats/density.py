"""How the posterior of a difference is spread, for pictures: its density, and how much of it lies below each value."""

from dataclasses import dataclass
from itertools import pairwise

from scipy.special import ndtr, ndtri

from experiments.stats import beta
from experiments.stats.bayes import UNIFORM, BetaPrior, Posterior
from experiments.stats.beta import Shape
from experiments.stats.inputs import Proportion, Summary

STEPS = 160
REACH = 4.0  # standard deviations of a normal: all of it but 6 in 100,000
TAIL = 3e-5  # of the probability, left out at both ends of a difference of shares


@dataclass(frozen=True)
class Spread:
    """The probability `below` the start of each of many equal steps, and below the end of the last one.

    The first step starts at `low`; a step is `width` wide, in the metric's unit.
    """

    low: float
    width: float
    below: tuple[float, ...]

    @property
    def high(self) -> float:
        return self.low + self.width * (len(self.below) - 1)

    @property
    def points(self) -> list[tuple[float, float]]:
        """The middle of each step and the mean density over it: finite also where the density itself is not, as of
        shares beside 0."""
        return [
            (self.low + (number + 0.5) * self.width, max(after - before, 0.0) / self.width)
            for number, (before, after) in enumerate(pairwise(self.below))
        ]

    def above(self, value: float) -> float:
        """The probability above a value, between two steps by a straight line."""
        place = min(max((value - self.low) / self.width, 0.0), len(self.below) - 1.0)
        number = min(int(place), len(self.below) - 2)
        part = place - number
        return 1 - (self.below[number] * (1 - part) + self.below[number + 1] * part)


def spread(
    control: Summary, treatment: Summary, found: Posterior, *, alpha: float, prior: BetaPrior = UNIFORM
) -> Spread:
    """Of treatment − control, as `analysis` believes it: shares as Beta–Binomial, and all else as the normal that has
    the posterior's interval at 1 − alpha."""
    if isinstance(control, Proportion) and isinstance(treatment, Proportion) and control.covariate is None:
        before, after = (
            Shape(one.successes + prior.successes, one.n - one.successes + prior.failures)
            for one in (control, treatment)
        )
        if min(before.least, after.least) < beta.LARGE:
            return of_shapes(before, after)
    low, high = found.interval
    return of_normal((low + high) / 2, (high - low) / 2 / -float(ndtri(alpha / 2)))


def of_normal(value: float, sd: float) -> Spread:
    width = 2 * REACH * sd / STEPS
    below = (float(ndtr(-REACH + 2 * REACH * number / STEPS)) for number in range(STEPS + 1))
    return Spread(value - REACH * sd, width, tuple(below))


def of_shapes(control: Shape, treatment: Shape) -> Spread:
    """Of treatment − control by the exact distribution function, integrated as in `beta`."""
    turned = treatment.variance < control.variance
    narrow, wide = (treatment, control) if turned else (control, treatment)
    ends = sorted((-1 if turned else 1) * end for end in beta.tails(narrow, wide, 2 * TAIL))
    width = (ends[1] - ends[0]) / STEPS

    def below(value: float) -> float:
        share = 1 - beta.below(narrow, wide, -value) if turned else beta.below(narrow, wide, value)
        return min(max(share, 0.0), 1.0)

    return Spread(ends[0], width, tuple(below(ends[0] + number * width) for number in range(STEPS + 1)))
