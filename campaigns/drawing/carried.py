"""Where a message goes that was carried to another hour: from the clock of who carried it to the message's own."""

import datetime
from dataclasses import dataclass


class SkippedTime(ValueError):
    """The clock is put forward over this time of this day."""


@dataclass(frozen=True)
class Carried:
    """By how many days a message moves, and at what time it goes then; both by its own clock."""

    days: int
    at: datetime.time


def carried(
    picked: datetime.datetime,
    dropped: datetime.datetime,
    at: datetime.time | None,
    *,
    here: datetime.tzinfo,
    there: datetime.tzinfo | None,
) -> Carried:
    """`picked` and `dropped`: what the wall shows `here` where it was taken and where it was let go. `at`: the time at
    which it went, None where any would do. `there`: its own clock, None where that is each person's.

    Raises SkippedTime where no clock here ever shows `dropped`. What is shown twice is the first of both.
    """
    if there is None:
        return Carried((dropped.date() - picked.date()).days, dropped.time())
    goes = moment(dropped, here).astimezone(there)
    return Carried((goes.date() - day_picked(picked, at, here, there)).days, goes.time().replace(fold=0))


def moment(wall: datetime.datetime, here: datetime.tzinfo) -> datetime.datetime:
    found = wall.replace(tzinfo=here)
    if found.astimezone(datetime.UTC).astimezone(here).replace(tzinfo=None) != wall:
        raise SkippedTime(wall)
    return found


def day_picked(
    picked: datetime.datetime, at: datetime.time | None, here: datetime.tzinfo, there: datetime.tzinfo
) -> datetime.date:
    """The day on its own clock. Where the wall shows a time twice, it is the one at which the message goes."""
    if at is None:
        return picked.date()
    found = [picked.replace(tzinfo=here, fold=fold).astimezone(there) for fold in (0, 1)]
    return next((one for one in found if one.time() == at), found[0]).date()
