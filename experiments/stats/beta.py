"""The difference of two independent Beta variables, by quadrature.

One of them, the narrower, is integrated over with Gauss and Legendre's nodes on the logit scale, where its density
∝ xᵃ(1 − x)ᵇ is smooth and has no poles; of the other one the exact distribution function is asked.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.optimize import brentq
from scipy.special import betainc, betaincc, betaincinv, betaln, expit, logit, ndtri

from experiments.stats.estimates import Interval

NODES = 96
FEW_NODES = 40  # enough where both parameters are REGULAR: the density is nearly a normal one
REGULAR = 30
TAIL = 1e-13  # of the probability, left out at both ends
SMOOTH = 50  # of both shapes: their densities end so flatly that the ends of what is summed do not matter
STEPS, NEAR = 4, 1e-5  # of Newton, and in sds the last one: what is left is about its square
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

    @property
    def third(self) -> float:
        """The third central moment, 2(b − a)√(a + b + 1)/((a + b + 2)√(ab)) times sd³."""
        whole = self.a + self.b
        spread = self.variance
        return (
            2 * (self.b - self.a) / (whole + 2) * math.sqrt((whole + 1) / self.a / self.b) * spread * math.sqrt(spread)
        )

    @property
    def fourth(self) -> float:
        """The fourth cumulant, 6((a − b)²(a + b + 1) − ab(a + b + 2))/(ab(a + b + 2)(a + b + 3)) times variance²."""
        a, b, whole = self.a, self.b, self.a + self.b
        excess = 6 * ((a - b) / a * ((a - b) / b) * (whole + 1) / (whole + 2) - 1) / (whole + 3)
        return excess * self.variance * self.variance


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
    beyond = betainc(wide.b, wide.a, 1 - points)  # 1 − Iₓ(a, b), and five times as fast as scipy's betaincc
    above = float(weights @ beyond)  # the wide one is above the narrow one
    excess = float(weights @ (wide.mean * betainc(wide.b, wide.a + 1, 1 - points) - points * beyond))
    # E max(wide − narrow, 0) is the excess; the other way round it differs by the difference of both means
    shortfall = excess if turned else excess - (wide.mean - narrow.mean)
    low, high = tails(narrow, wide, alpha)
    interval = (-high, -low) if turned else (low, high)
    return Comparison(1 - above if turned else above, max(shortfall, 0.0), interval)


def tails(narrow: Shape, wide: Shape, alpha: float) -> tuple[float, float]:
    """Where the distribution of wide − narrow reaches alpha/2 and 1 − alpha/2, to 1e-6 of its sd."""
    sd = math.sqrt(narrow.variance + wide.variance)
    shares = np.array([alpha / 2, 1 - alpha / 2])
    guess = expansion(narrow, wide, sd, alpha)
    near = closer(narrow, wide, sd, shares, guess) if min(narrow.least, wide.least) >= SMOOTH else None
    if near is not None:
        return float(near[0]), float(near[1])
    low, high = (root(narrow, wide, sd, *one) for one in zip(shares.tolist(), guess.tolist(), strict=True))
    return low, high


def expansion(narrow: Shape, wide: Shape, sd: float, alpha: float) -> np.ndarray:
    """Cornish and Fisher's, by the third and the fourth cumulant."""
    score = np.array([1, -1]) * float(ndtri(alpha / 2))
    squared = score * score
    skew, excess = (wide.third - narrow.third) / sd**3, (wide.fourth + narrow.fourth) / sd**4
    bend = skew * (squared - 1) / 6 + score * (excess * (squared - 3) / 24 - skew * skew * (2 * squared - 5) / 36)
    return wide.mean - narrow.mean + (score + bend) * sd


def closer(narrow: Shape, wide: Shape, sd: float, shares: np.ndarray, at: np.ndarray) -> np.ndarray | None:
    """Newton's steps from a good guess, both tails at once, for smooth densities: a step squares what is off in sds.
    None where it does not come near."""
    points, weights = nodes(narrow)
    for _step in range(STEPS):
        places = np.clip(points + at[:, None], 1e-300, 1 - 1e-16)
        slope = np.exp((wide.a - 1) * np.log(places) + (wide.b - 1) * np.log1p(-places) - betaln(wide.a, wide.b))
        step = (betainc(wide.a, wide.b, places) @ weights - shares) / (slope @ weights)
        at = at - step
        largest = float(np.abs(step).max())
        if largest <= NEAR * sd:
            return at
        if not largest < sd:
            return None
    return None


def root(narrow: Shape, wide: Shape, sd: float, share: float, guess: float) -> float:
    """The same where a density may be anything: looked for near the guess, or everywhere."""

    def off(step: float) -> float:
        return below(narrow, wide, step) - share

    low, high = (min(max(guess + side * sd / 50, -1.0), 1.0) for side in (-1, 1))
    if off(low) > 0 or off(high) < 0:
        low, high = -1.0, 1.0
    return float(brentq(off, low, high, xtol=1e-9 * sd, rtol=1e-12))


def below(narrow: Shape, wide: Shape, step: float) -> float:
    """P(wide − narrow ≤ step)."""
    # Only where the wide one's density is not 0, so that what is summed stays smooth; above, all of it is below.
    points, weights = nodes(narrow, max(0.0, -step), min(1.0, 1.0 - step))
    beyond = float(betaincc(narrow.a, narrow.b, 1.0 - step)) if step > 0 else 0.0
    return float(weights @ betainc(wide.a, wide.b, np.clip(points + step, 0.0, 1.0))) + beyond


def nodes(shape: Shape, least: float = 0.0, most: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Points of the shape from `least` to `most`, and their probabilities."""
    low, high = ends(shape)
    first, last = max(low, float(logit(least))), min(high, float(logit(most)))
    if last <= first:
        return np.zeros(0), np.zeros(0)
    points, mass = between(shape, low, high)
    if (first, last) == (low, high):
        return points, mass / mass.sum()
    inside, part = between(shape, first, last)
    return inside, part / mass.sum()


@lru_cache(maxsize=64)
def ends(shape: Shape) -> tuple[float, float]:
    """On the logit scale, where all but two tails of the probability is."""
    # from the other side for the high end, where 1 − 1e-20 would be 1
    return float(logit(betaincinv(shape.a, shape.b, TAIL))), -float(logit(betaincinv(shape.b, shape.a, TAIL)))


@lru_cache(maxsize=64)
def between(shape: Shape, low: float, high: float) -> tuple[np.ndarray, np.ndarray]:
    """Points from low to high on the logit scale, and their mass in proportion to the mode's density."""
    unit, weights = legendre(FEW_NODES if shape.least >= REGULAR else NODES)
    half = (high - low) / 2
    scale = low + half * (unit + 1)
    points, rest, mode = expit(scale), expit(-scale), shape.mean
    step = points - mode
    density = shape.a * log_of(points, mode, step) + shape.b * log_of(rest, 1 - mode, -step)
    return points, half * weights * np.exp(density)


def log_of(value: np.ndarray, mode: float, step: np.ndarray) -> np.ndarray:
    """log(value/mode), exact both near the mode and far below it; `step` is value − mode."""
    near = step > -mode / 2
    return np.where(near, np.log1p(np.where(near, step / mode, 0.0)), np.log(value / mode))


@lru_cache(maxsize=2)
def legendre(count: int) -> tuple[np.ndarray, np.ndarray]:
    return np.polynomial.legendre.leggauss(count)
