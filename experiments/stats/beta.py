"""The difference of two independent Beta variables, by quadrature.

One of them, the narrower, is integrated over with Gauss and Legendre's nodes on the logit scale, where its density
∝ xᵃ(1 − x)ᵇ is smooth and has no poles; of the other one the exact distribution function is asked.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.optimize import brentq
from scipy.special import betainc, betaincc, betaincinv, expit, logit, ndtri

from experiments.stats.estimates import Interval

NODES = 96
TAIL = 1e-13  # of the probability, left out at both ends
LARGE = 1e9  # of both parameters: from here a normal is the same to the sixth place


@dataclass(frozen=True)
class Shape:
    """Beta(a, b)."""

    a: float
    b: float

    @property
    def least(self) -> float:
        return min(self.a, self.b)

    @property
    def mean(self) -> float:
        return self.a / (self.a + self.b)

    @property
    def variance(self) -> float:
        return self.mean * (self.b / (self.a + self.b)) / (self.a + self.b + 1)


@dataclass(frozen=True)
class Comparison:
    """`above`: P(treatment > control). `shortfall`: E max(control − treatment, 0)."""

    above: float
    shortfall: float
    interval: Interval


def compare(control: Shape, treatment: Shape, *, alpha: float) -> Comparison:
    """The treatment against the control, and the interval with equal tails of treatment − control at 1 − alpha."""
    turned = treatment.variance < control.variance
    narrow, wide = (treatment, control) if turned else (control, treatment)
    points, weights = nodes(narrow)
    beyond = betaincc(wide.a, wide.b, points)
    above = float(weights @ beyond)  # the wide one is above the narrow one
    excess = float(weights @ (wide.mean * betaincc(wide.a + 1, wide.b, points) - points * beyond))
    # E max(wide − narrow, 0) is the excess; the other way round it differs by the difference of both means
    shortfall = excess if turned else excess - (wide.mean - narrow.mean)
    low, high = quantile(narrow, wide, alpha / 2), quantile(narrow, wide, 1 - alpha / 2)
    interval = (-high, -low) if turned else (low, high)
    return Comparison(1 - above if turned else above, max(shortfall, 0.0), interval)


def quantile(narrow: Shape, wide: Shape, share: float) -> float:
    """Where the distribution of wide − narrow reaches the share: a root, looked for near the normal's."""
    points, weights = nodes(narrow)

    def off(step: float) -> float:
        return float(weights @ betainc(wide.a, wide.b, np.clip(points + step, 0.0, 1.0))) - share

    sd = math.sqrt(narrow.variance + wide.variance)
    guess = wide.mean - narrow.mean + float(ndtri(share)) * sd
    low, high = max(guess - sd / 4, -1.0), min(guess + sd / 4, 1.0)
    if off(low) > 0 or off(high) < 0:
        low, high = -1.0, 1.0
    return float(brentq(off, low, high, xtol=1e-9 * sd, rtol=1e-12))


@lru_cache(maxsize=64)
def nodes(shape: Shape) -> tuple[np.ndarray, np.ndarray]:
    """Points of the shape and their probabilities, which add up to 1."""
    unit, weights = legendre()
    mode = shape.mean  # of the density on the logit scale
    low, high = (float(logit(betaincinv(shape.a, shape.b, share))) for share in (TAIL, 1 - TAIL))
    points = expit(low + (high - low) * (unit + 1) / 2)
    step = points - mode
    density = shape.a * np.log1p(step / mode) + shape.b * np.log1p(-step / (1 - mode))
    found = weights * np.exp(density - density.max())
    return points, found / found.sum()


@lru_cache(maxsize=1)
def legendre() -> tuple[np.ndarray, np.ndarray]:
    return np.polynomial.legendre.leggauss(NODES)
