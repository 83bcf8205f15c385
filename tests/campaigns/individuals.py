"""Contact pressure a second time, for tests: one person, stepped through in quarters of an hour, without any of the
product's arithmetic. Times in tests are whole quarters, so nothing falls between two steps."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from campaigns.pressure.clock import Period
from campaigns.pressure.history import Scope
from campaigns.pressure.messages import At, Cadence, Message, Window
from campaigns.pressure.policies import Blackout, Cap, Gap, QuietHours, QuietWeekdays

STEP = timedelta(minutes=15)
# Around a day on which each zone's clocks are put forward or back, a day is left out, or nothing happens.
SCENES = [
    ("Europe/Sofia", date(2027, 3, 26)),
    ("Europe/Sofia", date(2027, 10, 29)),
    ("America/New_York", date(2027, 3, 12)),
    ("Asia/Kathmandu", date(2027, 2, 26)),
    ("Australia/Lord_Howe", date(2027, 4, 2)),
    ("Pacific/Apia", date(2011, 12, 28)),
    ("Pacific/Apia", date(2027, 5, 30)),
]


def quarters(start: datetime, end: datetime):
    while start < end:
        yield start
        start += STEP


def due_times(sending, own: ZoneInfo):
    """Pairs of when it is due and from when it is too late."""
    if isinstance(sending, At):
        return [(sending.moment.astimezone(UTC), sending.moment.astimezone(UTC) + STEP)]
    zone = ZoneInfo(sending.zone) if sending.zone else own
    start = datetime.combine(sending.first - timedelta(days=2), time(), UTC)
    found, late = [], None
    for moment in quarters(start, start + timedelta(days=(sending.last - sending.first).days + 5)):
        wall = moment.astimezone(zone)
        if wall.date() > sending.last:
            late = moment
            break
        again = any(day == wall.date() for _moment, day in found)
        if is_day(sending, wall.date()) and wall.time() >= sending.at and not again:
            found.append((moment, wall.date()))
    starts = [moment for moment, _day in found]
    return list(zip(starts, [*starts[1:], late], strict=True)) if starts else []


def is_day(window: Window, day: date) -> bool:
    number = (day - window.first).days
    if number < 0:
        return False
    return {
        Cadence.ONCE: number == 0,
        Cadence.DAILY: True,
        Cadence.EVERY: number % window.every == 0,
        Cadence.WEEKDAYS: day.isoweekday() in window.weekdays,
    }[window.cadence]


def concerns(policy, message) -> bool:
    if message.transactional and not getattr(policy, "binds_transactional", False):
        return False
    if policy.of is None:
        return True
    return policy.of == (message.channel if policy.scope is Scope.CHANNEL else message.stage)


def alike(policy, one, other) -> bool:
    """Whether two messages count as one kind for the policy."""
    if policy.scope is Scope.CHANNEL:
        return one.channel == other.channel
    return policy.scope is Scope.ALL or one.stage == other.stage


def period(per, day: date):
    return {Period.DAY: day, Period.WEEK: day.isocalendar()[:2], Period.MONTH: (day.year, day.month)}[per]


def allows(policy, message, moment: datetime, had, zone: ZoneInfo) -> bool:
    """`had`: pairs of message and moment."""
    if not concerns(policy, message):
        return True
    wall = moment.astimezone(zone)
    mine = [when for other, when in had if not other.transactional and alike(policy, message, other)]
    if isinstance(policy, Cap):
        now = period(policy.per, wall.date())
        return sum(period(policy.per, when.astimezone(zone).date()) == now for when in mine) < policy.n
    if isinstance(policy, Gap):
        return all(abs(when - moment) >= timedelta(hours=policy.hours) for when in mine)
    if isinstance(policy, QuietHours):
        if policy.start < policy.end:
            return not policy.start <= wall.time() < policy.end
        return policy.end <= wall.time() < policy.start
    if isinstance(policy, QuietWeekdays):
        return wall.isoweekday() not in policy.weekdays
    assert isinstance(policy, Blackout)
    return wall.date() not in policy.days


def lived(messages, policies, zone_name: str):
    """What a person gets: for each time that a message is due, when that is and when it came, or None."""
    zone, had, found = ZoneInfo(zone_name), [], []
    for message in sorted(messages, key=lambda one: one.rank):
        for due, late in due_times(message.sending, zone):
            open_to = lambda moment: all(allows(one, message, moment, had, zone) for one in policies)  # noqa: B023, E731
            came = next(filter(open_to, quarters(due, late)), None)
            if came:
                had.append((message, came))
            found.append((message, due, came))
    return found


quarter_hours = st.integers(0, 95).map(lambda number: time(number // 4, number % 4 * 15))
channels, stages = st.sampled_from(["e-mail", "sms"]), st.sampled_from(["awareness", "purchase"])


def near(day: date):
    return st.integers(0, 5).map(lambda number: day + timedelta(days=number))


def windows(day: date, zone: str):
    return st.builds(
        lambda first, length, at, cadence, every, own: Window(
            first, first + timedelta(days=length), at, cadence, every, zone=None if own else zone
        ),
        near(day),
        st.integers(0, 3),
        quarter_hours,
        st.sampled_from(Cadence),
        st.integers(1, 3),
        st.booleans(),
    )


def moments(day: date):
    return st.builds(lambda one, at: At(datetime.combine(one, at, UTC)), near(day), quarter_hours)


def calendars(day: date, zone: str, segments=("a", "b"), most: int = 6, sendings=None):
    """Messages with ids m0, m1, …"""
    message = st.builds(
        dict,
        channel=channels,
        stage=stages,
        segments=st.frozensets(st.sampled_from(segments), min_size=1),
        sending=sendings if sendings is not None else windows(day, zone) | moments(day),
        priority=st.sampled_from([10, 50, 90]),
        approved=st.none() | st.integers(1, 3).map(lambda number: datetime(2027, 1, number, tzinfo=UTC)),
        transactional=st.sampled_from([False, False, False, True]),
    )
    return st.lists(message, min_size=1, max_size=most).map(
        lambda found: [Message(id=f"m{number}", campaign="c", **fields) for number, fields in enumerate(found)]
    )


def scopes():
    narrow = st.tuples(st.just(Scope.CHANNEL), st.sampled_from([None, "e-mail", "sms"])) | st.tuples(
        st.just(Scope.STAGE), st.sampled_from([None, "purchase"])
    )
    return st.just((Scope.ALL, None)) | narrow


def policies_of(day: date, most: int = 5):
    """Policies with ids p0, p1, …"""
    caps = st.tuples(st.just(Cap), st.fixed_dictionaries({"n": st.integers(1, 3), "per": st.sampled_from(Period)}))
    gaps = st.tuples(st.just(Gap), st.fixed_dictionaries({"hours": st.sampled_from([0.5, 1, 3.25, 20, 30])}))
    hours = st.tuples(quarter_hours, quarter_hours).filter(lambda pair: pair[0] != pair[1])
    too = st.booleans()
    quiet = st.tuples(
        st.just(QuietHours),
        st.builds(lambda pair, both: {"start": pair[0], "end": pair[1], "binds_transactional": both}, hours, too),
    )
    weekdays = st.tuples(
        st.just(QuietWeekdays),
        st.fixed_dictionaries(
            {"weekdays": st.frozensets(st.integers(1, 7), min_size=1, max_size=3), "binds_transactional": too}
        ),
    )
    blackouts = st.tuples(
        st.just(Blackout),
        st.fixed_dictionaries({"days": st.frozensets(near(day), max_size=2), "binds_transactional": too}),
    )
    kind = st.one_of(caps, caps, gaps, quiet, weekdays, blackouts)
    return st.lists(st.tuples(kind, scopes()), max_size=most).map(
        lambda found: [
            kind(id=f"p{number}", scope=scope, of=of, **fields)
            for number, ((kind, fields), (scope, of)) in enumerate(found)
        ]
    )
