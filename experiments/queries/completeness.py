"""Up to which day a metric can be counted: a day that only some variants have would look like a broken split.

Days are told apart by variant key; `needed` are the keys of the variants that get users by the plan.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from experiments.stats.sums import Sums

Days = Mapping[datetime.date, Sums]


@dataclass(frozen=True)
class Lack:
    """A day on which a metric has no results of some variants, by key; `whole`: of none of them."""

    day: datetime.date
    missing: tuple[str, ...]
    whole: bool


@dataclass(frozen=True)
class Counted:
    """What of a metric's entries counts.

    `until`: the last day that all variants have, None while there is none. `days`: the entries up to it. `waiting`: the
    first day with results, of whatever metric, that is not counted. `gaps`: earlier days that some variants lack.
    """

    days: Mapping[str, Days]
    until: datetime.date | None = None
    waiting: Lack | None = None
    gaps: tuple[Lack, ...] = ()


def counted(days: Mapping[str, Days], needed: Sequence[str], entered: Iterable[datetime.date]) -> Counted:
    """`entered`: the days on which anything of the experiment has been entered."""
    own = sorted({day for of_variant in days.values() for day in of_variant})
    if not own:
        return Counted(days)
    until = next((day for day in reversed(own) if not lacking(days, needed, day)), None)
    later = [day for day in sorted(entered) if until is None or day > until]
    waiting = [lack(days, needed, day) for day in later[:1]]
    if until is None:
        return Counted({key: {} for key in days}, waiting=waiting[0])
    held = {key: {day: sums for day, sums in rows.items() if day <= until} for key, rows in days.items()}
    gaps = tuple(lack(days, needed, day) for day in own if day < until and lacking(days, needed, day))
    return Counted(held, until, next(iter(waiting), None), gaps)


def lacking(days: Mapping[str, Days], needed: Sequence[str], day: datetime.date) -> tuple[str, ...]:
    return tuple(key for key in needed if day not in days[key])


def lack(days: Mapping[str, Days], needed: Sequence[str], day: datetime.date) -> Lack:
    missing = lacking(days, needed, day)
    return Lack(day, missing, whole=len(missing) == len(needed))
