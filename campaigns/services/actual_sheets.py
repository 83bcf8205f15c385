"""Actual numbers from a CSV text: what each line says, and which are wrong and why. Nothing is written here.

Columns, in any order: `month` (2027-01), `what` (entered, passed, revenue, spend), `stage` (for passed), `channel`
(none: all together), `value`. An empty value takes the number out. Of lines on the same place the later one counts.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from campaigns.enums import Measure
from campaigns.forecast import months
from campaigns.models import Actual, Projection
from campaigns.queries.actuals import Place
from campaigns.services.actuals import Cell, Known, wrong_value
from campaigns.services.projection_questions import Document, channel_names, stage_names
from insights.services.csv_table import CsvTable, Fault
from insights.values import parse_number
from journeys.documents.card_table import armed, disarmed

COLUMNS = ("month", "what", "stage", "channel", "value")
NEEDED = ("month", "what", "value")
MOST_LINES = 150_000


@dataclass
class ActualSheet:
    """What could be read, the wrong lines, how many lines speak of a place again, and the columns that are not read."""

    cells: list[Cell] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    repeated: int = 0
    ignored: list[str] = field(default_factory=list)


@dataclass
class ActualPlan:
    """How many numbers an import would add, correct and leave as they are."""

    new: int = 0
    corrected: int = 0
    unchanged: int = 0


def read_actuals(text: str, projection: Projection, document: Document) -> ActualSheet:
    """Raises ValidationError where the header cannot be read or lines are too many; wrong lines are `faults`."""
    table = CsvTable(text, known=COLUMNS, most=MOST_LINES)
    table.require(NEEDED, _("The first line must name the columns %(known)s. Missing: %(missing)s."))
    sheet = ActualSheet(ignored=table.ignored)
    reader = Reader(table, Known.of(projection, document), *keys_of(document))
    latest: dict[Place, Cell] = {}
    for number, row in table:
        try:
            cell = reader.read(number, row)
        except ValidationError as error:
            sheet.faults.append(Fault(number, row[:200], " ".join(error.messages)))
            continue
        sheet.repeated += cell.key in latest
        latest[cell.key] = cell
    sheet.cells = list(latest.values())
    return sheet


def keys_of(document: Document) -> tuple[dict[str, str], dict[str, str]]:
    """The keys of stages and of channels by their names in lower case."""
    stages = {name.casefold(): key for key, name in stage_names(document).items()}
    return stages, {name.casefold(): key for key, name in channel_names(document).items()}


@dataclass
class Reader:
    """Lines of one file. What is said of a place is looked into once: files repeat it on many lines."""

    table: CsvTable
    known: Known
    stages: Mapping[str, str]
    channels: Mapping[str, str]
    places: dict[tuple[str, ...], Place] = field(default_factory=dict)

    def read(self, number: int, row: str) -> Cell:
        texts = {name: text.strip() for name, text in self.table.texts(row).items()}
        said = tuple(texts.get(name, "") for name in COLUMNS[:-1])
        if said not in self.places:
            self.places[said] = self.place(*said)
        text = texts.get("value", "")
        value = parse_number(text, comma=self.table.comma) if text else None
        if wrong := wrong_value(value):
            raise ValidationError(wrong)
        return Cell(*self.places[said], value, place=str(number))

    def place(self, month: str, what: str, stage: str, channel: str) -> Place:
        found = Cell(
            month=month_named(month),
            measure=what.casefold(),
            stage=named(stage, self.stages, _("The projection has no stage “%(name)s”.")),
            channel=named(channel, self.channels, _("The projection has no channel “%(name)s”.")),
            value=None,
        )
        if found.measure not in Measure.values:
            raise ValidationError(_("“What” is one of: %(known)s.") % {"known": ", ".join(Measure.values)})
        if wrong := self.known.wrong(found):
            raise ValidationError(wrong)
        return found.key


def month_named(text: str) -> str:
    if months.start_wrong(text):
        raise ValidationError(_("“%(text)s” is no month. Write it like 2027-01.") % {"text": text[:40]})
    return text


def named(text: str, known: Mapping[str, str], sentence: str) -> str:
    if not text:
        return ""
    found = known.get(armed(text).strip().casefold())
    if found is None:
        raise ValidationError(sentence % {"name": text[:100]})
    return found


def plan_actuals(sheet: list[Cell], there: Mapping[Place, Actual]) -> ActualPlan:
    """What entering the cells would do."""
    plan = ActualPlan()
    for cell in sheet:
        entry = there.get(cell.key)
        if cell.value == (entry.value if entry else None):
            plan.unchanged += 1
        elif entry is None:
            plan.new += 1
        else:
            plan.corrected += 1
    return plan


def lines_of(entries: Iterable[Actual], document: Document) -> Iterator[list[str]]:
    """Entries as lines of an export, which can be imported again."""
    stages, channels = stage_names(document), channel_names(document)
    for entry in entries:
        names = [stages.get(entry.stage, entry.stage), channels.get(entry.channel, entry.channel)]
        yield [entry.place[0], entry.measure, *map(disarmed, names), repr(entry.value)]
