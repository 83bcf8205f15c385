"""The rules of a time zone, written into the calendar for programs that do not know its name.

The library can write them, too, but it lets summer time begin at the hour to which clocks are put forward, while
RFC 5545 asks for the one from which: programs that believe it would be an hour off on that day.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAY, SECOND, NOTHING = timedelta(days=1), timedelta(seconds=1), timedelta()


@lru_cache(maxsize=512)
def zone_rules(zone: str, first_year: int, last_year: int) -> Timezone:
    """VTIMEZONE of a zone for these years, both included: what holds at the start, and each change of the clock."""
    info = ZoneInfo(zone)
    start = datetime(first_year, 1, 1, tzinfo=UTC) - DAY  # a day for those who are ahead of UTC
    made = Timezone()
    made.add("tzid", zone)
    made.add_component(observance(start, start, info))
    for before, after in changes(start, datetime(last_year + 1, 1, 2, tzinfo=UTC), info):
        made.add_component(observance(before, after, info))
    return made


def changes(start: datetime, end: datetime, info: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """The last second before each change of the offset, and the first with the new one, in UTC."""
    while start < end:
        later = start + DAY
        if offset(start, info) != offset(later, info):
            before, after = start, later
            while after - before > SECOND:
                middle = (before + (after - before) / 2).replace(microsecond=0)
                before, after = (before, middle) if offset(middle, info) != offset(start, info) else (middle, after)
            yield before, after
        start = later


def observance(before: datetime, after: datetime, info: ZoneInfo) -> TimezoneStandard | TimezoneDaylight:
    """What holds from `after` on; its start is said on the clock as it was until then."""
    local = after.astimezone(info)
    made = TimezoneDaylight() if (local.dst() or NOTHING) > NOTHING else TimezoneStandard()
    made.add("dtstart", (after + offset(before, info)).replace(tzinfo=None))
    made.add("tzoffsetfrom", offset(before, info))
    made.add("tzoffsetto", offset(after, info))
    made.add("tzname", local.tzname() or "")
    return made


def offset(moment: datetime, info: ZoneInfo) -> timedelta:
    return moment.astimezone(info).utcoffset() or NOTHING
