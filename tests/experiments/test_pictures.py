"""The pictures of experiments: order kept, everything inside, words apart, and nothing drawn of what is not known."""

import datetime
import math
import re
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments import display
from experiments.drawing.forest import Bar, ForestRow, Role, forest
from experiments.drawing.measures import POINTS, RELATIVE, Form, Measure
from experiments.drawing.posterior import posterior
from experiments.drawing.scale import Scale, scale_over
from experiments.drawing.sequence import Event, Look, sequence
from experiments.stats import bayes
from experiments.stats.analysis import Verdict
from experiments.stats.density import spread
from experiments.stats.inputs import Goal, Proportion

NARROW = 250  # pixels across on a phone
LETTER = 7.2  # pixels, at most, of a letter on a scale
START = datetime.date(2026, 3, 2)

numbers = st.floats(-1e6, 1e6) | st.floats(-0.3, 0.3)
oddities = st.none() | st.sampled_from([math.nan, math.inf, -math.inf]) | numbers
intervals = st.none() | st.tuples(oddities, oddities).filter(lambda ends: None not in ends)
rows = st.lists(
    st.builds(
        ForestRow,
        metric=st.just("Orders"),
        variant=st.just("B"),
        role=st.sampled_from(Role),
        estimate=oddities,
        always_valid=intervals,
        fixed=intervals,
        margin=oddities,
        verdict=st.sampled_from(Verdict),
    ),
    max_size=8,
)
looks = st.lists(
    st.builds(
        Look,
        date=st.dates(START, START + datetime.timedelta(900)),
        estimate=oddities,
        interval=intervals,
    ),
    max_size=30,
)
dates = st.none() | st.dates(START - datetime.timedelta(60), START + datetime.timedelta(1200))


def drawn_rows(picture) -> list:
    return [one for group in picture.groups for one in group.rows]


def inside(bar: Bar | None) -> bool:
    return bar is None or (0 <= bar.start <= 100 and bar.width >= 0 and bar.end <= 100.01)


def apart(labels: list[tuple[float, str]]) -> bool:
    """Whether words in the middle of their places leave room between them on a phone."""
    return all(
        (right - left) / 100 * NARROW >= (len(before) + len(after)) / 2 * LETTER
        for (left, before), (right, after) in pairwise(labels)
    )


def coordinates(path: str) -> list[tuple[float, float]]:
    return [(float(across), float(down)) for across, down in re.findall(r"(-?[\d.]+),(-?[\d.]+)", path)]


def attributes(html: str) -> str:
    """What numbers are drawn with: the attributes inside pictures."""
    return " ".join(re.findall(r'(?:d|x|y|x1|x2|y1|y2|cx|cy|width|height)="[^"]*"', html))


@given(numbers, numbers, st.integers(2, 6))
def test_scale_keeps_order_and_marks_round_values(one, other, most):
    scale = scale_over([one, other, 0.0])
    ticks = scale.ticks(most)

    assert scale.holds(one)
    assert (scale.place(one) - scale.place(other)) * (one - other) >= 0
    assert len(ticks) <= most
    assert all(before.value < after.value and before.at < after.at for before, after in pairwise(ticks))
    assert all(0 <= tick.at <= 100 for tick in ticks)


def test_scale_writes_round_values():
    assert [tick.value for tick in Scale(-0.011, 0.12).ticks(5)] == [0, 0.05, 0.1]
    assert [tick.value for tick in Scale(37, 52).ticks(5)] == [40, 45, 50]


@settings(max_examples=60)
@given(rows)
def test_forest_keeps_order_and_stays_inside(some):
    picture = forest(some)
    if not some:
        assert picture is None
        return
    all_rows = drawn_rows(picture)
    assert len(all_rows) == len(some)
    assert all(inside(bar) for one in all_rows for bar in (one.bar, one.fixed, one.band))
    placed = sorted((one.estimate, one.point) for one in all_rows if one.point is not None)
    assert [point for _estimate, point in placed] == sorted(point for _estimate, point in placed)
    for one in all_rows:
        if one.bar and one.point is not None and one.always_valid[0] <= one.estimate <= one.always_valid[1]:
            assert one.bar.start <= one.point <= one.bar.end + 0.01
    assert apart([(tick.at, display.mark(tick.value, RELATIVE)) for tick in picture.ticks])


@settings(max_examples=25)
@given(rows.filter(bool))
def test_forest_draws_no_missing_number(some):
    html = render_to_string("experiments/pictures/forest.html", {"picture": forest(some)})

    assert not re.search("nan|inf|none", attributes(html), re.IGNORECASE)
    assert html.count('class="point"') == sum(one.point is not None for one in drawn_rows(forest(some)))


ROWS = [
    ForestRow("Orders", "A", Role.PRIMARY, 0.04, (0.01, 0.07), (0.02, 0.06), 0.02, Verdict.BETTER),
    ForestRow("Orders", "B", Role.PRIMARY, 0.1, (-0.9, 1.1), (-0.1, 0.3), 0.02, Verdict.UNDECIDED),
    ForestRow("Visits", "A", Role.SECONDARY, 0.001, (-0.01, 0.012), None, 0.02, Verdict.EQUIVALENT),
    ForestRow("Refunds", "A", Role.GUARDRAIL, -0.05, (-0.09, -0.01), None, 0.01, Verdict.WORSE),
    ForestRow("Tickets", "A", Role.GUARDRAIL, reason="A variant has fewer than 2 users."),
]


def test_forest_groups_by_role_and_cuts_what_would_flatten_the_others():
    picture = forest(ROWS)
    wide = drawn_rows(picture)[1]

    assert [(group.role, len(group.rows)) for group in picture.groups] == [
        (Role.PRIMARY, 2),
        (Role.SECONDARY, 1),
        (Role.GUARDRAIL, 2),
    ]
    assert (wide.bar.cut_low, wide.bar.cut_high, wide.bar.start, wide.bar.end) == (True, True, 0, 100)
    assert picture.cut
    assert drawn_rows(picture)[0].bar.width > 10
    assert drawn_rows(picture)[-1].bar is None


def test_forest_says_everything_in_words():
    html = render_to_string("experiments/pictures/forest.html", {"picture": forest(ROWS)})

    for words in [
        "Primary",
        "Guardrails",
        "+4\u00a0%",
        "+1 to +7\u00a0%",
        "Better",
        "Undecided",
        "No difference that matters",
        "Harmed",
        "Not computable",
        "A variant has fewer than 2 users.",
        "goes on beyond the picture",
    ]:
        assert words in html
    assert "Nothing to compare yet" in render_to_string("experiments/pictures/forest.html", {"picture": forest([])})


def test_pictures_write_words_in_the_readers_language_and_numbers_of_the_drawing_as_svg_wants_them():
    with translation.override("bg"):
        forest_html = render_to_string("experiments/pictures/forest.html", {"picture": forest(ROWS)})
        course_html = render_to_string("experiments/pictures/sequence.html", {"picture": course(3)})
        hill_html = render_to_string("experiments/pictures/posterior.html", {"picture": hill()})

    assert "−0,9 to +1,2\u00a0%" in forest_html.replace("−1 to", "−0,9 to")
    assert "0,5" in course_html
    for html in (forest_html, course_html, hill_html):
        assert not re.search(r'(?:x|y|x1|x2|cx|cy|width)="\d+,', html)


def course(count: int, every: int = 7, **marks):
    some = [
        Look(
            START + datetime.timedelta(number * every),
            0.005 + 0.001 * (number % 2),
            (0.005 - 0.08 / math.sqrt(number + 1), 0.005 + 0.08 / math.sqrt(number + 1)),
        )
        for number in range(count)
    ]
    return sequence(some, margin=0.02, measure=POINTS, **marks)


@settings(max_examples=60)
@given(looks, oddities, dates, dates, dates)
def test_sequence_keeps_order_and_stays_inside(some, margin, start, earliest, planned):
    picture = sequence(some, margin=margin, start=start, earliest_end=earliest, planned_end=planned)
    latest = {look.date: look for look in some}.values()
    known = [
        all(map(math.isfinite, ends))
        for look in latest
        for ends in ((look.estimate,), look.interval)
        if ends and None not in ends
    ]
    assert (picture is not None) == any(known)
    if picture is None:
        return
    for path in (picture.band, picture.lone, picture.line):
        assert all(0 <= across <= 1000 and 0 <= down <= 240 for across, down in coordinates(path))
    assert all(0 <= dot.at <= 100 and 0 <= dot.down <= 240 for dot in picture.dots)
    assert all(0 <= place <= 240 for place in (picture.zero, *picture.margins, *(tick.at for tick in picture.ticks)))
    assert all(0 <= place.at <= 100 for place in (*picture.marks, *picture.days))
    assert [look.date for look in picture.looks] == sorted({look.date for look in some})
    for before, after in pairwise(picture.dots):
        assert before.at < after.at
        assert (before.down - after.down) * (after.look.estimate - before.look.estimate) >= 0
    labels = [(day.at, f"{day.date:%-d %b %Y}" if day.dated else f"{day.date:%-d %b}") for day in picture.days]
    assert apart(labels[1:-1] or labels[:1])


@settings(max_examples=25)
@given(looks.map(lambda some: some[:5]), oddities)
def test_sequence_draws_no_missing_number(some, margin):
    picture = sequence(some, margin=margin)
    html = render_to_string("experiments/pictures/sequence.html", {"picture": picture})

    assert not re.search("nan|inf|none", attributes(html), re.IGNORECASE)
    assert html.count("<circle") == (len(picture.dots) if picture else 0)


def test_sequence_narrows_and_marks_the_plan():
    picture = course(
        5, start=START, earliest_end=START + datetime.timedelta(14), planned_end=START + datetime.timedelta(56)
    )
    upper = coordinates(picture.band)[:5]

    assert [across for across, _down in upper] == [0, 125, 250, 375, 500]
    assert [down for _across, down in upper] == sorted(down for _across, down in upper)
    assert [(mark.event, mark.at) for mark in picture.marks] == [(Event.EARLIEST, 25), (Event.PLANNED, 100)]
    assert picture.margins[0] < picture.zero < picture.margins[1]
    assert not picture.cut


def test_sequence_breaks_where_a_look_could_not_be_computed():
    some = [Look(START + datetime.timedelta(day), 0.1, (0.0, 0.2)) for day in range(6)]
    some[2] = Look(some[2].date, 0.1, None, "A variant has fewer than 2 users.")
    picture = sequence([*some[:4], some[5], Look(some[4].date)])

    assert picture.band.count("M") == 1
    assert picture.lone.count("M") == 2
    assert "A variant has fewer than 2 users." in render_to_string(
        "experiments/pictures/sequence.html", {"picture": picture}
    )


def test_sequence_of_one_look_and_of_very_many():
    one, many = course(1), course(400, every=1)

    assert (one.band, one.line, len(one.dots)) == ("", "", 1)
    assert one.lone
    assert [day.at for day in one.days] == [0, 50, 100]
    assert len(many.dots) == 1
    assert many.cut
    assert len(coordinates(many.band)) == 800
    assert [(f"{day.date:%Y-%m}", day.dated) for day in many.days] == [
        ("2026-03", True),
        ("2026-08", False),
        ("2027-03", True),
    ]


def test_sequence_takes_the_last_look_of_a_date():
    picture = sequence([Look(START, 0.1), Look(START, 0.3)])

    assert [look.estimate for look in picture.looks] == [0.3]
    assert sequence([Look(START)]) is None
    assert "No look with a number yet" in render_to_string("experiments/pictures/sequence.html", {"picture": None})


def hill(goal: Goal = Goal.INCREASE, control=(1000, 100), treatment=(1000, 125)):
    variants = Proportion(*control), Proportion(*treatment)
    found = bayes.shares(*variants, goal=goal, alpha=0.05)
    return posterior(found, spread(*variants, found, alpha=0.05), goal=goal)


users = st.integers(0, 10**6).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))


@settings(max_examples=40)
@given(users, users, st.sampled_from(Goal))
def test_posterior_stays_inside_and_shades_from_zero(control, treatment, goal):
    picture = hill(goal, control, treatment)

    for path in (picture.hill, picture.better, picture.line):
        assert all(0 <= across <= 1000 and 0 <= down <= 160 for across, down in coordinates(path))
    assert inside(picture.interval)
    across = [place for place, _down in coordinates(picture.better)]
    if across and picture.zero is not None:
        edge = min(across) if goal is Goal.INCREASE else max(across)
        assert edge == pytest.approx(picture.zero * 10, abs=0.11) or picture.found.chance_to_beat > 0.99
    assert [one.above for one in picture.chances] == sorted((one.above for one in picture.chances), reverse=True)
    assert apart([(tick.at, display.mark(tick.value, POINTS)) for tick in picture.ticks])


def test_posterior_says_everything_in_words():
    html = render_to_string("experiments/pictures/posterior.html", {"picture": hill(), "open": True})

    for words in [
        "96\u00a0%",
        "0.022 points",
        "−0.27 to +5.3 points",
        "95\u00a0% interval",
        '<details class="numbers" open>',
    ]:
        assert words in html
    assert "The difference is above" in html


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (display.effect(0.0421, RELATIVE), "+4.2\u00a0%"),
        (display.effect(-0.12345, RELATIVE), "−12.3\u00a0%"),
        (display.effect(0, RELATIVE), "0\u00a0%"),
        (display.effect(0.01, POINTS), "+1 point"),
        (display.effect(-1234.5, Measure(Form.UNIT, "€")), "−1,234\u00a0€"),
        (display.effect(2, Measure(Form.UNIT)), "+2"),
        (display.mark(0.025, POINTS), "+2.5"),
        (display.interval((0.011, 0.073), RELATIVE), "+1.1 to +7.3\u00a0%"),
        (display.amount(3e-12, POINTS), "next to nothing"),
        (display.amount(0.0002, POINTS), "0.02 points"),
        (display.chance(1.0), "> 99.9\u00a0%"),
        (display.chance(0.0), "< 0.1\u00a0%"),
        (display.chance(0.9936), "99.4\u00a0%"),
        (display.chance(0.968), "97\u00a0%"),
        (display.chance(0.0031), "0.3\u00a0%"),
        (display.percent(0.05 / 3), "1.67\u00a0%"),
    ],
)
def test_numbers_are_written_for_people(shown, expected):
    assert shown == expected
