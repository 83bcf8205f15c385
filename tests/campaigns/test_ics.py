from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.ics.calendar import About, plain, written
from campaigns.ics.entries import Entry, Repeats, Standing
from campaigns.ics.zones import zone_rules
from campaigns.pressure.messages import Cadence, Window
from tests.campaigns.ics_reading import read

ABOUT = About("Here: all", "Campaigns, messages; all", "Europe/Sofia", "https://throughline.example/w/here/calendar/")
CHANGED = datetime(2027, 2, 1, 12, 30, tzinfo=UTC)


def entry(**fields) -> Entry:
    given = {
        "uid": "campaign-1.abc@throughline",
        "sequence": 0,
        "changed": CHANGED,
        "title": "Spring",
        "first": date(2027, 3, 1),
        "last": date(2027, 3, 14),
        "standing": Standing.CONFIRMED,
        "url": "https://throughline.example/w/here/campaigns/1/",
    }
    return Entry(**given | fields)


def event(**fields):
    (found,) = read(written(ABOUT, [entry(**fields)])).named("VEVENT")
    return found


def test_calendar_says_what_it_is():
    calendar = read(written(ABOUT, []))

    assert {line.name: line.value for line in calendar.lines} == {
        "PRODID": "-//Throughline//Campaign calendar//EN",
        "VERSION": "2.0",
        "CALSCALE": "GREGORIAN",
        "NAME": "Here: all",
        "X-WR-CALNAME": "Here: all",
        "DESCRIPTION": "Campaigns\\, messages\\; all",
        "X-WR-CALDESC": "Campaigns\\, messages\\; all",
        "X-WR-TIMEZONE": "Europe/Sofia",
        "URL": "https://throughline.example/w/here/calendar/",
        "REFRESH-INTERVAL": "PT1H",
        "X-PUBLISHED-TTL": "PT1H",
    }
    assert calendar["REFRESH-INTERVAL"].parameters == {"VALUE": "DURATION"}
    assert calendar.parts == []


def test_days_end_on_the_day_after():
    found = event(sequence=4, categories=("E-mail, own", "Marketing"), text="Line\nand line")

    assert (found["DTSTART"].parameters, found["DTSTART"].value) == ({"VALUE": "DATE"}, "20270301")
    assert (found["DTEND"].parameters, found["DTEND"].value) == ({"VALUE": "DATE"}, "20270315")
    assert (found["UID"].value, found["SEQUENCE"].value) == ("campaign-1.abc@throughline", "4")
    assert found["DTSTAMP"].value == found["LAST-MODIFIED"].value == "20270201T123000Z"
    assert found["CATEGORIES"].texts == ["E-mail, own", "Marketing"]
    assert found["DESCRIPTION"].text == "Line\nand line"
    assert (found["STATUS"].value, found["TRANSP"].value) == ("CONFIRMED", "TRANSPARENT")
    assert found["URL"].value == "https://throughline.example/w/here/campaigns/1/"


def test_time_of_each_reader_has_no_zone():
    found = event(last=date(2027, 3, 1), at=time(9, 30))

    assert (found["DTSTART"].parameters, found["DTSTART"].value) == ({}, "20270301T093000")
    assert found["DTEND"].value == "20270301T100000"
    assert read(written(ABOUT, [entry(at=time(9))])).named("VTIMEZONE") == []


def test_time_of_a_zone_names_it_once():
    both = [entry(at=time(9), zone="Europe/Sofia"), entry(at=time(10), zone="Europe/Sofia", first=date(2028, 3, 1))]
    calendar = read(written(ABOUT, both))
    found = calendar.named("VEVENT")[0]

    assert (found["DTSTART"].parameters, found["DTSTART"].value) == ({"TZID": "Europe/Sofia"}, "20270301T090000")
    assert [zone["TZID"].value for zone in calendar.named("VTIMEZONE")] == ["Europe/Sofia"]


def test_time_in_utc_needs_no_zone():
    calendar = read(written(ABOUT, [entry(at=time(9), zone="UTC")]))

    assert calendar.named("VEVENT")[0]["DTSTART"].value == "20270301T090000Z"
    assert calendar.named("VTIMEZONE") == []


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({}, "FREQ=DAILY;UNTIL=20270331"),
        ({"at": time(9)}, "FREQ=DAILY;UNTIL=20270331T090000"),
        ({"at": time(9), "zone": "Europe/Sofia"}, "FREQ=DAILY;UNTIL=20270331T060000Z"),
        ({"repeats": Repeats(date(2027, 3, 20), 3)}, "FREQ=DAILY;UNTIL=20270320;INTERVAL=3"),
        (
            {"repeats": Repeats(date(2027, 3, 20), weekdays=frozenset({5, 1}))},
            "FREQ=WEEKLY;UNTIL=20270320;BYDAY=MO,FR",
        ),
    ],
)
def test_what_comes_again_is_a_rule(fields, rule):
    found = event(**{"repeats": Repeats(date(2027, 3, 31)), "last": date(2027, 3, 1)} | fields)

    assert found["RRULE"].value == rule


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_every_text_comes_back(text):
    """Read by our own strict reader and by the library."""
    document = written(ABOUT, [entry(title=text, text=text, categories=(text, "other"))])
    (found,) = read(document).named("VEVENT")

    assert found["SUMMARY"].text == plain(text)
    assert found["CATEGORIES"].texts == [plain(text), "other"]
    assert (found["DESCRIPTION"].text if text else "") == plain(text)
    (parsed,) = icalendar.Calendar.from_ical(document).walk("VEVENT")
    assert str(parsed["summary"]) == plain(text)


def test_texts_in_other_scripts_and_with_signs():
    for text in [
        "מבצע אביב: 20% הנחה, עכשיו; \\n",
        "عرض الربيع 🌷👩‍👩‍👧‍👦" * 10,
        "a\\,b\\;c\\\\n",
        "one\r\ntwo\rthree\u2028four\x07",
    ]:
        assert event(title=text)["SUMMARY"].text == plain(text)
    assert plain("one\r\ntwo\rthree\u2028four\x07\x00\t") == "one\ntwo\nthree\nfour\t"


@settings(deadline=None)
@given(
    st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    st.integers(0, 120),
    st.sampled_from(["daily", "every", "weekdays"]),
    st.integers(1, 40),
    st.frozensets(st.integers(1, 7), min_size=1),
)
def test_rule_gives_the_days_of_the_replay(first, length, cadence, every, weekdays):
    """The feed and the contact pressure say the same of a message."""
    last = first + timedelta(length)
    window = Window(first, last, time(9), Cadence(cadence), every, weekdays)
    repeats = Repeats(last, every if cadence == "every" else 1, weekdays if cadence == "weekdays" else frozenset())
    begins = repeats.first_from(first)
    assert (begins is None) == (list(window.days()) == [])
    if begins is None:
        return
    found = event(first=begins, last=begins, at=time(9), repeats=repeats)
    starts = datetime.strptime(found["DTSTART"].value, "%Y%m%dT%H%M%S")
    days = [moment.date() for moment in rrulestr(found["RRULE"].value, dtstart=starts)]
    assert days == list(window.days())


ZONES = ["Europe/Sofia", "Europe/Dublin", "America/New_York", "America/Santiago", "Africa/Casablanca", "Asia/Kolkata"]


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from([*ZONES, "Australia/Lord_Howe", "Pacific/Auckland"]),
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),
)
def test_zone_has_its_offset_at_every_moment(zone, utc):
    """What the written rules say, read as RFC 5545 says: the start of each is on the clock as it was before."""
    begun = [
        (start.dt - rule["tzoffsetfrom"].td, rule["tzoffsetto"].td)
        for rule in zone_rules(zone, 2026, 2028).subcomponents
        for start in [rule["dtstart"]]
    ]
    _since, offset = max(one for one in begun if one[0] <= utc)

    assert offset == utc.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).utcoffset()
