import pytest
from django.urls import reverse

from teams.models import Workspace
from teams.zones import names
from tests.factories import make_user

PAGE = "/profile/"


def form(**other) -> dict:
    return {"name": "Vera Berg", "timezone": "Europe/Sofia", "language": "bg", **other}


def test_profile_saves_and_touches_the_workspaces_of_the_person(cast, client_of):
    assert client_of(cast.viewer).post(PAGE, form()).status_code == 302
    cast.viewer.user.refresh_from_db()
    user = cast.viewer.user
    assert (user.name, user.timezone, user.language) == ("Vera Berg", "Europe/Sofia", "bg")
    stamps = dict(Workspace.objects.values_list("slug", "stamp"))
    assert stamps == {"here": cast.workspace.stamp + 1, "elsewhere": cast.elsewhere.stamp}


def test_pages_follow_the_time_zone_and_language(cast, client_of):
    client = client_of(cast.viewer)
    client.post(PAGE, form(timezone="Pacific/Kiritimati"))
    page = client.get(PAGE)
    assert page["Content-Language"] == "bg"
    assert 'lang="bg"' in page.content.decode()


def test_profile_offers_every_zone(cast, client_of):
    choices = client_of(cast.viewer).get(PAGE).context["form"].fields["timezone"].choices
    assert {zone for _region, zones in choices for zone, _place in zones} == names()


def test_profile_says_what_the_language_changes(cast, client_of):
    assert "own words are in English for now" in client_of(cast.viewer).get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 10_000),
        ("name", "a\x00b"),
        ("timezone", "Mars/Base"),
        ("timezone", "../../etc/passwd"),
        ("language", "xx"),
    ],
)
def test_profile_names_the_wrong_field_and_keeps_what_was_typed(cast, client_of, field, value):
    answer = client_of(cast.viewer).post(PAGE, form(**{field: value}))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"][field].value() == value


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>", "مريم الحسن", "🦊 Fox"])
def test_name_is_shown_as_text(cast, client_of, name):
    client = client_of(cast.viewer)
    assert client.post(PAGE, form(name=name)).status_code == 302
    page = client.get(reverse("teams:members", args=["here"]))
    assert "<img src=x" not in page.content.decode()
    assert name in [member.label for member in page.context["page"]]


def test_profile_works_without_a_workspace(client, db):
    client.force_login(make_user(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(PAGE).status_code == 200


def test_profile_of_a_visitor_is_the_sign_in(client):
    assert client.get(PAGE).url == f"/accounts/login/?next={PAGE}"
    assert client.post(PAGE).url == f"/accounts/login/?next={PAGE}"
