import pytest
from django.urls import reverse

from teams.enums import Role
from teams.models import ApiKey, Invitation, Membership, Team, User, Workspace
from teams.services.comments import add_comment
from teams.services.invitations import invite
from teams.services.keys import create_key
from tests.factories import make_map, make_member, make_metric, make_user

MODELS = ["user", "workspace", "membership", "team", "invitation", "apikey", "comment"]


@pytest.fixture
def operator(client, db):
    user = make_user(email="operator@example.com", is_staff=True, is_superuser=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def things(cast):
    [invitation] = invite(by=cast.owner, emails=["new@here.example"], role="viewer", site="http://testserver")
    key, _secret = create_key(by=cast.owner, workspace=cast.workspace, name="Import", role="viewer")
    return {
        "user": cast.sales.user,
        "workspace": cast.workspace,
        "membership": cast.owner,
        "team": cast.workspace.teams.get(name="Sales"),
        "invitation": invitation,
        "apikey": key,
        "comment": add_comment(by=cast.sales, thing=make_metric(cast.workspace), text="Why so low?"),
    }


def place(model: str, page: str, *args) -> str:
    return reverse(f"admin:teams_{model}_{page}", args=args)


def stamp(cast) -> int:
    return Workspace.objects.get(pk=cast.workspace.pk).stamp


@pytest.mark.parametrize("model", MODELS)
def test_lists_search_and_single_pages_open(operator, things, model):
    assert operator.get(place(model, "changelist")).status_code == 200
    assert operator.get(place(model, "changelist"), {"q": "here"}).status_code == 200
    page = operator.get(place(model, "change", things[model].pk))
    assert page.status_code == 200
    for secret in [things["apikey"].key_hash, things["invitation"].token_hash]:
        assert secret not in page.content.decode()


@pytest.mark.parametrize("model", ["workspace", "membership", "invitation", "apikey", "comment"])
def test_what_services_make_is_not_added_here(operator, things, model):
    assert operator.get(place(model, "add")).status_code == 403


@pytest.mark.parametrize("model", ["user", "membership", "apikey", "comment"])
def test_what_others_rest_on_is_not_deleted_here(operator, things, model):
    assert operator.post(place(model, "delete", things[model].pk), {"post": "yes"}).status_code == 403


def test_members_of_the_site_staff_only(client_of, cast):
    assert client_of(cast.owner).get("/admin/").status_code == 302
    assert client_of(cast.owner).get("/admin/login/").status_code == 403


def test_admin_site_uses_the_sign_in_with_its_second_factor(client, db):
    assert client.get("/admin/login/").url == "/accounts/login/?next=%2Fadmin%2Flogin%2F"


def test_person_is_added_with_a_small_address_and_renamed_with_a_stamp(operator, cast):
    form = {
        "email": "Zoe@Here.example",
        "name": "Zoe",
        "usable_password": "true",
        "password1": "throughline!",
        "password2": "throughline!",
    }
    assert operator.post(place("user", "add"), form).status_code == 302
    zoe = User.objects.get(name="Zoe")
    assert (zoe.email, zoe.check_password("throughline!")) == ("zoe@here.example", True)
    before = stamp(cast)
    form = {"name": "Sal", "timezone": "UTC", "language": "en", "is_active": "on"}
    assert operator.post(place("user", "change", cast.sales.user_id), form).status_code == 302
    assert stamp(cast) == before + 1
    assert User.objects.get(pk=cast.sales.user_id).name == "Sal"


def test_workspace_is_renamed_with_a_stamp(operator, cast):
    form = {"name": "New", "slug": "new", "timezone": "Europe/Oslo"}
    assert operator.post(place("workspace", "change", cast.workspace.pk), form).status_code == 302
    renamed = Workspace.objects.get(pk=cast.workspace.pk)
    assert (renamed.name, renamed.slug, renamed.version, renamed.stamp) == ("New", "new", 2, cast.workspace.stamp + 1)


def test_workspace_is_deleted_with_all_it_owns(operator, cast):
    make_map(cast.sales)
    assert operator.post(place("workspace", "delete", cast.workspace.pk), {"post": "yes"}).status_code == 302
    assert list(Workspace.objects.all()) == [cast.elsewhere]
    assert list(Membership.objects.all()) == [cast.stranger]


def test_last_owner_keeps_the_role(operator, cast):
    answer = operator.post(place("membership", "change", cast.owner.pk), {"role": "editor", "teams": []})
    assert answer.status_code == 200
    assert "A workspace needs an owner." in answer.content.decode()
    assert Membership.objects.get(pk=cast.owner.pk).role == Role.OWNER
    make_member(cast.workspace, Role.OWNER)
    assert (
        operator.post(place("membership", "change", cast.owner.pk), {"role": "editor", "teams": []}).status_code == 302
    )


def test_membership_takes_teams_of_its_workspace_only(operator, cast):
    team, before = cast.elsewhere.teams.first(), stamp(cast)
    answer = operator.post(place("membership", "change", cast.viewer.pk), {"role": "viewer", "teams": [team.pk]})
    assert answer.status_code == 200
    assert cast.viewer.teams.count() == 0
    team = cast.workspace.teams.first()
    operator.post(place("membership", "change", cast.viewer.pk), {"role": "viewer", "teams": [team.pk]})
    assert (list(cast.viewer.teams.all()), stamp(cast)) == ([team], before + 1)


def test_team_is_added_edited_and_deleted_with_a_stamp(operator, cast):
    before = stamp(cast)
    form = {"workspace": cast.workspace.pk, "name": "Growth", "function": "other", "color": "teal"}
    assert operator.post(place("team", "add"), form).status_code == 302
    team = Team.objects.get(name="Growth")
    assert operator.post(place("team", "change", team.pk), {**form, "name": "More"}).status_code == 302
    team.refresh_from_db()
    assert (team.name, team.version, stamp(cast)) == ("More", 2, before + 2)
    form = {"action": "delete_selected", "_selected_action": [team.pk], "post": "yes"}
    assert operator.post(place("team", "changelist"), form).status_code == 302
    assert (Team.objects.filter(pk=team.pk).exists(), stamp(cast)) == (False, before + 3)


def test_team_name_is_checked(operator, cast):
    form = {"workspace": cast.workspace.pk, "name": "SALES", "function": "other", "color": "teal"}
    assert "There is already a team with this name." in operator.post(place("team", "add"), form).content.decode()


def test_invitation_is_taken_back(operator, things):
    address = place("invitation", "delete", things["invitation"].pk)
    assert operator.post(address, {"post": "yes"}).status_code == 302
    assert Invitation.objects.count() == 0


def test_key_gets_another_rate_and_is_revoked(operator, things):
    key = things["apikey"]
    form = {"name": "Import", "rate": "60", "expires_at_0": "", "expires_at_1": "", "role": "owner"}
    assert operator.post(place("apikey", "change", key.pk), form).status_code == 302
    key.refresh_from_db()
    assert (key.rate, key.role) == (60, "viewer")
    assert operator.post(place("apikey", "change", key.pk), {**form, "rate": "0"}).status_code == 200
    operator.post(place("apikey", "changelist"), {"action": "revoke", "_selected_action": [key.pk]})
    assert not ApiKey.objects.get(pk=key.pk).active
