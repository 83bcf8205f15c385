"""The calendar under the policies: the replay of models, the day, the range, a campaign."""

import datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import AudienceAssumption
from campaigns.queries.pressure_days import campaign_pressure, day_marks, pressure_day
from campaigns.queries.pressure_inputs import Asked, key
from campaigns.queries.replay import Kept
from campaigns.services.campaign_steps import take_step
from campaigns.services.messages import edit_message, remove_message
from campaigns.services.overlaps import edit_assumption
from campaigns.services.policies import edit_policy
from campaigns.services.segments import edit_segment
from tests.campaigns.made import make_campaign, make_message, make_overlap, make_policy, make_segment
from tests.factories import make_channel

pytestmark = pytest.mark.django_db

DAY = datetime.date(2027, 3, 2)
MARCH = (datetime.date(2027, 3, 1), datetime.date(2027, 3, 31))


def planned(by, **fields):
    return take_step(by=by, campaign=make_campaign(by, **fields), to="planned")


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


@pytest.fixture
def crowd(cast):
    return make_segment(cast.owner, name="Trial users", size=1000)


@pytest.fixture
def two(cast, crowd):
    """Two messages on one day to the same people, and one a day is allowed."""
    make_policy(cast.workspace, n=1, per="day")
    first = planned(cast.owner, title="Spring", priority=80)
    second = planned(cast.marketing, title="News", priority=20)
    return (
        make_message(cast.owner, first, title="Sale", segments=[crowd]),
        make_message(cast.marketing, second, title="Letter", segments=[crowd]),
    )


def asked(cast, **fields):
    return Asked(cast.workspace.pk, *MARCH, **fields)


def fates(kept):
    return {int(fate.message): (fate.due, fate.sent, fate.dropped) for fate in kept.outlook.found.fates}


def test_the_higher_priority_goes_and_the_other_is_told_why(cast, two, client_of):
    sale, letter = two
    assert fates(Kept(asked(cast))) == {sale.pk: (1000, 1000, 0), letter.pk: (1000, 0, 1000)}

    page = client_of(cast.viewer).get("/w/here/calendar/2027-03-02/pressure/")
    for text in [
        "Due 2,000, sent 1,000, held 1,000",
        "Trial users",
        "Letter",
        "Held from 1,000 people at 09:00, UTC.",
        "At most 1 message per person and day.",
        "“Sale” goes first.",
        "It could go on Wednesday, 3 March at 00:00. By then it is too late: they do not get it.",
        "Nobody is in both",
    ]:
        assert text in page.text
    part = client_of(cast.viewer).get("/w/here/calendar/2027-03-02/pressure/", headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert "“Sale” goes first." in part.text


def test_ties_go_by_approval(cast, two):
    sale, letter = two
    for message, day in [(sale, 5), (letter, 4)]:
        campaign = message.campaign
        campaign.priority, campaign.status, campaign.version = 50, "approved", campaign.version + 1
        campaign.approved_at = datetime.datetime(2027, 1, day, tzinfo=datetime.UTC)
        campaign.save()
    assert fates(Kept(asked(cast)))[letter.pk] == (1000, 1000, 0)


def test_message_counts_for_its_own_segments_or_its_campaigns(cast, crowd):
    other = make_segment(cast.owner, size=50)
    campaign = planned(cast.owner, segments=[other])
    own, lent = make_message(cast.owner, campaign, segments=[crowd]), make_message(cast.owner, campaign)
    assert fates(Kept(asked(cast))) == {own.pk: (1000, 1000, 0), lent.pk: (50, 50, 0)}


@pytest.mark.parametrize(
    ("status", "ideas", "there"),
    [("idea", False, False), ("idea", True, True), ("planned", False, True), ("cancelled", True, False)],
)
def test_what_is_planned_counts_and_ideas_where_asked(cast, crowd, status, ideas, there):
    campaign = make_campaign(cast.owner)
    make_message(cast.owner, campaign, segments=[crowd])
    if status != "idea":
        take_step(by=cast.owner, campaign=campaign, to=status)
    assert bool(fates(Kept(asked(cast, ideas=ideas)))) is there


def test_a_campaign_is_looked_at_before_it_is_planned(cast, two, client_of):
    idea = make_campaign(cast.owner, title="Bold", priority=99)
    mine = make_message(cast.owner, idea, title="Shout", segments=list(two[0].segments.all()))
    found = campaign_pressure(asked(cast, campaign=idea.pk), [mine])
    assert [(line.fate.sent, line.held) for line in found.lines] == [(1000, [])]
    assert [(one.message, one.dropped) for one in found.taken] == [(two[0], 1000)]
    page = client_of(cast.viewer).get(f"/w/here/campaigns/{idea.pk}/pressure/")
    for text in ["Shout", "Nothing holds it.", "What it takes from others", "Sale", "Spring"]:
        assert text in page.text


def test_a_campaign_is_told_what_would_help(cast, two, client_of):
    page = client_of(cast.viewer).get(f"/w/here/campaigns/{two[1].campaign_id}/pressure/")
    assert "Plan it for Wednesday, 3 March at 00:00, or give it a higher priority." in page.text
    assert "Nobody loses a message to it." in page.text


def test_campaign_without_days_or_messages_says_so(cast, client_of):
    client = client_of(cast.viewer)
    bare = make_campaign(cast.owner, starts_on=None, ends_on=None)
    assert "Say when the campaign starts" in client.get(f"/w/here/campaigns/{bare.pk}/pressure/").text
    assert "no messages yet" in client.get(f"/w/here/campaigns/{make_campaign(cast.owner).pk}/pressure/").text


def test_unknown_sizes_are_said_and_not_taken_for_nobody(cast, crowd, client_of):
    lurkers = make_segment(cast.owner, name="Lurkers", size=None)
    campaign = planned(cast.owner)
    both = make_message(cast.owner, campaign, title="To both", segments=[crowd, lurkers])
    make_message(cast.owner, campaign, title="To lurkers", segments=[lurkers])
    make_message(cast.owner, campaign, title="To nobody named")
    kept = Kept(asked(cast))
    assert fates(kept) == {both.pk: (1000, 1000, 0)}
    page = client_of(cast.viewer).get("/w/here/pressure/?first=2027-03-01&last=2027-03-31")
    for text in ["Nobody knows how large these segments are", "Lurkers", "left out", "To lurkers", "To nobody named"]:
        assert text in page.text


def test_channel_that_is_not_said_is_no_channel_in_common(cast, crowd):
    make_policy(cast.workspace, n=1, per="day", scope="channel")
    for _ in range(2):
        make_message(cast.owner, planned(cast.owner), segments=[crowd])
    assert all(dropped == 0 for _due, _sent, dropped in fates(Kept(asked(cast))).values())
    mail = make_channel(cast.workspace)
    for _ in range(2):
        make_message(cast.owner, planned(cast.owner), segments=[crowd], channel=mail)
    assert sum(dropped for _due, _sent, dropped in fates(Kept(asked(cast))).values()) == 1000


def test_weeks_and_months_that_begin_before_count(cast, crowd):
    make_policy(cast.workspace, n=1, per="week")
    high = planned(cast.owner, priority=90)
    low = planned(cast.owner, priority=10)
    make_message(cast.owner, high, segments=[crowd], starts_on=datetime.date(2027, 3, 30))
    held = make_message(cast.owner, low, segments=[crowd], starts_on=datetime.date(2027, 4, 1))
    april = Kept(Asked(cast.workspace.pk, datetime.date(2027, 4, 1), datetime.date(2027, 4, 30)))
    assert fates(april)[held.pk] == (1000, 0, 1000)


def test_rhythm_keeps_its_step_where_it_is_cut(cast, crowd):
    message = make_message(
        cast.owner,
        planned(cast.owner),
        segments=[crowd],
        cadence="every",
        every=10,
        starts_on=datetime.date(2026, 1, 1),
        ends_on=datetime.date(2027, 12, 31),
    )
    kept = Kept(asked(cast))
    due = [count.day for count in kept.outlook.found.days if MARCH[0] <= count.day <= MARCH[1]]
    first = datetime.date(2026, 1, 1)
    assert due == [day for day in due if (day - first).days % 10 == 0]
    assert len(due) == 3
    assert message.pk in fates(kept)


def test_overlap_decides_who_gets_two(cast, crowd):
    other = make_segment(cast.owner, size=500)
    make_policy(cast.workspace, n=1, per="day")
    make_overlap(cast.owner, crowd, other, persons=200)
    make_message(cast.owner, planned(cast.owner, priority=90), segments=[crowd])
    low = make_message(cast.owner, planned(cast.owner, priority=10), segments=[other])
    due, sent, dropped = fates(Kept(asked(cast)))[low.pk]
    assert (due, sent, dropped) == (pytest.approx(500), pytest.approx(300), pytest.approx(200))


def test_every_change_is_seen_at_once(cast, two, crowd):
    sale, letter = two

    def dropped():
        return round(sum(fate[2] for fate in fates(Kept(asked(cast))).values()))

    assert dropped() == 1000
    edit_segment(by=cast.owner, segment=crowd, size=400)
    assert dropped() == 400
    edit_message(by=cast.owner, message=letter, starts_on=datetime.date(2027, 3, 9), ends_on=datetime.date(2027, 3, 9))
    assert dropped() == 0
    policy = cast.workspace.policies.get()
    edit_policy(by=cast.owner, policy=policy, per="month")
    assert dropped() == 400
    edit_policy(by=cast.owner, policy=policy, enabled=False)
    assert dropped() == 0
    remove_message(by=cast.owner, message=sale)
    assert len(fates(Kept(asked(cast)))) == 1


def test_kept_replay_costs_the_stamp_alone(cast, two, django_assert_num_queries):
    with django_assert_num_queries(14):
        assert Kept(asked(cast)).outlook
    with django_assert_num_queries(7):
        kept = Kept(asked(cast))
        assert kept.outlook
        assert kept.held_on(DAY)


def test_queries_do_not_grow_with_messages(cast, two, crowd, client_of):
    client = client_of(cast.viewer)
    addresses = [
        "/w/here/calendar/2027-03-02/pressure/",
        "/w/here/pressure/?first=2027-03-01&last=2027-03-31",
        f"/w/here/campaigns/{two[1].campaign_id}/pressure/",
        "/w/here/calendar/marks/?first=2027-03-01&last=2027-03-31",
    ]
    client.get(addresses[0])  # the workspace is noted in the session
    counted = []
    for _ in range(2):
        for number in range(4):
            segment = make_segment(cast.owner, size=100 + number)
            make_message(cast.owner, planned(cast.owner), segments=[crowd, segment])
        counted.append([queries_of(client, address) for address in addresses])

    assert counted[0] == counted[1]


def queries_of(client, address: str) -> int:
    """Where nothing is kept yet."""
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_marks_name_the_days(cast, two, client_of):
    marks = day_marks(cast.viewer, *MARCH)
    assert {day: round(mark.held) for day, mark in marks.items() if mark.held} == {DAY: 1000}
    page = client_of(cast.viewer).get("/w/here/calendar/marks/?first=2027-03-01&last=2027-03-31")
    assert 'id="mark-2027-03-02"' in page.text
    assert "1,000 held" in page.text


@pytest.mark.parametrize(
    "address",
    [
        "/w/here/calendar/marks/?first=2027-03-01&last=2027-12-31",
        "/w/here/calendar/marks/?first=2027-03-05&last=2027-03-01",
        "/w/here/calendar/marks/?first=soon&last=2027-03-01",
        "/w/here/calendar/yesterday/pressure/",
        "/w/here/calendar/2027-02-30/pressure/",
        "/w/here/calendar/20270301/pressure/",
        "/w/here/calendar/0001-01-01/pressure/",
    ],
)
def test_days_that_are_none_are_not_found(cast, client_of, address):
    assert client_of(cast.viewer).get(address).status_code == 404


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("first=2027-03-05&last=2027-03-01", "It ends before it starts."),
        ("first=2027-01-01&last=2027-12-31", "At most 92 days at once."),
        ("first=2027-13-01&last=2027-03-01", "Enter a valid date."),
        ("first=1900-01-01&last=1900-01-31", "Give a day from 1970 to 2199."),
    ],
)
def test_range_that_cannot_be_is_named_and_kept(cast, client_of, query, words):
    page = client_of(cast.viewer).get(f"/w/here/pressure/?{query}")
    assert page.status_code == 422
    assert words in page.text
    assert query.split("=")[1].split("&")[0] in page.text


def test_range_shows_numbers_by_segment_and_day(cast, two, client_of):
    page = client_of(cast.viewer).get("/w/here/pressure/?first=2027-03-01&last=2027-03-31")
    assert "<strong>1,000</strong><small>2,000</small>" in page.text
    assert "Letter" in page.text
    assert page.text.count('scope="col"') >= 31


def test_others_find_nothing_of_it(cast, two, client_of):
    page = client_of(cast.stranger).get("/w/elsewhere/pressure/?first=2027-03-01&last=2027-03-31")
    assert "Letter" not in page.text
    assert pressure_day(cast.elsewhere.pk, DAY).held == []
    assert key(two[0].pk)


def test_campaign_of_many_messages_has_pages(cast, crowd, client_of):
    """What holds a message is asked for those alone that are shown."""
    campaign = planned(cast.owner)
    make_policy(cast.workspace, n=1, per="day")
    for number in range(27):
        make_message(cast.owner, campaign, title=f"Letter {number:02}", starts_on=DAY, segments=[crowd])
    client = client_of(cast.viewer)
    first = client.get(f"/w/here/campaigns/{campaign.pk}/pressure/")
    assert len(first.context["pressure"].lines) == 25
    assert "Letter 26" not in first.text
    second = client.get(f"/w/here/campaigns/{campaign.pk}/pressure/", {"page": "2"})
    assert [line.message.title for line in second.context["pressure"].lines] == ["Letter 25", "Letter 26"]
    assert all(line.held for line in second.context["pressure"].lines)


def test_daily_message_is_told_of_its_first_days(cast, crowd, client_of):
    make_policy(cast.workspace, n=1, per="month")
    campaign = planned(cast.owner, starts_on=DAY, ends_on=DAY + datetime.timedelta(20))
    message = make_message(
        cast.owner, campaign, starts_on=DAY, ends_on=DAY + datetime.timedelta(20), cadence="daily", segments=[crowd]
    )
    found = client_of(cast.viewer).get(f"/w/here/campaigns/{campaign.pk}/pressure/")
    [line] = found.context["pressure"].lines
    assert [one.day.day for one in line.held] == [3, 4, 5, 6, 7]
    assert line.more
    assert line.message == message
    assert "… and on other days." in found.text


def test_calendar_that_cannot_be_replayed_says_why_in_the_language_of_the_reader(cast, crowd, two, client_of, czech):
    edit_assumption(by=cast.owner, population=5000)
    overlap = make_overlap(cast.owner, crowd, assumed="independent")
    edit_message(by=cast.owner, message=two[0], segments=[overlap.one, overlap.other])
    AudienceAssumption.objects.update(population=None)
    czech({"Independent segments need a population.": "Nezávislé segmenty potřebují celkový počet."})
    cast.viewer.user.language = "cs"
    cast.viewer.user.save()
    page = client_of(cast.viewer).get("/w/here/calendar/2027-03-02/pressure/")
    assert "population: Nezávislé segmenty potřebují celkový počet.<" in page.text
