"""Personas, scenarios and channels."""

import pytest

from journeys.models import Channel, Persona
from teams.enums import Role
from tests.api import errors_of, program
from tests.factories import make_channel, make_map, make_persona, make_scenario

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(cast):
    return program(cast.workspace, Role.ADMIN)


def test_persona_is_written_changed_and_removed(caller):
    body = {"name": "Ana", "summary": "Buys once in ten years.", "goals": ["A safe car", "No regrets"], "color": "teal"}
    added = caller.post("personas/", body)
    assert added.status_code == 201
    assert {name: added.json()[name] for name in body} == body
    assert added.json()["needs"] == []
    address = added["Location"].removeprefix("/api/v1/")
    changed = caller.patch(address, {"goals": [], "needs": ["Time"]}, seen=added["ETag"]).json()
    assert (changed["goals"], changed["needs"], changed["version"]) == ([], ["Time"], 2)
    assert caller.delete(address, seen='"2"').status_code == 204
    assert caller.get("personas/").json()["results"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "ana"}, "name"),
        ({"name": "B", "goals": "A car"}, "goals"),
        ({"name": "B", "goals": ["A", None]}, "goals.1"),
        ({"name": "B", "goals": ["A\nB"]}, "goals.0"),
        ({"name": "B", "goals": ["a" * 900] * 5}, "goals"),
        ({"name": "B", "goals": ["a"] * 101}, "goals"),
        ({"name": "B", "goals": ["a" * 1001]}, "goals.0"),
        ({"name": "B", "color": "#fff"}, "color"),
        ({"name": "B", "picture": "x"}, "picture"),
    ],
)
def test_persona_refused(cast, caller, body, field):
    make_persona(cast.workspace, "Ana")
    answer = caller.post("personas/", body)
    assert answer.status_code == 400
    assert errors_of(answer).keys() == {field}
    assert Persona.objects.count() == 1


def test_persona_has_as_many_lines_as_may_be(caller):
    """A hundred, however long they are together."""
    goals = [f"Goal number {number}" for number in range(100)]
    added = caller.post("personas/", {"name": "Ana", "goals": goals})
    assert (added.status_code, added.json()["goals"]) == (201, goals)


def test_persona_in_use_stays(cast, caller):
    persona = make_persona(cast.workspace)
    make_map(cast.owner, personas=[persona])
    assert caller.delete(f"personas/{persona.pk}/").status_code == 400


def test_personas_found(cast, caller):
    for name in ["Ana", "Bo"]:
        caller.post("personas/", {"name": name, "summary": "Drives daily" if name == "Bo" else ""})
    make_persona(cast.elsewhere, "Drives elsewhere")
    assert [persona["name"] for persona in caller.get("personas/?q=driv").json()["results"]] == ["Bo"]


def test_scenario_is_written_changed_and_deleted(cast, caller):
    persona = make_persona(cast.workspace)
    added = caller.post("scenarios/", {"persona": persona.pk, "name": "Switching"})
    assert added.status_code == 201
    address = added["Location"].removeprefix("/api/v1/")
    assert caller.get(address).json() == {
        "id": added.json()["id"],
        "persona": persona.pk,
        "name": "Switching",
        "description": "",
        "version": 1,
    }
    assert caller.patch(address, {"description": "Her old one broke."}, seen=added["ETag"]).json()["version"] == 2
    assert errors_of(caller.patch(address, {"persona": persona.pk})).keys() == {"persona"}
    assert caller.delete(address).status_code == 204


def test_scenarios_of_a_persona(cast, caller):
    scenario = make_scenario(make_persona(cast.workspace))
    make_scenario(make_persona(cast.workspace))
    foreign = make_scenario(make_persona(cast.elsewhere))
    results = caller.get(f"scenarios/?persona={scenario.persona_id}").json()["results"]
    assert [entry["id"] for entry in results] == [scenario.pk]
    assert caller.get(f"scenarios/?persona={foreign.persona_id}").json()["results"] == []


def test_scenario_refused(cast, caller):
    scenario, foreign = make_scenario(make_persona(cast.workspace), "Switching"), make_persona(cast.elsewhere)
    twin = {"persona": scenario.persona_id, "name": "switching"}
    assert errors_of(caller.post("scenarios/", twin)).keys() == {"name"}
    assert errors_of(caller.post("scenarios/", {"persona": foreign.pk, "name": "A"})).keys() == {"persona"}


def test_channel_is_added_changed_and_deleted(caller):
    added = caller.post("channels/", {"name": "Fax", "form": "physical", "hold": "earned", "icon": "phone"})
    assert added.status_code == 201
    address = added["Location"].removeprefix("/api/v1/")
    assert caller.patch(address, {"form": "digital"}, seen=added["ETag"]).json()["form"] == "digital"
    assert caller.delete(address, seen='"2"').status_code == 204
    assert not Channel.objects.filter(name="Fax").exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [({"name": "chat"}, "name"), ({"name": "A", "icon": "skull"}, "icon"), ({"name": "A", "form": "gas"}, "form")],
)
def test_channel_refused(cast, caller, body, field):
    make_channel(cast.workspace, "Chat")
    assert errors_of(caller.post("channels/", body)).keys() == {field}


def test_channels_filtered(cast, caller):
    shop = make_channel(cast.workspace, form="physical")
    make_channel(cast.workspace, hold="earned")
    make_channel(cast.elsewhere, form="physical")
    assert [channel["id"] for channel in caller.get("channels/?form=physical").json()["results"]] == [shop.pk]


@pytest.mark.parametrize("noun", ["personas", "scenarios", "channels"])
def test_list_asks_as_much_of_the_database_for_many(cast, caller, noun, django_assert_num_queries):
    for _ in range(5):
        make_scenario(make_persona(cast.workspace))
        make_channel(cast.workspace)
    with django_assert_num_queries(2):  # the key, the objects
        caller.get(f"{noun}/")
