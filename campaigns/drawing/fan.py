"""The fan: a median by month with the interval around it, and beside it what really came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from experiments.drawing.scale import Scale, Tick

WIDTH, HEIGHT = 1000, 220
TICKS = 4
AIR = 1.06
MOST_NAMES = 9  # below the picture, so that they stay apart on a wide screen
Series = Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class Fan:
    """`area` and `line` are SVG paths in a box of 1000 × 220."""

    name: str
    area: str
    line: str


@dataclass(frozen=True)
class Dot:
    """An actual number; `at` is per cent across. `inside`: whether it lies in the interval."""

    month: str
    value: float
    at: float
    down: float
    inside: bool


@dataclass(frozen=True)
class Month:
    name: str
    at: float


@dataclass(frozen=True)
class Picture:
    """`mark` is where a month is marked, in per cent across, such as the one in which a plan pays back."""

    fans: tuple[Fan, ...]
    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    months: tuple[Month, ...]
    mark: float | None = None


def fans(
    months: Sequence[str],
    series: Mapping[str, Series],
    *,
    actual: Mapping[str, float] | None = None,
    mark: str | None = None,
) -> Picture:
    """All the series on one scale from 0, by their names in order; `actual` is held against the first."""
    there = actual or {}
    highest = max([*(max(one["p90"]) for one in series.values()), *there.values()], default=0)
    scale = Scale(0.0, highest * AIR or 1.0, length=HEIGHT, up=True)
    places = [place(number, len(months)) for number in range(len(months))]
    first = next(iter(series.values()))
    return Picture(
        fans=tuple(fan(name, one, places, scale) for name, one in series.items()),
        dots=tuple(
            dot(month, there[month], places[number], scale, first["p10"][number], first["p90"][number])
            for number, month in enumerate(months)
            if month in there
        ),
        ticks=scale.ticks(TICKS),
        months=thinned(months, places),
        mark=round(places[list(months).index(mark)] / 10, 2) if mark and mark in months else None,
    )


def place(number: int, count: int) -> float:
    """The middle of a month."""
    return round(WIDTH * (number + 0.5) / count, 1)


def fan(name: str, one: Series, places: Sequence[float], scale: Scale) -> Fan:
    """A single month has no way across: its interval is an upright line, its median a short level one."""
    low, median, high = ([scale.place(value) for value in one[end]] for end in ("p10", "p50", "p90"))
    if len(places) == 1:
        x = places[0]
        return Fan(
            name,
            area=f"M{x - 40:g},{high[0]:g}H{x + 40:g}V{low[0]:g}H{x - 40:g}Z",
            line=f"M{x - 40:g},{median[0]:g}H{x + 40:g}",
        )
    return Fan(name, area=f"{path(places, high)}L{path(places[::-1], low[::-1])[1:]}Z", line=path(places, median))


def path(places: Sequence[float], downs: Sequence[float]) -> str:
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in zip(places, downs, strict=True))


def dot(month: str, value: float, at: float, scale: Scale, low: float, high: float) -> Dot:
    return Dot(month, value, round(at / 10, 2), scale.place(value), inside=low <= value <= high)


def thinned(months: Sequence[str], places: Sequence[float]) -> tuple[Month, ...]:
    step = max(1, -(-len(months) // MOST_NAMES))
    return tuple(Month(months[n], round(places[n] / 10, 2)) for n in range(0, len(months), step))
