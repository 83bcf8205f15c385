"""Entries of the calendar as markup. A month may have hundreds of them, so each is one call and no template."""

import datetime
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.dates import MONTHS_3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.enums import CampaignStatus
from campaigns.queries.calendar import Entry, Run
from experiments.enums import Status
from teams.templatetags.shell import drawn

register = template.Library()

KINDS = {
    "campaign": gettext_lazy("campaign"),
    "message": gettext_lazy("message"),
    "task": gettext_lazy("task"),
    "experiment": gettext_lazy("experiment"),
}
DAYS = Run(datetime.date.min, datetime.date.max)  # a bar of the timeline says nothing of the time of day

# How sure it is: drawn as a dashed, a full, or a faded edge.
LOOKS = {"idea": "open", "planned": "open", "approval": "open", "done": "past", "cancelled": "off"}


@register.simple_tag
def piece(one: Any, base: str) -> SafeString:
    """A bar or a chip in a week: `one` is a Piece."""
    ends = f"{' starts' if one.starts else ''}{' ends' if one.ends else ''}"
    return link(one.entry, one.run, base, f"f{one.start} o{one.length}{ends}", wide=one.length > 2)


@register.simple_tag
def bar(one: Any, base: str, least: int) -> SafeString:
    """A bar in a row of the timeline: where it begins and how long it is, in weeks and days. One that is shorter
    than half of `least` has its words beside it."""
    weeks, days = divmod(one.start, 7)
    long, rest = divmod(one.length, 7)
    ends = f"{' starts' if one.starts else ''}{' ends' if one.ends else ''}"
    short = " short" if 2 * one.length < least else ""
    return link(one.entry.entry, DAYS, base, f"w{weeks} d{days} n{long} r{rest}{ends}{short}")


@register.simple_tag
def chip(entry: Entry, run: Any, base: str) -> SafeString:
    """A line of its own: in an hour of the week, or in a list."""
    return link(entry, run, base, "alone starts ends")


def link(entry: Entry, run: Any, base: str, place: str, *, wide: bool = False) -> SafeString:
    """Put together by hand: a view may have a thousand of them. What people wrote is escaped, all else is ours.

    Without a `base`, as in what is shared with others, it leads nowhere.
    """
    team, tag = entry.team, "a" if base else "span"
    look_of = "thin" if entry.kind == "experiment" else LOOKS.get(entry.status, "firm")
    color = team.color if team else "none"
    at = f"<b>{clock(run.at)}</b>" if run.at else ""
    by = f"<small>{escape(team.name)}</small>" if wide and team and entry.kind == "campaign" else ""
    through = " through" if entry.done else ""
    where = leading(entry, run, base) if base else ""
    return mark_safe(  # noqa: S308 — the three texts are escaped
        f'<{tag} class="e {entry.kind} {look_of} {place} c-{color}{through}"{where}'
        f' title="{escape(told(entry))}">{mark(entry)}{at}<span>{escape(entry.title)}</span>{by}</{tag}>'
    )


def leading(entry: Entry, run: Any, base: str) -> str:
    return f' href="{address(entry, base)}" data-e="{entry.key}"{held(entry, run) if entry.movable else ""}'


def held(entry: Entry, run: Any) -> str:
    """What moving it needs to know."""
    repeats = "" if entry.lasting else " data-repeats"
    at = f' data-at="{clock(run.at)}"' if run.at else ""
    return (
        f' data-move="{entry.version}" data-first="{entry.first}" data-last="{entry.last}"'
        f' data-follows="{entry.follows}"{repeats}{at}'
    )


def address(entry: Entry, base: str) -> str:
    if entry.kind == "experiment":
        return f"{base.removesuffix('calendar/')}experiments/{entry.pk}/"
    if entry.kind == "task":
        return f"{base}campaigns/{entry.parent_pk}/"
    return f"{base}{entry.kind}s/{entry.pk}/"


def told(entry: Entry) -> str:
    """All that its look says, in words: “Refill reminders: campaign, 1 Mar – 14 Mar, Marketing, planned”."""
    parts = [kind_word(entry), span_words(entry), entry.parent, entry.place, entry.team.name if entry.team else ""]
    if entry.everywhere:
        parts.append(_("at this time in each person's own zone"))
    parts.append(_("done") if entry.done else status_word(entry))
    return f"{entry.title}: {', '.join(part for part in parts if part)}"


def kind_word(entry: Entry) -> str:
    return str(KINDS[entry.kind])


@register.filter
def status_word(entry: Entry) -> str:
    known = Status if entry.kind == "experiment" else CampaignStatus
    return str(known(entry.status).label).lower()


@register.filter
def span_words(entry: Entry) -> str:
    """“1 Mar – 14 Mar”, or the one day; in an experiment without an end what is shown of it."""
    first = short(entry.first)
    return first if entry.first == entry.last else f"{first} – {short(entry.last)}"


def short(day: datetime.date) -> str:
    return f"{day.day} {MONTHS_3[day.month].capitalize()}"


def clock(at: Any) -> str:
    return f"{at:%H:%M}"


def mark(entry: Entry) -> str:
    """Its sign: of a message its channel, with a clock where it goes by everybody's own."""
    if entry.kind == "message":
        own = drawn("globe") if entry.everywhere else ""
        return f"{channel_icon(entry.icon) if entry.icon else drawn('mail')}{own}"
    if entry.kind == "task":
        return drawn("check" if entry.done else "box")
    return drawn("experiment") if entry.kind == "experiment" else ""


@lru_cache(maxsize=200)
def channel_icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("icons/channels.svg"), name
    )
