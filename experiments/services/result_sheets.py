"""Results from a CSV text: what each line says, and which are wrong and why. Nothing is written here.

Columns, in any order: `date`, `variant` (key or name), `metric` (name; not needed where the plan has one metric), and
the sums that the metric's kind has: `n`, `successes`, `sum`, `sum_squares` and so on. A line whose sums are all empty
withdraws what stands there.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from experiments.models import Entry, Experiment, PlannedMetric, Variant
from experiments.models.result import SUMS
from experiments.services import results
from experiments.services.results import Cell
from experiments.services.sum_names import names_of
from insights.services.csv_table import CsvTable, Fault
from insights.values import parse_date, parse_n, parse_number
from journeys.documents.card_table import armed

COLUMNS = ("date", "variant", "metric", *SUMS)
WHOLE = frozenset({"n", "successes"})
MOST_LINES = 100_000
Key = tuple[int, int, datetime.date]


@dataclass
class ResultSheet:
    """What could be read, the wrong lines, and the columns that are not read."""

    cells: list[Cell] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


@dataclass
class ResultPlan:
    """How many cells an import would add, correct and leave as they are."""

    new: int = 0
    corrected: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class Names:
    """Variants and metrics by what a file may call them, in lower case."""

    variants: Mapping[str, Variant]
    metrics: Mapping[str, PlannedMetric]

    @classmethod
    def of(cls, experiment: Experiment) -> "Names":
        variants = list(experiment.variants.all())
        by_name = {row.name.casefold(): row for row in variants} | {row.key: row for row in variants}
        return cls(by_name, {row.metric.name.casefold(): row for row in experiment.planned_metrics.all()})

    def metric(self, text: str | None) -> PlannedMetric:
        if text is None and len(self.metrics) == 1:
            return next(iter(self.metrics.values()))
        found = self.metrics.get(armed(text or "").strip().casefold())
        if found is None:
            raise ValidationError(_("The plan has no metric “%(name)s”.") % {"name": (text or "").strip()[:120]})
        return found

    def variant(self, text: str) -> Variant:
        found = self.variants.get(armed(text).strip().casefold())
        if found is None:
            raise ValidationError(_("The plan has no variant “%(name)s”.") % {"name": text.strip()[:80]})
        return found


def read_results(text: str, experiment: Experiment) -> ResultSheet:
    """Read a CSV text with a header line. Raises ValidationError where the header cannot be read or lines are too
    many; single wrong lines are `faults`."""
    table = CsvTable(text, known=COLUMNS, most=MOST_LINES)
    names = Names.of(experiment)
    table.require(
        ["date", "variant", "n", *(["metric"] if len(names.metrics) != 1 else [])],
        _("The first line must name the columns date, variant, metric and the sums. Missing: %(missing)s."),
    )
    sheet = ResultSheet(ignored=table.ignored)
    met: dict[Key, int] = {}
    for number, row in table:
        try:
            cell = read_line(number, table.texts(row), names, comma=table.comma)
            judge(cell, met.get(cell.key), experiment)
            met[cell.key] = number
        except ValidationError as error:
            sheet.faults.append(Fault(number, row[:200], " ".join(error.messages)))
        else:
            sheet.cells.append(cell)
    return sheet


def read_line(number: int, texts: Mapping[str, str], names: Names, *, comma: bool) -> Cell:
    metric = names.metric(texts.get("metric"))
    sums: dict[str, Any] = {}
    for name in SUMS:
        if text := texts.get(name, "").strip():
            sums[name] = count(text) if name in WHOLE else parse_number(text, comma=comma)
    place = _("Line %(number)s") % {"number": number}
    variant, date = names.variant(texts.get("variant", "")), parse_date(texts.get("date", ""))
    return Cell(variant, metric, date, sums or None, place=place)


def count(text: str) -> int:
    return 0 if text.strip("0") == "" else parse_n(text) or 0


def judge(cell: Cell, first: int | None, experiment: Experiment) -> None:
    """The checks of the service, line by line, so that all wrong lines are named at once."""
    wrong = [*results.wrong_date(experiment, cell.date), *results.wrong_sums(cell)]
    if first is not None:
        wrong.append(_("Line %(number)s has this variant, metric and day already.") % {"number": first})
    if cell.sums and (extra := cell.sums.keys() - set(names_of(cell.metric))) and not wrong:
        wrong.append(_("This metric does not have: %(names)s.") % {"names": ", ".join(sorted(extra))})
    if wrong:
        raise ValidationError(wrong)


def plan_results(experiment: Experiment, sheet: list[Cell]) -> ResultPlan:
    """What entering the cells would do. One query."""
    there, plan = results.current_entries(experiment), ResultPlan()
    for cell in sheet:
        entry = there.get(cell.key)
        if not results.differs(cell, entry):
            plan.unchanged += 1
        elif entry is None:
            plan.new += 1
        else:
            plan.corrected += 1
    return plan


def row_of(entry: Entry) -> dict[str, str]:
    """An entry as a line of an export; every digit of a sum is there."""
    sums = {name: str(value) if name in WHOLE else repr(value) for name, value in entry.sums.items()}
    return {"date": entry.date.isoformat(), "variant": entry.variant.key, "metric": entry.metric.metric.name} | sums
