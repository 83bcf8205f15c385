"""Entries as an iCalendar document (RFC 5545, RFC 7986) that Google, Apple and Outlook read.

There is no METHOD: with one, each entry would have to name an organizer.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event, vText

from campaigns.ics.entries import Entry
from campaigns.ics.zones import zone_rules

PRODUCT = "-//Throughline//Campaign calendar//EN"
REFRESHED = timedelta(hours=1)
SHOWN = timedelta(minutes=30)  # a message is a moment; programs draw one without a length badly or not at all
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# What some programs take for the end of a line, and what RFC 5545 does not allow in texts.
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class About:
    """The calendar as a whole. `zone`: the reader's, in which Google shows times without one."""

    name: str
    text: str
    zone: str
    url: str


def written(about: About, entries: Iterable[Entry]) -> bytes:
    """The document: UTF-8, lines of at most 75 octets."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for name in ("name", "x-wr-calname"):
        calendar[name] = vText(plain(about.name))  # the library escapes only texts that it knows to be some
    for name in ("description", "x-wr-caldesc"):
        calendar[name] = vText(plain(about.text))
    calendar.add("x-wr-timezone", about.zone)
    calendar.add("url", about.url)
    calendar.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    events = [(event(entry), entry) for entry in entries]
    for zone, years in sorted(years_by_zone(events).items()):
        calendar.add_component(zone_rules(zone, *years))
    for made, _entry in events:
        calendar.add_component(made)
    document: bytes = calendar.to_ical(sorted=False)
    return document


def years_by_zone(events: Iterable[tuple[Event, Entry]]) -> dict[str, tuple[int, int]]:
    """For each zone that is named the first and the last year in which it is needed. UTC is written as such."""
    found: dict[str, tuple[int, int]] = {}
    for made, entry in events:
        if zone := made["dtstart"].params.get("TZID"):
            last = entry.repeats.last if entry.repeats else entry.last
            known = found.get(zone, (entry.first.year, last.year))
            found[zone] = min(entry.first.year, known[0]), max(last.year, known[1])
    return found


def event(entry: Entry) -> Event:
    made = Event()
    made.add("uid", entry.uid)
    made.add("sequence", entry.sequence)
    made.add("dtstamp", entry.changed)
    made.add("last-modified", entry.changed)
    made.add("summary", plain(entry.title))
    add_times(made, entry)
    made.add("status", str(entry.standing))
    made.add("transp", "TRANSPARENT")  # a campaign takes nobody's time
    if entry.categories:
        made.add("categories", [plain(name) for name in entry.categories])
    if entry.text:
        made.add("description", plain(entry.text))
    made.add("url", entry.url)
    return made


def add_times(made: Event, entry: Entry) -> None:
    """Start, end (of days: the one after the last) and repetition."""
    start = entry.start
    made.add("dtstart", start)
    if isinstance(start, datetime):
        made.add("dtend", start + SHOWN)
    else:
        made.add("dtend", (entry.first if entry.repeats else entry.last) + timedelta(1))
    if entry.repeats is None:
        return
    rule: dict[str, object] = {"freq": "WEEKLY" if entry.repeats.weekdays else "DAILY"}
    rule["until"] = entry.until
    if entry.repeats.weekdays:
        rule["byday"] = [WEEKDAYS[number - 1] for number in sorted(entry.repeats.weekdays)]
    elif entry.repeats.every > 1:
        rule["interval"] = entry.repeats.every
    made.add("rrule", rule)


def plain(text: str) -> str:
    """A text with one sort of line end and no control characters."""
    return CONTROLS.sub("", BREAKS.sub("\n", text))
