import random
from datetime import date, time
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from campaigns.pressure.audience import Audience, Basis, Overlap, Segment
from campaigns.pressure.groups import MOST_GROUPS, groups
from campaigns.pressure.messages import Message, Window
from campaigns.pressure.replay import replay

SOFIA, PRAGUE = "Europe/Sofia", "Europe/Prague"


def audience(sizes: dict[str, int], overlaps=(), **fields) -> Audience:
    return Audience(
        tuple(Segment.in_zone(name, size, SOFIA) for name, size in sizes.items()), tuple(overlaps), **fields
    )


def atoms(people: Audience, used=None) -> dict[str, float]:
    found = groups(people, used or {one.id for one in people.segments})
    return {"".join(sorted(group.segments)): group.persons for group in found}


def shared(found: dict[str, float], *names: str) -> float:
    return sum(persons for members, persons in found.items() if set(names) <= set(members))


def near(value):
    return pytest.approx(value, rel=1e-6, abs=1e-6)


def test_assumptions():
    sizes = {"a": 100, "b": 50, "c": 20}
    assert atoms(audience(sizes)) == {"a": 100, "b": 50, "c": 20}
    assert atoms(audience(sizes, assumed=Basis.NESTED)) == near({"a": 50, "ab": 30, "abc": 20})
    independent = audience(sizes, assumed=Basis.INDEPENDENT, population=200)
    expected = {"a": 67.5, "ab": 22.5, "abc": 2.5, "ac": 7.5, "b": 22.5, "bc": 2.5, "c": 7.5}
    assert atoms(independent) == near(expected)


def test_stated_pairs_and_assumptions_for_one_pair():
    overlaps = [Overlap("b", "a", persons=10), Overlap("b", "c", share=0.5), Overlap("a", "c", assumed=Basis.NESTED)]
    people = audience({"a": 100, "b": 50, "c": 20}, overlaps)
    found = atoms(people)
    assert [shared(found, *pair) for pair in ("ab", "bc", "ac")] == pytest.approx([10, 10, 20], rel=0.005)
    bases = {pair: (one.persons, one.basis) for pair, one in people.shared().items()}
    assert bases[("a", "b")] == (10, Basis.STATED)
    assert bases[("a", "c")] == (20, Basis.NESTED)


def test_replay_says_what_it_took_for_overlaps():
    people = audience({"a": 100, "b": 50, "c": 20, "unused": 9}, [Overlap("a", "b", persons=10)])
    day = Window(date(2027, 3, 1), date(2027, 3, 1), time(9))
    calendar = [Message(name, "c", "e-mail", "purchase", frozenset({name}), day) for name in "abc"]
    found = replay(calendar, people, [])
    assert [(one.one, one.other, one.basis, one.persons, one.counted) for one in found.pairs] == [
        ("a", "b", Basis.STATED, 10, near(10)),
        ("a", "c", Basis.DISJOINT, 0, 0),
        ("b", "c", Basis.DISJOINT, 0, 0),
    ]


def test_overlap_lives_where_both_segments_do():
    both = Segment("a", 100, ((SOFIA, 0.5), (PRAGUE, 0.5)))
    people = Audience((both, Segment.in_zone("b", 40, SOFIA)), (Overlap("a", "b", persons=40),))
    found = {(one.zone, "".join(sorted(one.segments))): one.persons for one in groups(people, {"a", "b"})}
    assert found == near({(SOFIA, "ab"): 40, (SOFIA, "a"): 10, (PRAGUE, "a"): 50})
    apart = Audience((Segment.in_zone("a", 100, PRAGUE), Segment.in_zone("b", 40, SOFIA)), assumed=Basis.NESTED)
    assert apart.shared()["a", "b"].persons == 0


def test_contradictions_keep_the_sizes_and_are_told():
    overlaps = [Overlap("a", "b", persons=0), Overlap("a", "c", persons=15), Overlap("b", "c", persons=15)]
    people = audience({"a": 100, "b": 50, "c": 20}, overlaps)
    found = atoms(people)
    assert [shared(found, name) for name in "abc"] == near([100, 50, 20])
    assert shared(found, "a", "b") == 0
    assert shared(found, "a", "c") + shared(found, "b", "c") == near(20)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_overlaps_that_people_can_have_are_kept(data):
    """Draw people, count their segments, and find the same sizes and overlaps again."""
    names = "abcd"[: data.draw(st.integers(2, 4))]
    kinds = ["".join(some) for number in range(1, 5) for some in combinations(names, number)]
    drawn = {kind: data.draw(st.integers(0, 30)) for kind in kinds}
    sizes = {name: int(shared(drawn, name)) for name in names}
    assume(all(sizes.values()))
    overlaps = [Overlap(*pair, persons=int(shared(drawn, *pair))) for pair in combinations(names, 2)]
    found = atoms(audience(sizes, overlaps))
    assert min(found.values()) >= 0
    for name in names:
        assert shared(found, name) == pytest.approx(sizes[name], rel=1e-9)
    if len(names) < 3:
        assert {kind: persons for kind, persons in drawn.items() if persons} == near(found)


@pytest.mark.parametrize("zones", [1, 4])
def test_number_of_groups_is_bounded(zones):
    chance = random.Random(3)
    shares = tuple((zone, 1 / zones) for zone in [SOFIA, PRAGUE, "UTC", "Asia/Kathmandu"][:zones])
    segments = tuple(Segment(chr(97 + number), chance.randint(100, 5000), shares) for number in range(20))
    people = Audience(segments, assumed=Basis.INDEPENDENT, population=100_000)
    found = groups(people, {one.id for one in segments})
    assert len(found) <= MOST_GROUPS
    for one in segments:
        assert sum(group.persons for group in found if one.id in group.segments) == near(one.size)
    lost = sum(
        abs(one.persons - sum(group.persons for group in found if group.segments >= set(pair)))
        for pair, one in people.shared().items()
    )
    assert lost < sum(one.persons for one in people.shared().values()) * (0.01 if zones == 1 else 0.2)
