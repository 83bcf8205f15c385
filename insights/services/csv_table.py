"""A CSV text with a header line, line by line: for readings, results and actual numbers alike."""

import csv
import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LINE_END = re.compile(r"\r\n|\r|\n")
LONGEST_LINE = 2000


class Fault(NamedTuple):
    """A wrong line: its number in the text, counted from 1, what it says, and what is wrong with it."""

    number: int
    text: str
    reason: str


class CsvTable:
    """Iterating gives the lines below the header that say something, each with its number in the text, from 1.

    Cells are separated by tabs, semicolons or commas, whichever the header has most of. `ignored` are the columns that
    are not `known`. Raises ValidationError where there is nothing, or more than `most` lines.
    """

    def __init__(self, text: str, *, known: Collection[str], most: int | None = None) -> None:
        self.rows = LINE_END.split(text.removeprefix("\ufeff"))
        first = next((place for place, row in enumerate(self.rows) if row.strip()), None)
        if first is None:
            raise ValidationError(_("There is nothing to read. Paste lines, or choose a file."))
        if most is not None and len(self.rows) - first > most + 2:
            raise ValidationError(_("These are more than %(most)s lines. Import them in parts.") % {"most": most})
        self.first, self.known = first, known
        self.separator = max("\t;,", key=self.rows[first].count)
        self.header = [name.strip().casefold() for name in cells(self.rows[first], self.separator)]
        self.ignored = [name for name in self.header if name and name not in known]

    @property
    def comma(self) -> bool:
        """Where cells are not separated by commas, a comma is a decimal mark."""
        return self.separator != ","

    def require(self, needed: Collection[str], sentence: str) -> None:
        """Refuse a header without a needed column, by the sentence with its `missing`, or with a known one twice."""
        if missing := [name for name in needed if name not in self.header]:
            raise ValidationError(sentence % {"known": ", ".join(self.known), "missing": ", ".join(missing)})
        for name in self.known:
            if self.header.count(name) > 1:
                raise ValidationError(_("The first line names the column “%(name)s” twice.") % {"name": name})

    def __iter__(self) -> Iterator[tuple[int, str]]:
        for number, row in enumerate(self.rows[self.first + 1 :], self.first + 2):
            if row.strip(" \t,;"):
                yield number, row

    def texts(self, row: str) -> dict[str, str]:
        """The cells of a line by their column; a line may end early. Raises ValidationError."""
        found, width = cells(row, self.separator), len(self.header)
        if len(found) > width and any(cell.strip() for cell in found[width:]):
            raise ValidationError(
                _("%(found)s cells where the first line names %(named)s. Is a decimal comma in between?")
                % {"found": len(found), "named": width}
            )
        return dict(zip(self.header, found, strict=False))


def cells(row: str, separator: str, *, longest: int = LONGEST_LINE) -> list[str]:
    """The cells of one line of at most so many characters. Nothing that is read here needs a line break, so an open
    quote ends with its line."""
    if len(row) > longest:
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
