import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from teams.enums import Color, Role, TeamFunction
from teams.errors import Conflict
from teams.models import Membership, Workspace
from teams.services import workspaces
from teams.services.workspaces import create_workspace, edit_workspace
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db


def test_create_workspace_makes_an_owner_and_four_teams():
    membership = create_workspace(user=make_user(), name="  Nord Süd ")
    workspace = membership.workspace
    assert (workspace.name, workspace.slug, membership.role) == ("Nord Süd", "nord-sud", Role.OWNER)
    assert list(workspace.teams.values_list("name", "function", "color")) == [
        ("Marketing", TeamFunction.MARKETING, Color.ROSE),
        ("Product", TeamFunction.PRODUCT, Color.INDIGO),
        ("Sales", TeamFunction.SALES, Color.AMBER),
        ("Success", TeamFunction.SUCCESS, Color.GREEN),
    ]


@pytest.mark.parametrize(
    ("name", "slugs"),
    [
        ("Acme", ["acme", "acme-2", "acme-3"]),
        ("Магазин", ["workspace", "workspace-2", "workspace-3"]),
        ("a" * 80, ["a" * 50, "a" * 48 + "-2", "a" * 48 + "-3"]),
    ],
)
def test_create_workspace_finds_a_free_address(name, slugs):
    user = make_user()
    assert [create_workspace(user=user, name=name).workspace.slug for _time in range(3)] == slugs


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "nul\x00l", "half \ud800"])
def test_create_workspace_refuses_bad_names(name):
    with pytest.raises(ValidationError) as refused:
        create_workspace(user=make_user(), name=name)
    assert list(refused.value.message_dict) == ["name"]
    assert Workspace.objects.count() == 0


@pytest.mark.parametrize("slug", ["with space", "../x", "ü", "x" * 51])
def test_create_workspace_refuses_bad_addresses(slug):
    with pytest.raises(ValidationError) as refused:
        create_workspace(user=make_user(), name="Fine", slug=slug)
    assert list(refused.value.message_dict) == ["slug"]


def test_taken_address_says_no_more_than_taken(cast):
    with pytest.raises(ValidationError) as refused:
        create_workspace(user=cast.owner.user, name="Mine", slug="elsewhere")
    assert refused.value.message_dict == {"slug": ["This address is taken."]}


def test_upper_apps_add_their_defaults(monkeypatch):
    made: list[Membership] = []
    monkeypatch.setattr(workspaces, "_defaults", [])
    workspaces.on_create(made.append)
    workspaces.on_create(made.append)
    assert [create_workspace(user=make_user(), name="New")] == made


def test_edit_workspace_renames_and_touches_the_stamp(cast):
    edited = edit_workspace(by=cast.admin, name="Here and now", seen=1)
    assert (edited.name, edited.slug, edited.version) == ("Here and now", "here", 2)
    assert edited.stamp == cast.workspace.stamp + 1


def test_edit_workspace_refuses_a_stale_version(cast):
    edit_workspace(by=cast.admin, name="First", seen=1)
    with pytest.raises(Conflict):
        edit_workspace(by=cast.owner, name="Second", seen=1)


def test_edit_workspace_needs_the_right(cast):
    with pytest.raises(PermissionDenied):
        edit_workspace(by=cast.marketing, name="Ours")


def test_list_shows_only_my_workspaces(cast, client_of, django_assert_num_queries):
    client = client_of(cast.owner)
    with django_assert_num_queries(3):
        page = client.get(reverse("teams:workspaces")).content.decode()
    assert "Here" in page
    assert "Elsewhere" not in page
    for number in range(3):
        Membership.objects.create(
            workspace=create_workspace(user=make_user(), name=f"W{number}").workspace, user=cast.owner.user
        )
    with django_assert_num_queries(3):
        client.get(reverse("teams:workspaces"))


def test_new_workspace_page_creates_and_leads_to_invitations(cast, client_of):
    response = client_of(cast.viewer).post(reverse("teams:workspace_new"), {"name": "Third", "slug": ""})
    assert response.status_code == 302
    assert response.url == reverse("teams:invitations", args=["third"])
    assert Membership.objects.get(workspace__slug="third").user == cast.viewer.user


def test_new_workspace_page_keeps_what_was_typed(cast, client_of):
    response = client_of(cast.viewer).post(
        reverse("teams:workspace_new"), {"name": "<b>Third</b>", "slug": "elsewhere"}
    )
    assert response.status_code == 422
    assert response.context["form"].errors == {"slug": ["This address is taken."]}
    assert "&lt;b&gt;Third&lt;/b&gt;" in response.content.decode()


def test_settings_page_saves_and_follows_the_new_address(cast, client_of, url):
    form = {"name": "Right here", "slug": "right-here", "timezone": "UTC", "seen": "1"}
    response = client_of(cast.admin).post(url("settings"), form)
    assert response.url == "/w/right-here/settings/"


def test_settings_page_shows_what_somebody_else_wrote(cast, client_of, url):
    edit_workspace(by=cast.owner, name="Theirs")
    client, form = client_of(cast.admin), {"name": "Mine", "slug": "here", "timezone": "UTC", "seen": "1"}
    response = client.post(url("settings"), form)
    assert response.status_code == 409
    assert response.context["form"].theirs == [("Name", "Theirs", "Mine")]
    for text in ["Somebody else saved this while you were writing", "Take theirs", "Save mine"]:
        assert text in response.text
    assert response.context["form"]["name"].value() == "Mine"
    again = {name: response.context["form"][name].value() for name in ["name", "slug", "timezone", "seen"]}
    assert client.post(url("settings"), again).status_code == 302
    assert Workspace.objects.get(slug="here").name == "Mine"


def test_settings_page_is_read_only_for_editors(cast, client_of, url):
    client = client_of(cast.sales)
    page = client.get(url("settings"))
    assert page.status_code == 200
    assert page.context["form"] is None
    assert client.post(url("settings"), {"name": "Ours", "slug": "here"}).status_code == 403


def test_home_goes_to_the_only_workspace(cast, client_of):
    assert client_of(cast.viewer).get("/").url == reverse("journeys:maps", args=["here"])


def test_home_goes_to_the_last_opened_workspace(cast, client_of, url):
    make_second = create_workspace(user=cast.owner.user, name="Second")
    client = client_of(cast.owner)
    assert client.get("/").url == reverse("teams:workspaces")
    client.get(url("members", workspace=make_second.workspace))
    assert client.get("/").url == reverse("journeys:maps", args=["second"])
    make_member(make_second.workspace, Role.OWNER)
    make_second.delete()
    assert client.get("/").url == reverse("journeys:maps", args=["here"])


def test_home_without_a_workspace_goes_to_the_list(client):
    client.force_login(make_user(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/").url == reverse("teams:workspaces")
    assert "Create your first workspace" in client.get(reverse("teams:workspaces")).content.decode()


def test_home_of_a_visitor_is_the_sign_in(client):
    assert client.get("/").url == "/accounts/login/?next=/"


def test_switcher_lists_the_other_workspaces(cast, client_of, url):
    create_workspace(user=cast.owner.user, name="Second")
    page = client_of(cast.owner).get(url("switcher")).content.decode()
    assert reverse("journeys:maps", args=["second"]) in page
    assert reverse("journeys:maps", args=["here"]) not in page
