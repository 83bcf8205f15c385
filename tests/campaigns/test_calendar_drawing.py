"""Where things stand on the calendar: nothing overlaps, nothing is lost, the order does not depend on chance."""

import datetime
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.drawing import days as ranges
from campaigns.drawing.agenda import agenda, on_day
from campaigns.drawing.days import Range
from campaigns.drawing.hours import hours
from campaigns.drawing.lanes import pack, weeks
from campaigns.drawing.recurrence import due_days, stretches
from campaigns.pressure.messages import Cadence, Window

FIRST = datetime.date(2027, 3, 1)  # a Monday
MARCH = Range(FIRST, FIRST + datetime.timedelta(34))


class Run(NamedTuple):
    first: datetime.date
    last: datetime.date
    at: datetime.time | None = None


@dataclass(frozen=True)
class Thing:
    name: int
    runs: tuple[Run, ...]
    kind: int = 0

    @property
    def rank(self) -> tuple:
        return (self.kind, self.name)


def day(offset: int) -> datetime.date:
    return FIRST + datetime.timedelta(offset)


@st.composite
def things(draw) -> list[Thing]:
    found = []
    for name in range(draw(st.integers(0, 40))):
        start, length = draw(st.integers(-20, 50)), draw(st.integers(1, 30))
        at = draw(st.none() | st.times())
        found.append(Thing(name, (Run(day(start), day(start + length - 1), at),), draw(st.integers(0, 3))))
    return found


def inside(thing: Thing, days: Range) -> bool:
    return any(run.last >= days.first and run.first <= days.last for run in thing.runs)


@given(things(), st.none() | st.integers(1, 8), st.integers(1, 20))
def test_pack_overlaps_nothing_and_counts_what_has_no_room(found, most, least):
    lanes = pack(found, MARCH, most=most, least=least)
    for lane in lanes.lanes():
        for one, following in pairwise(lane):
            assert one.start + max(one.length, least) <= following.start
    assert most is None or lanes.count <= most
    covered = Counter(place for one in lanes.pieces for place in range(one.start, one.start + one.length))
    for number, date in enumerate(MARCH.days()):
        there = sum(run.first <= date <= run.last for thing in found for run in thing.runs)
        assert covered[number] + lanes.hidden[number] == there


@given(things(), st.randoms())
def test_pack_places_everything_in_the_same_lanes_whatever_the_order(found, random):
    lanes = pack(found, MARCH)
    assert Counter(one.entry.name for one in lanes.pieces) == Counter(
        thing.name for thing in found if inside(thing, MARCH)
    )
    mixed = list(found)
    random.shuffle(mixed)
    assert pack(mixed, MARCH).pieces == lanes.pieces


@given(things())
def test_pack_needs_no_more_lanes_than_things_meet(found):
    meeting = max(sum(run.first <= date <= run.last for t in found for run in t.runs) for date in MARCH.days())
    assert pack(found, MARCH).count == meeting


@given(things())
def test_weeks_show_every_day_of_everything(found):
    shown = Counter()
    for week in weeks(found, MARCH, most=None):
        for one in week.lanes.pieces:
            shown.update((one.entry.name, week.days[place]) for place in range(one.start, one.start + one.length))
    there = [(t.name, date) for t in found for run in t.runs for date in MARCH.days() if run.first <= date <= run.last]
    assert shown == Counter(there)


def test_pieces_say_whether_they_begin_and_end_there():
    lanes = pack([Thing(1, (Run(day(-2), day(2)),)), Thing(2, (Run(day(3), day(40)),))], Range(day(0), day(6)))
    assert [(one.starts, one.ends, one.start, one.length) for one in lanes.pieces] == [
        (False, True, 0, 3),
        (True, False, 3, 4),
    ]


@given(things())
def test_agenda_has_every_run_once_and_its_end(found):
    shown = agenda(found, MARCH)
    lines = [*shown.before, *(line for _date, of_day in shown.days for line in of_day)]
    assert Counter(line.entry.name for line in lines if not line.ends) == Counter(
        thing.name for thing in found if inside(thing, MARCH)
    )
    ending = [t.name for t in found for run in t.runs if run.first < run.last and MARCH.has(run.last)]
    assert Counter(line.entry.name for line in lines if line.ends) == Counter(ending)
    assert [date for date, _lines in shown.days] == sorted(date for date, _lines in shown.days)


@given(things())
def test_on_day_has_all_that_is_there(found):
    assert {line.entry.name for line in on_day(found, FIRST)} == {
        t.name for t in found for run in t.runs if run.first <= FIRST <= run.last
    }


@given(things(), st.integers(1, 3))
def test_hours_show_or_count_every_timed_day(found, most):
    shown = hours(found, MARCH, most=most)
    cells = sum(len(cell.runs) + cell.hidden for hour in shown for cell in hour.cells)
    assert cells == sum(
        run.first <= date <= run.last for t in found for run in t.runs if run.at for date in MARCH.days()
    )
    assert all(run.at.hour == hour.hour for hour in shown for cell in hour.cells for _thing, run in cell.runs)
    assert all(len(cell.runs) <= most for hour in shown for cell in hour.cells)


@given(
    st.integers(-400, 60),
    st.integers(0, 800),
    st.sampled_from(list(Cadence)),
    st.integers(1, 40),
    st.frozensets(st.integers(1, 7), min_size=1),
)
def test_due_days_are_those_of_the_replay(start, length, cadence, every, weekdays):
    window = Window(day(start), day(start + length), datetime.time(9), cadence, every, weekdays)
    expected = [date for date in window.days() if MARCH.has(date)]
    whole = Range(window.first, window.last)
    assert due_days(whole, cadence.value, every=every, weekdays=weekdays, within=MARCH) == expected


@given(st.sets(st.integers(0, 60)))
def test_stretches_join_days_that_follow_one_another(numbers):
    days = [day(number) for number in sorted(numbers)]
    found = list(stretches(days))
    assert [date for stretch in found for date in stretch.days()] == days
    assert all((later.first - earlier.last).days > 1 for earlier, later in pairwise(found))


@given(
    view=st.sampled_from(["month", "week", "agenda", "timeline"]),
    starts=st.sampled_from([1, 6, 7]),
    on=st.dates(datetime.date(1970, 1, 2), datetime.date(2199, 12, 31)),
    weeks=st.sampled_from([4, 13, 26, 52]),
)
def test_shown_has_the_day_and_whole_weeks(view, starts, on, weeks):
    days = ranges.shown(view, on, starts=starts, weeks=weeks)
    assert days.has(on)
    assert days.count % 7 == 0
    assert view == "agenda" or days.first.isoweekday() == starts
    after = ranges.step(view, on, 1, weeks=weeks)
    if view == "month" and after:
        assert (after.month - on.month) % 12 == 1
        assert ranges.step(view, after, -1, weeks=weeks) == on.replace(day=1) or on.replace(day=1).year == 1970


@pytest.mark.parametrize(
    ("first", "number"),
    [
        (datetime.date(2027, 3, 1), 9),
        (datetime.date(2027, 2, 28), 9),
        (datetime.date(2026, 12, 28), 53),
        (datetime.date(2027, 1, 4), 1),
    ],
)
def test_week_number_is_that_of_its_thursday(first, number):
    assert ranges.week_number(first) == number


def test_step_ends_where_the_calendar_ends():
    assert ranges.step("month", datetime.date(2199, 12, 5), 1, weeks=13) is None
    assert ranges.step("month", datetime.date(1970, 1, 31), -1, weeks=13) is None
