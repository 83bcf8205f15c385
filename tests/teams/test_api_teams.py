import pytest

from teams.enums import Role
from teams.models import Team
from tests.api import errors_of, program

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(cast):
    return program(cast.workspace)


def test_teams_are_listed_without_those_of_strangers(cast, caller):
    results = caller.get("teams/").json()["results"]
    assert {team["id"] for team in results} == set(cast.workspace.teams.values_list("pk", flat=True))
    assert results[0] == {
        "id": results[0]["id"],
        "name": "Marketing",
        "function": "marketing",
        "color": "rose",
        "version": 1,
    }


def test_team_is_added_changed_and_deleted(cast, caller):
    added = caller.post("teams/", {"name": "Partners", "function": "sales"})
    assert added.status_code == 201
    assert added.json() == {
        "id": added.json()["id"],
        "name": "Partners",
        "function": "sales",
        "color": "amber",
        "version": 1,
    }
    address = added["Location"].removeprefix("/api/v1/")
    changed = caller.patch(address, {"name": "Friends"}, seen=added["ETag"])
    assert changed.json() == added.json() | {"name": "Friends", "version": 2}
    assert caller.get(address).json() == changed.json()
    deleted = caller.delete(address, seen=changed["ETag"])
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert caller.get(address).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": "sales"}, ""),
        ({"name": "A", "function": "finance"}, "function"),
        ({"name": "A", "color": "pink"}, "color"),
    ],
)
def test_team_refused(cast, caller, body, field):
    answer = caller.post("teams/", body)
    assert answer.status_code == 400
    assert errors_of(answer).keys() == {field}
    assert Team.objects.filter(workspace=cast.workspace).count() == 4


def test_team_of_strangers_is_not_found(cast, caller):
    team = cast.elsewhere.teams.first()
    for answer in [
        caller.get(f"teams/{team.pk}/"),
        caller.patch(f"teams/{team.pk}/", {"name": "Ours"}),
        caller.delete(f"teams/{team.pk}/"),
    ]:
        assert answer.status_code == 404
    assert Team.objects.filter(pk=team.pk, name=team.name).exists()


def test_list_comes_in_pages(cast, caller):
    for number in range(5):
        caller.post("teams/", {"name": f"Team {number}"})
    page = caller.get("teams/?page_size=4").json()
    ids = [team["id"] for team in page["results"]]
    while page["next"]:
        page = caller.client.get(page["next"]).json()
        ids += [team["id"] for team in page["results"]]
    assert ids == sorted(cast.workspace.teams.values_list("pk", flat=True))
    back = caller.client.get(page["previous"]).json()
    assert [team["id"] for team in back["results"]] == ids[4:8]


@pytest.mark.parametrize(
    "query",
    [
        "page_size=0",
        "page_size=201",
        "page_size=abc",
        "page_size=-1",
        "page_size=",
        "page_size=٣",
        "page_size=999999999999999999999",
        "cursor=nonsense",
        "cursor=cD1hYmM=",
        "cursor=cD05OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5",
        "colour=red",
    ],
)
def test_list_with_a_malformed_parameter(caller, query):
    answer = caller.get(f"teams/?{query}")
    if query == "cursor=cD05OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5":
        assert answer.json()["results"] == []  # a position beyond every id is only far away
        return
    assert answer.status_code == 400
    assert errors_of(answer).keys() == {query.split("=")[0]}


def test_list_asks_as_much_of_the_database_for_many(cast, caller, django_assert_num_queries):
    caller.get("teams/")
    with django_assert_num_queries(2):  # the key, the teams
        caller.get("teams/")
    for number in range(20):
        caller.post("teams/", {"name": f"Team {number}"})
    with django_assert_num_queries(2):
        caller.get("teams/")


def test_workspace_is_renamed(cast, caller):
    before = caller.get("workspace/")
    answer = caller.patch("workspace/", {"name": "Hier"}, seen=before["ETag"])
    assert answer.json() == before.json() | {"name": "Hier", "version": 2}
    assert caller.patch("workspace/", {"name": "There"}, seen=before["ETag"]).status_code == 412
    assert caller.patch("workspace/", {"name": "There"}, seen=None).status_code == 428


@pytest.mark.parametrize("slug", ["elsewhere", "two words", "", "x" * 51])
def test_workspace_address_refused(caller, slug):
    assert errors_of(caller.patch("workspace/", {"slug": slug})).keys() == {"slug"}


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR])
def test_role_that_may_not(cast, role):
    caller, team = program(cast.workspace, role), cast.workspace.teams.first()
    for answer in [
        caller.post("teams/", {"name": "A"}),
        caller.patch(f"teams/{team.pk}/", {"name": "A"}),
        caller.delete(f"teams/{team.pk}/"),
        caller.patch("workspace/", {"name": "A"}),
        caller.patch(f"members/{cast.viewer.pk}/", {"role": "owner"}),
        caller.delete(f"members/{cast.viewer.pk}/"),
    ]:
        assert answer.status_code == 403
        assert answer["Content-Type"] == "application/problem+json"
