from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from campaigns.pressure.clock import Clock, Period
from campaigns.pressure.history import Contact, History, Scope
from campaigns.pressure.messages import At, Message
from campaigns.pressure.policies import Blackout, Cap, Gap, HeldOut, Kind, Policy, QuietHours, QuietWeekdays
from campaigns.pressure.rules import may_send
from tests.campaigns.individuals import SCENES, allows, calendars, moments, policies_of, quarters

SOFIA = ZoneInfo("Europe/Sofia")
NOW = datetime(2027, 3, 3, 10, tzinfo=SOFIA)  # a Wednesday
MESSAGE = Message("m", "c", "e-mail", "purchase", frozenset({"all"}), At(NOW))
INVOICE = Message("i", "c", "e-mail", "purchase", frozenset({"all"}), At(NOW), transactional=True)
WEEKDAYS = QuietWeekdays(id="days", weekdays=frozenset({3, 4}))
HOLIDAYS = Blackout(id="holidays", days=frozenset({date(2027, 3, 3), date(2027, 3, 4)}))


def had(*times, channel="e-mail", stage="purchase", zone="Europe/Sofia"):
    """A history of messages x0, x1, …"""
    contacts = [
        Contact(f"x{number}", channel, stage, datetime.fromisoformat(when)) for number, when in enumerate(times)
    ]
    return History(zone, contacts)


def local(verdict):
    return verdict.earliest.astimezone(SOFIA).replace(tzinfo=None).isoformat(" ", "minutes")


def test_it_allows_without_policies():
    found = may_send([], had(), MESSAGE, NOW)
    assert (found.allowed, found.rule, found.others, found.earliest) == (True, None, (), None)


def test_when_each_policy_lets_it_go_again():
    morning = "2027-03-03T08:00+02:00"
    cases = [
        (Cap(id="p", n=1, per=Period.DAY), [morning], "2027-03-04 00:00", ("x0",)),
        (Cap(id="p", n=1, per=Period.WEEK), ["2027-03-01T00:00+02:00"], "2027-03-08 00:00", ("x0",)),
        (Cap(id="p", n=1, per=Period.WEEK), ["2027-02-28T23:59+02:00"], None, ()),
        (Cap(id="p", n=2, per=Period.MONTH), [morning], None, ()),
        (Cap(id="p", n=2, per=Period.MONTH), [morning, "2027-03-31T23:00+03:00"], "2027-04-01 00:00", ("x0", "x1")),
        (Cap(id="p", n=1, per=Period.DAY), [morning, "2027-03-04T08:00+02:00"], "2027-03-05 00:00", ("x0",)),
        (Gap(id="p", hours=3), [morning], "2027-03-03 11:00", ("x0",)),
        (Gap(id="p", hours=2), [morning], None, ()),
        (Gap(id="p", hours=3), [morning, "2027-03-03T12:00+02:00"], "2027-03-03 15:00", ("x0", "x1")),
        (QuietHours(id="p", start=time(9), end=time(12)), [], "2027-03-03 12:00", ()),
        (QuietHours(id="p", start=time(9), end=time(10)), [], None, ()),
        (QuietHours(id="p", start=time(10), end=time(8)), [], "2027-03-04 08:00", ()),
        (QuietHours(id="p", start=time(23), end=time(10, 30)), [], "2027-03-03 10:30", ()),
        (WEEKDAYS, [], "2027-03-05 00:00", ()),
        (HOLIDAYS, [], "2027-03-05 00:00", ()),
    ]
    for policy, times, expected, lost_to in cases:
        found = may_send([policy], had(*times), MESSAGE, NOW)
        assert found.allowed == (expected is None), policy
        if expected:
            assert (local(found), found.rule.kind, found.rule.lost_to) == (expected, policy.kind, lost_to), policy
            assert found.rule.until == found.earliest


def test_scopes():
    other = had("2027-03-03T08:00+02:00", channel="sms", stage="retention")
    same = had("2027-03-03T08:00+02:00")
    for scope, of, reaches in [
        (Scope.ALL, None, (True, True)),
        (Scope.CHANNEL, None, (False, True)),
        (Scope.STAGE, None, (False, True)),
        (Scope.CHANNEL, "e-mail", (False, True)),
        (Scope.CHANNEL, "sms", (False, False)),
        (Scope.STAGE, "purchase", (False, True)),
    ]:
        cap = Cap(id="p", n=1, per=Period.DAY, scope=scope, of=of)
        held = [not may_send([cap], history, MESSAGE, NOW).allowed for history in (other, same)]
        assert tuple(held) == reaches, (scope, of)


def test_strictest_rule_first_and_a_moment_that_suits_all():
    policies = [
        Gap(id="gap", hours=3),
        Cap(id="week", n=1, per=Period.WEEK),
        Blackout(id="monday", days=frozenset({date(2027, 3, 8)})),
        QuietHours(id="night", start=time(21), end=time(8)),
        HOLIDAYS,
    ]
    found = may_send(policies, had("2027-03-03T08:00+02:00"), MESSAGE, NOW)
    assert [one.policy for one in found.refusals] == ["week", "holidays", "gap"]
    assert (found.rule.kind, local(found)) == (Kind.CAP, "2027-03-09 08:00")


def test_equally_strict_rules_go_by_id():
    caps = [Cap(id=name, n=1, per=Period.DAY) for name in ("b", "a")]
    assert [one.policy for one in may_send(caps, had("2027-03-03T08:00+02:00"), MESSAGE, NOW).refusals] == ["a", "b"]


def test_transactional_messages_pass_what_does_not_bind_them():
    history = had("2027-03-03T09:59+02:00")
    strict = [Cap(id="c", n=1, per=Period.DAY), Gap(id="g", hours=9), HeldOut(id="h", share=1.0), WEEKDAYS, HOLIDAYS]
    assert may_send(strict, history, INVOICE, NOW).allowed
    night = QuietHours(id="n", start=time(9), end=time(12), binds_transactional=True)
    assert [one.policy for one in may_send([*strict, night], history, INVOICE, NOW).refusals] == ["n"]


def test_held_out_people_stay_the_same_and_are_the_share():
    out = HeldOut(id="out", share=0.2)
    people = [str(number) for number in range(5000)]
    held = {person for person in people if not may_send([out], History("UTC", person=person), MESSAGE, NOW).allowed}
    assert 0.18 < len(held) / len(people) < 0.22
    assert held == {person for person in people if out.holds_out(person)}
    assert held != {person for person in people if HeldOut(id="other", share=0.2).holds_out(person)}
    assert held < {person for person in people if HeldOut(id="out", share=0.3).holds_out(person)}
    assert not any(HeldOut(id="out", share=0.0).holds_out(person) for person in people)
    assert all(HeldOut(id="out", share=1.0).holds_out(person) for person in people)
    found = may_send([out], History("UTC", person=min(held)), MESSAGE, NOW)
    assert (found.rule.kind, found.earliest) == (Kind.HELD_OUT, None)


def test_never_where_quiet_hours_leave_nothing():
    both = [QuietHours(id="a", start=time(8), end=time(20)), QuietHours(id="b", start=time(20), end=time(8))]
    found = may_send(both, had(), MESSAGE, NOW)
    assert ([one.policy for one in found.refusals], found.earliest) == (["a"], None)


def test_quiet_hours_on_days_with_another_length():
    """Quiet until 02:30: clocks in New York skip it in spring, and show it twice in autumn."""
    zone, night = ZoneInfo("America/New_York"), QuietHours(id="n", start=time(22), end=time(2, 30))
    for asked, fold, expected in [
        (datetime(2027, 3, 14, 1), 0, "2027-03-14T03:00:00-04:00"),
        (datetime(2027, 11, 7, 1, 45), 0, "2027-11-07T02:30:00-05:00"),
        (datetime(2027, 11, 7, 1, 45), 1, "2027-11-07T02:30:00-05:00"),
    ]:
        found = may_send([night], had(zone=zone.key), MESSAGE, asked.replace(tzinfo=zone, fold=fold))
        assert found.earliest.astimezone(zone).isoformat() == expected
    early = QuietHours(id="n", start=time(22), end=time(1, 30))
    second = datetime(2027, 11, 7, 1, 15, tzinfo=zone, fold=1)
    found = may_send([early], had(zone=zone.key), MESSAGE, second)
    assert found.earliest == datetime(2027, 11, 7, 6, 30, tzinfo=UTC)


def test_quiet_hours_into_which_the_clock_is_put_back():
    """On 31 October 2027 Sofia goes from 04:00 back to 03:00: after a moment in quiet hours comes one before them."""
    quiet = QuietHours(id="n", start=time(3, 30), end=time(4, 15))
    for asked, expected in [
        (datetime(2027, 10, 31, 3, 40, fold=0), "2027-10-31T03:00:00+02:00"),
        (datetime(2027, 10, 31, 3, 40, fold=1), "2027-10-31T04:15:00+02:00"),
        (datetime(2027, 10, 30, 3, 40), "2027-10-30T04:15:00+03:00"),
    ]:
        found = may_send([quiet], had(), MESSAGE, asked.replace(tzinfo=SOFIA))
        assert found.earliest.astimezone(SOFIA).isoformat() == expected
    before = QuietHours(id="n", start=time(2, 30), end=time(4, 15))
    found = may_send([before], had(), MESSAGE, datetime(2027, 10, 31, 3, 40, tzinfo=SOFIA))
    assert found.earliest.astimezone(SOFIA).isoformat() == "2027-10-31T04:15:00+02:00"


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(
        [
            ("Europe/Sofia", date(2027, 10, 31)),
            ("Europe/Sofia", date(2027, 3, 28)),
            ("America/New_York", date(2027, 11, 7)),
            ("America/Santiago", date(2027, 4, 3)),
            ("America/Santiago", date(2027, 9, 5)),
            ("Africa/Cairo", date(2027, 10, 28)),
            ("Australia/Lord_Howe", date(2027, 4, 4)),
            ("Pacific/Apia", date(2011, 12, 29)),
            ("UTC", date(2027, 1, 1)),
        ]
    ),
    st.integers(0, 24 * 12 - 1),
    st.integers(0, 24 * 12 - 1),
    st.integers(0, 36 * 60),
)
def test_earliest_is_the_first_minute_that_is_not_quiet(place, start, end, minutes):
    """Against a look at each minute, on the days on which clocks change."""
    zone, day = place
    at = [time(number // 12, number % 12 * 5) for number in (start, end)]
    assume(at[0] != at[1])
    asked = datetime.combine(day, time(), UTC) - timedelta(hours=12) + timedelta(minutes=minutes)

    def quiet(moment):
        now = moment.astimezone(ZoneInfo(zone)).time()
        return at[0] <= now < at[1] if at[0] < at[1] else not at[1] <= now < at[0]

    found = may_send([QuietHours(id="n", start=at[0], end=at[1])], had(zone=zone), MESSAGE, asked)
    first = asked
    while quiet(first):
        first += timedelta(minutes=1)
    assert (found.allowed, found.earliest) == ((True, None) if first == asked else (False, first))


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(["Europe/Sofia", "America/Santiago", "Africa/Cairo", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]),
    st.dates(date(2010, 1, 1), date(2030, 1, 1))
    | st.sampled_from([date(2011, 12, 30), date(2027, 3, 28), date(2027, 9, 5)]),
    st.times().map(lambda at: at.replace(microsecond=0)),
)
def test_clock_shows_a_time_first_at_its_instant(zone, day, at):
    clock = Clock(zone)
    found, wall = clock.instant(day, at), datetime.combine(day, at).replace(fold=0)
    assert clock.shown(found) >= wall
    assert clock.shown(found - 1) < wall
    for seconds in range(found - 900, found + 7200, 900):
        if clock.shown(seconds) < wall:
            later = clock.after(seconds, day, at)
            assert later > seconds
            assert clock.shown(later - 1) < wall <= clock.shown(later)


@st.composite
def situations(draw):
    """A zone, policies, contacts, a message and the moment at which it is asked for."""
    zone, day = draw(st.sampled_from(SCENES))
    calendar = draw(calendars(day, zone, sendings=moments(day), most=7))
    return zone, draw(policies_of(day)), calendar[1:], calendar[0], calendar[0].sending.moment


def history_of(zone, contacts):
    return History(
        zone,
        [Contact(one.id, one.channel, one.stage, one.sending.moment) for one in contacts if not one.transactional],
    )


@settings(deadline=None, max_examples=60)
@given(situations())
def test_verdict_against_one_person(situation):
    zone, policies, contacts, message, moment = situation
    found = may_send(policies, history_of(zone, contacts), message, moment)
    when = [(one, one.sending.moment) for one in contacts]

    def opens(some: list[Policy]):
        open_to = lambda one: all(allows(policy, message, one, when, ZoneInfo(zone)) for policy in some)  # noqa: E731
        return next(filter(open_to, quarters(moment.astimezone(UTC), moment + timedelta(days=45))), None)

    refusing = {policy.id: opens([policy]) for policy in policies if opens([policy]) != moment}
    assert {one.policy: one.until for one in found.refusals} == refusing
    assert found.earliest == (opens(policies) if refusing else None)
    assert [one.until for one in found.refusals] == sorted(refusing.values(), reverse=True)


@settings(deadline=None, max_examples=50)
@given(situations())
def test_more_policies_and_contacts_never_open_anything(situation):
    zone, policies, contacts, message, moment = situation
    found = may_send(policies, history_of(zone, contacts), message, moment)
    for less in (
        may_send(policies[1:], history_of(zone, contacts), message, moment),
        may_send(policies, history_of(zone, contacts[1:]), message, moment),
    ):
        assert less.allowed or not found.allowed
        if not less.allowed and found.earliest:
            assert less.earliest <= found.earliest
            assert {one.policy for one in less.refusals} <= {one.policy for one in found.refusals}
