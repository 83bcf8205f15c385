import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from teams.enums import Role
from teams.errors import Conflict, Gone
from teams.models import Membership, Workspace
from teams.services import handover
from teams.services.keys import create_key
from teams.services.members import edit_member, hand_over_ownership, leave, readmit, remove_member
from tests.factories import make_map, make_member, make_workspace
from tests.threads import at_once


@pytest.fixture
def things(monkeypatch):
    """What members own, as an upper app would keep it: a membership's number to a list of names."""
    owned: dict[int, list[str]] = {}

    def give(*, by, giver, receiver):
        owned.setdefault(receiver.pk, []).extend(owned.pop(giver.pk, []))

    monkeypatch.setattr(handover, "_holdings", [])
    handover.register(lambda member: [f"Map {name}" for name in owned.get(member.pk, [])], give)
    return owned


def roles(cast):
    return dict(Membership.objects.filter(workspace=cast.workspace).values_list("user__name", "role"))


def test_edit_member_changes_role_and_teams(cast):
    team = cast.workspace.teams.get(name="Sales")
    edited = edit_member(by=cast.admin, member=cast.viewer, role=Role.EDITOR, teams=[team], seen=1)
    assert (edited.role, edited.version, list(edited.teams.all())) == (Role.EDITOR, 2, [team])
    assert Workspace.objects.get(pk=cast.workspace.pk).stamp == cast.workspace.stamp + 1


def test_edit_member_refuses_a_stale_version(cast):
    edit_member(by=cast.admin, member=cast.viewer, role=Role.EDITOR)
    with pytest.raises(Conflict):
        edit_member(by=cast.admin, member=cast.viewer, role=Role.VIEWER, seen=1)


def test_edit_member_refuses_a_team_of_another_workspace(cast):
    with pytest.raises(ValidationError) as refused:
        edit_member(by=cast.admin, member=cast.viewer, teams=[cast.elsewhere.teams.first()])
    assert list(refused.value.message_dict) == ["teams"]


def test_edit_member_refuses_an_unknown_role(cast):
    with pytest.raises(ValidationError) as refused:
        edit_member(by=cast.admin, member=cast.viewer, role="king")
    assert list(refused.value.message_dict) == ["role"]


@pytest.mark.parametrize(("who", "role"), [("viewer", Role.OWNER), ("owner", Role.EDITOR)])
def test_only_owners_make_or_unmake_owners(cast, who, role):
    make_member(cast.workspace, Role.OWNER)
    with pytest.raises(PermissionDenied):
        edit_member(by=cast.admin, member=getattr(cast, who), role=role)
    assert edit_member(by=cast.owner, member=getattr(cast, who), role=role).role == role


def test_members_of_another_workspace_are_out_of_reach(cast):
    with pytest.raises(PermissionDenied):
        edit_member(by=cast.owner, member=cast.stranger, role=Role.VIEWER)
    with pytest.raises(PermissionDenied):
        remove_member(by=cast.owner, member=cast.stranger)


def test_last_owner_can_neither_go_nor_be_demoted(cast):
    for attempt in [
        lambda: leave(by=cast.owner, receiver=cast.admin),
        lambda: edit_member(by=cast.owner, member=cast.owner, role=Role.ADMIN),
        lambda: remove_member(by=cast.owner, member=cast.owner),
    ]:
        with pytest.raises(ValidationError) as refused:
            attempt()
        assert refused.value.message_dict == {
            "role": ["A workspace needs an owner. Hand over ownership to somebody first."]
        }
    assert roles(cast)["Olga Owner"] == Role.OWNER


def test_one_of_two_owners_may_leave(cast):
    make_member(cast.workspace, Role.OWNER, name="Second Owner")
    leave(by=cast.owner)
    assert "Olga Owner" not in roles(cast)


def test_hand_over_ownership_swaps_the_roles(cast):
    hand_over_ownership(by=cast.owner, to=cast.sales)
    assert (roles(cast)["Sales Editor"], roles(cast)["Olga Owner"]) == (Role.OWNER, Role.ADMIN)


def test_hand_over_ownership_refuses_oneself_and_others_rights(cast):
    with pytest.raises(ValidationError):
        hand_over_ownership(by=cast.owner, to=cast.owner)
    with pytest.raises(PermissionDenied):
        hand_over_ownership(by=cast.admin, to=cast.sales)
    with pytest.raises(PermissionDenied):
        hand_over_ownership(by=cast.owner, to=cast.stranger)


def test_removing_an_owner_of_things_needs_a_receiver(cast, things):
    things[cast.sales.pk] = ["Car buyer"]
    with pytest.raises(ValidationError) as refused:
        remove_member(by=cast.admin, member=cast.sales)
    assert list(refused.value.message_dict) == ["receiver"]
    remove_member(by=cast.admin, member=cast.sales, receiver=cast.product)
    assert things == {cast.product.pk: ["Car buyer"]}
    assert "Sales Editor" not in roles(cast)


@pytest.mark.parametrize("receiver", ["sales", "stranger"])
def test_things_do_not_go_to_oneself_or_a_stranger(cast, things, receiver):
    things[cast.sales.pk] = ["Car buyer"]
    with pytest.raises(ValidationError) as refused:
        leave(by=cast.sales, receiver=getattr(cast, receiver))
    assert list(refused.value.message_dict) == ["receiver"]
    assert "Sales Editor" in roles(cast)


def test_handing_over_is_undone_when_the_removal_fails(cast, monkeypatch):
    def rename(*, by, giver, receiver):
        Workspace.objects.filter(pk=cast.workspace.pk).update(name="Half done")
        raise ValidationError("No.")

    monkeypatch.setattr(handover, "_holdings", [])
    handover.register(lambda member: ["Something"], rename)
    with pytest.raises(ValidationError):
        remove_member(by=cast.admin, member=cast.sales, receiver=cast.product)
    assert Workspace.objects.get(pk=cast.workspace.pk).name == "Here"


def test_things_that_no_app_hands_over_keep_their_owner_here(cast, things):
    make_map(cast.sales)
    with pytest.raises(ValidationError) as refused:
        leave(by=cast.sales)
    assert refused.value.messages == ["Sales Editor is still accountable for something."]
    assert "Sales Editor" in roles(cast)


def test_readmit_brings_back_role_teams_and_date(cast):
    team = cast.workspace.teams.get(name="Sales")
    joined, user = cast.sales.created_at, cast.sales.user
    remove_member(by=cast.admin, member=cast.sales)
    readmit(by=cast.admin, user=user, role=Role.EDITOR, teams=[team], joined=joined)
    member = Membership.objects.get(workspace=cast.workspace, user=user)
    assert (member.role, list(member.teams.all()), member.created_at) == (Role.EDITOR, [team], joined)


def test_readmit_an_owner_needs_an_owner(cast):
    with pytest.raises(PermissionDenied):
        readmit(by=cast.admin, user=cast.stranger.user, role=Role.OWNER, teams=[], joined=cast.stranger.created_at)


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_do_not_both_get_away():
    workspace = make_workspace()
    owners = [make_member(workspace, Role.OWNER) for _number in range(2)]
    results = at_once([lambda owner=owner: leave(by=owner) for owner in owners])
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "ValidationError"]
    assert Membership.objects.filter(workspace=workspace, role=Role.OWNER).count() == 1


def test_members_page_lists_role_teams_and_date(cast, client_of, url):
    page = client_of(cast.viewer).get(url("members")).content.decode()
    for shown in ["Sales Editor", "sales@here.example", "Olga Owner", "Administrator", 'class="pill c-amber"']:
        assert shown in page
    assert "Stan Stranger" not in page
    assert "Edit<" not in page


def test_members_page_takes_the_same_queries_for_few_and_many(cast, client_of, url, django_assert_num_queries):
    client = client_of(cast.owner)
    client.get(url("members"))
    with django_assert_num_queries(6):
        client.get(url("members"))
    for number in range(60):
        make_member(cast.workspace, team="Sales", name=f"Person {number}")
    with django_assert_num_queries(6):
        page = client.get(url("members"))
    assert len(page.context["page"]) == 50
    assert len(client.get(url("members"), {"page": "2"}).context["page"]) == 17


@pytest.mark.parametrize(("text", "found"), [("SALES", 1), ("here.example", 7), ("nobody\x00", 0), ("%", 0)])
def test_members_page_finds_by_name_and_address(cast, client_of, url, text, found):
    page = client_of(cast.viewer).get(url("members"), {"q": text})
    assert page.status_code == 200
    assert page.context["page"].paginator.count == found


def test_member_page_saves(cast, client_of, url):
    teams = list(cast.workspace.teams.filter(name__in=["Sales", "Product"]).values_list("pk", flat=True))
    response = client_of(cast.admin).post(url("member", cast.viewer.pk), {"role": "editor", "teams": teams, "seen": 1})
    assert response.url == url("members")
    cast.viewer.refresh_from_db()
    assert (cast.viewer.role, set(cast.viewer.teams.values_list("pk", flat=True))) == (Role.EDITOR, set(teams))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("role", "king"),
        ("role", "owner"),
        ("role", ""),
        ("teams", "abc"),
        ("teams", "999999999999999999999999"),
        ("teams", "\x00"),
        ("seen", "x"),
    ],
)
def test_member_page_names_the_wrong_field(cast, client_of, url, field, value):
    form = {"role": "editor", "seen": 1, field: value}
    response = client_of(cast.admin).post(url("member", cast.viewer.pk), form)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_member_page_refuses_a_team_of_another_workspace(cast, client_of, url):
    form = {"role": "editor", "seen": 1, "teams": [cast.elsewhere.teams.first().pk]}
    response = client_of(cast.admin).post(url("member", cast.viewer.pk), form)
    assert list(response.context["form"].errors) == ["teams"]


def test_member_page_shows_a_stale_edit(cast, client_of, url):
    edit_member(by=cast.owner, member=cast.viewer, teams=[cast.workspace.teams.get(name="Sales")])
    response = client_of(cast.admin).post(url("member", cast.viewer.pk), {"role": "editor", "seen": 1})
    assert response.status_code == 409
    assert response.context["form"].theirs == [("Role", "Viewer", "Editor"), ("Teams", "Sales", "")]


def test_admin_can_change_an_owners_teams_but_not_the_role(cast, client_of, url):
    client = client_of(cast.admin)
    assert client.post(url("member", cast.owner.pk), {"role": "editor", "seen": 1}).status_code == 422
    assert client.post(url("member", cast.owner.pk), {"role": "owner", "seen": 1}).status_code == 302


def test_remove_page_offers_undo(cast, client_of, url):
    client = client_of(cast.admin)
    response = client.post(url("member_remove", cast.sales.pk), follow=True)
    assert "Sales Editor" not in roles(cast)
    [message] = response.context["messages"]
    assert str(message) == "Sales Editor is no longer a member."
    assert client.post(message.extra_tags).url == url("members")
    member = Membership.objects.get(user=cast.sales.user)
    assert (member.role, [str(team) for team in member.teams.all()]) == (Role.EDITOR, ["Sales"])
    assert client.post(message.extra_tags).status_code == 404


def test_undo_belongs_to_one_person_and_workspace(cast, client_of, url):
    client = client_of(cast.admin)
    response = client.post(url("member_remove", cast.sales.pk), follow=True)
    [message] = response.context["messages"]
    assert client_of(cast.owner).post(message.extra_tags).status_code == 404
    assert client.get(message.extra_tags).status_code == 405


def test_remove_page_asks_who_takes_over(cast, client_of, url, things):
    things[cast.sales.pk] = ["Car buyer"]
    client, address = client_of(cast.admin), url("member_remove", cast.sales.pk)
    assert "Map Car buyer" in client.get(address).content.decode()
    assert list(client.post(address).context["form"].errors) == ["receiver"]
    assert client.post(address, {"receiver": cast.stranger.pk}).status_code == 422
    assert client.post(address, {"receiver": cast.viewer.pk}).status_code == 422
    assert client.post(address, {"receiver": cast.product.pk}).status_code == 302
    assert things == {cast.product.pk: ["Car buyer"]}


def test_remove_page_that_is_stale_says_what_changed_and_keeps_the_choice(cast, client_of, url, things):
    things[cast.sales.pk] = ["Car buyer"]
    client, address = client_of(cast.admin), url("member_remove", cast.sales.pk)
    sent = {"receiver": cast.product.pk, "seen": client.get(address).context["form"]["seen"].value()}
    edit_member(by=cast.owner, member=cast.sales, role="admin")

    page = client.post(address, sent)

    assert page.status_code == 409
    assert "Sales Editor was changed meanwhile (role: Administrator, teams: Sales)." in page.text
    assert things == {cast.sales.pk: ["Car buyer"]}
    again = {field.html_name: field.value() for field in page.context["form"]}
    assert client.post(address, again).status_code == 302
    assert things == {cast.product.pk: ["Car buyer"]}


def test_remove_member_is_held_against_what_was_seen(cast):
    edit_member(by=cast.owner, member=cast.sales, role="admin")
    with pytest.raises(Conflict):
        remove_member(by=cast.owner, member=cast.sales, seen=1)
    remove_member(by=cast.owner, member=cast.sales, seen=2)
    with pytest.raises(Gone):
        remove_member(by=cast.owner, member=cast.sales)


def test_remove_page_names_the_keys_that_stay(cast, client_of, url):
    create_key(by=cast.admin, workspace=cast.workspace, name="Nightly", role=Role.EDITOR)
    assert "Nightly" in client_of(cast.owner).get(url("member_remove", cast.admin.pk)).content.decode()


def test_admin_cannot_remove_an_owner(cast, client_of, url):
    make_member(cast.workspace, Role.OWNER)
    assert client_of(cast.admin).post(url("member_remove", cast.owner.pk)).status_code == 403


def test_leave_page_lets_go_and_out(cast, client_of, url):
    client = client_of(cast.viewer)
    assert client.get(url("leave")).status_code == 200
    assert client.post(url("leave")).url == "/workspaces/"
    assert client.get(url("members")).status_code == 404


def test_leave_page_of_the_last_owner_says_why_not(cast, client_of, url):
    response = client_of(cast.owner).post(url("leave"))
    assert response.status_code == 422
    assert "A workspace needs an owner." in response.content.decode()


def test_ownership_is_handed_over_on_the_settings_page(cast, client_of, url):
    client = client_of(cast.owner)
    assert client.post(url("ownership"), {"to": cast.stranger.pk}).status_code == 422
    assert client.post(url("ownership"), {"to": cast.admin.pk}).status_code == 302
    assert client.post(url("ownership"), {"to": cast.admin.pk}).status_code == 403
