"""The drawings of a map: pure numbers in, path data out."""

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.drawing import curves, flow
from journeys.drawing.curves import Feeling, curve, point, smooth
from journeys.drawing.flow import ABOVE, BELOW, ON, Way, layout
from journeys.services.paths import fits

STAGES = 8
kinds = st.sampled_from(["forward", "skip", "back", "pause", "return"])
places = st.integers(0, STAGES - 1)
ways = st.lists(
    st.tuples(places, places, kinds).filter(lambda way: fits(way[2], way[0], way[1])), unique=True, max_size=14
).map(lambda triples: [Way(pk, *triple, "", None) for pk, triple in enumerate(triples, 1)])


def drawn(*triples: tuple[int, int, str]) -> list[tuple[str, int]]:
    """Side and track of each way, in the order given."""
    arcs = {arc.way.id: arc for arc in layout(Way(pk, *t, "", None) for pk, t in enumerate(triples)).arcs}
    return [(arcs[pk].side, arcs[pk].track) for pk in range(len(triples))]


def test_forward_runs_on_the_line_skips_above_and_backs_below():
    assert drawn(
        (0, 1, "forward"), (0, 2, "skip"), (2, 0, "back"), (2, 2, "pause"), (0, 2, "pause"), (3, 0, "return")
    ) == [
        (ON, 0),
        (ABOVE, 1),
        (BELOW, 2),
        (BELOW, 1),
        (ABOVE, 2),
        (BELOW, 3),
    ]


@given(ways)
def test_no_two_arches_overlap_on_one_track(some):
    for first, second in combinations([arc for arc in layout(some).arcs if arc.side != ON], 2):
        if (first.side, first.track) == (second.side, second.track):
            (a, b), (c, d) = first.way.ends, second.way.ends
            assert b <= c or d <= a
            assert (a, b) != (c, d)


@given(ways)
def test_an_arch_lies_outside_those_that_it_covers(some):
    for outer in layout(some).arcs:
        for inner in layout(some).arcs:
            if (
                outer.side == inner.side != ON
                and outer.way != inner.way
                and flow.covers(outer.way.ends, inner.way.ends)
            ):
                assert outer.track > inner.track or outer.way.ends == inner.way.ends


@given(ways, st.randoms())
def test_any_order_gives_the_same_drawing(some, random):
    shuffled = list(some)
    random.shuffle(shuffled)

    assert layout(shuffled) == layout(some)


@given(ways)
def test_everything_stays_in_the_picture(some):
    drawing = layout(some)

    for arc in drawing.arcs:
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", arc.line)]
        assert min(numbers) >= 0
        assert max(numbers) <= max(STAGES * flow.UNIT, drawing.height)
        for level in re.findall(r"V(-?\d+)", arc.line):
            assert 0 <= int(level) <= drawing.height
        assert (arc.column, arc.columns) == (arc.way.ends[0] + 1, arc.way.ends[1] - arc.way.ends[0] + 1)


def test_more_arches_than_tracks_share_the_last_one():
    drawing = layout(Way(pk, 5, 0, "back", "", None) for pk in range(40))

    assert drawing.below == max(arc.track for arc in drawing.arcs) == flow.MOST_TRACKS


@pytest.mark.parametrize(
    ("share", "label", "tag"),
    [
        (None, "", ""),
        (0.0, "", "0\u00a0%"),
        (0.075, "", "7.5\u00a0%"),
        (1.0, "all", "100\u00a0% all"),
        (None, "some", "some"),
    ],
)
def test_tag_says_share_and_label(share, label, tag):
    assert Way(1, 0, 1, "forward", label, share).tag == tag


def feeling(stage: int = 0, place: int = 0, count: int = 1, level: int = 0) -> Feeling:
    return Feeling(stage, place, count, level, "", 1, "A card")


def test_points_share_the_stage_between_them():
    assert [point(feeling(1, place, 3)).x for place in range(3)] == [250.0, 300.0, 350.0]
    assert point(feeling(1), stretch=0.5).x == 150.0
    assert point(feeling()).mark == f"M100,{curves.HEIGHT / 2:g}h0"


@given(st.lists(st.tuples(places, st.integers(-2, 2)), min_size=1))
def test_curve_is_never_above_the_best_nor_below_the_worst(felt):
    line = curve("Ann", "rose", 0, [feeling(stage, level=level) for stage, level in sorted(felt)])

    heights = [float(y) for _x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", line.line)]
    levels = [level for _stage, level in felt]
    assert max(heights) == point(feeling(level=min(levels))).y <= curves.HEIGHT
    assert min(heights) == point(feeling(level=max(levels))).y >= 0


def test_curve_of_nothing_and_of_one_feeling():
    assert (smooth([]), smooth([point(feeling())])) == ("", "M100,66")
