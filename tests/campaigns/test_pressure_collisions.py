import time
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.pressure.audience import Audience, Basis, Overlap, Segment
from campaigns.pressure.collisions import (
    Axis,
    Code,
    Plan,
    PlanKind,
    Severity,
    collision,
    collisions,
    overlapping,
    together,
)
from campaigns.pressure.sentences import SENTENCES, sentence

MARCH = date(2027, 3, 1)
EVERYTHING = {
    "segments": "s",
    "personas": "p",
    "channels": "e-mail",
    "stages": "purchase",
    "offers": "ten",
    "metrics": "m",
}


def plan(id, first=1, last=7, kind=PlanKind.CAMPAIGN, **things):
    """Days of March; things as words."""
    sets = {name: frozenset(words.split()) for name, words in things.items()}
    return Plan(id, kind, MARCH.replace(day=first), MARCH.replace(day=last), **sets)


def experiment(id, first=1, last=7, **things):
    return plan(id, first, last, PlanKind.EXPERIMENT, **things)


def codes(hit):
    return [reason.code for reason in hit.reasons] if hit else []


def test_campaigns_that_share_everything():
    one, other = plan("one", 1, 7, **EVERYTHING), plan("other", 5, 20, **EVERYTHING)
    hit = collision(other, one)
    assert (hit.one.id, hit.other.id) == ("one", "other")
    assert (hit.first, hit.last, hit.days) == (date(2027, 3, 5), date(2027, 3, 7), 3)
    assert hit.axes == set(Axis)
    assert {line.axis: line.things for line in hit.shared} == {
        Axis.DATES: (),
        Axis.AUDIENCE: ("s", "p"),
        Axis.CHANNEL: ("e-mail",),
        Axis.STAGE: ("purchase",),
        Axis.OFFER: ("ten",),
    }
    assert hit.severity is Severity.HIGH
    assert codes(hit) == [Code.SAME_OFFER, Code.SAME_CHANNEL, Code.SAME_STAGE]


def test_what_makes_two_campaigns_collide_and_how_badly():
    who = {"segments": "s"}
    for mine, yours, expected, severity in [
        (who, who, [Code.SAME_PEOPLE], Severity.LOW),
        ({"personas": "p q"}, {"personas": "q"}, [Code.SAME_PEOPLE], Severity.LOW),
        (who, {"segments": "t"}, [], None),
        (who | {"channels": "e"}, {"segments": "t", "channels": "e"}, [], None),
        (who | {"channels": "e"}, who | {"channels": "e sms"}, [Code.SAME_CHANNEL], Severity.MEDIUM),
        (who | {"stages": "a"}, who | {"stages": "a"}, [Code.SAME_STAGE], Severity.MEDIUM),
        (
            who | {"stages": "a", "channels": "e"},
            who | {"stages": "a", "channels": "e"},
            [Code.SAME_CHANNEL, Code.SAME_STAGE],
            Severity.HIGH,
        ),
        (who | {"offers": "x"}, who | {"offers": "x"}, [Code.SAME_OFFER], Severity.HIGH),
        (who | {"offers": "x"}, who | {"offers": "y"}, [Code.RIVAL_OFFERS], Severity.HIGH),
        (who | {"offers": "x"}, {"segments": "t", "offers": "x"}, [Code.SAME_OFFER], Severity.LOW),
        (who | {"offers": "x"}, {"segments": "t", "offers": "y"}, [], None),
        ({}, {}, [], None),
        (who, {"personas": "p"}, [], None),
        ({"channels": "e"}, who | {"channels": "e"}, [Code.SAME_CHANNEL], Severity.LOW),
        ({"offers": "x"}, who | {"offers": "x"}, [Code.SAME_OFFER], Severity.MEDIUM),
    ]:
        hit = collision(plan("a", **mine), plan("b", **yours))
        assert (codes(hit), hit.severity if hit else None) == (expected, severity), (mine, yours)


def test_how_a_campaign_disturbs_an_experiment():
    who = {"segments": "s"}
    for campaign, test, expected, severity in [
        (who | {"stages": "a"}, who | {"stages": "a"}, [Code.CHANGES_WHO_ARRIVES], Severity.MEDIUM),
        ({"stages": "a"}, {"stages": "a"}, [Code.CHANGES_WHO_ARRIVES], Severity.MEDIUM),
        (who | {"metrics": "m"}, who | {"metrics": "m n"}, [Code.MOVES_THE_METRIC], Severity.HIGH),
        (who | {"offers": "x"}, who | {"offers": "x"}, [Code.GIVES_THE_OFFER], Severity.HIGH),
        (who, who | {"stages": "a"}, [Code.REACHES_ITS_PEOPLE], Severity.LOW),
        ({"stages": "a", "personas": "p"}, {"stages": "a", "personas": "q"}, [], None),
        ({}, {"stages": "a"}, [], None),
    ]:
        hit = collision(experiment("b", **test), plan("a", **campaign))
        assert (codes(hit), hit.severity if hit else None) == (expected, severity), (campaign, test)
        if hit:
            assert (hit.one.kind, hit.other.kind) == (PlanKind.CAMPAIGN, PlanKind.EXPERIMENT)


def test_two_experiments_are_not_told():
    assert collision(experiment("a", **EVERYTHING), experiment("b", **EVERYTHING)) is None


def test_days_that_touch_and_days_that_do_not():
    first = plan("a", 1, 7, **EVERYTHING)
    assert collision(first, plan("b", 7, 9, **EVERYTHING)).days == 1
    assert collision(first, plan("b", 8, 9, **EVERYTHING)) is None


def test_different_segments_that_share_people():
    segments = tuple(Segment.in_zone(name, 100, "UTC") for name in "abc")
    people = Audience(segments, (Overlap("b", "a", persons=5), Overlap("a", "c", persons=0)), assumed=Basis.NESTED)
    overlaps = overlapping(people)
    assert overlaps == {("a", "b"), ("b", "c")}
    hit = collision(plan("1", segments="b"), plan("2", segments="a"), overlaps)
    (audience,) = [line for line in hit.shared if line.axis is Axis.AUDIENCE]
    assert (audience.things, audience.pairs) == ((), (("b", "a"),))
    assert collision(plan("1", segments="a"), plan("2", segments="c"), overlaps) is None


def test_sentences():
    assert set(SENTENCES) == set(Code)
    names = {"e-mail": "E-mail", "s": "New customers", "m": "Conversion", "purchase": "Purchase", "ten": "10 % off"}
    hit = collision(plan("spring", 1, 7, **EVERYTHING), plan("loyal", 7, 9, **EVERYTHING))
    assert [sentence(hit, reason, names) for reason in hit.reasons] == [
        "“spring” and “loyal” make the same offer, 10 % off, on 7 March 2027.",
        "“spring” and “loyal” reach the same people by E-mail, on 7 March 2027.",
        "“spring” and “loyal” speak to the same people at Purchase, on 7 March 2027.",
    ]
    hit = collision(plan("spring", stages="purchase"), experiment("one page", stages="purchase"))
    assert [sentence(hit, reason, names) for reason in hit.reasons] == [
        "“spring” changes who arrives at Purchase while “one page” runs there, from 1 March 2027 to 7 March 2027."
        " One of the two does not say whom it reaches."
    ]
    hit = collision(plan("x", segments="s"), plan("y", segments="a b s"), {("a", "s"), ("b", "s")})
    assert sentence(hit, hit.reasons[0], names) == (
        "“x” and “y” reach the same people, New customers, New customers with a and New customers with b,"
        " from 1 March 2027 to 7 March 2027."
    )


words = st.lists(st.sampled_from("abc"), max_size=2).map(frozenset)
plans = st.builds(
    lambda number, first, length, kind, **things: Plan(
        str(number), kind, MARCH + timedelta(days=first), MARCH + timedelta(days=first + length), **things
    ),
    number=st.integers(0, 10**6),
    first=st.integers(0, 20),
    length=st.integers(0, 6),
    kind=st.sampled_from(PlanKind),
    **dict.fromkeys(EVERYTHING, words),
)
some_plans = st.lists(plans, max_size=12, unique_by=lambda one: (one.kind, one.id))


@settings(deadline=None, max_examples=80)
@given(some_plans, st.randoms(use_true_random=False))
def test_sweep_finds_what_comparing_all_finds(some, chance):
    overlaps = {("a", "b")}
    found = collisions(some, overlaps)
    pairs = [hit for one, other in combinations(some, 2) if (hit := collision(other, one, overlaps))]
    assert sorted(map(repr, found)) == sorted(map(repr, pairs))
    chance.shuffle(some)
    assert collisions(some, overlaps) == found
    for hit in found:
        assert hit.days >= 1
        assert Axis.DATES in hit.axes
        assert len(hit.axes) >= 2 or hit.other.kind is PlanKind.EXPERIMENT
        assert hit.one.kind is PlanKind.CAMPAIGN
    assert [list(Severity).index(hit.severity) for hit in found] == sorted(
        list(Severity).index(hit.severity) for hit in found
    )


def test_a_thousand_campaigns_are_not_all_compared():
    """Four weeks each, over ten years: 500,000 pairs, of which few share days."""
    first = date(2027, 1, 1)
    many = [
        Plan(
            str(n),
            PlanKind.CAMPAIGN,
            first + timedelta(days=n * 3),
            first + timedelta(days=n * 3 + 27),
            frozenset({"s"}),
        )
        for n in range(1000)
    ]
    assert len(list(together(many))) == len(collisions(many)) == 9 * 1000 - 45
    start = time.process_time()
    collisions(many)
    assert time.process_time() - start < 2
