import datetime
import logging
from datetime import timedelta

import icalendar
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.models import Campaign, Feed, Message
from campaigns.services.campaign_steps import take_step
from campaigns.services.campaigns import edit_campaign, remove_campaign, restore_campaign
from campaigns.services.feeds import find_feed, make_feed, revoke_feed
from campaigns.services.messages import edit_message, remove_message, restore_message
from campaigns.services.saved_views import edit_view, remove_view, restore_view, save_view
from campaigns.services.schedule import move_campaign, move_message
from config.logs import SecretFilter
from journeys.services.channels import edit_channel
from teams import rates
from teams.errors import Gone
from teams.services.digest import digest
from teams.services.members import remove_member
from teams.services.people import edit_profile
from tests.campaigns.ics_reading import Component, read
from tests.campaigns.made import make_campaign, make_message
from tests.factories import make_channel

pytestmark = pytest.mark.django_db
DAY = timedelta(1)


@pytest.fixture(autouse=True)
def unlimited(monkeypatch):
    monkeypatch.setattr("campaigns.views.feed.REQUESTS_PER_MINUTE", 10_000)


def today() -> datetime.date:
    return timezone.localdate()


def address(token: str) -> str:
    return f"/calendar/{token}.ics"


def feed_of(by, view=None) -> str:
    return address(make_feed(by=by, view=view)[1])


def get(url: str, **headers):
    return Client().get(url, headers=headers)


def events(url: str) -> dict[str, Component]:
    """By title."""
    answer = get(url)
    assert answer.status_code == 200
    return {event["SUMMARY"].text: event for event in read(answer.content).named("VEVENT")}


def planned(by, **fields) -> Campaign:
    given = {"starts_on": today() + 3 * DAY, "ends_on": today() + 10 * DAY}
    return make_campaign(by, **given | fields)


def test_token_is_kept_as_its_hash_and_found(cast):
    feed, token = make_feed(by=cast.viewer)

    assert (len(token), feed.start, feed.token_hash) == (40, token[:6], digest(token))
    assert token not in str(Feed.objects.values().get())
    assert find_feed(token) == feed
    assert Feed.objects.get().last_used_at is not None


def test_new_address_for_the_same_view_stops_the_old_one(cast):
    view = save_view(by=cast.sales, name="Mine")
    whole, first, second = feed_of(cast.sales), feed_of(cast.sales, view), feed_of(cast.sales, view)

    assert [get(url).status_code for url in (whole, first, second)] == [200, 404, 200]
    again = feed_of(cast.sales)
    assert [get(url).status_code for url in (whole, second, again)] == [404, 200, 200]


def test_database_keeps_one_open_feed_per_person_and_view(cast):
    view = save_view(by=cast.sales, name="Mine")
    for chosen in (None, view):
        Feed.objects.create(member=cast.sales, view=chosen, token_hash=f"a{chosen}")
        with pytest.raises(IntegrityError), transaction.atomic():
            Feed.objects.create(member=cast.sales, view=chosen, token_hash=f"b{chosen}")


def test_two_feeds_cannot_have_one_token(cast):
    Feed.objects.create(member=cast.sales, token_hash="same")
    with pytest.raises(IntegrityError), transaction.atomic():
        Feed.objects.create(member=cast.owner, token_hash="same")


def test_feed_of_a_view_that_one_does_not_see_is_not_made(cast):
    for view in (save_view(by=cast.owner, name="Mine"), save_view(by=cast.stranger, name="Ours", shared=True)):
        with pytest.raises(Gone):
            make_feed(by=cast.sales, view=view)


def test_others_revoke_nothing_but_administrators_do(cast):
    feed, token = make_feed(by=cast.sales)
    with pytest.raises(PermissionDenied):
        revoke_feed(by=cast.marketing, feed=feed)
    with pytest.raises(PermissionDenied):
        revoke_feed(by=cast.stranger, feed=feed)
    assert get(address(token)).status_code == 200
    revoke_feed(by=cast.admin, feed=feed)
    assert get(address(token)).status_code == 404


def test_whatever_is_no_feed_is_answered_alike(cast):
    _feed, token = make_feed(by=cast.sales)
    revoked, revoked_token = make_feed(by=cast.owner)
    revoke_feed(by=cast.owner, feed=revoked)
    wrong = [revoked_token, token[:-1], token + "x", "x", "%00", "%F0%9F%8C%B7", "..", "a" * 5000]
    answers = [get(address(text)) for text in wrong]

    assert {(answer.status_code, answer.content) for answer in answers} == {(404, b"There is nothing here.\n")}
    assert {answer.headers["X-Robots-Tag"] for answer in answers} == {"noindex, nofollow"}


def test_feed_ends_with_membership_account_and_view(cast):
    view = save_view(by=cast.owner, name="Ours", shared=True)
    of_view, of_all = feed_of(cast.sales, view), feed_of(cast.marketing)

    remove_view(by=cast.owner, view=view)
    assert get(of_view).status_code == 404
    restore_view(by=cast.owner, view=view)
    assert get(of_view).status_code == 200
    edit_view(by=cast.owner, view=view, shared=False)
    assert get(of_view).status_code == 404

    cast.marketing.user.is_active = False
    cast.marketing.user.save()
    assert get(of_all).status_code == 404
    cast.marketing.user.is_active = True
    cast.marketing.user.save()
    assert get(of_all).status_code == 200
    remove_member(by=cast.owner, member=cast.marketing)
    assert get(of_all).status_code == 404


def test_headers(cast):
    answer = get(feed_of(cast.viewer))

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["ETag"].startswith('"')
    assert answer.headers["Last-Modified"].endswith("GMT")


def test_head_and_other_methods(cast):
    url = feed_of(cast.viewer)
    head = Client().head(url)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == get(url).headers["ETag"]
    client = Client(enforce_csrf_checks=True)
    assert {client.generic(method, url).status_code for method in ("POST", "PUT", "DELETE", "PATCH")} == {405}


def test_campaign_on_its_days(cast):
    channels = [make_channel(cast.workspace, "E-mail"), make_channel(cast.workspace, "Shop, own")]
    made = planned(
        cast.sales,
        title="Spring, 20 %; now 🌷",
        team=cast.workspace.teams.get(name="Sales"),
        goal="Sell",
        channels=channels,
    )
    found = events(feed_of(cast.viewer))["Spring, 20 %; now 🌷"]

    assert found["DTSTART"].value == f"{made.starts_on:%Y%m%d}"
    assert found["DTEND"].value == f"{made.ends_on + DAY:%Y%m%d}"
    assert (found["STATUS"].value, found["SEQUENCE"].value) == ("TENTATIVE", "0")
    assert found["CATEGORIES"].texts == ["Campaign", "Sales", "E-mail", "Shop, own"]
    assert found["DESCRIPTION"].text == "Campaign · Idea\nOwner: Sales Editor\nTeam: Sales\nSell"
    assert found["URL"].value.startswith("http://testserver/w/here/")
    assert found["UID"].value.startswith(f"campaign-{made.pk}.")


def test_messages_go_when_they_go(cast):
    campaign, first = planned(cast.sales, title="Spring"), today() + 4 * DAY
    given = {"starts_on": first, "ends_on": first + 6 * DAY}
    make_message(cast.sales, campaign, title="Own", at=datetime.time(9), starts_on=first)
    make_message(cast.sales, campaign, title="Sofia", at=datetime.time(9), zone="Europe/Sofia", starts_on=first)
    make_message(cast.sales, campaign, title="Any", at=None, **given)
    make_message(cast.sales, campaign, title="Daily", cadence="daily", at=None, **given)
    make_message(cast.sales, campaign, title="Week", cadence="weekdays", weekdays=[first.isoweekday()], **given)
    make_message(cast.sales, campaign, title="Third", cadence="every", every=3, **given)
    make_message(
        cast.sales, campaign, title="Never", cadence="weekdays", weekdays=[(first - DAY).isoweekday()], starts_on=first
    )
    make_message(cast.sales, campaign, title="Without", starts_on=None)
    found = events(feed_of(cast.viewer))

    day = f"{first:%Y%m%d}"
    assert found.keys() == {"Spring", "Own", "Sofia", "Any", "Daily", "Week", "Third"}
    assert (found["Own"]["DTSTART"].value, found["Own"]["DTSTART"].parameters) == (f"{day}T090000", {})
    assert found["Sofia"]["DTSTART"].parameters == {"TZID": "Europe/Sofia"}
    assert found["Any"]["DTEND"].value == f"{first + 7 * DAY:%Y%m%d}"
    assert found["Daily"]["DTEND"].value == f"{first + DAY:%Y%m%d}"
    assert found["Daily"]["RRULE"].value == f"FREQ=DAILY;UNTIL={first + 6 * DAY:%Y%m%d}"
    assert found["Week"].get("RRULE") is None
    assert found["Third"]["RRULE"].value == f"FREQ=DAILY;UNTIL={first + 6 * DAY:%Y%m%d}T090000;INTERVAL=3"
    assert "each person's own time zone" in found["Own"]["DESCRIPTION"].text
    assert "at 09:00 in Europe/Sofia" in found["Sofia"]["DESCRIPTION"].text


def test_library_reads_the_feed(cast):
    make_message(cast.sales, planned(cast.sales, title="שלום, עולם"), zone="America/New_York", starts_on=today())
    calendar = icalendar.Calendar.from_ical(get(feed_of(cast.viewer)).content)

    assert sorted(str(event["summary"]) for event in calendar.walk("VEVENT"))[-1] == "שלום, עולם"
    assert [event.errors for event in calendar.walk()] == [[] for _ in calendar.walk()]


def test_what_is_too_far_or_elsewhere_is_left_out(cast):
    for days, title in [(-91, "before"), (-90, "first"), (366, "last"), (367, "after")]:
        day = today() + timedelta(days)
        planned(cast.sales, title=title, starts_on=day, ends_on=day)
    planned(cast.sales, title="through", starts_on=today() - 300 * DAY, ends_on=today() + 600 * DAY)
    planned(cast.stranger, title="theirs")
    make_campaign(cast.sales, title="some day", starts_on=None, ends_on=None)
    make_campaign(cast.sales, title="template", is_template=True)

    assert events(feed_of(cast.viewer)).keys() == {"first", "last", "through"}


def test_feed_of_a_view_has_what_the_view_lets_through(cast):
    sales, marketing = (cast.workspace.teams.get(name=name) for name in ("Sales", "Marketing"))
    spring = planned(cast.sales, title="Spring", team=sales)
    planned(cast.sales, title="Summer", team=marketing)
    make_message(cast.sales, spring, title="Hello", starts_on=spring.starts_on)
    view = save_view(by=cast.sales, name="Sales", query=f"team={sales.pk}&on=2020-01-01")
    url = feed_of(cast.sales, view)

    assert events(url).keys() == {"Spring", "Hello"}
    edit_view(by=cast.sales, view=view, query=f"team={marketing.pk}")
    assert events(url).keys() == {"Summer"}
    edit_view(by=cast.sales, view=view, query="show=messages")
    assert events(url).keys() == {"Hello"}
    edit_view(by=cast.sales, view=view, query="status=running")
    assert events(url).keys() == set()


def test_cancelled_and_removed_things_are_told_for_sixty_days(cast):
    cancelled, removed = planned(cast.sales, title="Cancelled"), planned(cast.sales, title="Removed")
    kept = planned(cast.sales, title="Kept")
    messages = [
        make_message(cast.sales, campaign, title=f"{campaign.title} message", starts_on=campaign.starts_on)
        for campaign in (cancelled, removed, kept)
    ]
    url = feed_of(cast.viewer)
    before = events(url)
    take_step(by=cast.sales, campaign=cancelled, to="cancelled")
    remove_campaign(by=cast.sales, campaign=removed)
    remove_message(by=cast.sales, message=messages[2])
    found = events(url)

    gone = {"Cancelled", "Removed", "Cancelled message", "Removed message", "Kept message"}
    assert {title for title, event in found.items() if event["STATUS"].value == "CANCELLED"} == gone
    assert {event["UID"].value for event in found.values()} == {event["UID"].value for event in before.values()}
    for title in gone:
        assert int(found[title]["SEQUENCE"].value) > int(before[title]["SEQUENCE"].value)

    long_ago = timezone.now() - 61 * DAY
    Campaign.objects.filter(pk=cancelled.pk).update(changed_at=long_ago)
    Campaign.objects.filter(pk=removed.pk).update(removed_at=long_ago)
    Message.objects.filter(pk=messages[2].pk).update(removed_at=long_ago)
    assert events(url).keys() == {"Kept"}


def test_what_comes_back_is_no_longer_cancelled(cast):
    made, url = planned(cast.sales, title="Spring"), feed_of(cast.viewer)
    remove_campaign(by=cast.sales, campaign=made)
    assert events(url)["Spring"]["STATUS"].value == "CANCELLED"
    restore_campaign(by=cast.sales, campaign=made)

    assert (events(url)["Spring"]["STATUS"].value, events(url)["Spring"]["SEQUENCE"].value) == ("TENTATIVE", "2")


def test_uid_is_the_same_in_every_feed_and_differs_between_workspaces(cast):
    planned(cast.sales, title="Spring")
    view = save_view(by=cast.sales, name="Mine")
    here = {events(url)["Spring"]["UID"].value for url in (feed_of(cast.viewer), feed_of(cast.sales, view))}
    other_host = Client().get(feed_of(cast.owner), headers={"host": "another.example"})
    here.add(read(other_host.content).named("VEVENT")[0]["UID"].value)
    planned(cast.stranger, title="Spring")
    theirs = events(feed_of(cast.stranger))["Spring"]["UID"].value

    assert len(here) == 1
    assert here.pop().partition(".")[2] != theirs.partition(".")[2]


def test_unchanged_feed_is_not_written_again(cast):
    planned(cast.sales)
    url = feed_of(cast.viewer)
    first = get(url)
    tag, since = first.headers["ETag"], first.headers["Last-Modified"]

    for headers in ({"if-none-match": tag}, {"if-none-match": f'"x", W/{tag}'}, {"if-modified-since": since}):
        answer = get(url, **headers)
        assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", tag)
        assert answer.headers["Cache-Control"] == "private, no-cache"
    assert get(url, **{"if-none-match": '"other"'}).status_code == 200
    assert get(url).content == first.content


EDITS = {
    "campaign renamed": lambda made: edit_campaign(by=made.by, campaign=made.campaign, title="Summer"),
    "campaign's goal": lambda made: edit_campaign(by=made.by, campaign=made.campaign, goal="Sell"),
    "campaign moved": lambda made: move_campaign(
        by=made.by, campaign=made.campaign, starts_on=today(), ends_on=today() + DAY, follow="keep"
    ),
    "campaign removed": lambda made: remove_campaign(by=made.by, campaign=made.campaign),
    "campaign cancelled": lambda made: take_step(by=made.by, campaign=made.campaign, to="cancelled"),
    "campaign planned": lambda made: take_step(by=made.by, campaign=made.campaign, to="planned"),
    "campaign moved out of the window": lambda made: move_campaign(
        by=made.by,
        campaign=made.campaign,
        starts_on=today() - 500 * DAY,
        ends_on=today() - 400 * DAY,
        follow="keep",
    ),
    "message renamed": lambda made: edit_message(by=made.by, message=made.message, title="Later"),
    "message moved": lambda made: move_message(by=made.by, message=made.message, starts_on=today() + 9 * DAY),
    "message in a zone": lambda made: edit_message(by=made.by, message=made.message, zone="Europe/Sofia"),
    "message comes again": lambda made: edit_message(
        by=made.by, message=made.message, cadence="daily", ends_on=made.campaign.ends_on
    ),
    "message removed": lambda made: remove_message(by=made.by, message=made.message),
    "message added": lambda made: make_message(made.by, made.campaign, starts_on=today()),
    "channel renamed": lambda made: edit_channel(by=made.cast.owner, channel=made.channel, name="Letter"),
    "person renamed": lambda made: rename(made.by.user),
    "person's language": lambda made: change(made.reader.user, language="bg"),
    "person's zone": lambda made: change(made.reader.user, timezone="Asia/Tokyo"),
    "workspace's zone": lambda made: change(made.cast.workspace, timezone="Asia/Tokyo", version=7),
    "view renamed": lambda made: edit_view(by=made.reader, view=made.view, name="Other"),
    "view narrower": lambda made: edit_view(by=made.reader, view=made.view, query="show=messages"),
}


def rename(user):
    edit_profile(user=user, name="Another Name", timezone=user.timezone, language=user.language)


def change(thing, **fields):
    type(thing).objects.filter(pk=thing.pk).update(**fields)


class Made:
    def __init__(self, cast):
        self.cast, self.by, self.reader = cast, cast.sales, cast.viewer
        self.channel = make_channel(cast.workspace, "E-mail")
        self.campaign = planned(cast.sales, title="Spring")
        self.message = make_message(
            cast.sales, self.campaign, title="Hello", starts_on=today() + 3 * DAY, channel=self.channel
        )
        self.view = save_view(by=cast.viewer, name="Mine")


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_tag_changes_with_every_edit_that_is_seen(cast, edit):
    made = Made(cast)
    url = feed_of(made.reader, made.view)
    before = get(url)
    edit(made)
    after = get(url, **{"if-none-match": before.headers["ETag"], "if-modified-since": before.headers["Last-Modified"]})

    assert after.status_code == 200
    assert after.headers["ETag"] != before.headers["ETag"]
    assert get(url, **{"if-modified-since": before.headers["Last-Modified"]}).status_code == 200


def test_tag_comes_back_with_nothing(cast):
    """Removing and bringing back is two changes: the sequence has grown."""
    made = Made(cast)
    url = feed_of(made.reader, made.view)
    tags = [get(url).headers["ETag"]]
    remove_message(by=made.by, message=made.message)
    tags.append(get(url).headers["ETag"])
    restore_message(by=made.by, message=made.message)
    tags.append(get(url).headers["ETag"])

    assert len(set(tags)) == 3


def queries(url: str, **headers) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        get(url, **headers)
    return len(captured)


def test_queries_do_not_grow_and_tell_unchanged_ones_cheaply(cast):
    url = feed_of(cast.viewer)
    channel = make_channel(cast.workspace)

    def fill(number):
        for _ in range(number):
            make_message(cast.sales, planned(cast.sales, channels=[channel]), starts_on=today(), channel=channel)

    fill(1)
    get(url)
    few = queries(url)
    fill(5)
    get(url)
    assert queries(url) == few <= 6
    assert queries(url, **{"if-none-match": get(url).headers["ETag"]}) <= 3


def test_too_many_requests_are_told_when_to_come_back(cast, monkeypatch):
    monkeypatch.setattr("campaigns.views.feed.REQUESTS_PER_MINUTE", 2)
    monkeypatch.setattr(rates.time, "time", lambda: 6_100_000_010)
    url, other = feed_of(cast.viewer), feed_of(cast.owner)
    answers = [get(url) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2].headers["Retry-After"]) <= 60
    assert get(other).status_code == 200


def test_log_does_not_tell_the_token(cast, caplog):
    _feed, token = make_feed(by=cast.viewer)
    with caplog.at_level(logging.INFO):
        caplog.handler.addFilter(SecretFilter())
        Client().get(address(token))
        Client().post(address(token))
        Client().get(address(token + "x"))
        Client().get(f"/shared/calendar/{token}/")

    assert "/calendar/…" in caplog.text
    assert token not in caplog.text
