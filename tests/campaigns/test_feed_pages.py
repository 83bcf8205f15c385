"""Saved views, feeds and shared links in the browser, without scripts."""

import datetime
import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from campaigns.models import Feed, SavedView, SharedLink
from campaigns.services.feeds import make_feed
from campaigns.services.saved_views import edit_view, remove_view, save_view
from campaigns.services.shared_links import revoke_link, share_view
from teams.errors import Gone
from teams.services.digest import digest
from tests.api import program
from tests.campaigns.made import make_campaign, make_message

pytestmark = pytest.mark.django_db
CALENDAR = "/w/here/calendar/"
DAY = timedelta(1)


def today() -> datetime.date:
    return timezone.localdate()


def text_of(answer) -> str:
    """What is read on a page."""
    shown = re.sub(r"<(script|style|head)\b.*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", shown).split())


def planned(by, **fields):
    return make_campaign(by, **{"starts_on": today(), "ends_on": today() + 3 * DAY} | fields)


# Saved views


def test_view_is_saved_opened_changed_and_removed(cast, client_of):
    client = client_of(cast.sales)
    saved = client.post(
        CALENDAR + "views/", {"name": "Agenda of mails", "query": "view=agenda&show=messages&on=2027-03-01"}
    )
    view = SavedView.objects.get()
    assert (saved.status_code, saved.headers["Location"]) == (302, f"{CALENDAR}?view=agenda&show=messages")
    assert (view.name, view.shared, view.owner) == ("Agenda of mails", False, cast.sales)

    opened = client.get(saved.headers["Location"]).content.decode()
    assert f'href="{CALENDAR}?view=agenda&amp;show=messages" aria-current="page"' in opened
    assert "Save the change" not in opened

    changed = client.get(CALENDAR + "?view=week&show=messages").content.decode()
    assert "Save the change" in changed
    assert "Save as another" in changed
    done = client.post(f"{CALENDAR}views/{view.pk}/update/", {"query": "view=week&show=messages"}, follow=True)
    view.refresh_from_db()
    assert view.query == "view=week&show=messages"
    undo = re.search(r'action="([^"]+/update/\?[^"]+)"', done.content.decode())[1]
    client.post(undo.replace("&amp;", "&"))
    view.refresh_from_db()
    assert (view.query, view.version) == ("view=agenda&show=messages", 3)

    removed = client.post(f"{CALENDAR}views/{view.pk}/remove/", follow=True)
    assert f"{CALENDAR}views/{view.pk}/restore/" in removed.content.decode()
    client.post(f"{CALENDAR}views/{view.pk}/restore/")
    view.refresh_from_db()
    assert view.removed_at is None


def test_saving_a_view_stays_on_the_day(cast, client_of):
    client, sent = client_of(cast.sales), {"name": "Spring", "query": "view=week"}
    assert (
        client.post(f"{CALENDAR}views/", sent | {"on": "2027-03-01"})["Location"]
        == f"{CALENDAR}?view=week&on=2027-03-01"
    )
    update = f"{CALENDAR}views/{SavedView.objects.get().pk}/update/"
    assert client.post(update, {"query": "view=agenda", "on": "never"})["Location"] == f"{CALENDAR}?view=agenda"


def test_forms_of_feeds_and_links_begin_with_the_view_that_one_came_from(cast, client_of):
    view = save_view(by=cast.sales, name="Spring", shared=True)
    for address, form in [("feeds", "feed_form"), ("shared", "link_form")]:
        shown = client_of(cast.sales).get(f"{CALENDAR}{address}/", {"view": view.pk}).context[form]
        assert shown["view"].value() == view.pk


def test_view_that_cannot_be_saved_keeps_what_was_typed(cast, client_of):
    save_view(by=cast.sales, name="Spring")
    answer = client_of(cast.sales).post(CALENDAR + "views/", {"name": "spring", "query": "view=week"})

    assert answer.status_code == 422
    assert 'value="spring"' in answer.content.decode()
    assert 'value="view=week"' in answer.content.decode()
    assert "already" in text_of(answer)


def test_view_is_renamed_unless_somebody_was_faster(cast, client_of):
    view = save_view(by=cast.sales, name="Spring", shared=True)
    address, client = f"{CALENDAR}views/{view.pk}/", client_of(cast.sales)
    assert client.get(address).status_code == 200
    edit_view(by=cast.admin, view=view, name="Theirs")
    stale = client.post(address, {"name": "Mine", "shared": "on", "seen": 1})
    assert stale.status_code == 409
    assert "Theirs" in text_of(stale)
    assert client.post(address, {"name": "Mine", "shared": "on", "seen": 2}).status_code == 302
    assert SavedView.objects.get().name == "Mine"
    assert client.post(address, {"name": "", "seen": 3}).status_code == 422


def test_viewer_saves_for_themselves(cast, client_of):
    client = client_of(cast.viewer)
    client.post(CALENDAR + "views/", {"name": "Mine", "query": "view=week", "shared": "on"})

    assert SavedView.objects.get().shared is False
    assert "For everybody" not in client.get(CALENDAR + "?view=agenda").content.decode()


def test_own_views_of_others_are_not_found(cast, client_of):
    view = save_view(by=cast.sales, name="Mine")
    client = client_of(cast.owner)
    assert client.get(f"{CALENDAR}views/{view.pk}/").status_code == 404
    assert client.post(f"{CALENDAR}views/{view.pk}/remove/").status_code == 404
    assert client.get(f"/w/here/activity/savedview/{view.pk}/").status_code == 404


def test_views_by_api(cast):
    caller = program(cast.workspace)
    added = caller.post("calendar-views/", {"name": "Spring", "query": "?team=1&team=x&on=2027-03-01", "shared": True})
    assert added.status_code == 201
    view = added.json()
    assert (view["name"], view["shared"], view["owner"], view["version"]) == ("Spring", True, None, 1)
    at = f"calendar-views/{view['id']}/"
    assert caller.send("PATCH", at, {"query": "view=week"}, seen='"1"').json()["query"] == "view=week"
    assert caller.send("PATCH", at, {"position": -1}, seen='"2"').status_code == 400
    assert caller.post("calendar-views/", {"name": "Mine"}).status_code == 400
    assert caller.send("DELETE", at, seen='"2"').status_code == 204
    assert caller.get("calendar-views/").json()["results"] == []


# Feeds


def test_feed_is_made_shown_once_and_revoked(cast, client_of):
    client = client_of(cast.viewer)
    made = client.post(CALENDAR + "feeds/", {"view": ""})
    address = re.search(r'value="(http://testserver/calendar/[^"]+\.ics)"', made.content.decode())[1]
    assert made.status_code == 201
    assert made.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert Client().get(address).status_code == 200

    page = client.get(CALENDAR + "feeds/")
    assert address not in page.content.decode()
    assert "Whole calendar" in text_of(page)
    feed = Feed.objects.get()
    assert "for good" in text_of(client.get(f"{CALENDAR}feeds/{feed.pk}/revoke/"))
    client.post(f"{CALENDAR}feeds/{feed.pk}/revoke/")
    assert Client().get(address).status_code == 404
    assert client.get(f"{CALENDAR}feeds/{feed.pk}/revoke/").status_code == 404


def test_feed_form_refuses_views_that_are_not_there(cast, client_of):
    theirs = save_view(by=cast.stranger, name="Ours", shared=True)
    for wrong in (str(theirs.pk), "0", "9" * 30, "x", "\x00"):
        assert client_of(cast.sales).post(CALENDAR + "feeds/", {"view": wrong}).status_code == 422
    assert Feed.objects.count() == 0


def test_feeds_of_others_are_seen_and_revoked_by_administrators(cast, client_of):
    feed, token = make_feed(by=cast.sales)
    assert "Sales Editor" not in text_of(client_of(cast.marketing).get(CALENDAR + "feeds/"))
    assert client_of(cast.marketing).post(f"{CALENDAR}feeds/{feed.pk}/revoke/").status_code == 403
    assert "Sales Editor" in text_of(client_of(cast.admin).get(CALENDAR + "feeds/"))
    client_of(cast.admin).post(f"{CALENDAR}feeds/{feed.pk}/revoke/")
    assert Client().get(f"/calendar/{token}.ics").status_code == 404


# Shared links


def shared(by, query="view=agenda", **options) -> tuple[SharedLink, str]:
    view = SavedView.objects.filter(name="Plans").first() or save_view(by=by, name="Plans", query=query, shared=True)
    link, token = share_view(by=by, view=view, **options)
    return link, f"/shared/calendar/{token}/"


def test_shared_link_is_made_by_form(cast, client_of):
    view = save_view(by=cast.sales, name="Plans", shared=True)
    client = client_of(cast.sales)
    made = client.post(CALENDAR + "shared/", {"link-view": view.pk, "link-show_owners": "on", "link-expires_on": ""})
    address = re.search(r'value="(http://testserver/shared/calendar/[^"]+/)"', made.content.decode())[1]
    link = SharedLink.objects.get()

    assert (made.status_code, link.show_owners, link.expires_on, link.made_by) == (201, True, None, cast.sales)
    assert link.token_hash == digest(address.split("/")[-2])
    assert Client().get(address).status_code == 200
    past = {"link-view": view.pk, "link-expires_on": (today() - DAY).isoformat()}
    assert client.post(CALENDAR + "shared/", past).status_code == 422
    assert client_of(cast.viewer).post(CALENDAR + "shared/", past).status_code == 403


@pytest.mark.parametrize("view", ["month", "week", "agenda", "timeline"])
def test_visitor_sees_the_view_and_no_way_into_the_workspace(cast, view):
    planned(cast.sales, title="Spring sale", team=cast.workspace.teams.get(name="Sales"))
    planned(cast.stranger, title="Theirs")
    _link, address = shared(cast.sales)
    answer = Client().get(f"{address}?view={view}")
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "Spring sale" in page
    assert "Theirs" not in page
    assert {link for link in re.findall(r'(?:href|action|hx-\w+)="([^"]*)"', page) if not link.startswith("?")} <= set(
        re.findall(r'href="(/static/[^"]*)"', page)
    )
    assert "/w/here" not in page
    assert "Sales Editor" not in page
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert 'name="robots" content="noindex' in page


def test_owners_are_shown_where_the_sharer_allows(cast):
    planned(cast.sales, title="Spring sale")
    _link, closed = shared(cast.sales)
    _link, opened = shared(cast.sales, show_owners=True)

    assert "Sales Editor" not in Client().get(closed).content.decode()
    assert "Sales Editor" in Client().get(opened).content.decode()
    assert "sales@here.example" not in Client().get(opened).content.decode()


def test_filters_are_those_of_the_view_whatever_the_address_says(cast):
    sales, marketing = (cast.workspace.teams.get(name=name) for name in ("Sales", "Marketing"))
    planned(cast.sales, title="Spring sale", team=sales)
    hidden = planned(cast.sales, title="Secret launch", team=marketing)
    make_message(cast.sales, hidden, title="Secret mail", starts_on=today())
    _link, address = shared(cast.sales, query=f"view=agenda&team={sales.pk}&show=campaigns")

    for query in (
        "",
        f"?team={marketing.pk}",
        "?show=messages&show=campaigns",
        f"?campaign={hidden.pk}",
        "?rows=campaign&full=1",
    ):
        page = Client().get(address + query).content.decode()
        assert ("Spring sale" in page, "Secret" in page) == (True, False)


def test_visitor_turns_the_pages(cast):
    planned(cast.sales, title="Far away", starts_on=today() + 60 * DAY, ends_on=today() + 61 * DAY)
    _link, address = shared(cast.sales, query="view=month")
    client = Client()
    assert "Far away" not in client.get(address).content.decode()
    later = client.get(f"{address}?on={today() + 60 * DAY}").content.decode()
    assert "Far away" in later
    assert 'rel="prev nofollow"' in later
    wrong = client.get(f"{address}?on=never&view=nonsense")
    assert (wrong.status_code, "never" in text_of(wrong)) == (200, True)


def test_links_that_do_not_hold_are_answered_alike(cast):
    revoked, first = shared(cast.sales)
    revoke_link(by=cast.sales, link=revoked)
    expired, second = shared(cast.sales, expires_on=today())
    assert Client().get(second).status_code == 200
    SharedLink.objects.filter(pk=expired.pk).update(expires_on=today() - 2 * DAY)
    answers = [
        Client().get(address) for address in (first, second, "/shared/calendar/x/", "/shared/calendar/%F0%9F%8C%B7/")
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    _link, third = shared(cast.sales)
    assert Client().get(third).status_code == 200
    remove_view(by=cast.sales, view=SavedView.objects.get())
    assert Client().get(third).status_code == 404


def test_shared_link_counts_its_last_day_where_the_workspace_is(cast):
    """The two zones are 25 hours apart: on some days it is no day of both."""
    cast.workspace.timezone = "Pacific/Kiritimati"
    cast.workspace.save()
    view = save_view(by=cast.sales, name="Plans", shared=True)
    last = timezone.localdate(timezone=ZoneInfo("Pacific/Kiritimati"))
    with timezone.override("Pacific/Niue"):
        assert timezone.localdate() < last
        with pytest.raises(ValidationError):
            share_view(by=cast.sales, view=view, expires_on=last - DAY)
        _link, token = share_view(by=cast.sales, view=view, expires_on=last)
    assert Client().get(f"/shared/calendar/{token}/").status_code == 200


def test_visitor_only_reads(cast):
    _link, address = shared(cast.sales)
    client = Client(enforce_csrf_checks=True)
    assert {client.generic(method, address).status_code for method in ("POST", "PUT", "DELETE", "PATCH")} == {405}
    assert client.head(address).status_code == 200


def test_who_shares_and_who_revokes(cast):
    view = save_view(by=cast.viewer, name="Mine")
    with pytest.raises(PermissionDenied):
        share_view(by=cast.viewer, view=view)
    with pytest.raises(Gone):
        share_view(by=cast.sales, view=view)
    link, _address = shared(cast.sales)
    for by in (cast.marketing, cast.stranger):
        with pytest.raises(PermissionDenied):
            revoke_link(by=by, link=link)
    with pytest.raises(ValidationError):
        share_view(by=cast.sales, view=link.view, expires_on=today() - 2 * DAY)
    revoke_link(by=cast.admin, link=link)
    assert SharedLink.objects.get().revoked_at is not None
