"""The flow of paths beside the grid, as SVG path data. Pure: positions in, strings out.

Forward paths run on the middle line. Skips arch above it, back and return below, each arch outside the shorter ones it
covers, so that arches cross only where their ends interleave and nothing else is possible on one side.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

UNIT = 200
TRACK = 20
LINE = 14
PORT = 16
MOST_TRACKS = 20
ABOVE, BELOW, ON = "above", "below", "on"


@dataclass(frozen=True)
class Way:
    """A path as the drawing sees it: positions of its ends (0 is the first stage), its kind, its label.

    `words` is the whole sentence for those who do not see the drawing.
    """

    id: int
    source: int
    target: int
    kind: str
    label: str
    share: float | None
    words: str = ""

    @property
    def tag(self) -> str:
        """What stands on the arch: its share, its label, or both."""
        share = "" if self.share is None else shown_share(self.share)
        return " ".join(filter(None, [share, self.label]))

    @property
    def side(self) -> str:
        if self.kind == "forward":
            return ON
        if self.kind == "skip" or (self.kind == "pause" and self.target > self.source):
            return ABOVE
        return BELOW

    @property
    def ends(self) -> tuple[int, int]:
        return min(self.source, self.target), max(self.source, self.target)


@dataclass(frozen=True)
class Arc:
    """A way, drawn. `column` and `columns` say over which stages its label is centered, `row` on which track."""

    way: Way
    line: str
    head: str
    side: str
    track: int
    column: int
    columns: int


@dataclass(frozen=True)
class Flow:
    arcs: tuple[Arc, ...]
    above: int
    below: int

    @property
    def middle(self) -> int:
        return self.above * TRACK + LINE

    @property
    def height(self) -> int:
        return (self.above + self.below) * TRACK + 2 * LINE


def shown_share(share: float) -> str:
    return f"{share * 100:.3g}\u00a0%"


def tracks(ways: Sequence[Way]) -> dict[int, int]:
    """A track per way of one side, from 1: short ways first, each on the lowest track free over all its stages.

    What finds no free track among the first `MOST_TRACKS` runs on the last one.
    """
    taken: list[list[tuple[int, int]]] = []
    result: dict[int, int] = {}
    for way in sorted(ways, key=lambda way: (way.ends[1] - way.ends[0], way.ends, way.id)):
        start, end = way.ends
        # an arch lies outside every arch that it covers, whatever track happens to be free
        number = max(
            (result[other.id] for other in ways if other.id in result and covers(way.ends, other.ends)), default=0
        )
        while number < len(taken) and any((a < end and start < b) or (a, b) == (start, end) for a, b in taken[number]):
            number += 1
        number = min(number, MOST_TRACKS - 1)
        while len(taken) <= number:
            taken.append([])
        taken[number].append((start, end))
        result[way.id] = number + 1
    return result


def covers(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def layout(ways: Iterable[Way]) -> Flow:
    """Where every way runs. The same ways give the same drawing, in any order."""
    ordered = sorted(ways, key=lambda way: (way.source, way.target, way.kind, way.id))
    over = tracks([way for way in ordered if way.side == ABOVE])
    under = tracks([way for way in ordered if way.side == BELOW])
    above, below = max(over.values(), default=0), max(under.values(), default=0)
    middle = above * TRACK + LINE
    return Flow(tuple(arc(way, over.get(way.id) or under.get(way.id) or 0, middle) for way in ordered), above, below)


def arc(way: Way, track: int, middle: int) -> Arc:
    first, last = way.ends
    if way.side == ON:
        start, end = center(way.source) + PORT, center(way.target) - PORT
        return Arc(way, f"M{start},{middle}H{end}", head(end, middle, 1, 0), ON, 0, first + 1, last - first + 1)
    sign = -1 if way.side == ABOVE else 1
    level, edge = middle + sign * track * TRACK, middle + sign * 8
    start, end = ports(way, track)
    turn = 10 if end >= start else -10
    line = (
        f"M{start},{edge}V{level - sign * 8}Q{start},{level} {start + turn},{level}"
        f"H{end - turn}Q{end},{level} {end},{level - sign * 8}V{edge}"
    )
    return Arc(way, line, head(end, edge, 0, -sign), way.side, track, first + 1, last - first + 1)


def ports(way: Way, track: int) -> tuple[int, int]:
    """Where an arch leaves and lands: beside the stage's center, outer arches nearer to it, so that no legs meet."""
    if way.source == way.target:  # wide enough to be seen beside its label
        return center(way.source) + 76, center(way.source) - 76
    shift = max(10, 44 - 8 * track)
    direction = 1 if way.target > way.source else -1
    return center(way.source) + direction * shift, center(way.target) - direction * shift


def center(position: int) -> int:
    return position * UNIT + UNIT // 2


def head(x: int, y: int, dx: int, dy: int) -> str:
    """A chevron that points along (dx, dy)."""
    if dx:
        return f"M{x - 6},{y - 4}L{x},{y}L{x - 6},{y + 4}"
    return f"M{x - 5},{y - 5 * dy}L{x},{y}L{x + 5},{y - 5 * dy}"
