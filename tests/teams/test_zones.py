"""In whose time zone things are shown, and how a person comes by one."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from journeys.models import Change
from teams.enums import Role
from teams.models import User
from teams.services.invitations import accept, invite
from teams.services.people import settle_zone
from teams.services.workspaces import create_workspace, edit_workspace
from teams.zones import grouped, known_zone, names, zone_of
from tests.api import errors_of, program
from tests.factories import make_map, make_metric, make_user

PASSWORD = "a long enough password"


def zone(user: User) -> str:
    return User.objects.get(pk=user.pk).timezone


def test_unknown_names_are_refused_and_read_as_utc():
    for name in ["Mars/Base", "../../etc/passwd", "localtime", "Factory", "", "europe/sofia", "\x00"]:
        assert str(zone_of(name)) == "UTC"
        with pytest.raises(ValidationError):
            known_zone(name)
    assert str(zone_of("Europe/Sofia")) == "Europe/Sofia"


def test_every_zone_is_a_choice_once():
    offered = [zone for _region, zones in grouped() for zone, _place in zones]
    assert sorted(offered) == sorted(names())
    assert ("Europe/Sofia", "Sofia") in dict(grouped())["Europe"]


def test_person_who_signs_up_begins_in_the_zone_of_the_browser(client, db):
    form = {"email": "ada@x.example", "name": "Ada Lind", "password1": PASSWORD, "timezone": "Asia/Tokyo"}
    client.post("/accounts/signup/", form)
    assert User.objects.get(email="ada@x.example").timezone == "Asia/Tokyo"


@pytest.mark.parametrize("said", ["", "Mars/Base", "x" * 5_000])
def test_what_no_zone_is_stops_nobody_from_signing_up(client, db, said):
    form = {"email": "ada@x.example", "name": "Ada Lind", "password1": PASSWORD, "timezone": said}
    assert client.post("/accounts/signup/", form).status_code == 302
    assert User.objects.get(email="ada@x.example").timezone == ""


@pytest.mark.parametrize(("before", "after"), [("", "Europe/Sofia"), ("Asia/Tokyo", "Asia/Tokyo")])
def test_sign_in_gives_a_zone_to_who_has_none(client, db, before, after):
    user = make_user(timezone=before)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    form = {"login": user.email, "password": "throughline", "timezone": "Europe/Sofia"}
    assert client.post("/accounts/login/", form).status_code == 302
    assert zone(user) == after


@pytest.mark.parametrize(("before", "after"), [("", "Europe/Oslo"), ("Asia/Tokyo", "Asia/Tokyo")])
def test_who_joins_without_a_zone_gets_that_of_the_workspace(cast, before, after):
    edit_workspace(by=cast.owner, timezone="Europe/Oslo")
    user = make_user(email="new@here.example", timezone=before)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    invitation = invite(by=cast.admin, emails=[user.email], role=Role.VIEWER, site="http://testserver")[0]
    accept(user=user, invitation=invitation)
    assert zone(user) == after


def test_new_workspace_begins_in_the_zone_of_its_owner(db):
    assert create_workspace(user=make_user(timezone="Europe/Sofia"), name="A").workspace.timezone == "Europe/Sofia"
    assert create_workspace(user=make_user(), name="B").workspace.timezone == "UTC"


def test_zone_is_given_once(db):
    user = make_user()
    settle_zone(user, "Nowhere")
    settle_zone(user, "Europe/Sofia")
    settle_zone(user, "Asia/Tokyo")
    assert zone(user) == "Europe/Sofia"


def test_settings_page_saves_the_zone_and_refuses_another(cast, client_of, url):
    client, form = client_of(cast.admin), {"name": "Here", "slug": "here", "seen": "1"}
    wrong = client.post(url("settings"), {**form, "timezone": "Mars/Base"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["timezone"])
    assert client.post(url("settings"), {**form, "timezone": "Europe/Oslo"}).status_code == 302
    cast.workspace.refresh_from_db()
    assert cast.workspace.timezone == "Europe/Oslo"
    assert "Europe/Oslo" in client_of(cast.viewer).get(url("settings")).content.decode()


def test_workspace_of_the_api_has_its_zone(cast):
    caller = program(cast.workspace, Role.OWNER)
    assert caller.patch("workspace/", {"timezone": "Europe/Oslo"}).json()["timezone"] == "Europe/Oslo"
    for wrong in ["Mars/Base", "", 5, None, "\x00"]:
        answer = caller.patch("workspace/", {"timezone": wrong})
        assert (answer.status_code, list(errors_of(answer))) == (400, ["timezone"])


@pytest.mark.parametrize(("zone", "shown"), [("", "23:30"), ("Asia/Tokyo", "08:30"), ("Gone/Zone", "23:30")])
def test_pages_show_times_in_the_zone_of_the_reader(cast, client_of, zone, shown):
    User.objects.filter(pk=cast.viewer.user_id).update(timezone=zone)
    journey = make_map(by=cast.product)
    Change.objects.update(at=datetime(2026, 11, 2, 23, 30, tzinfo=UTC))
    page = client_of(cast.viewer).get(reverse("journeys:changes", args=["here", journey.pk])).content.decode()
    assert shown in page


def test_today_of_a_page_is_the_day_of_the_reader(cast, client_of):
    metric, now = make_metric(cast.workspace), datetime.now(UTC)
    for zone, hours in [("Pacific/Kiritimati", 14), ("Etc/GMT+12", -12)]:
        User.objects.filter(pk=cast.product.user_id).update(timezone=zone)
        page = client_of(cast.product).get(reverse("insights:metric", args=["here", metric.pk]))
        assert page.context["form"].initial["date"] == (now + timedelta(hours=hours)).date()


def test_api_answers_in_utc_also_with_a_session(cast, client_of):
    User.objects.filter(pk=cast.owner.user_id).update(timezone="Asia/Tokyo")
    answer = client_of(cast.owner).get("/api/v1/workspace/").json()
    assert answer["created_at"].endswith("Z")
    assert timezone.get_current_timezone_name() == "UTC"


def test_key_in_the_browser_of_a_person_is_answered_in_utc(cast, client_of):
    User.objects.filter(pk=cast.owner.user_id).update(timezone="Asia/Tokyo")
    browser, headers = client_of(cast.owner), program(cast.workspace, Role.OWNER).client.defaults
    answer = browser.get("/api/v1/workspace/", HTTP_AUTHORIZATION=headers["HTTP_AUTHORIZATION"])
    assert answer.json()["created_at"].endswith("Z")
