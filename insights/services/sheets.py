"""Readings from a CSV text: what each line says, and which lines are wrong and why. Nothing is written here."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from insights.models import Metric
from insights.services.csv_table import CsvTable, Fault
from insights.values import parse_date, parse_n, parse_value

COLUMNS = ("metric", "date", "value", "n")


class Line(NamedTuple):
    number: int
    metric: Metric
    date: datetime.date
    value: float
    n: int | None


@dataclass
class Sheet:
    """`repeated` are numbers of lines that speak of the same day as an earlier line: the later one counts."""

    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def read_sheet(text: str, *, metrics: Mapping[str, Metric], metric: Metric | None = None) -> Sheet:
    """Read `date`, `value`, `n` and, where no `metric` is given, `metric` by name from a CSV text with a header line.

    `metrics` maps names in lower case to metrics. Raises ValidationError where the header cannot be read.
    """
    known = COLUMNS if metric is None else COLUMNS[1:]
    table = CsvTable(text, known=known)
    table.require(
        [name for name in known if name != "n"],
        _("The first line must name the columns %(known)s. Missing: %(missing)s."),
    )
    sheet = Sheet(ignored=table.ignored)
    latest: dict[tuple[int, datetime.date], Line] = {}
    for number, row in table:
        try:
            line = read_line(number, row, table, metrics, metric)
        except ValidationError as error:
            sheet.faults.append(Fault(number, row[:200], " ".join(error.messages)))
            continue
        day = (line.metric.pk, line.date)
        if day in latest:
            sheet.repeated.append(number)
        latest[day] = line
    sheet.lines = list(latest.values())
    return sheet


def read_line(number: int, row: str, table: CsvTable, metrics: Mapping[str, Metric], metric: Metric | None) -> Line:
    texts = table.texts(row)
    about = metric or named(texts.get("metric", ""), metrics)
    return Line(
        number,
        about,
        parse_date(texts.get("date", "")),
        parse_value(about.kind, texts.get("value", ""), comma=table.comma),
        parse_n(texts.get("n", "")),
    )


def named(name: str, metrics: Mapping[str, Metric]) -> Metric:
    found = metrics.get(name.strip().casefold())
    if found is None:
        raise ValidationError(_("There is no metric “%(name)s”.") % {"name": name.strip()[:120]})
    return found
