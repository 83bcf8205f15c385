"""How many users each smallest effect costs: a curve that falls steeply, with the effect in question marked on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from experiments.drawing.scale import Scale, Tick, scale_over, spaced_ticks
from experiments.stats.needed import Needed

WIDTH, HEIGHT = 1000, 240
TICKS, RULES = 5, 5
AIR = 1.06


@dataclass(frozen=True)
class Rule:
    """A round number of users, its distance from the top in pixels, and the days that it takes, where known."""

    users: float
    down: float
    days: float | None


@dataclass(frozen=True)
class SizeCurve:
    """`once` and `watched` are SVG paths in a box of 1000 × 240: for one look at the end, and for looking every day.

    `at` is the place of the effect in question, `once_down` and `watched_down` what it costs; None above the picture.
    """

    asked: Needed
    once: str
    watched: str
    at: float
    once_down: float
    watched_down: float | None
    ticks: tuple[Tick, ...]
    rules: tuple[Rule, ...]


def size_curve(points: Sequence[Needed], asked: Needed, *, daily_traffic: float | None = None) -> SizeCurve:
    """The picture of what the points cost; it is as high as looking once at the smallest of their effects."""
    effects = scale_over([point.effect for point in (*points, asked)], air=0.02)
    most = max(point.once.total for point in (*points, asked))
    users = Scale(0.0, most * AIR, HEIGHT, up=True)
    return SizeCurve(
        asked,
        once=path([(point.effect, point.once.total) for point in points], effects, users),
        watched=path([(point.effect, point.watched.total) for point in points], effects, users),
        at=effects.place(asked.effect),
        once_down=users.place(asked.once.total),
        watched_down=users.place(asked.watched.total) if users.holds(asked.watched.total) else None,
        ticks=spaced_ticks(effects, TICKS),
        rules=tuple(
            Rule(tick.value, tick.at, tick.value / daily_traffic if daily_traffic else None)
            for tick in users.ticks(RULES)
            if tick.value > 0
        ),
    )


def path(points: Sequence[tuple[float, float]], effects: Scale, users: Scale) -> str:
    """Through the points that are inside the picture."""
    seen = [
        f"{effects.place(effect) * WIDTH / 100:g},{users.place(count):g}"
        for effect, count in points
        if users.holds(count)
    ]
    return "M" + "L".join(seen) if len(seen) > 1 else ""
