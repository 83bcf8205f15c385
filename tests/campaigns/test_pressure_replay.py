from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.pressure.audience import Audience, Overlap, Segment
from campaigns.pressure.clock import Period
from campaigns.pressure.history import History, Scope
from campaigns.pressure.messages import At, Cadence, Message, Window
from campaigns.pressure.occasions import Occasions
from campaigns.pressure.policies import Cap, HeldOut, Kind, QuietHours
from campaigns.pressure.replay import replay
from campaigns.pressure.rules import may_send
from tests.campaigns.individuals import SCENES, allows, calendars, lived, moments, policies_of

MONDAY = date(2027, 3, 1)
SOFIA = "Europe/Sofia"
ALL = Audience((Segment.in_zone("all", 100, SOFIA),))
DAY = Cap(id="day", n=1, per=Period.DAY)


def message(id, day=MONDAY, at=9, *, last=None, cadence=Cadence.ONCE, **fields):
    usual = {
        "campaign": "c",
        "channel": "e-mail",
        "stage": "purchase",
        "segments": frozenset({"all"}),
        "sending": Window(day, last or day, time(at), cadence),
    }
    return Message(id=id, **usual | fields)


def sent(found) -> dict[str, float]:
    return {fate.message: fate.sent for fate in found.fates}


def near(value):
    return pytest.approx(value, rel=1e-9, abs=1e-9)


def scenes(**options):
    """A zone, messages and policies around a day on which its clock does something."""
    return st.sampled_from(SCENES).flatmap(
        lambda scene: st.tuples(st.just(scene[0]), calendars(scene[1], scene[0], **options), policies_of(scene[1]))
    )


def test_lower_priority_waits_although_it_is_due_first():
    low, high = message("low", at=9, priority=10), message("high", at=15, priority=90)
    found = replay([low, high], ALL, [DAY])
    assert sent(found) == {"high": 100, "low": 0}
    (held,) = found.held()
    assert (held.message, held.rule, held.kind, held.persons, held.later) == ("low", "day", Kind.CAP, 100, 0)
    assert (held.lost_to, held.others) == ((("high", 100),), ())
    assert held.earliest.isoformat() == held.latest.isoformat() == "2027-03-02T00:00:00+02:00"


def test_ties_by_approval_then_by_id():
    early, late = datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 1, 2, tzinfo=UTC)
    calendar = [message("a"), message("d", approved=late), message("c", approved=early), message("b", approved=late)]
    assert [fate.message for fate in replay(calendar, ALL, [DAY]).fates] == ["c", "b", "d", "a"]
    assert sent(replay(calendar, ALL, [DAY])) == {"c": 100, "b": 0, "d": 0, "a": 0}


def test_held_message_goes_later_while_its_window_is_open():
    first, second = message("first", priority=90), message("second", last=MONDAY + timedelta(days=1))
    night = QuietHours(id="night", start=time(21), end=time(8))
    found = replay([first, second], ALL, [DAY, night])
    assert sent(found) == {"first": 100, "second": 100}
    (held,) = found.held()
    assert held.later == 100
    assert held.earliest.isoformat() == "2027-03-02T08:00:00+02:00"
    monday, tuesday = found.days
    assert (monday.due, monday.sent, monday.held, monday.again) == (200, 100, 100, 0)
    assert (tuesday.due, tuesday.sent, tuesday.held, tuesday.again) == (100, 100, 0, 100)
    assert replay([first, message("second")], ALL, [DAY, night]).fates[1].dropped == 100


def test_later_on_the_same_day_counts_as_sent():
    found = replay([message("early", at=7)], ALL, [QuietHours(id="night", start=time(21), end=time(8))])
    (day,) = found.days
    assert (day.due, day.sent, day.held) == (100, 100, 0)
    assert found.fates[0].later == 100
    assert found.held()[0].earliest.hour == 8


def test_moment_has_no_second_chance():
    moment = At(datetime(2027, 3, 1, 5, tzinfo=UTC))
    found = replay([message("m", sending=moment)], ALL, [QuietHours(id="night", start=time(21), end=time(8))])
    assert found.fates[0].dropped == 100


def test_zones_have_their_own_days():
    people = Audience((Segment("all", 100, (("Pacific/Apia", 0.25), ("America/New_York", 0.75))),))
    found = replay([message("m", sending=At(datetime(2027, 3, 1, 20, tzinfo=UTC)))], people, [])
    assert [(count.day.day, count.sent) for count in found.days] == [(1, 75), (2, 25)]


def test_held_out_share_gets_nothing_but_what_it_asked_for():
    calendar = [message("news"), message("invoice", transactional=True)]
    found = replay(calendar, ALL, [HeldOut(id="out", share=0.1), HeldOut(id="more", share=0.5)])
    assert sent(found) == {"news": near(45), "invoice": 100}
    held = {one.rule: one for one in found.held()}
    assert {rule: one.persons for rule, one in held.items()} == {"more": 50, "out": near(5)}
    assert {one.earliest for one in held.values()} == {None}


def test_everybody_held_out():
    found = replay([message("news")], ALL, [HeldOut(id="out", share=1.0), DAY])
    assert [(count.due, count.sent, count.held) for count in found.days] == [(100, 0, 100)]
    assert [one.rule for one in found.held()] == ["out"]


def test_held_of_a_day_and_of_a_campaign():
    week = Cap(id="week", n=2, per=Period.WEEK)
    daily = message("daily", last=MONDAY + timedelta(days=6), cadence=Cadence.DAILY, campaign="long")
    found = replay([daily, message("one", day=MONDAY + timedelta(days=3), campaign="short")], ALL, [week])
    assert [one.day.day for one in found.held(campaign="long")] == [3, 4, 5, 6, 7]
    assert [one.message for one in found.held(day=MONDAY + timedelta(days=3))] == ["daily", "one"]
    assert found.held(message="one") == found.held(campaign="short")
    assert found.held(message="one")[0].lost_to == (("daily", 100),)


def test_nobody_and_nothing():
    assert replay([], ALL, [DAY]).days == ()
    assert replay([message("m", segments=frozenset())], ALL, [DAY]).fates[0].due == 0
    empty = Audience((Segment.in_zone("all", 0, SOFIA),))
    assert replay([message("m")], empty, [DAY]).counts == ()


def test_freed_place_may_let_two_in():
    """Why "one policy more never sends more" and "one message less costs nobody" are about the next in rank, and not
    about all: decision 12."""
    first = message("first", priority=90, sending=At(datetime(2027, 3, 1, 5, tzinfo=UTC)))
    mail, shop = message("mail", stage="awareness"), message("shop", at=10, channel="sms")
    one_each = [Cap(id=scope, n=1, per=Period.DAY, scope=scope) for scope in (Scope.CHANNEL, Scope.STAGE)]
    assert sent(replay([first, mail, shop], ALL, one_each)) == {"first": 100, "mail": 0, "shop": 0}
    night = QuietHours(id="night", start=time(21), end=time(8))
    assert sent(replay([first, mail, shop], ALL, [*one_each, night])) == {"first": 0, "mail": 100, "shop": 100}


# A second implementation, person by person


@settings(deadline=None, max_examples=60)
@given(scenes(), st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))
def test_replay_against_individuals(scene, only_a, only_b, both):
    zone, calendar, policies = scene
    people = Audience(
        (Segment.in_zone("a", only_a + both, zone), Segment.in_zone("b", only_b + both, zone)),
        (Overlap("a", "b", persons=both),),
    )
    found = replay(calendar, people, policies)
    due, went, again = Counter(), Counter(), Counter()
    fates = Counter()
    for segments, persons in ({"a"}, only_a), ({"b"}, only_b), ({"a", "b"}, both):
        mine = [one for one in calendar if one.segments & segments]
        for one, planned, came in lived(mine, policies, zone) if persons else ():
            fates[one.id] += persons if came else 0
            for name in one.segments & segments:
                day = planned.astimezone(ZoneInfo(zone)).date()
                due[day, name] += persons
                if came:
                    came_on = came.astimezone(ZoneInfo(zone)).date()
                    went[came_on, name] += persons
                    again[came_on, name] += persons if came_on != day else 0
    expected = {
        key: (due[key] + again[key], went[key], due[key] + again[key] - went[key], again[key])
        for key in due.keys() | went.keys()
    }
    counted = {(one.day, one.segment): (one.due, one.sent, one.held, one.again) for one in found.counts}
    assert counted == {key: near(value) for key, value in expected.items()}
    assert {fate.message: fate.sent for fate in found.fates} == {one.id: near(fates[one.id]) for one in calendar}


@settings(deadline=None, max_examples=50)
@given(scenes(), st.integers(0, 20).map(lambda part: part / 20))
def test_conservation_and_promises(scene, share):
    zone, calendar, policies = scene
    people = Audience(
        (Segment("a", 70, ((zone, 0.5), ("UTC", 0.5))), Segment.in_zone("b", 40, zone)),
        (Overlap("a", "b", persons=10),),
    )
    found = replay(calendar, people, [*policies, HeldOut(id="out", share=share)])
    assert all(one.due == near(one.sent + one.held) for one in (*found.counts, *found.days))
    assert all(one.due == near(one.sent + one.dropped) for one in found.fates)
    assert all(min(one.sent, one.held, one.again, one.due - one.again) >= 0 for one in found.counts)
    dropped = Counter()
    for one in found.held():
        dropped[one.message] += one.persons - one.later
        assert one.persons > 0
        assert sum(persons for _segment, persons in one.segments) >= one.persons * (1 - 1e-9)
    assert {one.message: near(one.dropped) for one in found.fates} == {one.id: dropped[one.id] for one in calendar}
    known = {one.id: one for one in calendar}
    for diary in found.diaries():
        got = [(known[contact.message], contact.moment.astimezone(UTC)) for contact in diary.contacts]
        for number, (one, moment) in enumerate(got):
            others = got[:number] + got[number + 1 :]
            assert all(allows(policy, one, moment, others, ZoneInfo(diary.zone)) for policy in policies)


@settings(deadline=None, max_examples=40)
@given(scenes(segments=("a",)))
def test_held_messages_are_told_as_the_counter_would(scene):
    """With what goes first as the history: all of the messages above, and of the message itself what came before."""
    zone, calendar, policies = scene
    found = replay(calendar, Audience((Segment.in_zone("a", 1, zone),)), policies)
    (diary,) = found.diaries()
    known = {one.id: one for one in calendar}
    for held in found.held():
        mine, due = known[held.message], held.due.astimezone(UTC)
        before = [
            contact
            for contact in diary.contacts
            if not known[contact.message].transactional
            and (known[contact.message].rank < mine.rank or (contact.message == mine.id and contact.moment < held.due))
        ]
        verdict = may_send(policies, History(zone, before), mine, due)
        assert (held.rule, held.kind) == (verdict.rule.policy, verdict.rule.kind)
        assert set(held.others) == {one.policy for one in verdict.others}
        assert {name for name, _persons in held.lost_to} == set(verdict.rule.lost_to)
        moments = [None if one is None else one.astimezone(UTC) for one in (held.earliest, held.latest)]
        assert moments == [verdict.earliest] * 2
    late = [came for one, due, came in lived(calendar, policies, zone) if came != due]
    assert len(found.held()) == len(late)
    assert sum(one.later for one in found.held()) == len([came for came in late if came])


@settings(deadline=None, max_examples=60)
@given(scenes(), st.randoms(use_true_random=False))
def test_order_of_what_is_given_does_not_matter(scene, chance):
    zone, calendar, policies = scene
    segments, overlaps = [Segment.in_zone(name, 30, zone) for name in "abc"], [Overlap("a", "b", share=0.3)]
    people = Audience(tuple(segments), tuple(overlaps))
    found = replay(calendar, people, policies)
    for given_ in (calendar, policies, segments):
        chance.shuffle(given_)
    turned = Audience(tuple(segments), (Overlap("b", "a", share=0.3),))
    other = replay(calendar, turned, policies)
    assert (other.counts, other.days, other.fates, other.held()) == (
        found.counts,
        found.days,
        found.fates,
        found.held(),
    )


@settings(deadline=None, max_examples=40)
@given(scenes(), st.data())
def test_higher_priority_never_costs_one_anything(scene, data):
    zone, calendar, policies = scene
    people = Audience((Segment.in_zone("a", 7, zone), Segment.in_zone("b", 5, zone)), (Overlap("a", "b", persons=2),))
    one = data.draw(st.sampled_from(calendar))
    higher = Message(**{**vars(one), "priority": one.priority + data.draw(st.integers(1, 10))})
    raised = [higher if other is one else other for other in calendar]
    before, after = sent(replay(calendar, people, policies)), sent(replay(raised, people, policies))
    assert after[one.id] >= before[one.id] - 1e-9


def by_rank(calendar, policies, zone):
    """Of one person: what they get of each message, the first in rank first."""
    (diary,) = replay(calendar, Audience((Segment.in_zone("a", 1, zone),)), policies).diaries()
    ordered = sorted(calendar, key=lambda one: one.rank)
    return {one.id: [contact.moment for contact in diary.contacts if contact.message == one.id] for one in ordered}


def first_change(before, after):
    """How many times more the first message comes that notices; 0 where none does."""
    noticed = [name for name in before if name in after and after[name] != before[name]]
    return len(after[noticed[0]]) - len(before[noticed[0]]) if noticed else 0


@settings(deadline=None, max_examples=40)
@given(scenes(segments=("a",)), st.data())
def test_one_policy_more_never_sends_more_to_the_next_in_rank(scene, data):
    zone, calendar, policies = scene
    less = policies[: data.draw(st.integers(0, len(policies)))]
    assert first_change(by_rank(calendar, less, zone), by_rank(calendar, policies, zone)) <= 0


@settings(deadline=None, max_examples=40)
@given(scenes(segments=("a",)), st.data())
def test_one_message_less_costs_the_next_in_rank_nothing(scene, data):
    zone, calendar, policies = scene
    gone = data.draw(st.sampled_from(calendar))
    before = by_rank(calendar, policies, zone)
    after = by_rank(
        [*(one for one in calendar if one is not gone), message("none", segments=frozenset("a"), priority=0)],
        policies,
        zone,
    )
    assert first_change(before, after) >= 0
    above = [name for name in before if name in after][: list(before).index(gone.id)]
    assert [after[name] for name in above] == [before[name] for name in above]


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(SCENES), st.data())
def test_where_caps_nest_it_holds_for_all(scene, data):
    """Moments only, caps over all messages by day and week: no place that is freed can let two in."""
    zone, day = scene[0], scene[1]
    calendar = data.draw(calendars(day, zone, segments=("all",), most=10, sendings=moments(day)))
    caps = [Cap(id=per, n=data.draw(st.integers(1, 3)), per=per) for per in (Period.DAY, Period.WEEK)]
    more = [one for one in data.draw(policies_of(day)) if one.by_calendar]
    people = Audience((Segment.in_zone("all", 1, zone),))
    before = sent(replay(calendar, people, caps))
    assert sum(sent(replay(calendar, people, [*caps, *more])).values()) <= sum(before.values())
    assert sum(sent(replay(calendar, people, caps[:1])).values()) >= sum(before.values())
    gone = data.draw(st.sampled_from(calendar))
    after = sent(replay([one for one in calendar if one is not gone], people, caps))
    assert all(after[name] >= before[name] for name in after)


@settings(deadline=None, max_examples=60)
@given(scenes(segments=("a",)))
def test_transactional_messages_are_neither_held_nor_counted(scene):
    zone, calendar, policies = scene
    free = [one for one in policies if not getattr(one, "binds_transactional", False)]
    found = by_rank(calendar, free, zone)
    asked = [one for one in calendar if one.transactional]
    assert all(len(found[one.id]) == len(lived([one], [], zone)) for one in asked)
    others = [one for one in calendar if not one.transactional]
    if others:
        assert by_rank(others, free, zone) == {one.id: found[one.id] for one in others}


@settings(deadline=None, max_examples=60)
@given(scenes(segments=("a", "b")), st.integers(1, 3), st.integers(1, 4), st.sampled_from([0.0, 0.25]))
def test_first_held_are_the_first_of_all(scene, each, most, share):
    zone, calendar, policies = scene
    people = Audience((Segment("a", 70, ((zone, 0.5), ("UTC", 0.5))), Segment.in_zone("b", 40, zone)))
    found = replay(calendar, people, [*policies, HeldOut(id="out", share=share)])
    ids, everything = [one.id for one in calendar], found.held()

    def first(**limits):
        return found.first_held(Occasions(ids, date(1970, 1, 2), date(2199, 12, 31), **limits))

    def due(one):
        return one.due.astimezone(UTC)

    assert first(held_out=True) == everything
    mine = [one for one in everything if one.rule != "out"]
    times = {(one.zone, one.message): [] for one in mine}
    for one in mine:
        times[one.zone, one.message] = sorted({*times[one.zone, one.message], due(one)})
    wanted = [one for one in mine if due(one) in times[one.zone, one.message][:each]]
    assert [one for one in first(each=each) if one.rule != "out"] == wanted
    some = sorted((due(one), (one.zone, one.message)) for one in everything)
    some = sorted({*some})[:most]
    assert first(most=most, held_out=True) == [one for one in everything if (due(one), (one.zone, one.message)) in some]


def test_first_held_keep_to_their_days_and_leave_out_who_is_nobody():
    daily = message("daily", last=MONDAY + timedelta(6), cadence=Cadence.DAILY)
    found = replay([daily], ALL, [Cap(id="one", n=1, per=Period.WEEK)])
    days = MONDAY + timedelta(2), MONDAY + timedelta(4)
    assert [one.day for one in found.first_held(Occasions(["daily"], *days, each=2))] == [
        days[0],
        days[0] + timedelta(1),
    ]
    assert found.first_held(Occasions(["daily"], *days, least=101)) == []
    assert found.first_held(Occasions([], *days)) == []
