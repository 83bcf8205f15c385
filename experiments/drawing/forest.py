"""The forest: an interval per metric and treatment on one relative scale, so that metrics can be held side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from experiments.drawing.scale import Scale, Tick, known, known_interval, scale_over, spaced_ticks
from experiments.stats.analysis import Verdict
from experiments.stats.estimates import Interval

TICKS = 5
FAR = 3  # times the usual reach: what goes farther is cut, so that it does not flatten the others
ROOM = 1.5  # times the smallest effect that matters: its band is always seen whole


class Role(StrEnum):
    PRIMARY = "primary"
    SECONDARY = "secondary"
    GUARDRAIL = "guardrail"


@dataclass(frozen=True)
class ForestRow:
    """One treatment's effect on one metric, relative to the control: 0.042 is 4.2 % more.

    `always_valid` is the interval that gives the verdict, `fixed` the one for a single look at the end, `margin` the
    smallest effect that matters, above 0. What is None or not finite is not drawn; `reason` then says why.
    """

    metric: str
    variant: str
    role: Role = Role.PRIMARY
    estimate: float | None = None
    always_valid: Interval | None = None
    fixed: Interval | None = None
    margin: float | None = None
    verdict: Verdict = Verdict.NOT_COMPUTABLE
    reason: str = ""


@dataclass(frozen=True)
class Bar:
    """An interval, drawn: where it starts and how wide it is, in per cent, and whether it goes on beyond an edge."""

    start: float
    width: float
    cut_low: bool = False
    cut_high: bool = False

    @property
    def end(self) -> float:
        return round(self.start + self.width, 2)


@dataclass(frozen=True)
class Drawn:
    """A row with what is drawn of it. `point` is None also where the estimate lies beyond an edge."""

    row: ForestRow
    estimate: float | None
    always_valid: Interval | None
    bar: Bar | None
    fixed: Bar | None
    band: Bar | None
    point: float | None


@dataclass(frozen=True)
class Group:
    role: Role
    rows: tuple[Drawn, ...]


@dataclass(frozen=True)
class Forest:
    """`zero` and `ticks` are places across; there are none where no row has a number."""

    groups: tuple[Group, ...]
    zero: float | None
    ticks: tuple[Tick, ...]
    banded: bool
    cut: bool


def forest(rows: Sequence[ForestRow]) -> Forest | None:
    """The picture of the rows, in groups by role and in their order; None without rows."""
    if not rows:
        return None
    scale = scale_of(rows)
    groups = tuple(
        Group(role, tuple(drawn(row, scale) for row in rows if row.role == role))
        for role in Role
        if any(row.role == role for row in rows)
    )
    bars = [one.bar for group in groups for one in group.rows if one.bar]
    return Forest(
        groups,
        zero=scale.place(0.0) if scale else None,
        ticks=spaced_ticks(scale, TICKS) if scale else (),
        banded=any(one.band for group in groups for one in group.rows),
        cut=any(bar.cut_low or bar.cut_high for bar in bars),
    )


def scale_of(rows: Sequence[ForestRow]) -> Scale | None:
    """All that the rows say, around 0, but nothing that lies `FAR` times farther out than is usual among them."""
    values = [list(numbers(row)) for row in rows]
    reaches = [max(map(abs, some)) for some in values if some]
    if not reaches:
        return None
    margins = [margin for row in rows if (margin := known(row.margin)) and margin > 0]
    limit = max(FAR * median(reaches), ROOM * max(margins, default=0.0))
    seen = [min(max(value, -limit), limit) for some in values for value in some]
    band = [ROOM * side * margin for margin in margins for side in (-1, 1)]
    return scale_over([0.0, *seen, *band])


def numbers(row: ForestRow) -> Iterator[float]:
    yield from known_interval(row.always_valid) or ()
    yield from known_interval(row.fixed) or ()
    if (estimate := known(row.estimate)) is not None:
        yield estimate


def drawn(row: ForestRow, scale: Scale | None) -> Drawn:
    estimate, margin = known(row.estimate), known(row.margin)
    looked, fixed = known_interval(row.always_valid), known_interval(row.fixed)
    if scale is None:
        return Drawn(row, estimate, looked, None, None, None, None)
    return Drawn(
        row,
        estimate,
        looked,
        bar=bar(looked, scale) if looked else None,
        fixed=bar(fixed, scale) if fixed else None,
        band=bar((-margin, margin), scale) if margin and margin > 0 else None,
        point=scale.place(estimate) if estimate is not None and scale.holds(estimate) else None,
    )


def bar(interval: Interval, scale: Scale) -> Bar:
    low, high = interval
    start, end = scale.place(low), scale.place(high)
    return Bar(start, round(end - start, 2), cut_low=low < scale.low, cut_high=high > scale.high)
