"""Maps as documents: what goes in comes out, or is refused with its place and reason."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from insights.models import Metric
from journeys.documents.check import check_document
from journeys.documents.copying import copy_document
from journeys.documents.create import create_from_document
from journeys.documents.export import export_document
from journeys.documents.problems import DocumentError
from journeys.documents.schema import schema
from journeys.enums import Grade, LaneKind, MapKind, MapStatus, PathKind, SourceKind, TeamPart
from journeys.models import Card, Change, Map, Persona, Scenario, Source, Stage
from teams.models import SearchWord
from teams.services import search
from tests.factories import make_key, make_map, make_persona
from tests.journeys.document_examples import PERSONAS, documents, example, furnish, texts

ANY = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
TABLES = [Map, Stage, Card, Source, Change, Persona, Scenario, SearchWord, Metric]


@pytest.fixture
def furnished(cast):
    furnish(cast.workspace)
    return cast


def rows() -> list[int]:
    return [table.objects.count() for table in TABLES]


def refused(by, document) -> list[tuple[str, str]]:
    """Places and reasons; asserts that nothing was written."""
    before = rows()
    with pytest.raises(DocumentError) as caught:
        create_from_document(by=by, document=document)
    assert rows() == before
    assert all(problem.reason for problem in caught.value.problems)
    return [(problem.path, problem.reason) for problem in caught.value.problems]


def test_example_round_trips(furnished):
    journey = create_from_document(by=furnished.owner, document=example())
    assert export_document(journey) == example()
    assert check_document(export_document(journey)) == []
    assert list(example()) == list(export_document(journey))


def test_created_map_has_one_change_and_is_found(furnished):
    journey = create_from_document(by=furnished.product, document=example())
    change = journey.changes.get()
    assert (change.verb, change.revision, change.actor, change.after) == ("created", 1, furnished.product, example())
    assert Map.objects.get(pk=journey.pk).revision == 1
    found = {kind: search.find(workspace_id=furnished.workspace.pk, kind=kind, text="look") for kind in ["map", "card"]}
    assert found == {"map": [journey.pk], "card": []}
    window = journey.cards.get(uid="window")
    assert search.find(workspace_id=furnished.workspace.pk, kind="card", text="window") == [window.pk]


def test_map_made_through_the_services_round_trips(furnished):
    journey = make_map(furnished.owner)
    document = export_document(journey)
    assert export_document(create_from_document(by=furnished.sales, document=document)) == document


@given(document=documents())
@ANY
def test_any_document_is_imported_and_its_export_is_equal(furnished, document):
    assert check_document(document) == []
    Draft202012Validator(schema()).validate(document)
    journey = create_from_document(by=furnished.owner, document=document)
    assert export_document(journey) == document
    assert json.loads(json.dumps(export_document(journey))) == document


@given(name=texts(80), scenario=texts(120))
@ANY
def test_new_persona_is_created_or_refused_whole(furnished, name, scenario):
    document = example() | {"personas": [name], "scenario": scenario, "cards": {}}
    before = rows()
    try:
        journey = create_from_document(by=furnished.owner, document=document)
    except DocumentError as refused:
        paths = [problem.path for problem in refused.problems]
        assert rows() == before
        assert all(path.startswith("$.") for path in paths)
    else:
        assert export_document(journey) == document


def test_missing_personas_need_the_right_to_write_personas(furnished):
    document = example() | {"personas": ["Nobody yet", "Anna", "Бойко"], "scenario": "Switching"}
    with pytest.raises(PermissionDenied):
        create_from_document(by=furnished.viewer, document=document)
    journey = create_from_document(by=furnished.sales, document=document)
    assert list(journey.personas.order_by("map_personas").values_list("name", flat=True)) == [
        "Nobody yet",
        "Anna",
        "Бойко",
    ]
    assert search.find(workspace_id=furnished.workspace.pk, kind="persona", text="nobody") != []


def test_persona_of_the_same_name_elsewhere_is_not_touched(furnished):
    make_persona(furnished.elsewhere, "Only there")
    document = example() | {"personas": ["Only there", "Anna", "Бойко"]}
    journey = create_from_document(by=furnished.owner, document=document)
    assert set(journey.personas.values_list("workspace", flat=True)) == {furnished.workspace.pk}


def test_persona_in_other_letters_is_refused(furnished):
    document = example() | {"personas": ["anna"], "cards": {}}
    assert refused(furnished.owner, document) == [("$.personas[0]", "There is already a persona with this name.")]


def test_key_imports(furnished):
    key = make_key(furnished.workspace)
    journey = create_from_document(by=key, document=example())
    assert (journey.created_by_key, journey.changes.get().key) == (key, key)


def test_owner_given_takes_the_place_of_the_documents(furnished):
    document = example() | {"owner": "nobody@here.example"}
    journey = create_from_document(by=furnished.sales, document=document, owner=furnished.sales)
    assert export_document(journey) == example() | {"owner": "sales@here.example"}


def test_template_is_not_found_by_search(furnished):
    journey = create_from_document(by=furnished.owner, document=example(), as_template=True)
    assert journey.is_template
    assert search.find(workspace_id=furnished.workspace.pk, kind="card", text="window") == []


def test_copy_is_a_draft_with_its_own_title_and_owner(furnished):
    document = copy_document(example(), title="Mine", owner_email="sales@here.example")
    assert document == example() | {"title": "Mine", "owner": "sales@here.example", "status": "draft"}
    document["stages"][0]["name"] = "Other"
    assert example()["stages"][0]["name"] == "Looking"


def test_viewer_may_not_import(furnished):
    with pytest.raises(PermissionDenied):
        create_from_document(by=furnished.viewer, document=example())


UNKNOWN = [
    ("owner", "stranger@elsewhere.example", "$.owner"),
    ("stages.0.team", "Nobody's", "$.stages[0].team"),
    ("stages.0.person", "stranger@elsewhere.example", "$.stages[0].person"),
    ("stages.0.metric", "None", "$.stages[0].metric"),
    ("stages.0.teams", {"Else's": "informed"}, "$.stages[0].teams['Else\\'s']"),
    ("cards.look.touch.0.channel", "Pigeon", "$.cards.look.touch[0].channel"),
    ("cards.look.touch.0.moment.person", "a@b.example", "$.cards.look.touch[0].moment.person"),
    ("cards.look.touch.0.moment.metric", "activation rate", "$.cards.look.touch[0].moment.metric"),
]


def put(document: dict, place: str, value) -> dict:
    *steps, last = [int(step) if step.isdigit() else step for step in place.split(".")]
    target = document
    for step in steps:
        target = target[step]
    target[last] = value
    return document


@pytest.mark.parametrize(("place", "value", "path"), UNKNOWN)
def test_unknown_name_is_refused_with_its_path(furnished, place, value, path):
    assert [where for where, _why in refused(furnished.owner, put(example(), place, value))] == [path]


def test_all_unknown_names_are_listed_at_once(furnished):
    document = example()
    for place, value, _path in UNKNOWN:
        put(document, place, value)
    assert [path for path, _reason in refused(furnished.owner, document)] == [path for _place, _value, path in UNKNOWN]


def test_export_takes_the_same_number_of_queries_for_any_map(furnished, django_assert_num_queries):
    small, large = make_map(furnished.owner), create_from_document(by=furnished.owner, document=example())
    for journey, number in [(small, 7), (large, 12)]:
        with django_assert_num_queries(number):
            export_document(journey)
    document = example()
    document["cards"]["try"] = {
        "touch": [
            {
                "id": f"c{number}",
                "title": "Card",
                "evidence": "assumed",
                "emotions": {"Anna": {"level": 1}},
                "sources": [{"kind": "crm"}],
            }
            for number in range(100)
        ]
    }
    huge = create_from_document(by=furnished.owner, document=document)
    with django_assert_num_queries(12):
        export_document(huge)


def test_import_takes_the_same_number_of_queries_for_any_number_of_cards(furnished, django_assert_max_num_queries):
    document = example()
    document["cards"]["try"] = {
        "touch": [{"id": f"c{number}", "title": f"Card {number}", "evidence": "assumed"} for number in range(90)]
    }
    with django_assert_max_num_queries(60):
        create_from_document(by=furnished.owner, document=document)


def test_schema_is_valid_and_describes_every_property():
    Draft202012Validator.check_schema(schema())
    definitions = [schema(), *schema()["$defs"].values()]
    for definition in definitions:
        for name, prop in definition.get("properties", {}).items():
            described = prop if "title" in prop else schema()["$defs"][prop["$ref"].rsplit("/", 1)[1]]
            assert described["title"], name
            assert described["description"], name
        if definition.get("type") == "object":
            assert definition["additionalProperties"] is False


def test_schema_lists_what_the_models_know():
    properties, defs = schema()["properties"], schema()["$defs"]
    assert properties["kind"]["enum"] == MapKind.values
    assert properties["status"]["enum"] == MapStatus.values
    assert defs["lane"]["properties"]["kind"]["enum"] == LaneKind.values
    assert defs["card"]["properties"]["evidence"]["enum"] == Grade.values
    assert defs["source"]["properties"]["kind"]["enum"] == SourceKind.values
    assert defs["path"]["properties"]["kind"]["enum"] == PathKind.values
    assert defs["stage"]["properties"]["teams"]["additionalProperties"]["enum"] == TeamPart.values


def test_strategy_names_what_was_furnished(furnished):
    assert set(Persona.objects.filter(workspace=furnished.workspace).values_list("name", flat=True)) == set(PERSONAS)
