import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from teams.enums import Color, TeamFunction
from teams.errors import Conflict, Gone
from teams.models import Membership, Team
from teams.services.teams import add_to_team, create_team, delete_team, edit_team, take_from_team
from tests.factories import make_map, make_member


def marketing(cast) -> Team:
    return cast.workspace.teams.get(name="Marketing")


def test_create_team_takes_the_color_of_its_function(cast):
    team = create_team(by=cast.admin, name=" Growth ", function=TeamFunction.SALES)
    assert (team.name, team.function, team.color, team.workspace) == ("Growth", "sales", Color.AMBER, cast.workspace)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", ""),
        ("name", "x" * 61),
        ("name", "a\x00b"),
        ("name", "\udfff"),
        ("function", "cooking"),
        ("color", "#ff0000"),
    ],
)
def test_create_team_refuses_bad_values(cast, field, wrong):
    values = {"name": "Growth", "function": "other", "color": "teal", field: wrong}
    with pytest.raises(ValidationError) as refused:
        create_team(by=cast.admin, **values)
    assert field in refused.value.message_dict
    assert cast.workspace.teams.count() == 4


def test_team_names_are_unique_in_a_workspace_whatever_their_case(cast):
    with pytest.raises(ValidationError, match=r"There is already a team with this name."):
        create_team(by=cast.admin, name="mARKETING")
    with pytest.raises(ValidationError, match=r"There is already a team with this name."):
        edit_team(by=cast.admin, team=marketing(cast), name="sales")


def test_edit_team_changes_only_what_is_given(cast):
    team = edit_team(by=cast.admin, team=marketing(cast), color=Color.TEAL, seen=1)
    assert (team.name, team.function, team.color, team.version) == ("Marketing", "marketing", "teal", 2)
    with pytest.raises(Conflict):
        edit_team(by=cast.admin, team=team, name="Brand", seen=1)


def test_teams_of_another_workspace_are_out_of_reach(cast):
    team = cast.elsewhere.teams.first()
    for attempt in [
        lambda: edit_team(by=cast.owner, team=team, name="Ours"),
        lambda: delete_team(by=cast.owner, team=team),
        lambda: add_to_team(by=cast.owner, team=team, member=cast.stranger),
        lambda: take_from_team(by=cast.owner, team=team, member=cast.stranger),
    ]:
        with pytest.raises(PermissionDenied):
            attempt()


def test_member_of_another_workspace_does_not_join_a_team(cast):
    with pytest.raises(PermissionDenied):
        add_to_team(by=cast.owner, team=marketing(cast), member=cast.stranger)
    with pytest.raises(ValidationError):
        add_to_team(by=cast.owner, team=cast.elsewhere.teams.first(), member=cast.viewer)


def test_delete_team_leaves_its_members(cast):
    delete_team(by=cast.admin, team=marketing(cast))
    assert Membership.objects.filter(pk=cast.marketing.pk).exists()


def test_team_that_somebody_changed_or_deleted_is_not_deleted_unseen(cast):
    team = marketing(cast)
    edit_team(by=cast.owner, team=team, name="Brand")
    with pytest.raises(Conflict):
        delete_team(by=cast.admin, team=team, seen=1)
    delete_team(by=cast.admin, team=team, seen=2)
    for late in [lambda: delete_team(by=cast.admin, team=team), lambda: edit_team(by=cast.admin, team=team, name="A")]:
        with pytest.raises(Gone):
            late()


def test_delete_button_of_a_page_that_is_stale(cast, client_of, url):
    team, client = marketing(cast), client_of(cast.admin)
    assert 'name="seen" value="1"' in client.get(url("team", team.pk)).text
    edit_team(by=cast.owner, team=team, name="Brand")

    answer = client.post(url("team_delete", team.pk), {"seen": "1"}, follow=True)

    assert "Somebody changed this team meanwhile." in answer.text
    assert 'name="seen" value="2"' in answer.text
    assert client.post(url("team_delete", team.pk), {"seen": "2"}).url == url("teams")
    assert not Team.objects.filter(pk=team.pk).exists()


def test_team_that_a_stage_names_stays(cast):
    stage = make_map(cast.owner).stages.first()
    stage.accountable_team = marketing(cast)
    stage.save()
    with pytest.raises(ValidationError) as refused:
        delete_team(by=cast.admin, team=marketing(cast))
    assert refused.value.messages == ["Marketing cannot be deleted, it is used by 1 stage."]


def test_teams_page_counts_members_in_constant_queries(cast, client_of, url, django_assert_num_queries):
    client = client_of(cast.viewer)
    client.get(url("teams"))
    with django_assert_num_queries(4):
        client.get(url("teams"))
    for number in range(5):
        create_team(by=cast.admin, name=f"Team {number}")
    make_member(cast.workspace, team="Sales")
    with django_assert_num_queries(4):
        page = client.get(url("teams"))
    assert {team.name: team.size for team in page.context["teams"]}["Sales"] == 2
    assert "New team" not in page.content.decode()


def test_new_team_page_creates(cast, client_of, url):
    form = {"name": "Growth", "function": "other", "color": "violet"}
    assert client_of(cast.admin).post(url("team_new"), form).status_code == 302
    assert cast.workspace.teams.get(name="Growth").color == "violet"


@pytest.mark.parametrize("name", ["", "x" * 10_000, "a\x00b", "marketing"])
def test_new_team_page_keeps_what_was_typed(cast, client_of, url, name):
    form = {"name": name, "function": "other", "color": "violet"}
    response = client_of(cast.admin).post(url("team_new"), form)
    assert response.status_code == 422
    assert response.context["form"]["name"].errors or response.context["form"].non_field_errors()
    assert response.context["form"]["name"].value() == name
    assert response.context["form"]["color"].value() == "violet"


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "فريق النمو", "🚀 Growth", "&amp;"])
def test_text_of_people_is_shown_as_text(cast, client_of, url, name):
    team = create_team(by=cast.admin, name=name)
    page = client_of(cast.viewer).get(url("team", team.pk))
    assert page.context["team"].name == name
    assert "<script>alert" not in page.content.decode()


def test_team_page_saves(cast, client_of, url):
    team = marketing(cast)
    form = {"name": "Brand", "function": "marketing", "color": "rose", "seen": 1}
    client = client_of(cast.admin)
    assert client.post(url("team", team.pk), form).status_code == 302
    again = client.post(url("team", team.pk), form)
    assert (again.status_code, again.context["form"].theirs) == (409, [])
    assert "They wrote what you wrote" in again.text
    assert client_of(cast.sales).post(url("team", team.pk), form).status_code == 403


def test_team_page_adds_and_takes_out(cast, client_of, url):
    team, client = marketing(cast), client_of(cast.admin)
    assert client.post(url("team_add", team.pk), {"member": cast.viewer.pk}).status_code == 302
    assert set(team.memberships.all()) == {cast.marketing, cast.viewer}
    assert client.post(url("team_add", team.pk), {"member": cast.viewer.pk}).status_code == 422
    assert client.post(url("team_add", team.pk), {"member": cast.stranger.pk}).status_code == 422
    assert client.post(url("team_take", team.pk, cast.viewer.pk)).status_code == 302
    assert set(team.memberships.all()) == {cast.marketing}
    assert client.post(url("team_take", team.pk, cast.viewer.pk)).status_code == 404


def test_deleted_team_comes_back_with_its_members(cast, client_of, url):
    client = client_of(cast.admin)
    response = client.post(url("team_delete", marketing(cast).pk), follow=True)
    [message] = response.context["messages"]
    assert not cast.workspace.teams.filter(name="Marketing").exists()
    assert client.post(message.extra_tags).status_code == 302
    assert list(marketing(cast).memberships.all()) == [cast.marketing]
    assert marketing(cast).color == Color.ROSE


def test_undo_of_a_deletion_says_when_the_name_is_taken(cast, client_of, url):
    client = client_of(cast.admin)
    response = client.post(url("team_delete", marketing(cast).pk), follow=True)
    create_team(by=cast.admin, name="Marketing")
    back = client.post(next(iter(response.context["messages"])).extra_tags, follow=True)
    assert [str(message) for message in back.context["messages"]] == ["There is already a team with this name."]
