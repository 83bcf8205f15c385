"""Projections by API: kept, changed, versioned, locked, with their result."""

import pytest

from campaigns.services.projection_locks import lock_projection
from teams.enums import Role
from tests.api import errors_of, program
from tests.campaigns.projecting import document, linked, make_projection
from tests.factories import make_map, make_metric

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(cast):
    return program(cast.workspace, Role.ADMIN)


def body(cast, **changes):
    return {"title": "Spring", "owner": cast.marketing.pk, **document(), **changes}


def test_projection_is_made_read_and_found(cast, caller):
    journey = make_map(cast.marketing)
    made = caller.post("projections/", body(cast, map=journey.pk, stages=linked(journey)))
    assert made.status_code == 201, made.json()
    got = caller.get(made["Location"].removeprefix("/api/v1/")).json()
    assert got == made.json()
    assert (got["number"], got["locked"], got["start"], got["months"]) == (1, False, "2026-01", 3)
    assert got["stages"][0]["stage"] == journey.stages.all()[0].pk
    assert got["stages"][0]["rate"] == {"low": 0.1, "likely": 0.2, "high": 0.3}
    assert got["stages"][0]["sources"]["rate"]["kind"] == "assumed"
    assert got["scenarios"][0]["inputs"] == [
        {
            "key": got["inputs"][0]["key"],
            "channel": "Search",
            "times": 0.5,
            "sources": {"times": got["scenarios"][0]["inputs"][0]["sources"]["times"]},
            "volumes": None,
            "cost": None,
            "spend": None,
            "cost_per_visit": None,
        }
    ]
    assert [one["id"] for one in caller.get("projections/?q=spr&approved=false").json()["results"]] == [got["id"]]
    assert caller.get("projections/?approved=true").json()["results"] == []


def test_what_is_answered_can_be_sent_back(cast, caller):
    """A whole document goes round without a version of its own."""
    made = make_projection(cast.marketing)
    got = caller.get(f"projections/{made.pk}/").json()
    given = {
        name: got[name]
        for name in (
            "start",
            "months",
            "draws",
            "seed",
            "inputs",
            "stages",
            "value",
            "retention",
            "sources",
            "scenarios",
        )
    }
    answer = caller.patch(f"projections/{made.pk}/", given)
    assert answer.status_code == 200, answer.json()
    assert answer.json() == got


def test_change_makes_a_version_and_its_title_none(cast, caller):
    made = make_projection(cast.marketing)
    assert caller.patch(f"projections/{made.pk}/", {"title": "Autumn"}).json()["number"] == 1
    changed = caller.patch(f"projections/{made.pk}/", {"value": {"low": 90, "likely": 100, "high": 130}}).json()
    assert changed["number"] == 2
    assert changed["sources"]["value"]["of"] == "Program"
    versions = caller.get(f"projections/{made.pk}/versions/").json()["results"]
    assert [(one["number"], one["made_by"]) for one in versions] == [(2, "Program"), (1, "Marketing Editor")]


def test_renamed_stage_keeps_its_key_and_its_scenarios(cast, caller):
    made = make_projection(cast.marketing)
    stages = caller.get(f"projections/{made.pk}/").json()["stages"]
    renamed = [{**stages[0], "name": "Trial"}, stages[1]]
    got = caller.patch(f"projections/{made.pk}/", {"stages": renamed}).json()
    assert got["stages"][0]["key"] == stages[0]["key"]
    assert got["scenarios"][0]["stages"][0]["name"] == "Trial"


def test_other_months_stretch_what_is_not_given(cast, caller):
    made = make_projection(cast.marketing)
    got = caller.patch(f"projections/{made.pk}/", {"months": 5}).json()
    assert got["inputs"][0]["volumes"] == [1000, 1000, 1000, 1000, 1000]


def test_result_has_base_and_scenarios(cast, caller):
    made = make_projection(cast.marketing)
    got = caller.get(f"projections/{made.pk}/result/").json()
    base, cautious = got["scenarios"]
    assert (got["number"], base["name"], cautious["name"]) == (1, "", "Cautious")
    assert base["difference"] is None
    assert cautious["difference"]["customers"]["p50"] < 0
    assert base["stages"][0]["p50"][0] == pytest.approx(1200 * 0.2, rel=0.02)
    assert base["total"]["roi"]["p50"] > 0
    assert base["reason"] is None
    caller.patch(f"projections/{made.pk}/", {"value": 0})
    assert caller.get(f"projections/{made.pk}/result/?number=1").json() == got
    assert caller.get(f"projections/{made.pk}/result/?number=7").status_code == 404
    assert caller.get(f"projections/{made.pk}/result/?number=0").status_code == 400
    assert caller.get(f"projections/{made.pk}/result/?nummer=1").status_code == 400


def test_measured_source_is_found_out(cast, caller):
    metric = make_metric(cast.workspace, "Trial to paid")
    metric.readings.create(date="2026-01-31", value=0.25, n=400)
    stages = document()["stages"]
    stages[0]["sources"] = {"rate": {"kind": "measured", "metric": metric.pk, "of": "forged", "value": 0.9}}
    got = caller.post("projections/", body(cast, stages=stages)).json()
    assert got["stages"][0]["sources"]["rate"] == {
        "kind": "measured", "metric": metric.pk, "of": "Trial to paid", "at": "2026-01-31", "value": 0.25, "n": 400,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"start": "2026-13"}, "start"),
        ({"months": 37}, "months"),
        ({"months": 4}, "inputs.0.volumes"),
        ({"draws": 20_000}, "draws"),
        ({"value": -1}, "value"),
        ({"retention": 1.2}, "retention"),
        ({"stages": []}, "stages"),
        ({"stages": [{"name": "Try", "rate": 1.2}]}, "stages.0.rate"),
        ({"stages": [{"name": "Try", "rate": {"low": 0.3, "likely": 0.2, "high": 0.4}}]}, "stages.0.rate.low"),
        ({"stages": [{"name": "Try", "rate": 0.2, "stage": 999}], "scenarios": []}, "stages.0.stage"),
        ({"stages": [{"name": "Try"}]}, "stages.0.rate"),
        ({"stages": [{"name": "Try", "rate": 0.2, "sources": {"rate": {"kind": "measured"}}}], "scenarios": []},
         "stages.0.rate.source"),
        ({"stages": [{"name": "Try", "rate": 0.2, "sources": {"rate": {"kind": "experiment", "experiment": 1}}}],
          "scenarios": []}, "stages.0.rate.source"),
        ({"inputs": [{"channel": "Search", "volumes": [1, -1, 1]}]}, "inputs.0.volumes.1"),
        ({"inputs": [{"channel": "Search", "spend": [1, 1, 1]}], "scenarios": []}, "inputs.0.cost_per_visit"),
        ({"scenarios": [{"name": "Bold", "stages": [{"name": "Nowhere", "rate": 0.2}]}]}, "scenarios.0.stages.0.name"),
        ({"scenarios": [{"name": "Bold", "stages": [{"name": "Buy", "rate": 2}]}]}, "scenarios.0.stages.0.rate"),
        ({"scenarios": [{"name": "Bold"}, {"name": "bold"}]}, "scenarios.1.name"),
        ({"scenarios": [{"name": "Bold", "value": -2}]}, "scenarios.0.value"),
        ({"title": ""}, "title"),
        ({"owner": None}, "owner"),
        ({"colour": "red"}, "colour"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(cast, caller, changes, field):
    answer = caller.post("projections/", body(cast) | changes)
    assert answer.status_code == 400, answer.json()
    assert field in errors_of(answer)


def test_stranger_things_are_no_references(cast, caller):
    other = make_map(cast.stranger)
    answer = caller.post("projections/", body(cast, map=other.pk))
    assert "map" in errors_of(answer)
    answer = caller.post("projections/", body(cast, stages=linked(other), scenarios=[]))
    assert "stages.0.stage" in errors_of(answer)


def test_locked_projection_refuses_changes(cast, caller):
    made = make_projection(cast.marketing)
    lock_projection(by=cast.sales, projection=made)
    answer = caller.patch(f"projections/{made.pk}/", {"value": 1})
    assert answer.status_code == 400
    assert "Unlock it first" in answer.json()["detail"]
    assert caller.get(f"projections/{made.pk}/").json()["locked"] is True


def test_person_locks_by_api_and_a_program_does_not(cast, caller, client_of):
    made = make_projection(cast.marketing)
    assert caller.put(f"projections/{made.pk}/lock/", {"locked": True}).status_code == 403
    client = client_of(cast.sales)
    answer = client.put(
        f"/api/v1/projections/{made.pk}/lock/",
        {"locked": True},
        content_type="application/json",
        headers={"If-Match": "*"},
    )
    assert answer.json() == {"locked": True, "number": 1}
    assert caller.put(f"projections/{made.pk}/lock/", {"locked": False}).json() == {"locked": False, "number": 2}


def test_list_costs_the_same_whatever_its_length(cast, caller, django_assert_num_queries):
    make_projection(cast.marketing)
    caller.get("projections/")
    with django_assert_num_queries(3):
        caller.get("projections/")
    for _time in range(3):
        make_projection(cast.marketing)
    with django_assert_num_queries(3):
        caller.get("projections/")
