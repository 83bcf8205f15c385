"""A block of a spreadsheet as texts of the grid: lines are days, cells are parted by tabs or semicolons."""

import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from experiments.forms.result_grid import Grid
from experiments.forms.result_range import day

LONGEST_BLOCK = 200_000


def read_block(text: str, grid: Grid) -> dict[tuple[int, datetime.date], list[str]]:
    """By variant and day, the texts of its fields. Lines that begin with a day go there, others follow one another
    from the first day on. Raises ValidationError where the block does not fit."""
    width, dates = len(grid.sums), set(grid.dates)
    found: dict[tuple[int, datetime.date], list[str]] = {}
    turn = iter(grid.dates)
    for number, line in enumerate(text[:LONGEST_BLOCK].splitlines(), 1):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.split("\t" if "\t" in line else ";")]
        dated = day(cells[0])
        date = dated or next(turn, None)
        cells = cells[1:] if dated else cells
        if date not in dates:
            raise ValidationError(_("Line %(number)s: this day is not in the grid.") % {"number": number})
        if len(cells) > width * len(grid.variants):
            values = {"number": number, "found": len(cells), "most": width * len(grid.variants)}
            raise ValidationError(_("Line %(number)s has %(found)s cells; the grid has %(most)s columns.") % values)
        for place, variant in enumerate(grid.variants):
            part = cells[place * width : (place + 1) * width]
            if any(part):
                found[variant.pk, date] = part
    return found
