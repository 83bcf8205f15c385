"""How likely the treatment is the better one, given a prior: stated here, editable by the caller.

Kruschke (2013), "Bayesian estimation supersedes the t test", for the questions; closed forms and quadrature for the
answers, no sampling. The prior of a share is Beta(1, 1): every share equally likely. Of means, the difference has
a flat prior; a normal one may be given.
"""

import math
from dataclasses import dataclass

from scipy.special import ndtr, ndtri

from experiments.stats import beta
from experiments.stats.beta import Shape
from experiments.stats.effects import Difference
from experiments.stats.estimates import Interval
from experiments.stats.inputs import Goal, Proportion
from experiments.stats.limits import above_zero, between, raise_all


@dataclass(frozen=True)
class BetaPrior:
    """Of each variant's share, as if so many successes and failures had been seen before."""

    successes: float = 1.0
    failures: float = 1.0

    def __post_init__(self) -> None:
        most = 1e9
        raise_all({name: between(getattr(self, name), 0.1, most) for name in ["successes", "failures"]})


@dataclass(frozen=True)
class NormalPrior:
    """Of the absolute difference, in the metric's unit."""

    mean: float
    sd: float

    def __post_init__(self) -> None:
        raise_all({"mean": between(self.mean, -1e15, 1e15), "sd": above_zero(self.sd, 1e15)})


@dataclass(frozen=True)
class Posterior:
    """`chance_to_beat`: that the treatment is better, in the goal's direction. `interval`: of the absolute difference,
    with equal tails, at 1 − alpha. `expected_loss`: what shipping the treatment costs on average, in the metric's unit,
    counted only where it is the worse one. `prior`: what was believed before; None is flat."""

    chance_to_beat: float
    interval: Interval
    expected_loss: float
    prior: BetaPrior | NormalPrior | None = None


UNIFORM = BetaPrior()


def shares(
    control: Proportion, treatment: Proportion, *, goal: Goal, alpha: float, prior: BetaPrior = UNIFORM
) -> Posterior:
    """Beta–Binomial: a share's posterior is Beta(successes + a, failures + b)."""
    before, after = (
        Shape(one.successes + prior.successes, one.n - one.successes + prior.failures) for one in (control, treatment)
    )
    if min(before.least, after.least) >= beta.LARGE:
        variance = before.variance + after.variance
        return of_normal(after.mean - before.mean, math.sqrt(variance), goal=goal, alpha=alpha, prior=prior)
    answer = beta.compare(before, after, alpha=alpha)
    better, loss = answer.above, answer.shortfall
    if goal is Goal.DECREASE:
        better, loss = 1 - better, loss + (after.mean - before.mean)
    return Posterior(min(max(better, 0.0), 1.0), answer.interval, max(loss, 0.0), prior)


def means(found: Difference, *, goal: Goal, alpha: float, prior: NormalPrior | None = None) -> Posterior:
    """Normal posterior of the difference; precisions (1/variance) of prior and data add up."""
    if prior is None:
        return of_normal(found.value, found.error, goal=goal, alpha=alpha)
    weight = 1 / (1 + (found.error / prior.sd) * (found.error / prior.sd))  # of the data
    value = weight * found.value + (1 - weight) * prior.mean
    return of_normal(value, found.error * math.sqrt(weight), goal=goal, alpha=alpha, prior=prior)


def of_normal(
    value: float, sd: float, *, goal: Goal, alpha: float, prior: BetaPrior | NormalPrior | None = None
) -> Posterior:
    """E max(−D, 0) = sd·φ(z) − D̄·Φ(−z) with z = D̄/sd, for the goal's direction."""
    z = value / sd * (1 if goal is Goal.INCREASE else -1)
    half = -float(ndtri(alpha / 2)) * sd
    density = math.exp(-min(z * z, 1e6) / 2) / math.sqrt(2 * math.pi)
    loss = sd * (density - z * float(ndtr(-z)))
    return Posterior(float(ndtr(z)), (value - half, value + half), max(loss, 0.0), prior)
