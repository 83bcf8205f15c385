"""Stages, lanes and paths: the frame that cards stand in."""

import pytest

from journeys.models import Lane, Path, Stage
from journeys.services.starts import save_template
from teams.enums import Role
from tests.api import errors_of, program
from tests.factories import make_map, make_metric, make_path, stage_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(cast):
    return program(cast.workspace, Role.ADMIN)


@pytest.fixture
def journey(cast):
    return make_map(cast.owner, stages=("Try", "Buy", "Keep"), lanes=("actions", "emotion", "pains"))


def names(caller, noun: str, journey) -> list[str]:
    results = caller.get(f"{noun}/?map={journey.pk}").json()["results"]
    return [part["name"] for part in sorted(results, key=lambda part: part["position"])]


def test_stage_is_added_with_its_owners(cast, caller, journey):
    sales, product, success = (cast.workspace.teams.get(name=name) for name in ["Sales", "Product", "Success"])
    body = {
        "map": journey.pk,
        "position": 1,
        "name": "Compare",
        "description": "They read and ask.",
        "questions": ["Which price?", "Which color?"],
        "example_channels": ["Forum"],
        "accountable_team": sales.pk,
        "accountable_person": cast.sales.pk,
        "responsible": [product.pk],
        "consulted": [success.pk],
        "informed": [],
        "metric": make_metric(cast.workspace).pk,
    }
    added = caller.post("stages/", body)
    assert added.status_code == 201
    assert {name: added.json()[name] for name in body} == body
    assert names(caller, "stages", journey) == ["Try", "Compare", "Buy", "Keep"]
    change = {"responsible": [], "informed": [product.pk]}
    changed = caller.patch(f"stages/{added.json()['id']}/", change, seen=added["ETag"]).json()
    assert (changed["responsible"], changed["consulted"], changed["informed"]) == ([], [success.pk], [product.pk])


def test_team_has_one_part_in_a_stage(cast, caller, journey):
    team = cast.workspace.teams.first()
    stage = stage_of(journey)
    both = caller.patch(f"stages/{stage.pk}/", {"responsible": [team.pk], "informed": [team.pk]})
    assert errors_of(both).keys() == {"informed"}
    accountable = caller.patch(f"stages/{stage.pk}/", {"accountable_team": team.pk, "responsible": [team.pk]})
    assert errors_of(accountable).keys() == {"responsible"}


def test_stage_is_edited_and_moved_at_once(caller, journey):
    stage = stage_of(journey)
    answer = caller.patch(f"stages/{stage.pk}/", {"name": "Enjoy", "position": 2}, seen='"1"')
    assert answer.json()["position"] == 2
    assert names(caller, "stages", journey) == ["Buy", "Keep", "Enjoy"]


def test_stage_is_neither_edited_nor_moved_when_one_is_refused(cast, journey):
    sales = cast.workspace.teams.get(name="Sales")
    stage = stage_of(journey)
    Stage.objects.filter(pk=stage.pk).update(accountable_team=sales)
    caller = program(cast.workspace, Role.EDITOR, teams=[sales])
    assert caller.patch(f"stages/{stage.pk}/", {"name": "Enjoy", "position": 2}).status_code == 403
    stage.refresh_from_db()
    assert (stage.name, stage.position) == ("Try", 0)
    assert caller.patch(f"stages/{stage.pk}/", {"name": "Enjoy"}).status_code == 200


def test_stage_deleted(caller, journey):
    stage = stage_of(journey)
    assert caller.delete(f"stages/{stage.pk}/", seen='"7"').status_code == 412
    assert caller.delete(f"stages/{stage.pk}/", seen='"1"').status_code == 204
    assert names(caller, "stages", journey) == ["Buy", "Keep"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a" * 81}, "name"),
        ({"position": -1}, "position"),
        ({"position": 10**20}, "position"),
        ({"questions": "Why?"}, "questions"),
        ({"questions": ["Why?", 5]}, "questions.1"),
        ({"questions": ["a" * 201]}, "questions.0"),
        ({"questions": ["Why?"] * 21}, "questions"),
        ({"accountable_team": 0}, "accountable_team"),
        ({"responsible": [0]}, "responsible.0"),
        ({"metric": "1"}, "metric"),
        ({"uid": "a"}, "uid"),
        ({"map": 1}, "map"),
    ],
)
def test_stage_refused(caller, journey, change, field):
    stage = stage_of(journey)
    answer = caller.patch(f"stages/{stage.pk}/", change)
    assert answer.status_code == 400
    assert errors_of(answer).keys() == {field}


def test_stage_of_what_strangers_own_is_refused(cast, caller, journey):
    foreign = {
        "accountable_team": cast.elsewhere.teams.first().pk,
        "accountable_person": cast.stranger.pk,
        "metric": make_metric(cast.elsewhere).pk,
        "consulted": [cast.elsewhere.teams.first().pk],
    }
    answer = caller.post("stages/", {"map": make_map(cast.stranger).pk, "name": "A"} | foreign)
    assert errors_of(answer).keys() == {*foreign, "map", "consulted.0"} - {"consulted"}


def test_lane_is_added_renamed_moved_and_deleted(caller, journey):
    added = caller.post("lanes/", {"map": journey.pk, "kind": "opportunities", "position": 0})
    assert added.status_code == 201
    assert added.json()["name"] == "Opportunities"
    lane = f"lanes/{added.json()['id']}/"
    changed = caller.patch(lane, {"name": "Chances", "position": 1}, seen=added["ETag"])
    assert (changed.json()["name"], changed.json()["position"]) == ("Chances", 1)
    assert caller.delete(lane, seen=changed["ETag"]).status_code == 204
    assert Lane.objects.filter(map=journey).count() == 3


@pytest.mark.parametrize(
    ("body", "field"), [({"kind": "smells"}, "kind"), ({"name": "a" * 61}, "name"), ({"map": 0}, "map")]
)
def test_lane_refused(caller, journey, body, field):
    answer = caller.post("lanes/", {"map": journey.pk, "name": "A"} | body)
    assert errors_of(answer).keys() == {field}


def test_path_is_added_changed_and_deleted(caller, journey):
    first, second, third = journey.stages.all()
    added = caller.post("paths/", {"source": first.pk, "target": third.pk, "share": 0.2, "label": "In a hurry"})
    assert added.status_code == 201
    assert added.json() == {
        "id": added.json()["id"],
        "uid": added.json()["uid"],
        "map": journey.pk,
        "source": first.pk,
        "target": third.pk,
        "kind": "skip",
        "share": 0.2,
        "label": "In a hurry",
        "version": 1,
    }
    path = f"paths/{added.json()['id']}/"
    changed = caller.patch(path, {"target": second.pk, "kind": "forward", "share": None}, seen=added["ETag"])
    assert (changed.json()["kind"], changed.json()["share"]) == ("forward", None)
    assert caller.delete(path, seen=changed["ETag"]).status_code == 204
    assert not Path.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"share": 1.1}, "share"),
        ({"share": -0.1}, "share"),
        ({"share": "half"}, "share"),
        ({"kind": "back"}, "kind"),
        ({"kind": "jump"}, "kind"),
        ({"target": 0}, "target"),
        ({"label": "a" * 81}, "label"),
    ],
)
def test_path_refused(caller, journey, change, field):
    body = {"source": stage_of(journey).pk, "target": stage_of(journey, 1).pk} | change
    answer = caller.post("paths/", body)
    assert answer.status_code == 400
    assert errors_of(answer).keys() == {field}


def test_path_stays_within_a_map(cast, caller, journey):
    other = make_map(cast.owner)
    body = {"source": stage_of(journey).pk, "target": stage_of(other, 1).pk}
    assert errors_of(caller.post("paths/", body)).keys() == {"target"}
    assert errors_of(caller.post("paths/", body | {"map": other.pk})).keys() == {"source"}


def test_parts_of_templates_and_removed_maps_are_not_found(cast, caller, journey):
    path = make_path(cast.owner, journey)
    addresses = [f"stages/{stage_of(journey).pk}/", f"lanes/{journey.lanes.first().pk}/", f"paths/{path.pk}/"]
    assert [caller.get(address).status_code for address in addresses] == [200, 200, 200]
    caller.delete(f"maps/{journey.pk}/")
    assert [caller.get(address).status_code for address in addresses] == [404, 404, 404]


def test_nothing_is_added_to_templates(cast, caller, journey):
    template = save_template(by=cast.owner, source=journey, title="Ours")
    first, second, _third = template.stages.all()
    answers = [
        (caller.post("stages/", {"map": template.pk, "name": "A"}), {"map"}),
        (caller.post("lanes/", {"map": template.pk, "name": "A"}), {"map"}),
        (caller.post("paths/", {"source": first.pk, "target": second.pk}), {"source", "target"}),
        (
            caller.post("cards/", {"stage": first.pk, "lane": template.lanes.first().pk, "title": "A"}),
            {"stage", "lane"},
        ),
    ]
    assert [errors_of(answer).keys() for answer, _fields in answers] == [fields for _answer, fields in answers]
    assert caller.get(f"stages/?map={template.pk}").json()["results"] == []


@pytest.mark.parametrize(("noun", "queries"), [("stages", 3), ("lanes", 2), ("paths", 2)])
def test_list_asks_as_much_of_the_database_for_many(cast, caller, journey, django_assert_num_queries, noun, queries):
    make_path(cast.owner, journey)
    with django_assert_num_queries(queries):  # the key, the parts with their maps; the teams of stages
        caller.get(f"{noun}/")
    make_path(cast.owner, make_map(cast.owner))
    with django_assert_num_queries(queries):
        assert len(caller.get(f"{noun}/").json()["results"]) > 1
