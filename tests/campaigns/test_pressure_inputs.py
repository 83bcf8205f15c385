import math
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from campaigns.pressure.audience import Audience, Basis, Overlap, Segment
from campaigns.pressure.clock import Period
from campaigns.pressure.collisions import Plan, PlanKind, collisions
from campaigns.pressure.history import Contact, History, Scope
from campaigns.pressure.limits import InvalidInput
from campaigns.pressure.messages import At, Cadence, Message, Window
from campaigns.pressure.policies import Blackout, Cap, Gap, HeldOut, QuietHours, QuietWeekdays
from campaigns.pressure.replay import replay
from campaigns.pressure.rules import may_send

DAY, NINE, NAIVE = date(2027, 3, 1), time(9), datetime(2027, 3, 1, 9)
AWARE = NAIVE.replace(tzinfo=UTC)
ONCE = Window(DAY, DAY, NINE)
A, B = Segment.in_zone("a", 100, "UTC"), Segment.in_zone("b", 40, "UTC")
FAR = Segment.in_zone("far", 100, "Asia/Kathmandu")


def message(**fields):
    usual = {"id": "m", "campaign": "c", "channel": "e", "stage": "s", "segments": frozenset({"a"}), "sending": ONCE}
    return Message(**usual | fields)


def plan(**fields):
    return Plan(**{"id": "p", "kind": PlanKind.CAMPAIGN, "first": DAY, "last": DAY} | fields)


REFUSED = {
    "cap": [
        (lambda: Cap(id="", n=1, per=Period.DAY), {"id"}),
        (lambda: Cap(id="p", n=0, per=Period.DAY), {"n"}),
        (lambda: Cap(id="p", n=-1, per=Period.DAY), {"n"}),
        (lambda: Cap(id="p", n=1.5, per=Period.DAY), {"n"}),
        (lambda: Cap(id="p", n=True, per=Period.DAY), {"n"}),
        (lambda: Cap(id="p", n=math.nan, per=Period.DAY), {"n"}),
        (lambda: Cap(id="p", n=1, per="fortnight"), {"per"}),
        (lambda: Cap(id="p", n=1, per=Period.DAY, of="sms"), {"of"}),
        (lambda: Cap(id="p", n=1, per=Period.DAY, scope="each"), {"scope"}),
        (lambda: Cap(id="p", n=1, per=Period.DAY, scope=Scope.CHANNEL, of=""), {"of"}),
        (lambda: Cap(id="", n=0, per="fortnight"), {"id", "n", "per"}),
    ],
    "other policies": [
        (lambda: Gap(id="p", hours=0), {"hours"}),
        (lambda: Gap(id="p", hours=math.nan), {"hours"}),
        (lambda: Gap(id="p", hours=math.inf), {"hours"}),
        (lambda: HeldOut(id="p", share=1.01), {"share"}),
        (lambda: HeldOut(id="p", share=-0.01), {"share"}),
        (lambda: HeldOut(id="p", share=math.nan), {"share"}),
        (lambda: HeldOut(id="p", share=0.1, scope=Scope.STAGE), {"scope"}),
        (lambda: QuietHours(id="p", start=NINE, end=NINE), {"end"}),
        (lambda: QuietHours(id="p", start=NINE.replace(tzinfo=UTC), end=NINE), {"start"}),
        (lambda: QuietHours(id="p", start="9", end=NINE), {"start"}),
        (lambda: QuietWeekdays(id="p", weekdays=frozenset({0})), {"weekdays"}),
        (lambda: QuietWeekdays(id="p", weekdays=frozenset(range(1, 8))), {"weekdays"}),
        (lambda: Blackout(id="p", days=frozenset({AWARE})), {"days"}),
        (lambda: Blackout(id="p", days=frozenset({date(1, 1, 1)})), {"days"}),
    ],
    "messages": [
        (lambda: message(id=""), {"id"}),
        (lambda: message(priority=101), {"priority"}),
        (lambda: message(priority=-1), {"priority"}),
        (lambda: message(priority=50.5), {"priority"}),
        (lambda: message(priority=math.nan), {"priority"}),
        (lambda: message(approved=NAIVE), {"approved"}),
        (lambda: message(segments="ab"), {"segments"}),
        (lambda: message(sending=AWARE), {"sending"}),
        (lambda: At(NAIVE), {"moment"}),
        (lambda: At(DAY), {"moment"}),
        (lambda: Window(DAY, date(2027, 2, 28), NINE), {"last"}),
        (lambda: Window(DAY, date(2031, 3, 1), NINE), {"last"}),
        (lambda: Window(AWARE, DAY, NINE), {"first"}),
        (lambda: Window(date(9999, 12, 31), date(9999, 12, 31), NINE), {"first", "last"}),
        (lambda: Window(DAY, DAY, NINE.replace(tzinfo=UTC)), {"at"}),
        (lambda: Window(DAY, DAY, NINE, "hourly"), {"cadence"}),
        (lambda: Window(DAY, DAY, NINE, Cadence.EVERY, 0), {"every"}),
        (lambda: Window(DAY, DAY, NINE, Cadence.WEEKDAYS, weekdays=frozenset({8})), {"weekdays"}),
        (lambda: Window(DAY, DAY, NINE, zone="Europe/Sofya"), {"zone"}),
        (lambda: Window(DAY, DAY, NINE, zone=""), {"zone"}),
        (lambda: Window(DAY, DAY, NINE, zone="../etc/passwd"), {"zone"}),
        (lambda: Window(DAY, DAY, NINE, zone="Europe"), {"zone"}),
        (lambda: Window(DAY, DAY, NINE, zone=["UTC"]), {"zone"}),
    ],
    "audience": [
        (lambda: Segment.in_zone("a", -1, "UTC"), {"size"}),
        (lambda: Segment.in_zone("a", math.nan, "UTC"), {"size"}),
        (lambda: Segment.in_zone("a", 10**11, "UTC"), {"size"}),
        (lambda: Segment.in_zone("a", 1, "Mars/Base"), {"zones.0"}),
        (lambda: Segment("a", 1, ()), {"zones"}),
        (lambda: Segment("a", 1, (("UTC", 0.5),)), {"zones"}),
        (lambda: Segment("a", 1, (("UTC", 1.5), ("Asia/Kathmandu", -0.5))), {"zones.0", "zones.1"}),
        (lambda: Segment("a", 1, (("UTC", 0.5), ("UTC", 0.5))), {"zones"}),
        (lambda: Segment("a", 1, (("UTC", math.nan),)), {"zones.0"}),
        (lambda: Overlap("a", "a", persons=1), {"other"}),
        (lambda: Overlap("a", "b"), {"persons"}),
        (lambda: Overlap("a", "b", persons=1, share=0.5), {"persons"}),
        (lambda: Overlap("a", "b", persons=-1), {"persons"}),
        (lambda: Overlap("a", "b", share=1.1), {"share"}),
        (lambda: Overlap("a", "b", share=math.nan), {"share"}),
        (lambda: Overlap("a", "b", assumed=Basis.STATED), {"assumed"}),
        (lambda: Audience((A, A)), {"segments.1.id"}),
        (lambda: Audience((A, B), (Overlap("a", "b", persons=41),)), {"overlaps.0.persons"}),
        (lambda: Audience((A, B), (Overlap("a", "c", persons=1),)), {"overlaps.0.other"}),
        (lambda: Audience((A, B), (Overlap("a", "b", persons=1), Overlap("b", "a", share=0.1))), {"overlaps.1"}),
        (lambda: Audience((A, FAR), (Overlap("a", "far", share=0.1),)), {"overlaps.0.share"}),
        (lambda: Audience((A, B), (Overlap("a", "b", persons=9),), population=130), {"overlaps.0.persons"}),
        (lambda: Audience((A, B), population=99), {"population"}),
        (lambda: Audience((A, B), population=math.inf), {"population"}),
        (lambda: Audience((A, B), assumed=Basis.INDEPENDENT), {"population"}),
        (lambda: Audience((A, B), (Overlap("a", "b", assumed=Basis.INDEPENDENT),)), {"population"}),
        (lambda: Audience((A, B), assumed="related"), {"assumed"}),
    ],
    "together": [
        (lambda: replay([message(), message()], Audience((A,)), []), {"messages.1.id"}),
        (lambda: replay([message(segments=frozenset({"z"}))], Audience((A,)), []), {"messages.0.segments"}),
        (lambda: replay([], Audience((A,)), [Gap(id="p", hours=1), Gap(id="p", hours=2)]), {"policies.1.id"}),
        (lambda: may_send([], History("UTC"), message(), NAIVE), {"moment"}),
        (lambda: History("Mars/Base"), {"zone"}),
        (lambda: Contact("m", "e", "s", NAIVE), {"moment"}),
    ],
    "plans": [
        (lambda: plan(id=""), {"id"}),
        (lambda: plan(kind="idea"), {"kind"}),
        (lambda: plan(last=date(2027, 2, 28)), {"last"}),
        (lambda: plan(first=AWARE), {"first"}),
        (lambda: plan(segments="ab", stages="s"), {"segments", "stages"}),
        (lambda: plan(offers=frozenset({""})), {"offers"}),
        (lambda: collisions([plan(), plan()]), {"plans"}),
    ],
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_is_refused_with_its_field(what):
    for make, fields in REFUSED[what]:
        with pytest.raises(InvalidInput) as refused:
            pytest.fail(f"{make()} was taken, but for {fields}")
        assert set(refused.value.errors) == fields
        assert all(refused.value.errors.values())


def test_what_is_at_the_edge_is_taken():
    assert Cap(id="p", n=1, per=Period.DAY).n == 1
    assert HeldOut(id="p", share=1).share == 1
    assert [message(priority=priority).priority for priority in (0, 100)] == [0, 100]
    assert Segment("a", 0, (("UTC", 1.0),)).people() == {}
    assert Audience((A, B), (Overlap("a", "b", persons=40),), population=100).shared()["a", "b"].persons == 40
    assert Window(date(2199, 12, 31), date(2199, 12, 31), NINE, zone="Asia/Kathmandu").last.year == 2199
    late = message(sending=At(datetime(2199, 12, 31, 23, tzinfo=ZoneInfo("UTC"))))
    assert replay([late], Audience((A,)), [Cap(id="p", n=1, per=Period.MONTH)]).fates[0].sent == 100
    both = [Gap(id="g", hours=8784), Cap(id="c", n=1, per=Period.MONTH)]
    ends = [
        message(id=str(number), sending=Window(date(2199, 12, 30), date(2199, 12, 31), NINE)) for number in range(3)
    ]
    assert [fate.sent for fate in replay(ends, Audience((A,)), both).fates] == [100, 0, 0]
