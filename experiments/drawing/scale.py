"""From values to places: a range, where a value lies in it, and round values to mark."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, isfinite, log10

STEPS = (1, 2, 2.5, 5, 10)
NARROW = 250  # pixels that a picture is wide on a small phone
LETTER = 7.5  # pixels of a digit, with some air
FLAT = 1e-9  # of the values: a range narrower than this has no room for different numbers
WHOLE = 100.0


def known(value: float | None) -> float | None:
    """The value, or None where it is not a finite number."""
    return value if value is not None and isfinite(value) else None


def known_interval(interval: tuple[float, float] | None) -> tuple[float, float] | None:
    if interval is None or not all(map(isfinite, interval)):
        return None
    return min(interval), max(interval)


@dataclass(frozen=True)
class Tick:
    """A round value and its place."""

    value: float
    at: float


@dataclass(frozen=True)
class Scale:
    """`low` lies at 0, `high` at `length`. A scale that runs up has its `high` at the top, so at 0."""

    low: float
    high: float
    length: float = WHOLE
    up: bool = False

    def place(self, value: float) -> float:
        """Where the value lies; one outside the range lies at its edge."""
        share = min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)
        return round(self.length * (1 - share if self.up else share), 2)

    def holds(self, value: float | None) -> bool:
        return value is not None and self.low <= value <= self.high

    def ticks(self, most: int) -> tuple[Tick, ...]:
        """Up to so many round values inside, such as 0, 0.05 and 0.1 between −0.01 and 0.12."""
        rough = (self.high - self.low) / most
        power = 10.0 ** floor(log10(rough))
        step = next(factor * power for factor in STEPS if factor * power >= rough * (1 - 1e-9))
        numbers = range(ceil(self.low / step - 1e-9), floor(self.high / step + 1e-9) + 1)
        values = [float(f"{number * step:.12g}") for number in numbers]
        return tuple(Tick(value, self.place(value)) for value in values[:most])


def spaced_ticks(scale: Scale, most: int) -> tuple[Tick, ...]:
    """Up to so many round values of a scale across, fewer where, written in per cent, they would touch on a phone."""
    for number in range(most, 1, -1):
        ticks = scale.ticks(number)
        widest = max((written(tick.value) for tick in ticks), default=0) * LETTER
        if all(after.at - before.at >= widest * WHOLE / NARROW for before, after in pairwise(ticks)):
            return ticks
    return scale.ticks(2)[:1]


def written(value: float) -> int:
    """About how many letters the value has, in per cent."""
    return len(f"+{abs(value) * 100:,.6f}".rstrip("0").rstrip(".") + " %")


def scale_over(values: Iterable[float], *, air: float = 0.06, length: float = WHOLE, up: bool = False) -> Scale:
    """The scale that holds all the values, with some air around them. Needs at least one value."""
    low, high = span(values)
    margin = (high - low) * air
    return Scale(low - margin, high + margin, length, up)


def span(values: Iterable[float]) -> tuple[float, float]:
    """The least and greatest value, pulled apart where they are too near to each other to be told apart."""
    found = list(values)
    low, high = min(found), max(found)
    least = max(abs(low), abs(high)) * FLAT or 0.01
    if high - low < least:
        return low - least / 2, high + least / 2
    return low, high
