"""The sequence of looks at one treatment: what each look said, with the band that narrows while users come."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil

from experiments.drawing.measures import RELATIVE, Measure
from experiments.drawing.scale import Scale, Tick, known, known_interval, scale_over
from experiments.stats.estimates import Interval

WIDTH, HEIGHT = 1000, 240
TICKS = 5
DAYS, DAYS_WITH_YEARS = 4, 2.5  # steps between the dates that are written: on a phone, more would touch
FAR = 3  # times what the last look reaches: the first looks may reach farther, and are cut
MANY = 60  # looks: from here on they stand too close to be dots
STEPS = (1, 2, 7, 14, 28, 56, 91, 182, 364)  # days between two dates that are written


@dataclass(frozen=True)
class Look:
    """What was known at the end of a day, as differences to the control. What is None or not finite was not computed;
    `reason` then says why."""

    date: datetime.date
    estimate: float | None = None
    interval: Interval | None = None
    reason: str = ""


class Event(StrEnum):
    EARLIEST = "earliest"  # the minimum run time is over
    PLANNED = "planned"  # the planned end


@dataclass(frozen=True)
class Mark:
    event: Event
    date: datetime.date
    at: float


@dataclass(frozen=True)
class Day:
    """A date that is written below. `dated`: with its year, because it is another one than before."""

    date: datetime.date
    at: float
    dated: bool


@dataclass(frozen=True)
class Dot:
    at: float
    down: float
    look: Look


@dataclass(frozen=True)
class Course:
    """`band` and `line` are SVG paths in a box of 1000 × 240, `lone` those bands that are a single look wide.

    `zero` and `margins` are distances from the top in pixels, as are the places of `ticks`.
    """

    looks: tuple[Look, ...]
    measure: Measure
    band: str
    lone: str
    line: str
    dots: tuple[Dot, ...]
    zero: float
    margins: tuple[float, ...]
    ticks: tuple[Tick, ...]
    days: tuple[Day, ...]
    marks: tuple[Mark, ...]
    margin: float | None
    cut: bool

    @property
    def last(self) -> Look:
        return self.looks[-1]


@dataclass(frozen=True)
class Calendar:
    """Days across."""

    first: datetime.date
    last: datetime.date

    def place(self, date: datetime.date) -> float:
        return round(100 * (date - self.first) / (self.last - self.first), 2)

    def written(self) -> tuple[Day, ...]:
        whole = (self.last - self.first).days
        several = self.first.year != self.last.year
        most = DAYS_WITH_YEARS if several else DAYS
        step = next((step for step in STEPS if whole / step <= most), ceil(whole / most))
        dates = [self.first + datetime.timedelta(days) for days in range(0, whole + 1, step)]
        years = [None, *(date.year for date in dates)]
        return tuple(
            Day(date, self.place(date), dated=several and date.year != year)
            for date, year in zip(dates, years, strict=False)
        )


def sequence(
    looks: Iterable[Look],
    *,
    margin: float | None = None,
    start: datetime.date | None = None,
    earliest_end: datetime.date | None = None,
    planned_end: datetime.date | None = None,
    measure: Measure = RELATIVE,
) -> Course | None:
    """The picture of the looks in the order of their dates, the last one of each date; None where none has a number.

    `margin`: the smallest effect that matters, above 0, in what the looks are in.
    """
    latest = {look.date: cleaned(look) for look in looks}
    ordered = tuple(latest[date] for date in sorted(latest))
    if not any(list(numbers(look)) for look in ordered):
        return None
    margin = known(margin)
    margin = margin if margin and margin > 0 else None
    days = calendar(ordered, [start, earliest_end, planned_end])
    scale = scale_of(ordered, margin)
    runs = list(stretches(ordered))
    dots = tuple(dot for look in ordered if (dot := dot_of(look, days, scale)))
    return Course(
        ordered,
        measure,
        band="".join(area(run, days, scale) for run in runs if len(run) > 1),
        lone="".join(area(run, days, scale) for run in runs if len(run) == 1),
        line="M" + "L".join(point(dot.at, dot.down) for dot in dots) if len(dots) > 1 else "",
        dots=dots if len(dots) < MANY else dots[-1:],
        zero=scale.place(0.0),
        margins=(scale.place(margin), scale.place(-margin)) if margin else (),
        ticks=scale.ticks(TICKS),
        days=days.written(),
        marks=tuple(marks(days, earliest_end, planned_end)),
        margin=margin,
        cut=any(not scale.holds(number) for look in ordered for number in numbers(look)),
    )


def cleaned(look: Look) -> Look:
    return replace(look, estimate=known(look.estimate), interval=known_interval(look.interval))


def numbers(look: Look) -> Iterator[float]:
    yield from look.interval or ()
    if look.estimate is not None:
        yield look.estimate


def calendar(looks: tuple[Look, ...], others: Iterable[datetime.date | None]) -> Calendar:
    """From the first day that matters to the last one; a day on both sides where that is the same."""
    dates = [look.date for look in looks] + [date for date in others if date]
    first, last = min(dates), max(dates)
    day = datetime.timedelta(1)
    return Calendar(first - day, last + day) if first == last else Calendar(first, last)


def scale_of(looks: tuple[Look, ...], margin: float | None) -> Scale:
    """Around what the last look that has numbers says; earlier ones as far as they are not `FAR` times wider."""
    values = [list(numbers(look)) for look in looks]
    newest = next(some for some in reversed(values) if some)
    edge = margin or 0.0
    limit = FAR * max(*map(abs, newest), edge)
    seen = [min(max(value, -limit), limit) for some in values for value in some]
    return scale_over([0.0, edge, -edge, *seen], length=HEIGHT, up=True)


def stretches(looks: tuple[Look, ...]) -> Iterator[list[Look]]:
    """Looks with an interval, as long as none is missing between them."""
    run: list[Look] = []
    for look in looks:
        if look.interval:
            run.append(look)
        elif run:
            yield run
            run = []
    if run:
        yield run


def area(run: list[Look], days: Calendar, scale: Scale) -> str:
    """The band along its upper edge and back along its lower one; of a single look a line down."""
    edges = [(days.place(look.date), look.interval) for look in run]
    upper = [point(at, scale.place(interval[1])) for at, interval in edges if interval]
    lower = [point(at, scale.place(interval[0])) for at, interval in edges if interval]
    return "M" + "L".join(upper + lower[::-1]) + ("Z" if len(run) > 1 else "")


def dot_of(look: Look, days: Calendar, scale: Scale) -> Dot | None:
    if look.estimate is None or not scale.holds(look.estimate):
        return None
    return Dot(days.place(look.date), scale.place(look.estimate), look)


def marks(days: Calendar, earliest_end: datetime.date | None, planned_end: datetime.date | None) -> Iterator[Mark]:
    if earliest_end:
        yield Mark(Event.EARLIEST, earliest_end, days.place(earliest_end))
    if planned_end:
        yield Mark(Event.PLANNED, planned_end, days.place(planned_end))


def point(across: float, down: float) -> str:
    return f"{across * WIDTH / 100:g},{down:g}"
