"""The emotion curve as SVG path data. Pure: numbers in, strings out.

The picture is `UNIT` wide per stage and `HEIGHT` high; level +2 is near the top, −2 near the bottom. It is stretched to
the board's width, so lines keep their stroke by `vector-effect` and points are strokes without length.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

UNIT = 200
HEIGHT = 132
STEP = 26


@dataclass(frozen=True)
class Feeling:
    """A persona's emotion at a card: the stage's place, the card's place among `count` feelings there, level, words."""

    stage: int
    place: int
    count: int
    level: int
    word: str
    card_id: int
    card: str


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    feeling: Feeling

    @property
    def mark(self) -> str:
        return f"M{self.x:g},{self.y:g}h0"


@dataclass(frozen=True)
class Curve:
    """One persona's line. `stroke` numbers the lines, so that color is not their only difference."""

    label: str
    color: str
    stroke: int
    points: tuple[Point, ...]
    line: str


def point(feeling: Feeling, *, stretch: float = 1.0) -> Point:
    """`stretch` fits a map with another number of stages onto this one's width."""
    x = (feeling.stage + (feeling.place + 1) / (feeling.count + 1)) * UNIT * stretch
    return Point(round(x, 1), HEIGHT / 2 - feeling.level * STEP, feeling)


def smooth(points: Sequence[Point]) -> str:
    """Cubic curves with level tangents at the points: never above the highest feeling nor below the lowest."""
    if not points:
        return ""
    parts = [f"M{points[0].x:g},{points[0].y:g}"]
    for before, after in pairwise(points):
        middle = round((before.x + after.x) / 2, 1)
        parts.append(f"C{middle:g},{before.y:g} {middle:g},{after.y:g} {after.x:g},{after.y:g}")
    return " ".join(parts)


def curve(label: str, color: str, stroke: int, feelings: Sequence[Feeling], *, stretch: float = 1.0) -> Curve:
    points = tuple(point(feeling, stretch=stretch) for feeling in feelings)
    return Curve(label, color, stroke, points, smooth(points))
