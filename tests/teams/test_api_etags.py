import pytest

from teams.models import Team
from tests.api import program

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(cast):
    return program(cast.workspace)


@pytest.fixture
def team(cast):
    return cast.workspace.teams.get(name="Sales")


def test_etag_is_in_every_answer_with_one_object(caller, team):
    tags = [
        caller.get(f"teams/{team.pk}/")["ETag"],
        caller.post("teams/", {"name": "Partners"})["ETag"],
    ]
    assert all(tag.startswith('"1-') for tag in tags)
    assert caller.patch(f"teams/{team.pk}/", {"name": "Sellers"})["ETag"].startswith('"2-')


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_write_without_if_match(caller, team, method):
    answer = caller.send(method, f"teams/{team.pk}/", {"name": "Sellers"} if method == "PATCH" else None)
    assert answer.status_code == 428
    assert answer["Content-Type"] == "application/problem+json"
    assert Team.objects.get(pk=team.pk).name == "Sales"


def matching(tag: str) -> list[str]:
    return [tag, "W/" + tag, f'"0", {tag}', '"1"', 'W/"1"', "*"]


@pytest.mark.parametrize("which", range(6))
def test_write_with_what_is_current(caller, team, which):
    seen = matching(caller.get(f"teams/{team.pk}/")["ETag"])[which]
    answer = caller.patch(f"teams/{team.pk}/", {"name": "Sellers"}, seen=seen)
    assert answer.status_code == 200
    assert answer.json()["version"] == 2


@pytest.mark.parametrize("seen", ['"1"', 'W/"1-abc"', '"3"', '"0", "1"', '"x"', "nonsense", ""])
def test_write_with_what_is_stale(caller, team, seen):
    caller.patch(f"teams/{team.pk}/", {"name": "Sellers"})
    for answer in [
        caller.patch(f"teams/{team.pk}/", {"name": "Late"}, seen=seen),
        caller.delete(f"teams/{team.pk}/", seen=seen),
    ]:
        assert answer.status_code == 412
        assert answer["ETag"] == '"2"'
        assert answer.json()["version"] == 2
    assert Team.objects.get(pk=team.pk).name == "Sellers"


def test_read_again_when_nothing_changed(caller, team):
    tag = caller.get(f"teams/{team.pk}/")["ETag"]
    for given in [tag, "W/" + tag, f'"x", {tag}', "*"]:
        answer = caller.get(f"teams/{team.pk}/", **{"If-None-Match": given})
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    caller.patch(f"teams/{team.pk}/", {"name": "Sellers"})
    assert caller.get(f"teams/{team.pk}/", **{"If-None-Match": tag}).status_code == 200
