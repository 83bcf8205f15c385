"""Every page of the teams app: who gets in, by which method, and what a stranger sees of it."""

import pytest
from django.http import Http404
from django.urls import reverse

from teams.door import page
from teams.enums import Role
from teams.errors import Gone
from teams.permissions import RULES, SENTENCES, Permission
from teams.services.invitations import invite
from teams.services.keys import create_key

EVERYBODY, ADMINS, OWNERS = "everybody", "admins", "owners"
PAGES = {
    "settings": (EVERYBODY, {"GET", "POST"}),
    "ownership": (OWNERS, {"POST"}),
    "permissions": (EVERYBODY, {"GET"}),
    "leave": (EVERYBODY, {"GET", "POST"}),
    "members": (EVERYBODY, {"GET"}),
    "member": (ADMINS, {"GET", "POST"}),
    "member_remove": (ADMINS, {"GET", "POST"}),
    "teams": (EVERYBODY, {"GET"}),
    "team_new": (ADMINS, {"GET", "POST"}),
    "team": (EVERYBODY, {"GET", "POST"}),
    "team_delete": (ADMINS, {"POST"}),
    "team_add": (ADMINS, {"POST"}),
    "team_take": (ADMINS, {"POST"}),
    "invitations": (ADMINS, {"GET", "POST"}),
    "invitation_resend": (ADMINS, {"POST"}),
    "invitation_revoke": (ADMINS, {"POST"}),
    "keys": (ADMINS, {"GET", "POST"}),
    "key_revoke": (ADMINS, {"POST"}),
    "switcher": (EVERYBODY, {"GET"}),
    "undo": (EVERYBODY, {"POST"}),
}
ALLOWED = {EVERYBODY: set(Role), ADMINS: {Role.OWNER, Role.ADMIN}, OWNERS: {Role.OWNER}}


def addresses(workspace, owner, member) -> dict[str, str]:
    team = workspace.teams.get(name="Sales")
    [invitation] = invite(by=owner, emails=["new@here.example"], role="viewer", site="http://testserver")
    key, _secret = create_key(by=owner, workspace=workspace, name="Import", role="viewer")
    rest = {
        "member": [member.pk],
        "member_remove": [member.pk],
        "team": [team.pk],
        "team_delete": [team.pk],
        "team_add": [team.pk],
        "team_take": [team.pk, member.pk],
        "invitation_resend": [invitation.pk],
        "invitation_revoke": [invitation.pk],
        "key_revoke": [key.pk],
        "undo": ["nothing"],
    }
    return {name: reverse(f"teams:{name}", args=[workspace.slug, *rest.get(name, [])]) for name in PAGES}


@pytest.fixture
def pages(cast) -> dict[str, str]:
    return addresses(cast.workspace, cast.owner, cast.sales)


@pytest.mark.parametrize("name", PAGES)
def test_visitor_goes_to_the_sign_in(client, pages, name):
    for method in PAGES[name][1]:
        answer = client.generic(method, pages[name])
        assert (answer.status_code, answer.headers.get("Location", "")) == (302, f"/accounts/login/?next={pages[name]}")


@pytest.mark.parametrize("name", PAGES)
def test_stranger_finds_nothing(cast, client_of, pages, name):
    client = client_of(cast.stranger)
    for method in PAGES[name][1]:
        answer = client.generic(method, pages[name])
        assert answer.status_code == 404
        assert "Olga" not in answer.content.decode()


def test_what_somebody_deletes_while_a_view_works_is_not_found(cast, rf):
    @page("POST")
    def late(request):
        raise Gone

    request = rf.post("/")
    request.user, request.session = cast.owner.user, {}
    with pytest.raises(Http404):
        late(request, cast.workspace.slug)


@pytest.mark.parametrize("name", PAGES)
def test_other_methods_are_refused(cast, client_of, pages, name):
    client = client_of(cast.owner)
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - PAGES[name][1]:
        assert client.generic(method, pages[name]).status_code == 405


@pytest.mark.parametrize("who", ["owner", "admin", "sales", "viewer"])
@pytest.mark.parametrize("name", PAGES)
def test_members_without_the_right_are_refused(cast, client_of, pages, name, who):
    member = getattr(cast, who)
    client, allowed = client_of(member), member.role in ALLOWED[PAGES[name][0]]
    if "GET" in PAGES[name][1]:
        assert client.get(pages[name]).status_code == (200 if allowed else 403)
    if not allowed:
        assert client.post(pages[name]).status_code in {403, 405}


@pytest.mark.parametrize(
    "name", ["member", "member_remove", "team", "team_delete", "team_add", "team_take", "key_revoke"]
)
def test_things_of_another_workspace_are_not_found(cast, client_of, name):
    elsewhere = addresses(cast.elsewhere, cast.stranger, cast.stranger)
    address = elsewhere[name].replace("/w/elsewhere/", "/w/here/")
    assert client_of(cast.owner).post(address).status_code == 404


def test_ids_beyond_the_database_are_not_found(cast, client_of):
    client = client_of(cast.owner)
    for place in ["members/{}/", "teams/{}/", "members/{}/remove/"]:
        assert client.get("/w/here/" + place.format(10**30)).status_code == 404


@pytest.mark.parametrize("who", ["owner", "viewer"])
def test_permissions_page_is_the_matrix_of_the_code(cast, client_of, url, who):
    rows = client_of(getattr(cast, who)).get(url("permissions")).context["rows"]
    shown = {str(sentence): dict(cells) for sentence, cells in rows}
    assert shown == {
        str(SENTENCES[permission]): {
            role: "always" if role in rule.always else "owning" if role in rule.owning else "never" for role in Role
        }
        for permission, rule in RULES.items()
    }
    assert set(RULES) == set(Permission)
