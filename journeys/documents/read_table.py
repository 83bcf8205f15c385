"""A table of cards, as `card_table` writes it and people edit it: what each line says, and which lines are wrong."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from journeys.documents.card_table import COLUMNS, MARK, armed
from journeys.documents.rules import cells
from journeys.documents.states import State
from journeys.documents.table_cells import card_of, read_number
from journeys.models.map import new_uid

NEEDED = ("stage", "lane", "title")
MOST_FAULTS = 50


class Line(NamedTuple):
    """`number` is the line in the text, counted from 1; `position` the wanted place in the cell, from 1, if any."""

    number: int
    stage: str
    lane: str
    position: int | None
    card: State


class Fault(NamedTuple):
    number: int
    reason: str


@dataclass
class Table:
    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def read_table(text: str, document: dict[str, Any]) -> Table:
    """Read the lines against the map's document. Raises ValidationError where the first line cannot be read."""
    rows = numbered_rows(text.removeprefix(MARK))
    header = next(rows, None)
    if header is None or isinstance(header, Fault):
        raise ValidationError(_("There is nothing to read. Paste lines, or choose a file."))
    names = column_names(header[1])
    table = Table(ignored=[name for name in names if name and name not in COLUMNS])
    reader = LineReader(document)
    for row in rows:
        if isinstance(row, Fault):
            table.faults.append(row)
            continue
        number, texts = row
        try:
            said = {name: plain(cell) for name, cell in zip(names, texts, strict=False) if name in COLUMNS}
            table.lines.append(reader.read(number, said))
        except ValidationError as error:
            table.faults.append(Fault(number, " ".join(error.messages)))
    del table.faults[MOST_FAULTS:]
    return table


def numbered_rows(text: str) -> Iterator[tuple[int, list[str]] | Fault]:
    """Rows that say something, with the number of the line on which they begin; a cell may hold several lines."""
    separator = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            yield Fault(number, _("A quotation mark is in the wrong place, or a cell is too long. Reading ends here."))
            return
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield number, cells


def plain(cell: str) -> str:
    """As it was before the table was written, with one kind of line end."""
    return armed(cell.replace("\r\n", "\n").replace("\r", "\n"))


def column_names(cells: list[str]) -> list[str]:
    names = [cell.strip().casefold() for cell in cells]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise ValidationError(
            _("The first line names the columns. Missing: %(missing)s.") % {"missing": ", ".join(missing)}
        )
    for name in COLUMNS:
        if names.count(name) > 1:
            raise ValidationError(_("The first line names the column “%(name)s” twice.") % {"name": name})
    return names


class LineReader:
    """Reads one line after the other; remembers which cards the lines before spoke of."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.known: dict[str, tuple[str, str, State | None]] = {
            card["id"]: (stage, lane, card) for stage, lane, cards in cells(document) for card in cards
        }
        self.told: set[str] = set()

    def read(self, number: int, said: dict[str, str]) -> Line:
        uid = said.get("uid", "").strip() or new_uid()
        if uid in self.told:
            raise ValidationError(_("An earlier line speaks of the card “%(uid)s” already.") % {"uid": uid[:40]})
        self.told.add(uid)
        present_stage, present_lane, before = self.known.get(uid, ("", "", None))
        stage = self.named("stages", said.get("stage", ""), present_stage)
        lane = self.named("lanes", said.get("lane", ""), present_lane)
        position = read_number(said.get("position", ""), _("A position is a number from 1."))
        return Line(number, stage, lane, position, card_of(said, before, uid, self.document.get("personas", [])))

    def named(self, kind: str, name: str, present: str) -> str:
        """The id of the stage or lane with this name; of several, the one where the card is."""
        found = [part["id"] for part in self.document[kind] if part["name"] == name.strip()]
        if present in found:
            return present
        if len(found) == 1:
            return found[0]
        sentences = {
            "stages": (_("There is no stage “%(name)s” on the map."), _("Several stages are called “%(name)s”.")),
            "lanes": (_("There is no lane “%(name)s” on the map."), _("Several lanes are called “%(name)s”.")),
        }
        raise ValidationError(sentences[kind][bool(found)] % {"name": name.strip()[:80]})
