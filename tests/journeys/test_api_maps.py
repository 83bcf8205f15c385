import pytest

from journeys.models import Map
from teams.enums import Role
from tests.api import errors_of, program
from tests.factories import make_map, make_persona, make_scenario

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(cast):
    return program(cast.workspace, Role.ADMIN)


def test_map_is_created_changed_and_removed(cast, caller):
    ana, bo = make_persona(cast.workspace, "Zoe"), make_persona(cast.workspace, "Ana")
    scenario = make_scenario(ana)
    goal = make_map(cast.owner, kind="to-be")
    body = {
        "title": "A car buyer",
        "description": "From the advertisement to years of driving.",
        "kind": "as-is",
        "status": "live",
        "owner": cast.sales.pk,
        "personas": [ana.pk, bo.pk],
        "scenario": scenario.pk,
        "to_be": goal.pk,
    }
    added = caller.post("maps/", body)
    assert added.status_code == 201
    answer = added.json()
    assert {name: answer[name] for name in body} == body
    assert (answer["version"], answer["revision"]) == (1, 1)
    address = added["Location"].removeprefix("/api/v1/")
    change = {"title": "Buyer", "personas": [bo.pk], "scenario": None, "to_be": None}
    changed = caller.patch(address, change, seen=added["ETag"]).json()
    assert {name: changed[name] for name in change} == change
    assert (changed["version"], changed["revision"]) == (2, 2)
    assert caller.delete(address, seen='"2"').status_code == 204
    assert caller.get(address).status_code == 404
    assert answer["id"] not in [journey["id"] for journey in caller.get("maps/").json()["results"]]


def test_map_of_a_program_belongs_to_the_owner(cast, caller):
    assert caller.post("maps/", {"title": "Mine"}).json()["owner"] == cast.owner.pk


def test_map_starts_from_a_template(caller):
    journey = caller.post("maps/", {"title": "Five", "template": "five-stages", "kind": "to-be"})
    assert journey.status_code == 201
    stages = caller.get(f"stages/?map={journey.json()['id']}").json()["results"]
    assert len(stages) == 5
    assert journey.json()["kind"] == "to-be"


def test_map_starts_as_a_copy(cast, caller):
    source = make_map(cast.owner, title="Source")
    journey = caller.post("maps/", {"title": "Copy", "copy_of": source.pk})
    assert journey.status_code == 201
    assert journey.json()["title"] == "Copy"
    assert len(caller.get(f"lanes/?map={journey.json()['id']}").json()["results"]) == 2


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "title"),
        ({"title": " "}, "title"),
        ({"title": "a" * 161}, "title"),
        ({"title": "A", "kind": "was"}, "kind"),
        ({"title": "A", "status": 1}, "status"),
        ({"title": "A", "owner": None}, "owner"),
        ({"title": "A", "personas": [1, 2, 3, 4, 5, 6]}, "personas"),
        ({"title": "A", "template": "none"}, "template"),
        ({"title": "A", "template": "five-stages", "copy_of": 999_999}, "copy_of"),
        ({"title": "A", "revision": 7}, "revision"),
    ],
)
def test_map_refused(caller, body, field):
    answer = caller.post("maps/", body)
    assert answer.status_code == 400
    assert errors_of(answer).keys() == {field}
    assert not Map.objects.exists()


def test_what_strangers_own_is_refused(cast, caller):
    persona = make_persona(cast.elsewhere)
    foreign = {
        "owner": cast.stranger.pk,
        "personas": [persona.pk],
        "scenario": make_scenario(persona).pk,
        "to_be": make_map(cast.stranger).pk,
        "copy_of": make_map(cast.stranger).pk,
    }
    answer = caller.post("maps/", {"title": "A"} | foreign)
    assert errors_of(answer).keys() == {"owner", "personas.0", "scenario", "to_be", "copy_of"}
    assert not Map.objects.filter(workspace=cast.workspace).exists()


def test_maps_filtered(cast, caller):
    persona = make_persona(cast.workspace)
    first = make_map(cast.owner, title="Buying a car", personas=[persona], status="live")
    second = make_map(cast.sales, title="Visiting the store", kind="to-be")
    make_map(cast.stranger, title="Buying elsewhere")

    def found(query: str) -> list[int]:
        return [journey["id"] for journey in caller.get(f"maps/?{query}").json()["results"]]

    assert found("") == [first.pk, second.pk]
    assert found("status=live") == [first.pk]
    assert found("kind=to-be") == [second.pk]
    assert found(f"owner={cast.sales.pk}") == [second.pk]
    assert found(f"persona={persona.pk}") == [first.pk]
    assert found("q=buy") == [first.pk]
    assert found("q=nothing") == []


@pytest.mark.parametrize(
    "query", ["status=dead", "status=", "owner=", "kind=x", "owner=me", "persona=-1", "q=%00", "stage=1"]
)
def test_maps_filtered_by_nonsense(caller, query):
    assert errors_of(caller.get(f"maps/?{query}")).keys() == {query.split("=")[0]}


def test_editor_changes_own_maps_only(cast, client_of):
    own, other = make_map(cast.sales), make_map(cast.product)
    client = client_of(cast.sales)

    def rename(journey) -> int:
        options = {"content_type": "application/json", "headers": {"If-Match": "*"}}
        return client.patch(f"/api/v1/maps/{journey.pk}/", {"title": "New"}, **options).status_code

    assert (rename(own), rename(other)) == (200, 403)


def test_revision_changes_the_etag_and_not_what_a_write_is_held_against(cast, caller):
    journey = make_map(cast.owner)
    tag = caller.get(f"maps/{journey.pk}/")["ETag"]
    caller.post("stages/", {"map": journey.pk, "name": "Later"})
    assert caller.get(f"maps/{journey.pk}/", **{"If-None-Match": tag}).status_code == 200
    assert caller.patch(f"maps/{journey.pk}/", {"title": "New"}, seen=tag).status_code == 200


def test_list_asks_as_much_of_the_database_for_many(cast, caller, django_assert_num_queries):
    persona = make_persona(cast.workspace)
    for _ in range(6):
        make_map(cast.owner, personas=[persona], stages=(), lanes=())
    with django_assert_num_queries(3):  # the key, the maps, their personas
        caller.get("maps/")
