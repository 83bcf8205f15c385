import pytest

from teams.enums import Role
from teams.models import Membership
from tests.api import errors_of, program

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(cast):
    return program(cast.workspace, Role.OWNER)


def test_member_as_answered(cast, caller):
    sales = cast.workspace.teams.get(name="Sales")
    answer = caller.get(f"members/{cast.sales.pk}/").json()
    created_at = answer.pop("created_at")
    assert created_at.startswith("20")
    assert answer == {
        "id": cast.sales.pk,
        "name": "Sales Editor",
        "email": "sales@here.example",
        "role": "editor",
        "teams": [sales.pk],
        "version": 1,
    }


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("role=viewer", {"Vera Viewer"}),
        ("email=OWNER@here.example", {"Olga Owner"}),
        ("email=stranger@elsewhere.example", set()),
        ("role=owner", {"Olga Owner"}),
    ],
)
def test_members_filtered(caller, query, names):
    assert {member["name"] for member in caller.get(f"members/?{query}").json()["results"]} == names


def test_members_of_a_team(cast, caller):
    sales, foreign = cast.workspace.teams.get(name="Sales"), cast.elsewhere.teams.first()
    assert [m["id"] for m in caller.get(f"members/?team={sales.pk}").json()["results"]] == [cast.sales.pk]
    assert caller.get(f"members/?team={foreign.pk}").json()["results"] == []


@pytest.mark.parametrize("query", ["role=king", "team=x", "team=1.5", "team=0", "team=" + "9" * 30, "email=%00"])
def test_members_filtered_by_nonsense(caller, query):
    answer = caller.get(f"members/?{query}")
    assert answer.status_code == 400
    assert errors_of(answer).keys() == {query.split("=")[0]}


def test_role_and_teams_change(cast, caller):
    teams = [team.pk for team in cast.workspace.teams.order_by("pk")[:2]]
    answer = caller.patch(f"members/{cast.viewer.pk}/", {"role": "editor", "teams": teams})
    assert answer.status_code == 200
    assert (answer.json()["role"], sorted(answer.json()["teams"])) == ("editor", teams)


def test_teams_of_strangers_are_refused(cast, caller):
    foreign = cast.elsewhere.teams.first()
    own = cast.workspace.teams.first()
    answer = caller.patch(f"members/{cast.viewer.pk}/", {"teams": [own.pk, foreign.pk, 999_999]})
    assert errors_of(answer).keys() == {"teams.1", "teams.2"}


@pytest.mark.parametrize("teams", ["1", [None], ["1"], [True], [10**30], [1.5], {}, None])
def test_teams_of_another_type(cast, caller, teams):
    answer = caller.patch(f"members/{cast.viewer.pk}/", {"teams": teams})
    assert answer.status_code == 400
    assert {field.split(".")[0] for field in errors_of(answer)} == {"teams"}


def test_last_owner_stays(cast, caller):
    assert errors_of(caller.patch(f"members/{cast.owner.pk}/", {"role": "admin"})).keys() == {"role"}
    assert errors_of(caller.delete(f"members/{cast.owner.pk}/")).keys() == {"role"}


def test_member_removed(cast, caller):
    assert caller.delete(f"members/{cast.viewer.pk}/").status_code == 204
    assert not Membership.objects.filter(pk=cast.viewer.pk).exists()


@pytest.mark.parametrize("receiver", ["x", "0", "", "999999"])
def test_member_removed_with_a_receiver_that_does_not_exist(cast, caller, receiver):
    answer = caller.delete(f"members/{cast.sales.pk}/?receiver={receiver}")
    assert errors_of(answer).keys() == {"receiver"}


def test_list_asks_as_much_of_the_database_for_many(cast, caller, django_assert_num_queries):
    caller.get("members/")
    with django_assert_num_queries(3):  # the key, the members with their people, their teams
        caller.get("members/")
