"""The grid in which results are typed: days down, the variants' sums across, one metric at a time.

A field is `c-<variant>-<day>-<sum>`, with the id of the entry that was seen there in `seen-<variant>-<day>`. What still
says what was seen has not been touched, whoever corrected it meanwhile.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from experiments.models import Entry, Experiment, PlannedMetric, Variant
from experiments.queries.entries import current_of, seen_entries
from experiments.services.results import Cell
from experiments.services.sum_names import names_of
from experiments.stats.limits import MOST_SUM, MOST_USERS
from insights.number_fields import CountField, NumberField, typed_number
from teams.queries import named_id

MOST_DAYS = 62
COUNTS = frozenset({"n", "successes"})
COUNT = CountField(least=0, most=MOST_USERS, required=False)
SUM = NumberField(least=-MOST_SUM, most=MOST_SUM, required=False)


@dataclass
class Box:
    """One field of the grid."""

    name: str
    sum: str
    text: str
    whole: bool
    wrong: bool = False


@dataclass
class Spot:
    """A variant on a day: its boxes, the entry that was seen there, and what is wrong or theirs."""

    variant: Variant
    date: datetime.date
    boxes: list[Box]
    seen: int = 0
    errors: list[str] = field(default_factory=list)
    theirs: Entry | None = None
    touched: bool = False

    @property
    def place(self) -> str:
        return f"{self.variant.pk}-{self.date.isoformat()}"

    @property
    def blank(self) -> bool:
        return not any(box.text for box in self.boxes)


class Grid:
    """The days from `first` to `last` of one metric. Bound to what was posted, `cells` are what a service is sent."""

    def __init__(
        self,
        experiment: Experiment,
        planned: PlannedMetric,
        first: datetime.date,
        last: datetime.date,
        data: QueryDict | None = None,
    ) -> None:
        self.experiment, self.planned, self.first, self.last = experiment, planned, first, last
        self.sums = names_of(planned)
        self.variants: list[Variant] = list(experiment.variants.all())
        self.current = current_of(planned, first, last)
        self.spots = {(variant.pk, date): self.spot(variant, date) for date in self.dates for variant in self.variants}
        self.cells: list[Cell] = []
        if data is not None:
            self.bind(data)

    @property
    def dates(self) -> list[datetime.date]:
        return [self.first + datetime.timedelta(days) for days in range((self.last - self.first).days + 1)]

    @property
    def rows(self) -> Iterator[tuple[datetime.date, list[Spot]]]:
        for date in self.dates:
            yield date, [self.spots[variant.pk, date] for variant in self.variants]

    @property
    def wrong(self) -> list[Spot]:
        return [spot for spot in self.spots.values() if spot.errors]

    @property
    def conflicts(self) -> list[Spot]:
        return [spot for spot in self.spots.values() if spot.theirs]

    def spot(self, variant: Variant, date: datetime.date) -> Spot:
        entry = self.current.get((variant.pk, date))
        texts = typed(entry)
        boxes = [
            Box(f"c-{variant.pk}-{date.isoformat()}-{name}", name, texts.get(name, ""), name in COUNTS)
            for name in self.sums
        ]
        return Spot(variant, date, boxes, entry.pk if entry else 0)

    def bind(self, data: QueryDict) -> None:
        """Read what was typed into the fields that differ from what was seen in them."""
        seen = {key: named_id(data.get(f"seen-{spot.place}")) or 0 for key, spot in self.spots.items()}
        entries = seen_entries(self.planned, seen.values())
        for key, spot in self.spots.items():
            before = typed(entries.get(seen[key]))
            texts = {box.sum: data.get(box.name, "").strip()[:60] for box in spot.boxes}
            if spot.boxes[0].name not in data or all(texts[name] == before.get(name, "") for name in texts):
                continue
            spot.touched, spot.seen = True, seen[key]
            for box in spot.boxes:
                box.text = texts[box.sum]
            self.read(spot)

    def read(self, spot: Spot) -> None:
        sums: dict[str, Any] | None = None
        if not spot.blank:
            sums = {box.sum: value for box in spot.boxes if (value := number(box, spot)) is not None}
        if not spot.errors:
            cell = Cell(spot.variant, self.planned, spot.date, sums, spot.seen, spot.place)
            self.cells.append(cell)

    def fill(self, texts: Mapping[tuple[int, datetime.date], list[str]]) -> None:
        """Put pasted texts into the fields; they are typed, not saved."""
        for key, values in texts.items():
            for box, text in zip(self.spots[key].boxes, values, strict=False):
                box.text = text

    def refuse(self, error: ValidationError) -> list[str]:
        """Put what the service refused at its cells; what has none comes back."""
        places = {spot.place: spot for spot in self.spots.values()}
        rest = []
        for place, errors in error.update_error_dict({}).items():
            texts = [str(text) for found in errors for text in found.messages]
            if place in places:
                places[place].errors += texts
                for box in places[place].boxes:
                    box.wrong = True
            else:
                rest += texts
        return rest

    def show_theirs(self) -> None:
        """Somebody was faster in some cells: show what they entered, and see it from now on."""
        self.current = current_of(self.planned, self.first, self.last)
        for key, spot in self.spots.items():
            entry = self.current.get(key)
            if spot.touched and entry is not None and entry.pk != spot.seen:
                spot.theirs, spot.seen = entry, entry.pk


def number(box: Box, spot: Spot) -> float | None:
    try:
        return (COUNT if box.whole else SUM).clean(box.text)
    except ValidationError as error:
        box.wrong = True
        spot.errors += error.messages
        return None


def typed(entry: Entry | None) -> dict[str, str]:
    """The sums of an entry as one would type them, all digits."""
    return {} if entry is None else {name: typed_number(value) for name, value in entry.sums.items()}
