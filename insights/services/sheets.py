"""Readings from a CSV text: what each line says, and which lines are wrong and why. Nothing is written here."""

import csv
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from insights.models import Metric
from insights.values import parse_date, parse_n, parse_value

LINE_END = re.compile(r"\r\n|\r|\n")
COLUMNS = ("metric", "date", "value", "n")
LONGEST_LINE = 2000


class Line(NamedTuple):
    number: int
    metric: Metric
    date: datetime.date
    value: float
    n: int | None


class Fault(NamedTuple):
    """A wrong line: its number in the text, counted from 1, what it says, and what is wrong with it."""

    number: int
    text: str
    reason: str


@dataclass
class Sheet:
    """`repeated` are numbers of lines that speak of the same day as an earlier line: the later one counts."""

    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Layout:
    separator: str
    places: Mapping[str, int]
    width: int
    ignored: list[str]

    @property
    def comma(self) -> bool:
        """Where cells are not separated by commas, a comma is a decimal mark."""
        return self.separator != ","


def read_sheet(text: str, *, metrics: Mapping[str, Metric], metric: Metric | None = None) -> Sheet:
    """Read `date`, `value`, `n` and, where no `metric` is given, `metric` by name from a CSV text with a header line.

    `metrics` maps names in lower case to metrics. Raises ValidationError where the header cannot be read.
    """
    rows = LINE_END.split(text.removeprefix("\ufeff"))
    first = next((place for place, row in enumerate(rows) if row.strip()), None)
    if first is None:
        raise ValidationError(_("There is nothing to read. Paste lines, or choose a file."))
    layout = read_header(rows[first], with_metric=metric is None)
    sheet = Sheet(ignored=layout.ignored)
    latest: dict[tuple[int, datetime.date], Line] = {}
    for number, row in enumerate(rows[first + 1 :], start=first + 2):
        if not row.strip(" \t,;"):
            continue
        try:
            line = read_line(number, row, layout, metrics, metric)
        except ValidationError as error:
            sheet.faults.append(Fault(number, row[:200], " ".join(error.messages)))
            continue
        day = (line.metric.pk, line.date)
        if day in latest:
            sheet.repeated.append(number)
        latest[day] = line
    sheet.lines = list(latest.values())
    return sheet


def read_header(row: str, *, with_metric: bool) -> Layout:
    separator = max("\t;,", key=row.count)
    names = [name.strip().casefold() for name in cells(row, separator)]
    known = COLUMNS if with_metric else COLUMNS[1:]
    for name in known:
        if names.count(name) > 1:
            raise ValidationError(_("The first line names the column “%(name)s” twice.") % {"name": name})
    missing = [name for name in known if name not in names and name != "n"]
    if missing:
        raise ValidationError(
            _("The first line must name the columns %(known)s. Missing: %(missing)s.")
            % {"known": ", ".join(known), "missing": ", ".join(missing)}
        )
    places = {name: names.index(name) for name in known if name in names}
    return Layout(separator, places, len(names), [name for name in names if name and name not in known])


def read_line(number: int, row: str, layout: Layout, metrics: Mapping[str, Metric], metric: Metric | None) -> Line:
    found = cells(row, layout.separator)
    if len(found) > layout.width and any(cell.strip() for cell in found[layout.width :]):
        raise ValidationError(
            _("%(found)s cells where the first line names %(named)s. Is a decimal comma in between?")
            % {"found": len(found), "named": layout.width}
        )
    texts = {name: found[place] if place < len(found) else "" for name, place in layout.places.items()}
    about = metric or named(texts["metric"], metrics)
    return Line(
        number,
        about,
        parse_date(texts["date"]),
        parse_value(about.kind, texts["value"], comma=layout.comma),
        parse_n(texts.get("n", "")),
    )


def named(name: str, metrics: Mapping[str, Metric]) -> Metric:
    found = metrics.get(name.strip().casefold())
    if found is None:
        raise ValidationError(_("There is no metric “%(name)s”.") % {"name": name.strip()[:120]})
    return found


def cells(row: str, separator: str) -> list[str]:
    """The cells of one line. A reading never needs a line break, so an open quote ends with its line."""
    if len(row) > LONGEST_LINE:
        raise ValidationError(_("The line is too long."))
    if '"' not in row:
        return row.split(separator)
    try:
        return next(csv.reader([row], delimiter=separator, strict=True))
    except csv.Error:
        raise ValidationError(_("A quotation mark is opened and not closed.")) from None


def decode(content: bytes) -> str:
    """The text of an uploaded file: UTF-8, with or without a mark, or UTF-16 with one."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise ValidationError(_("This file is not text in UTF-8. Save it as “CSV UTF-8”.")) from None
