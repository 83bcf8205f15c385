"""Forecasts held against results: who foresees the direction of effects, and who their size.

Brier (1950), "Verification of forecasts expressed in terms of probability": the mean of (chance − outcome)², 0 at best,
0.25 for who always says one half. Its reference is the score of somebody who always names the share of better results
that there was, r(1 − r); the skill is 1 − score/reference. An undecided result has no direction: it counts for the size
of effects alone.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median

from experiments.stats import limits
from experiments.stats.estimates import Interval
from experiments.stats.limits import InvalidInput, between, raise_all
from experiments.stats.notes import Code, Note, note
from experiments.stats.reasons import Reason
from experiments.stats.shares import Share, share
from teams.words import gettext_noop

EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
LEAST_FOR_SLOPE = 5


@dataclass(frozen=True)
class Forecast:
    """`chance`: that the treatment is better, 0 to 1. `effect`: the relative effect expected, if one was named."""

    person: str
    chance: float
    effect: float | None = None

    def __post_init__(self) -> None:
        most = limits.MOST_VALUE
        raise_all(
            {
                "chance": between(self.chance, 0, 1),
                "effect": None if self.effect is None else between(self.effect, -most, most),
            }
        )


@dataclass(frozen=True)
class Outcome:
    """`better`: the result's direction, None where it was left undecided. `effect` is relative, with its interval."""

    better: bool | None
    effect: float | None = None
    interval: Interval | None = None

    def __post_init__(self) -> None:
        most = limits.MOST_VALUE
        ends = [between(one, -most, most) for one in self.interval or ()]
        raise_all(
            {
                "effect": None if self.effect is None else between(self.effect, -most, most),
                "interval": next((wrong for wrong in ends if wrong), None),
            }
        )
        if self.interval and self.interval[0] > self.interval[1]:
            raise InvalidInput({"interval": gettext_noop("Give the lower end first.")})


Held = tuple[Forecast, Outcome]


@dataclass(frozen=True)
class Bin:
    """Forecasts with a chance from `low` up to `high`: their mean, and how many came true."""

    low: float
    high: float
    chance: float
    better: Share


@dataclass(frozen=True)
class Direction:
    """Over `n` decided results. `hits`: the more likely direction came; a chance of one half names none and is left
    out. `skill` is None with its reason where all results were alike."""

    n: int
    brier: float
    reference: float
    skill: float | None
    reason: Reason | None
    hits: Share
    bins: tuple[Bin, ...]


@dataclass(frozen=True)
class Size:
    """Over `n` forecasts with an effect, of results with one: expected − observed, so above 0 is too hopeful.

    `slope`: of observed on expected effects, by least squares; 1 is right, below 1 exaggerates. None with its reason
    for fewer than 5, or where all expect the same. `within`: expected effects inside the result's interval.
    """

    n: int
    mean: float
    median: float
    slope: float | None
    reason: Reason | None
    within: Share


@dataclass(frozen=True)
class Calibration:
    """Of `n` forecasts. `direction` and `size` are None where no forecast can be held against a result."""

    n: int
    direction: Direction | None
    size: Size | None
    notes: tuple[Note, ...] = ()


def calibration(held: Sequence[Held], *, edges: Sequence[float] = EDGES, alpha: float = 0.05) -> Calibration:
    """Each forecast with the outcome of its experiment, in any order. Intervals are Wilson's, at 1 − alpha; where
    several people foresaw one experiment their forecasts hang together, and the intervals are narrower than true."""
    decided = [(forecast.chance, outcome.better) for forecast, outcome in held if outcome.better is not None]
    sizes = [
        (forecast.effect, outcome)
        for forecast, outcome in held
        if forecast.effect is not None and outcome.effect is not None
    ]
    undecided = len(held) - len(decided)
    return Calibration(
        len(held),
        direction(decided, edges, alpha) if decided else None,
        size(sizes, alpha) if sizes else None,
        (note(Code.UNDECIDED_RESULTS, count=undecided),) if undecided else (),
    )


def by_person(held: Iterable[Held], *, alpha: float = 0.05) -> dict[str, Calibration]:
    """Each person's own calibration, in the order met."""
    groups: dict[str, list[Held]] = {}
    for forecast, outcome in held:
        groups.setdefault(forecast.person, []).append((forecast, outcome))
    return {person: calibration(own, alpha=alpha) for person, own in groups.items()}


def direction(decided: Sequence[tuple[float, bool]], edges: Sequence[float], alpha: float) -> Direction:
    brier = fmean((chance - better) ** 2 for chance, better in decided)
    rate = fmean(better for _chance, better in decided)
    reference = rate * (1 - rate)
    named = [(chance > 0.5) == better for chance, better in decided if chance != 0.5]
    return Direction(
        n=len(decided),
        brier=brier,
        reference=reference,
        skill=1 - brier / reference if reference else None,
        reason=None if reference else Reason.ALL_ALIKE,
        hits=share(sum(named), len(named), alpha=alpha),
        bins=tuple(bins(decided, edges, alpha)),
    )


def bins(decided: Sequence[tuple[float, bool]], edges: Sequence[float], alpha: float) -> Iterable[Bin]:
    """Those that hold a forecast; the last one takes its upper edge in."""
    for low, high in pairwise(edges):
        inside = [one for one in decided if low <= one[0] < high or one[0] == high == edges[-1]]
        if inside:
            came = share(sum(better for _chance, better in inside), len(inside), alpha=alpha)
            yield Bin(low, high, fmean(chance for chance, _better in inside), came)


def size(sizes: Sequence[tuple[float, Outcome]], alpha: float) -> Size:
    pairs = [(expected, outcome.effect) for expected, outcome in sizes if outcome.effect is not None]
    errors = [expected - observed for expected, observed in pairs]
    found = slope(pairs)
    seen = [(expected, outcome.interval) for expected, outcome in sizes if outcome.interval]
    held = sum(interval[0] <= expected <= interval[1] for expected, interval in seen)
    return Size(
        n=len(pairs),
        mean=fmean(errors),
        median=median(errors),
        slope=None if isinstance(found, Reason) else found,
        reason=found if isinstance(found, Reason) else None,
        within=share(held, len(seen), alpha=alpha),
    )


def slope(pairs: Sequence[tuple[float, float]]) -> float | Reason:
    """Σ(x − x̄)(y − ȳ)/Σ(x − x̄)²."""
    if len(pairs) < LEAST_FOR_SLOPE:
        return Reason.TOO_FEW_FORECASTS
    center, middle = (fmean(column) for column in zip(*pairs, strict=True))
    spread = math.fsum((x - center) ** 2 for x, _y in pairs)
    if spread <= 1e-24 * math.fsum(x * x for x, _y in pairs):
        return Reason.ALL_ALIKE
    found = math.fsum((x - center) * (y - middle) for x, y in pairs) / spread
    return found if math.isfinite(found) else Reason.OUT_OF_RANGE
