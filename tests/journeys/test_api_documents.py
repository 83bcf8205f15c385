import json

import pytest

from journeys.models import Map
from teams.enums import Role
from tests.api import errors_of, program
from tests.factories import make_card, make_map, make_persona

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(cast):
    return program(cast.workspace, Role.ADMIN)


@pytest.fixture
def journey(cast):
    journey = make_map(cast.owner, title="A car buyer", personas=[make_persona(cast.workspace, "Ana")])
    make_card(cast.owner, journey, title="Drives the car", grade="research", sources=[{"kind": "crm", "text": "A"}])
    return journey


def test_document_is_imported_as_an_equal_map(caller, journey):
    document = caller.get(f"maps/{journey.pk}/document/").json()
    added = caller.post("maps/import/", document)
    assert added.status_code == 201
    assert added.json()["id"] != journey.pk
    address = added["Location"].removeprefix("/api/v1/")
    assert caller.get(address).json() == added.json()
    assert caller.get(f"{address}document/").json() == document


def test_document_is_replaced_by_changes_that_differ(caller, journey):
    got = caller.get(f"maps/{journey.pk}/document/")
    document = got.json()
    document["stages"][0]["name"] = "Dream"
    before = Map.objects.get(pk=journey.pk).revision
    done = caller.put(f"maps/{journey.pk}/document/", document, seen=got["ETag"])
    assert done.status_code == 200
    assert done.json() == document
    changes = caller.get(f"maps/{journey.pk}/changes/?after={before}").json()["results"]
    assert [change["after"] for change in changes] == [{"name": "Dream"}]
    again = caller.put(f"maps/{journey.pk}/document/", document, seen=done["ETag"])
    assert again["ETag"] == done["ETag"]


def test_document_that_others_overtook(caller, journey):
    got = caller.get(f"maps/{journey.pk}/document/")
    assert caller.put(f"maps/{journey.pk}/document/", got.json(), seen=None).status_code == 428
    caller.post("stages/", {"map": journey.pk, "name": "Later"})
    late = caller.put(f"maps/{journey.pk}/document/", got.json(), seen=got["ETag"])
    revision = Map.objects.get(pk=journey.pk).revision
    assert (late.status_code, late.json()["version"], late["ETag"]) == (412, revision, f'"{revision}"')
    assert caller.get(f"maps/{journey.pk}/document/", **{"If-None-Match": got["ETag"]}).status_code == 200


def test_document_that_did_not_change(caller, journey):
    tag = caller.get(f"maps/{journey.pk}/document/")["ETag"]
    assert caller.get(f"maps/{journey.pk}/document/", **{"If-None-Match": tag}).status_code == 304


def broken(document: dict, kind: str) -> dict:
    if kind == "$.title":
        del document["title"]
    elif kind == "$.stages[0].name":
        document["stages"][0]["name"] = 5
    elif kind == "$.owner":
        document["owner"] = "nobody@here.example"
    elif kind == "$.surprise":
        document["surprise"] = 1
    return document


@pytest.mark.parametrize("path", ["$.title", "$.stages[0].name", "$.owner", "$.surprise"])
def test_document_refused_at_its_json_path(caller, journey, path):
    document = caller.get(f"maps/{journey.pk}/document/").json()
    wrong = broken(json.loads(json.dumps(document)), path)
    for answer in [caller.put(f"maps/{journey.pk}/document/", wrong), caller.post("maps/import/", wrong)]:
        assert answer.status_code == 400
        assert errors_of(answer).keys() == {path}
    assert caller.get(f"maps/{journey.pk}/document/").json() == document
    assert Map.objects.count() == 1


@pytest.mark.parametrize("body", [[], "text", 5, {}, {"format": "other"}])
def test_document_of_another_shape(caller, journey, body):
    for answer in [caller.put(f"maps/{journey.pk}/document/", body), caller.post("maps/import/", body)]:
        assert answer.status_code == 400
        assert errors_of(answer)


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"{", 400),
        (b"\xff", 400),
        (b"[" * 100_000, 400),
        (b'{"title": NaN}', 400),
        (b'{"title": "a", "title": "b"}', 400),
        (b'{"title": "\\ud800"}', 400),
        (b" " * (5 * 1024 * 1024 + 1), 413),
    ],
)
def test_document_that_is_no_json(caller, journey, raw, status):
    for method, path in [("PUT", f"maps/{journey.pk}/document/"), ("POST", "maps/import/")]:
        answer = caller.send(method, path, raw=raw, seen="*")
        assert answer.status_code == status
        assert answer["Content-Type"] == "application/problem+json"


def test_document_of_strangers_is_not_found(cast, caller):
    foreign = make_map(cast.stranger)
    assert caller.get(f"maps/{foreign.pk}/document/").status_code == 404
    assert caller.put(f"maps/{foreign.pk}/document/", {}).status_code == 404


def test_document_is_read_by_a_viewer_and_not_written(cast, caller, journey):
    viewer = program(cast.workspace, Role.VIEWER)
    document = viewer.get(f"maps/{journey.pk}/document/").json()
    assert viewer.put(f"maps/{journey.pk}/document/", document).status_code == 403
    assert viewer.post("maps/import/", document).status_code == 403
