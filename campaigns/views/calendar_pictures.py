"""What the templates of the calendar show: the picture of a view, the ways to others, the filters."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns.drawing import days as ranges
from campaigns.drawing.agenda import agenda
from campaigns.drawing.days import Range
from campaigns.drawing.hours import hours
from campaigns.drawing.lanes import Lanes, Week, pack, weeks
from campaigns.enums import Follow
from campaigns.queries.calendar import NONE, Entry, Filters, entries
from campaigns.queries.calendar_filters import ROWS, VIEWS, WEEKS
from campaigns.queries.calendar_options import Choice, Options, options_for
from campaigns.views.saved_view_bar import saved_views_context
from campaigns.views.week_start import week_start
from teams.door import WorkspaceRequest
from teams.permissions import Permission, can

MONTH_LINES, WEEK_LINES, HOUR_LINES, ROW_LINES = 5, 12, 6, 12
# Days that a bar of the timeline keeps to itself for its words, by the weeks shown; the style sheet has them, too.
LABEL_DAYS = {4: 6, 13: 17, 26: 34, 52: 66}


class Way(NamedTuple):
    """A link to another view of the calendar."""

    label: str
    query: str
    current: bool = False


class Menu(NamedTuple):
    name: str
    label: str
    choices: list[Choice]
    chosen: tuple


class Row(NamedTuple):
    """A row of the timeline: a team, a channel …, or what has none."""

    label: str
    color: str
    lanes: Lanes[Entry]
    hidden: int


@dataclass(frozen=True)
class Picture:
    """What a view is drawn from."""

    found: list[Entry]
    days: Range
    filters: Filters
    options: Options

    def most(self, lines: int) -> int | None:
        return None if self.filters.full else lines


def base_of(request: WorkspaceRequest) -> str:
    return reverse("campaigns:calendar", args=[request.workspace.slug])


def calendar_context(request: WorkspaceRequest, filters: Filters) -> dict[str, Any]:
    view = filters.view or usual_view(request)
    today, starts = timezone.localdate(), week_start(request)
    on = filters.on or opened_on(view, today, filters.weeks)
    days = ranges.shown(view, on, starts=starts, weeks=filters.weeks)
    found = entries(request.membership, filters, days.first, days.last)
    options = options_for(request.membership, filters, days)
    may_plan = can(request.membership, Permission.CAMPAIGN_CREATE)
    shared = {
        "filters": filters,
        "view": view,
        "on": on,
        "today": today,
        "days": days,
        "found": found,
        "base": base_of(request),
        "query": filters.to_query(),
        "period": period_words(view, on, days),
        "menus": menus(filters, options),
        "may_plan": may_plan,
        "following": Follow.choices,
        "campaign_new": reverse("campaigns:campaign_new", args=[request.workspace.slug]) if may_plan else "",
    }
    shared |= saved_views_context(request, filters)
    return shared | ways(filters, view, on) | PICTURES[view](Picture(found, days, filters, options))


def usual_view(request: WorkspaceRequest) -> str:
    """On a phone the agenda: a month of seven narrow columns says little there."""
    phone = request.headers.get("Sec-CH-UA-Mobile") == "?1" or "Mobi" in request.headers.get("User-Agent", "")
    return "agenda" if phone else "month"


def opened_on(view: str, today: datetime.date, shown_weeks: int) -> datetime.date:
    """Today; the timeline begins a little earlier, so that what runs is seen from its start."""
    return today - datetime.timedelta(7 * (shown_weeks // 6)) if view == "timeline" else today


def period_words(view: str, on: datetime.date, days: Range) -> str:
    if view == "month":
        return date_format(on, "F Y")
    if days.first.year != days.last.year:
        return f"{date_format(days.first, 'j M Y')} – {date_format(days.last, 'j M Y')}"
    if days.first.month == days.last.month:
        return f"{days.first.day} – {date_format(days.last, 'j F Y')}"
    return f"{date_format(days.first, 'j M')} – {date_format(days.last, 'j M Y')}"


def ways(filters: Filters, view: str, on: datetime.date) -> dict[str, Any]:
    """To the days before and after, to today, to the other views; all keep the filters."""
    before, after = (ranges.step(view, on, direction, weeks=filters.weeks) for direction in (-1, 1))
    labels = {"month": _("Month"), "week": _("Week"), "agenda": _("Agenda"), "timeline": _("Timeline")}
    rows = {
        "team": _("Team"),
        "channel": _("Channel"),
        "stage": _("Stage"),
        "persona": _("Persona"),
        "campaign": _("Campaign"),
    }
    return {
        "before": filters.to_query(view=view, on=before) if before else None,
        "after": filters.to_query(view=view, on=after) if after else None,
        "now": filters.to_query(view=view, on=None),
        "all_lines": filters.to_query(view=view, full=not filters.full),
        "without_filters": Filters(view=view, on=filters.on, rows=filters.rows, weeks=filters.weeks).to_query(),
        "views": [Way(labels[name], filters.to_query(view=name), name == view) for name in VIEWS],
        "zooms": [Way(str(n), filters.to_query(view=view, weeks=n), n == filters.weeks) for n in WEEKS],
        "rows_by": [Way(rows[name], filters.to_query(view=view, rows=name), name == filters.rows) for name in ROWS],
    }


def menus(filters: Filters, options: Options) -> list[Menu]:
    labels = {
        "team": _("Team"),
        "channel": _("Channel"),
        "stage": _("Stage"),
        "persona": _("Persona"),
        "campaign": _("Campaign"),
        "owner": _("Owner"),
        "status": _("Status"),
        "show": _("Show"),
    }
    chosen = filters.chosen
    found = [Menu(name, label, options[name], chosen.get(name, ())) for name, label in labels.items() if options[name]]
    return [menu._replace(chosen=filters.show) if menu.name == "show" and not menu.chosen else menu for menu in found]


def month(picture: Picture) -> dict[str, Any]:
    found = weeks(picture.found, picture.days, most=picture.most(MONTH_LINES))
    alone = picture.filters.to_query
    return {"weeks": [drawn(one) | {"query": alone(view="week", on=one.days[0])} for one in found]}


def drawn(one: Week[Entry]) -> dict[str, Any]:
    columns = list(zip(one.days, one.lanes.hidden, strict=True))
    return {"number": ranges.week_number(one.days[0]), "columns": columns, "lanes": one.lanes.lanes()}


def week(picture: Picture) -> dict[str, Any]:
    """What lasts or has no time of day stands above the hours."""
    timed = [entry for entry in picture.found if is_timed(entry)]
    lasting = [entry for entry in picture.found if not is_timed(entry)]
    above = weeks(lasting, picture.days, most=picture.most(WEEK_LINES))[0]
    return {
        "above": drawn(above),
        "hours": hours(timed, picture.days, most=picture.most(HOUR_LINES)),
    }


def is_timed(entry: Entry) -> bool:
    return entry.repeats and any(run.at is not None for run in entry.runs)


def in_agenda(picture: Picture) -> dict[str, Any]:
    return {"agenda": agenda(picture.found, picture.days)}


def timeline(picture: Picture) -> dict[str, Any]:
    """Rows with lanes. A message that goes again and again is one bar from its first to its last day here."""
    number = picture.filters.weeks
    labels = {choice.value: choice for choice in picture.options[picture.filters.rows]}
    grouped: dict[int, list[Entry]] = {}
    for entry in picture.found:
        for group in entry.groups:
            grouped.setdefault(group if group in labels else NONE, []).append(entry)
    order = [value for value in labels if value in grouped] + ([NONE] if NONE in grouped else [])
    rows = [row(labels.get(group), grouped[group], picture) for group in order]
    return {
        "rows": rows,
        "number": number,
        "today_at": divmod((timezone.localdate() - picture.days.first).days, 7),
        "marks": marks(picture.days, number),
        "least": LABEL_DAYS[number],
    }


def marks(days: Range, number: int) -> list[tuple[int, str, str]]:
    """What stands above the timeline: number of the week from 0, its first day or its month, the ISO week."""
    found = []
    for place in range(0, number, 2 if number == 26 else 1):
        first = days.first + datetime.timedelta(7 * place)
        if number <= 26:
            week_name = _("W%(number)s") % {"number": ranges.week_number(first)}
            found.append((place, date_format(first, "j M"), week_name))
        elif first.day <= 7:
            found.append((place, date_format(first, "M"), date_format(first, "Y") if first.month == 1 else ""))
    return found


def row(choice: Choice | None, inside: Iterable[Entry], picture: Picture) -> Row:
    wholes = [Whole(entry) for entry in inside]
    lanes = pack(wholes, picture.days, most=picture.most(ROW_LINES), least=LABEL_DAYS[picture.filters.weeks])
    hidden = len(wholes) - len(lanes.pieces)
    return Row(choice.label if choice else _("Without"), choice.color if choice else "", lanes, hidden)


class Whole:
    """An entry as one bar from its first to its last day."""

    __slots__ = ("entry", "rank", "runs")

    def __init__(self, entry: Entry) -> None:
        self.entry, self.rank = entry, entry.rank
        self.runs = (Range(min(entry.first, entry.runs[0].first), max(entry.last, entry.runs[-1].last)),)


PICTURES = {"month": month, "week": week, "agenda": in_agenda, "timeline": timeline}
