"""Experiments by their days."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from experiments.drawing.timeline import Days, thinned
from experiments.queries.timeline import Run, overlapping, runs_between
from teams.door import WorkspaceRequest, page

MONTHS = {"3": 91, "6": 182, "12": 365}
NAMES = 6
LAST_NAME = 92  # per cent: a name that begins later would run out of the picture
AHEAD = 3  # of the range: so much of it lies before today, the rest after


@page("GET")
def timeline(request: WorkspaceRequest) -> HttpResponse:
    """What ran, runs and is planned; `?months=` is how much of it, `?from=` its first day."""
    months = request.GET.get("months", "")
    length = MONTHS.get(months, MONTHS["6"])
    today = timezone.localdate()
    first = day_named(request.GET.get("from", "")) or today - datetime.timedelta(length * AHEAD // 4)
    days = Days(first, first + datetime.timedelta(length - 1))
    runs = runs_between(request.membership, days.first, days.last)
    step = datetime.timedelta(length // 2)
    context = {
        "days": days,
        "months": months if months in MONTHS else "6",
        "choices": list(MONTHS),
        "rows": [row(run, days) for run in runs],
        "names": [month for month in thinned(days.months(), NAMES) if month.at <= LAST_NAME],
        "today": days.place(today) if days.first <= today <= days.last else None,
        "overlapping": overlapping(runs),
        "earlier": days.first - step,
        "later": days.first + step,
    }
    return render(request, "experiments/timeline.html", context)


def day_named(text: str) -> datetime.date | None:
    """The day in the address, within what a calendar can show; None for anything else."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 < day.year < 2200 else None


def by_what_is_shared(run: Run) -> dict[tuple[str, ...], list[str]]:
    """The titles of those in its way, those that share most of it first."""
    found: dict[tuple[str, ...], list[str]] = {}
    for one in run.overlaps:
        found.setdefault(one.shared, []).append(one.other.title)
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def row(run: Run, days: Days) -> dict[str, Any]:
    return {
        "experiment": run.experiment,
        "first": run.first,
        "last": run.last,
        "bar": days.stretch(run.first, run.last),
        "overlaps": list(by_what_is_shared(run).items()),
        "clashes": [days.stretch(one.first, one.last) for one in run.overlaps if one.first <= days.last],
    }
