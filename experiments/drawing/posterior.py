"""What is believed of a difference: a hill of densities, the part beyond 0 shaded, the interval marked below."""

from collections.abc import Sequence
from dataclasses import dataclass

from experiments.drawing.forest import Bar, bar
from experiments.drawing.measures import POINTS, Measure
from experiments.drawing.scale import Scale, Tick, spaced_ticks
from experiments.stats.bayes import Posterior
from experiments.stats.density import Spread
from experiments.stats.inputs import Goal

WIDTH, HEIGHT = 1000, 160
TICKS = 5
FAR = 2  # times the hill's own width: a 0 that lies farther away is not shown


@dataclass(frozen=True)
class Chance:
    """The probability that the difference is more than a value."""

    value: float
    above: float


@dataclass(frozen=True)
class Hill:
    """`hill` is the whole area as an SVG path in a box of 1000 × 160, `better` the part where the treatment is better.

    `level` is the interval's probability. `zero` is None where 0 lies too far away to be shown. `chances` says for each
    tick how likely the difference is above it.
    """

    found: Posterior
    level: float
    goal: Goal
    measure: Measure
    hill: str
    better: str
    line: str
    zero: float | None
    interval: Bar
    ticks: tuple[Tick, ...]
    chances: tuple[Chance, ...]


def posterior(
    found: Posterior, spread: Spread, *, alpha: float = 0.05, goal: Goal = Goal.INCREASE, measure: Measure = POINTS
) -> Hill:
    """The picture of a posterior, its interval at 1 − alpha, and of how it is spread; both of treatment − control."""
    scale = scale_of(spread)
    top = max(density for _value, density in spread.points)
    outline = [(spread.low, 0.0), *((value, density / top) for value, density in spread.points), (spread.high, 0.0)]
    ticks = spaced_ticks(scale, TICKS)
    return Hill(
        found,
        1 - alpha,
        goal,
        measure,
        hill=area(outline, scale),
        better=area(beyond_zero(outline, goal), scale),
        line=path(outline, scale),
        zero=scale.place(0.0) if scale.holds(0.0) else None,
        interval=bar(found.interval, scale),
        ticks=ticks,
        chances=tuple(Chance(tick.value, spread.above(tick.value)) for tick in ticks),
    )


def scale_of(spread: Spread) -> Scale:
    whole = spread.high - spread.low
    low, high = min(spread.low, 0.0), max(spread.high, 0.0)
    near = high - low <= (1 + FAR) * whole
    return Scale(low, high) if near else Scale(spread.low, spread.high)


Outline = Sequence[tuple[float, float]]


def beyond_zero(outline: Outline, goal: Goal) -> Outline:
    """The part of the outline above 0, or below it where less is better, cut exactly at 0."""
    sign = 1 if goal is Goal.INCREASE else -1
    kept = [place for place in outline if place[0] * sign > 0]
    if len(kept) in (0, len(outline)):
        return kept
    number = next(number for number, place in enumerate(outline) if place[0] >= 0)
    (x0, y0), (x1, y1) = outline[number - 1], outline[number]
    edge = (0.0, y0 + (y1 - y0) * -x0 / (x1 - x0))
    return [edge, *kept] if sign > 0 else [*kept, edge]


def area(outline: Outline, scale: Scale) -> str:
    """The outline, closed along the ground."""
    if len(outline) < 2:
        return ""
    first, last = (across(scale, end[0]) for end in (outline[0], outline[-1]))
    return f"M{first:g},{HEIGHT}L{path(outline, scale)[1:]}L{last:g},{HEIGHT}Z"


def path(outline: Outline, scale: Scale) -> str:
    return "M" + "L".join(f"{across(scale, value):g},{HEIGHT * (1 - height):.2f}" for value, height in outline)


def across(scale: Scale, value: float) -> float:
    return round(scale.place(value) * WIDTH / scale.length, 1)
