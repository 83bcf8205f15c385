"""The days on which a message goes, within a range: the same days as the replay of contact pressure counts."""

import datetime
from collections.abc import Collection, Iterable, Iterator

from campaigns.drawing.days import DAY, Range

ONCE, DAILY, EVERY, WEEKDAYS = "once", "daily", "every", "weekdays"


def due_days(
    window: Range, cadence: str, *, every: int = 1, weekdays: Collection[int] = (), within: Range
) -> list[datetime.date]:
    """The days of the window on which a message is due, those in the range alone. `weekdays`: ISO, 1 is Monday.

    A range of a few weeks costs a few steps, however long the window is.
    """
    if cadence == ONCE:
        return [window.first] if within.has(window.first) else []
    step = every if cadence == EVERY else 1
    before = max(0, (within.first - window.first).days)
    number = -(-before // step) * step
    last = min(window.last, within.last)
    found = []
    while (day := window.first + datetime.timedelta(number)) <= last:
        if cadence != WEEKDAYS or day.isoweekday() in weekdays:
            found.append(day)
        number += step
    return found


def stretches(days: Iterable[datetime.date]) -> Iterator[Range]:
    """Days that follow one another as one; `days` are in order."""
    first = last = None
    for day in days:
        if last is not None and day == last + DAY:
            last = day
            continue
        if first is not None and last is not None:
            yield Range(first, last)
        first = last = day
    if first is not None and last is not None:
        yield Range(first, last)
