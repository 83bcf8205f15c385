"""What shipped experiments have brought together, without the luck of those that were picked.

A normal hierarchy: experiment i measured yᵢ with standard error sᵢ of its true effect θᵢ, and the θᵢ come from a normal
distribution with mean μ and variance τ². Given τ², each effect is pulled towards μ̂, the mean weighted by 1/(sᵢ² + τ²),
by the share Bᵢ = sᵢ²/(sᵢ² + τ²) of its distance: Efron and Morris (1975), "Data Analysis Using Stein's Estimator and
its Generalizations". τ² is not taken for known but integrated over (Gelman and others, "Bayesian Data Analysis",
section 5.4), so the intervals hold with few experiments too. Before, μ is flat and s₀²/(s₀² + τ²) uniform between 0 and
1, with s₀² the harmonic mean of the sᵢ² (Daniels 1999, "A prior for the variance in hierarchical models").

All decided experiments belong in, not only those that were shipped: what effects there are is learned from all.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr, ndtri

from experiments.stats import limits
from experiments.stats.estimates import Interval
from experiments.stats.limits import between, raise_all
from experiments.stats.notes import Code, Note, note
from experiments.stats.reasons import Reason

FEW = 5  # experiments: fewer hardly tell how much true effects differ
REACH, STEP = 30.0, 0.5  # of log τ²: where its posterior is looked for; beyond, it falls like the exponential function
NODES = 256  # between where the posterior begins and where it ends
LEAST_ERROR = 1e-100
NEGLIGIBLE = 1e-14  # of the probability
HALVINGS, POLISH = 26, 2


@dataclass(frozen=True)
class Effect:
    """A decided experiment's effect and its standard error, in one unit for all of them. `shipped` ones are summed."""

    key: str
    value: float
    error: float
    shipped: bool = True


@dataclass(frozen=True)
class Shrunk:
    """`weight`: of the experiment's own value, 0 to 1; the rest is the weight of the mean of all."""

    key: str
    raw: float
    value: float
    interval: Interval
    weight: float


@dataclass(frozen=True)
class Impact:
    """`raw` and `total`: sums over what was shipped, as measured and shrunk. `mean` and `sd` are of true effects, μ and
    τ. All but `raw` are None, with the reason, where nothing was shipped or there is nothing to learn from."""

    raw: float
    shipped: int
    total: float | None = None
    interval: Interval | None = None
    mean: float | None = None
    sd: float | None = None
    reason: Reason | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Learned:
    """Effects and errors in units of the largest error; for each τ² of a grid its probability, μ̂ and its variance, and
    in a row B of each effect."""

    unit: float
    values: np.ndarray
    errors: np.ndarray
    chance: np.ndarray
    spread: np.ndarray
    mean: np.ndarray
    of_mean: np.ndarray
    pulls: np.ndarray


def impact(effects: Sequence[Effect], *, alpha: float = 0.05) -> Impact:
    """What the shipped ones sum up to, shrunk towards the mean of all. Raises InvalidInput."""
    check(effects, alpha)
    shipped = [one.value for one in effects if one.shipped]
    bare = Impact(math.fsum(shipped), len(shipped))
    if not shipped or len(effects) < 2:
        return replace(bare, reason=Reason.TOO_FEW_EXPERIMENTS if shipped else Reason.NOTHING_COUNTED)
    found = learned(effects)
    total, interval = summed(found, np.array([one.shipped for one in effects], dtype=float), alpha)
    return replace(
        bare,
        total=total * found.unit,
        interval=(interval[0] * found.unit, interval[1] * found.unit),
        mean=float(found.chance @ found.mean) * found.unit,
        sd=float(found.chance @ np.sqrt(found.spread)) * found.unit,
        notes=tuple(warnings(effects)),
    )


def shrunk(effects: Sequence[Effect], *, alpha: float = 0.05) -> tuple[Shrunk, ...] | Reason:
    """Each effect for itself. Raises InvalidInput."""
    check(effects, alpha)
    if len(effects) < 2:
        return Reason.TOO_FEW_EXPERIMENTS
    return tuple(each(effects, learned(effects), alpha))


def error_of(interval: Interval, *, alpha: float = 0.05) -> float:
    """The standard error of which a fixed-horizon interval at 1 − alpha was made, such as a relative one."""
    return (interval[1] - interval[0]) / (-2 * float(ndtri(alpha / 2)))


def check(effects: Sequence[Effect], alpha: float) -> None:
    most = limits.MOST_VALUE
    errors = {"alpha": between(alpha, limits.LEAST_ALPHA, limits.MOST_ALPHA)}
    for number, one in enumerate(effects):
        errors[f"effects.{number}.value"] = between(one.value, -most, most)
        errors[f"effects.{number}.error"] = limits.above_zero(one.error, most) or between(one.error, LEAST_ERROR, most)
    raise_all(errors)


def learned(effects: Sequence[Effect]) -> Learned:
    """The posterior of τ², on a grid of its logarithm that is laid where there is something to integrate."""
    unit = max(one.error for one in effects)
    values = np.array([one.value for one in effects]) / unit
    errors = np.array([one.error for one in effects]) / unit
    squares = errors * errors
    widest = max(float(np.var(values, ddof=1)), 1.0)
    coarse = np.arange(math.log(squares.min()) - REACH, math.log(widest) + REACH, STEP)
    found = np.array([density(values, squares, at)[0] for at in coarse])
    likely = np.flatnonzero(found > found.max() - 40)
    where = coarse[max(likely[0] - 1, 0)], coarse[min(likely[-1] + 1, len(coarse) - 1)]
    grid = np.linspace(*where, NODES)
    logarithm, mean, of_mean = np.array([density(values, squares, at) for at in grid]).T
    chance, spread = np.exp(logarithm - logarithm.max()), np.exp(grid)
    chance = chance / chance.sum()
    kept = chance > NEGLIGIBLE
    pulls = squares / (squares + spread[kept, None])
    return Learned(unit, values, errors, chance[kept], spread[kept], mean[kept], of_mean[kept], pulls)


def density(values: np.ndarray, squares: np.ndarray, at: float) -> tuple[float, float, float]:
    """Of log τ², up to a constant: p(τ²)·√var μ̂·Π(sᵢ² + τ²)^−½·exp(−Σ(yᵢ − μ̂)²/2(sᵢ² + τ²)); its logarithm, μ̂, var μ̂.
    The share that is uniform before, s₀²/(s₀² + τ²), has the logistic distribution on this scale."""
    weights = 1 / (squares + math.exp(at))
    of_mean = 1 / float(weights.sum())
    mean = float(weights @ values) * of_mean
    gaps = float(weights @ ((values - mean) * (values - mean)))
    off = at + math.log(float(np.mean(1 / squares)))
    before = -abs(off) - 2 * math.log1p(math.exp(-abs(off)))
    return before + (math.log(of_mean) + float(np.log(weights).sum()) - gaps) / 2, mean, of_mean


def each(effects: Sequence[Effect], found: Learned, alpha: float) -> Iterator[Shrunk]:
    kept, unit = 1 - found.pulls, found.unit
    centers = kept * found.values + found.pulls * found.mean[:, None]
    sds = np.sqrt(kept * found.errors * found.errors + found.pulls * found.pulls * found.of_mean[:, None])
    columns = (found.chance @ centers, *ends(found.chance, centers, sds, alpha), found.chance @ kept)
    for one, value, low, high, weight in zip(effects, *(column.tolist() for column in columns), strict=True):
        yield Shrunk(one.key, one.value, value * unit, (low * unit, high * unit), weight)


def summed(found: Learned, counted: np.ndarray, alpha: float) -> tuple[float, Interval]:
    """Of Σθ given τ², the variance is Σ(1 − Bᵢ)sᵢ² + (ΣBᵢ)²·var μ̂, for the mean is one for all."""
    pull, kept = found.pulls @ counted, 1 - found.pulls
    center = kept @ (counted * found.values) + pull * found.mean
    sd = np.sqrt(kept @ (counted * found.errors * found.errors) + pull * pull * found.of_mean)
    low, high = ends(found.chance, center[:, None], sd[:, None], alpha)
    return float(found.chance @ center), (float(low[0]), float(high[0]))


def ends(chance: np.ndarray, centers: np.ndarray, sds: np.ndarray, alpha: float) -> tuple[np.ndarray, np.ndarray]:
    """Of each column, the interval with equal tails of a mixture of normal distributions, one for each τ²."""

    def quantile(share: float) -> np.ndarray:
        single = centers + float(ndtri(share)) * sds
        low, high = single.min(axis=0), single.max(axis=0)
        for _halving in range(HALVINGS):
            middle = (low + high) / 2
            below = chance @ ndtr((middle - centers) / sds) < share
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        found = (low + high) / 2
        for _step in range(POLISH):
            z = (found - centers) / sds
            slope = chance @ (np.exp(-z * z / 2) / sds) / math.sqrt(2 * math.pi)
            found = np.clip(found - (chance @ ndtr(z) - share) / slope, low, high)
        return found

    return quantile(alpha / 2), quantile(1 - alpha / 2)


def warnings(effects: Sequence[Effect]) -> list[Note]:
    found = [note(Code.WINNERS_CURSE)]
    if len(effects) < FEW:
        found.append(note(Code.FEW_EXPERIMENTS, count=len(effects)))
    if all(one.shipped for one in effects):
        found.append(note(Code.ONLY_SHIPPED))
    return found
