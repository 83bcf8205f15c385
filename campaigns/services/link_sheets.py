"""Links from a CSV text, line by line: what each says, and what is wrong with it. Nothing is written here."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from campaigns.link_words import NAMES, in_words
from campaigns.naming.check import Checker
from campaigns.naming.problems import Checked
from campaigns.naming.rules import LONGEST_LINK, Rules
from insights.services.csv_table import LINE_END, cells
from journeys.documents.card_table import armed

ADDRESS = re.compile(r"https?://", re.IGNORECASE)
URL_COLUMNS = ("url", "link", "address", "destination")
MOST_LINES = 100_000
LONGEST_LINE = LONGEST_LINK * 4
NOWHERE = -1


class Line(NamedTuple):
    """What a line says, its number in the text counted from 1. `unread` says why it cannot be read."""

    number: int
    url: str
    parameters: Mapping[str, str]
    unread: str = ""


class Judged(NamedTuple):
    """A line and what the checker says of it; `same_as` is the number of an earlier line with the same link, or 0."""

    line: Line
    checked: Checked
    same_as: int = 0

    @property
    def ok(self) -> bool:
        return self.checked.ok

    @property
    def rules(self) -> str:
        """The names of the broken rules, such as “required, lowercase”."""
        if self.line.unread:
            return _("unreadable line")
        return ", ".join(dict.fromkeys(str(NAMES[problem.rule]) for problem in self.checked.problems))

    @property
    def reasons(self) -> list[str]:
        """What is wrong and what to write instead, a sentence each."""
        return [self.line.unread] if self.line.unread else [in_words(problem) for problem in self.checked.problems]


@dataclass(frozen=True)
class Layout:
    """Where in a line what stands. `separator` is empty for lines that are addresses and nothing else."""

    separator: str
    url: int
    parameters: Mapping[str, int] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()


class Sheet:
    """A CSV text. Raises ValidationError where its first line cannot be understood, or where it is too long."""

    def __init__(self, text: str, names: Collection[str]) -> None:
        self._rows = LINE_END.split(text.removeprefix("\ufeff"))
        first = next((place for place, row in enumerate(self._rows) if row.strip()), None)
        if first is None:
            raise ValidationError(_("There is nothing to read. Paste lines, or choose a file."))
        row = self._rows[first]
        bare = ADDRESS.match(row.strip().strip('"')) is not None
        self.layout = Layout("", 0) if bare else read_header(row, names)
        self._start = first if bare else first + 1
        if sum(1 for row in self._rows[self._start :] if row) > MOST_LINES:
            raise ValidationError(_("More than %(most)d lines. Import them in parts.") % {"most": MOST_LINES})

    def lines(self) -> Iterator[Line]:
        for number, row in enumerate(self._rows[self._start :], start=self._start + 1):
            if row.strip(" \t,;"):
                yield read_line(number, row, self.layout)


def judge(sheet: Sheet, rules: Rules) -> Iterator[Judged]:
    """Check each line. Of lines with the same link all but the first say so."""
    checker, seen = Checker(rules), dict[str, int]()
    for line in sheet.lines():
        checked = Checked(ok=False) if line.unread else checker.check(line.url, line.parameters)
        earlier = seen.setdefault(checked.url, line.number) if checked.ok else line.number
        yield Judged(line, checked, 0 if earlier == line.number else earlier)


def read_header(row: str, names: Collection[str]) -> Layout:
    """`names` are the tracking parameters; a column may be called `utm_source` or simply `source`."""
    separator = max("\t;,", key=row.count)
    columns = [name.strip().casefold() for name in cells(row, separator, longest=LONGEST_LINE)]
    known = {name.removeprefix("utm_").casefold(): name for name in names}
    known |= {name.casefold(): name for name in names}
    url = next((columns.index(name) for name in URL_COLUMNS if name in columns), NOWHERE)
    if url == NOWHERE:
        raise ValidationError(
            _("The first line must name the columns: url, and those of %(names)s that there are.")
            % {"names": ", ".join(names)}
        )
    places: dict[str, int] = {}
    for place, column in enumerate(columns):
        if place != url and column in known:
            if known[column] in places:
                raise ValidationError(_("The first line names the column “%(name)s” twice.") % {"name": known[column]})
            places[known[column]] = place
    used = {url, *places.values()}
    ignored = tuple(column for place, column in enumerate(columns) if column and place not in used)
    return Layout(separator, url, places, ignored)


def read_line(number: int, row: str, layout: Layout) -> Line:
    if not layout.separator:
        return Line(number, row.strip().strip('"'), {})
    try:
        found = cells(row, layout.separator, longest=LONGEST_LINE)
    except ValidationError as error:
        return Line(number, row[:200], {}, " ".join(error.messages))
    texts = {name: found[place] for name, place in layout.parameters.items() if place < len(found)}
    parameters = {name: armed(text.strip()) for name, text in texts.items() if text.strip()}
    return Line(number, found[layout.url].strip() if layout.url < len(found) else "", parameters)
