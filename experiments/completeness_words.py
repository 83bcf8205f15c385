"""Up to which day an experiment's numbers count, and what is missing for the next, in the reader's words."""

import datetime
from collections.abc import Mapping

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from experiments.queries.analysis import Measured, Readout
from experiments.queries.completeness import Lack


def incomplete(readout: Readout, names: Mapping[str, str]) -> list[str]:
    """A sentence for each day that is not complete yet, with the metrics and variants that it waits for; then one for
    each metric with gaps. `names`: of the variants, by key."""
    waiting: dict[tuple[datetime.date | None, datetime.date], list[str]] = {}
    for one in readout.measured:
        if one.waiting:
            waiting.setdefault((one.until, one.waiting.day), []).append(lacked(readout, one, one.waiting, names))
    gaps = [gap(readout, one, names) for one in readout.measured if one.counted.gaps]
    return [sentence(until, day, ", ".join(missing)) for (until, day), missing in waiting.items()] + gaps


def sentence(until: datetime.date | None, day: datetime.date, missing: str) -> str:
    values = {"until": until and written(until), "day": written(day), "missing": missing}
    if until is None:
        return _("%(day)s is not complete yet: there are no results of %(missing)s.") % values
    return _("Up to %(until)s; %(day)s is not complete yet: there are no results of %(missing)s.") % values


def lacked(readout: Readout, one: Measured, lack: Lack, names: Mapping[str, str]) -> str:
    """What is missing, as briefly as it is clear: the metric, the variants, or both."""
    variants = ", ".join(names.get(key, key) for key in lack.missing)
    if len(readout.measured) == 1:
        return variants
    return one.name if lack.whole else f"{one.name} ({variants})"


def gap(readout: Readout, one: Measured, names: Mapping[str, str]) -> str:
    first, count = one.counted.gaps[0], len(one.counted.gaps)
    told = ngettext(
        "%(day)s has no results of %(missing)s, and counts as a day without users there.",
        "%(count)s days lack results of a variant, and count as days without users there. The first of them is "
        "%(day)s: %(missing)s.",
        count,
    )
    return told % {"count": count, "day": written(first.day), "missing": lacked(readout, one, first, names)}


def written(day: datetime.date) -> str:
    return date_format(day, "j M Y")
