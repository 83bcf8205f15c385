"""Messages carried over the hours of a week: the reader's clock, the message's own, and days on which clocks change."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from campaigns.drawing.carried import Carried, SkippedTime, carried
from campaigns.models import Message
from campaigns.services.messages import edit_message
from campaigns.services.schedule import move_back, move_message
from teams.models import Activity, User
from tests.campaigns.made import FIRST, make_campaign, make_message

HTMX = {"HX-Request": "true"}
SOFIA, YORK, CAPE = (ZoneInfo(name) for name in ("Europe/Sofia", "America/New_York", "Atlantic/Cape_Verde"))
NINE = datetime.time(9)


def wall(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("picked", "dropped", "at", "there", "found"),
    [
        ("2027-03-02T09:00", "2027-03-03T14:30", "09:00", None, (1, "14:30")),
        ("2027-03-02T09:00", "2027-03-02T07:00", "09:00", SOFIA, (0, "07:00")),
        ("2027-03-02T00:00", "2027-03-04T11:30", None, SOFIA, (2, "11:30")),
        # 23:30 in New York is 06:30 of the next day in Sofia: a later hour of that day is another day there
        ("2027-03-02T06:30", "2027-03-02T05:00", "23:30", YORK, (0, "22:00")),
        ("2027-03-02T06:30", "2027-03-02T08:00", "23:30", YORK, (1, "01:00")),
        ("2027-03-02T06:30", "2027-03-01T23:00", "23:30", YORK, (0, "16:00")),
        # America has put its clocks forward on 14 March, Europe has not
        ("2027-03-13T16:00", "2027-03-15T16:00", "09:00", YORK, (2, "10:00")),
        # over the gap of 28 March in Sofia, 03:00 to 04:00
        ("2027-03-28T02:30", "2027-03-28T04:30", "19:30", YORK, (0, "21:30")),
        # 03:30 of 31 October is shown twice in Sofia: it goes the second time, and the first is one day earlier there
        ("2027-10-31T03:30", "2027-10-31T12:00", "00:30", CAPE, (0, "09:00")),
        ("2027-10-30T12:00", "2027-10-31T03:30", "08:00", CAPE, (0, "23:30")),
    ],
)
def test_carried_keeps_to_both_clocks(picked, dropped, at, there, found):
    time = datetime.time.fromisoformat(at) if at else None
    goes = carried(wall(picked), wall(dropped), time, here=SOFIA, there=there)
    assert goes == Carried(found[0], datetime.time.fromisoformat(found[1]))


def test_time_over_which_the_clock_is_put_forward_is_refused():
    with pytest.raises(SkippedTime):
        carried(wall("2027-03-27T09:00"), wall("2027-03-28T03:30"), NINE, here=SOFIA, there=SOFIA)
    goes = carried(wall("2027-03-27T09:00"), wall("2027-03-28T03:30"), NINE, here=SOFIA, there=None)
    assert goes == Carried(1, datetime.time(3, 30))  # each person's own clock: elsewhere there is such a time


half_hours = st.datetimes(datetime.datetime(2026, 1, 1), datetime.datetime(2029, 1, 1)).map(
    lambda found: found.replace(minute=found.minute // 30 * 30, second=0, microsecond=0)
)
zones = st.sampled_from(["UTC", "Europe/Sofia", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]).map(
    ZoneInfo
)


@given(half_hours, half_hours, zones, zones)
def test_carried_stands_where_it_was_dropped(own, dropped, here, there):
    """Drawn again on the reader's clock, the occurrence that was carried is at the very place."""
    picked = own.replace(tzinfo=there).astimezone(here).replace(tzinfo=None)
    if own.replace(tzinfo=there).astimezone(datetime.UTC).astimezone(there).replace(tzinfo=None) != own:
        return  # it never goes: there is no such time
    try:
        goes = carried(picked, dropped, own.time(), here=here, there=there)
    except SkippedTime:
        assert dropped.replace(tzinfo=here).astimezone(datetime.UTC).astimezone(here).replace(tzinfo=None) != dropped
        return
    moved = datetime.datetime.combine(own.date() + datetime.timedelta(goes.days), goes.at)
    shown = {moved.replace(tzinfo=there, fold=fold).astimezone(here).replace(tzinfo=None) for fold in (0, 1)}
    assert dropped in shown


@pytest.fixture
def message(cast) -> Message:
    """Tuesday 2 March at nine, each person's own."""
    return make_message(cast.marketing, make_campaign(cast.marketing, title="Refill weeks"), title="Time for a refill")


def address(message: Message) -> str:
    return reverse("campaigns:message_move", args=["here", message.pk])


def carry(client, message: Message, picked: str, dropped: str, **more):
    (picked_on, _, picked_at), (on, _, at) = picked.partition(" "), dropped.partition(" ")
    data = {"picked_on": picked_on, "picked_at": picked_at, "on": on, "at": at, "seen": message.version} | more
    return client.post(address(message), data | {"back": f"view=week&on={FIRST}"}, headers=HTMX)


def when(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return str(message.starts_on), f"{message.at:%H:%M}" if message.at else ""


def test_message_is_carried_to_an_hour_and_put_back(cast, client_of, message):
    client = client_of(cast.marketing)
    answer = carry(client, message, "2027-03-02 09:00", "2027-03-04 14:30")
    assert answer.status_code == 200
    content = answer.content.decode()
    assert "“Time for a refill”: 4 Mar, 14:30." in content
    assert 'data-view="week"' in content
    assert when(message) == ("2027-03-04", "14:30")
    moved = Activity.objects.latest("pk")
    assert (moved.before["at"], moved.after["at"]) == ("09:00:00", "14:30:00")
    undo = reverse("campaigns:move_undo", args=["here", moved.pk])
    assert undo in content
    assert "is back where it was" in client.post(undo, headers=HTMX).content.decode()
    assert when(message) == ("2027-03-02", "09:00")


def test_message_without_a_time_gets_one_by_the_hour_and_loses_it_by_undo(cast, client_of, message):
    edit_message(by=cast.marketing, message=message, at=None)
    message.refresh_from_db()
    assert carry(client_of(cast.marketing), message, "2027-03-02", "2027-03-02 10:00").status_code == 200
    assert when(message) == ("2027-03-02", "10:00")
    move_back(by=cast.marketing, moved=Activity.objects.latest("pk"))
    assert when(message) == ("2027-03-02", "")


def test_reader_in_another_zone_drops_by_their_own_clock(cast, client_of, message):
    edit_message(by=cast.marketing, message=message, zone="America/New_York")
    message.refresh_from_db()
    User.objects.filter(pk=cast.marketing.user_id).update(timezone="Europe/Sofia")
    client = client_of(cast.marketing)
    shown = client.get("/w/here/calendar/", {"view": "week", "on": FIRST}).content.decode()
    assert 'data-at="16:00"' in shown
    answer = carry(client, message, "2027-03-02 16:00", "2027-03-03 18:30")
    assert "3 Mar, 11:30 (America/New_York)." in answer.content.decode()
    assert when(message) == ("2027-03-03", "11:30")
    assert 'data-at="18:30"' in answer.content.decode()


def test_time_that_does_not_exist_is_refused_by_name(cast, client_of, message):
    edit_message(by=cast.marketing, message=message, zone="Europe/Sofia")
    message.refresh_from_db()
    User.objects.filter(pk=cast.marketing.user_id).update(timezone="Europe/Sofia")
    answer = carry(client_of(cast.marketing), message, "2027-03-02 09:00", "2027-03-28 03:30")
    assert answer.status_code == 422
    assert "On 28 Mar there is no 03:30: clocks are put forward." in answer.content.decode()
    assert when(message) == ("2027-03-02", "09:00")


def test_all_days_of_a_message_that_recurs_move_alike(cast, client_of, message):
    last = FIRST + datetime.timedelta(6)
    message = edit_message(by=cast.marketing, message=message, cadence="daily", ends_on=last)
    assert carry(client_of(cast.marketing), message, "2027-03-04 09:00", "2027-03-05 09:30").status_code == 200
    assert when(message) == ("2027-03-03", "09:30")
    assert message.ends_on == last + datetime.timedelta(1)


@pytest.mark.parametrize(
    "change",
    [
        {"at": ""},
        {"at": "25:00"},
        {"on": "garbage"},
        {"on": "9999-12-31"},
        {"picked_on": "0001-01-01"},
        {"picked_on": ""},
        {"picked_at": "\x00"},
        {"seen": "x"},
    ],
    ids=str,
)
def test_wrong_hour_is_refused_and_changes_nothing(cast, client_of, message, change):
    client = client_of(cast.marketing)
    data = {"picked_on": FIRST, "picked_at": "09:00", "on": FIRST, "at": "10:00", "seen": 1}
    dropped = client.post(address(message), data | change, headers=HTMX)
    assert dropped.status_code == 422
    assert 'class="toast warning"' in dropped.content.decode()
    assert client.post(address(message), data | change).status_code == 302
    assert when(message) == ("2027-03-02", "09:00")


def test_hour_that_leads_out_of_the_calendar_is_refused(cast, client_of, message):
    answer = carry(client_of(cast.marketing), message, "1970-01-02 09:00", "2199-12-31 10:00")
    assert answer.status_code == 422
    assert "Give a day from 1970 to 2199." in answer.content.decode()
    assert when(message) == ("2027-03-02", "09:00")


def test_hour_seen_too_early_tells_when_it_is_now(cast, client_of, message):
    edit_message(by=cast.admin, message=message, at=datetime.time(11))
    answer = carry(client_of(cast.marketing), message, "2027-03-02 09:00", "2027-03-02 12:00")
    assert answer.status_code == 409
    assert "It stands as they left it: 2 Mar, 11:00." in answer.content.decode()
    assert when(message) == ("2027-03-02", "11:00")


def test_those_who_may_not_move_carry_nothing(cast, client_of, message):
    for member, status in [(cast.viewer, 403), (cast.sales, 403), (cast.stranger, 404)]:
        assert carry(client_of(member), message, "2027-03-02 09:00", "2027-03-02 12:00").status_code == status
    assert when(message) == ("2027-03-02", "09:00")


def test_form_without_scripts_offers_the_time_by_the_messages_clock(cast, client_of, message):
    client = client_of(cast.marketing)
    form = client.get(address(message), {"view": "week"}).context["form"]
    assert (str(form["at"].value()), form["at"].help_text) == (
        "09:00:00",
        "In each person's own zone. Empty is any time of the day.",
    )
    edit_message(by=cast.marketing, message=message, zone="America/New_York")
    page = client.get(address(message)).content.decode()
    assert "In America/New_York." in page
    sent = {"starts_on": "2027-03-02", "ends_on": "2027-03-02", "seen": 2}
    assert client.post(address(message), sent | {"at": "16:45"}).status_code == 302
    assert when(message) == ("2027-03-02", "16:45")
    assert client.post(address(message), sent | {"seen": 3, "at": ""}).status_code == 302
    assert when(message) == ("2027-03-02", "")


def test_form_keeps_a_wrong_time_that_was_typed(cast, client_of, message):
    sent = {"starts_on": "2027-03-02", "ends_on": "2027-03-02", "seen": 1, "at": "9 o'clock"}
    answer = client_of(cast.marketing).post(address(message), sent)
    assert answer.status_code == 422
    assert answer.context["form"]["at"].value() == "9 o'clock"
    assert list(answer.context["form"].errors) == ["at"]


def test_drop_on_another_day_keeps_the_time(cast, client_of, message):
    sent = {"starts_on": "2027-03-05", "ends_on": "2027-03-05", "seen": 1}
    answer = client_of(cast.marketing).post(address(message), sent, headers=HTMX)
    assert "“Time for a refill”: 5 Mar." in answer.content.decode()
    assert when(message) == ("2027-03-05", "09:00")


def test_older_move_of_days_alone_is_undone_and_leaves_the_time(cast, message):
    moved = move_message(by=cast.marketing, message=message, starts_on=FIRST)
    Activity.objects.filter(pk=moved.pk).update(
        before={"starts_on": "2027-03-02", "ends_on": "2027-03-02"}, after={"starts_on": "2027-03-01", "ends_on": None}
    )
    move_back(by=cast.marketing, moved=Activity.objects.get(pk=moved.pk))
    assert when(message) == ("2027-03-02", "09:00")


def test_whole_day_is_shown_where_every_line_is(cast, client_of, message):
    client = client_of(cast.viewer)
    for query, hours in [({}, [8, 18]), ({"full": "1"}, [0, 23])]:
        shown = client.get("/w/here/calendar/", {"view": "week", "on": FIRST} | query).context["hours"]
        assert [shown[0].hour, shown[-1].hour] == hours
