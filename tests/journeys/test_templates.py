import itertools

import pytest

from journeys.content.channels import CHANNELS
from journeys.content.templates import LANE_KINDS, TEMPLATES, template_document
from journeys.documents.check import check_document
from journeys.documents.create import create_from_document
from journeys.documents.export import export_document
from journeys.enums import PathKind
from tests.factories import make_persona, make_scenario

EVERY = sorted(TEMPLATES)


def document(slug: str, **fields) -> dict:
    return template_document(slug, title="A new map", owner_email="owner@here.example", **fields)


def test_templates_are_those_of_the_product_page():
    assert {slug: [str(stage.name) for stage in template.stages] for slug, template in TEMPLATES.items()} == {
        "five-stages": ["Awareness", "Consideration", "Purchase", "Retention", "Advocacy"],
        "six-stages": ["Awareness", "Consideration", "Decision", "Purchase", "Retention", "Advocacy"],
        "four-digital": ["Awareness", "Consideration", "Decision", "Retention"],
        "eight-omnichannel": [
            "Search for information",
            "Comparing offers",
            "Decision",
            "Receiving the offer",
            "Evaluation",
            "Customer service",
            "Loyalty",
            "Recommendation",
        ],
        "three-buyer": ["Recognition of need", "Consideration", "Decision"],
        "funnel-thirds": ["Top: a problem noticed", "Middle: comparing", "Bottom: customers"],
        "lifecycle-acquisition": [
            "Unknown visitor",
            "Known contact",
            "Unqualified lead",
            "Qualified lead",
            "Customer",
        ],
        "lifecycle-nurture": ["Not converting", "Added to nurture", "Engaged and scored", "Handed back to sales"],
        "lifecycle-growth": ["Welcome", "Activated", "Expanding", "Referring"],
    }


@pytest.mark.parametrize("slug", EVERY)
def test_template_gives_a_document_that_fits_schema_and_rules(slug):
    assert check_document(document(slug)) == []


@pytest.mark.parametrize("slug", EVERY)
def test_template_is_imported_and_exported_equal(slug, cast):
    given = document(slug)
    assert export_document(create_from_document(by=cast.owner, document=given)) == given


def test_template_document_for_personas_is_imported_and_exported_equal(cast):
    persona = make_persona(cast.workspace, name="Team lead")
    make_scenario(persona, name="Buying for twenty")
    given = document("five-stages", kind="to-be", personas=["Team lead"], scenario="Buying for twenty")
    assert (given["kind"], given["personas"], given["scenario"]) == ("to-be", ["Team lead"], "Buying for twenty")
    assert export_document(create_from_document(by=cast.owner, document=given)) == given


@pytest.mark.parametrize("slug", EVERY)
def test_template_stages_say_what_happens_and_ask(slug):
    for stage in document(slug)["stages"]:
        assert len(stage["description"]) > 40
        assert len(set(stage["questions"])) >= 3
        assert all(question.endswith("?") for question in stage["questions"])


@pytest.mark.parametrize("slug", EVERY)
def test_template_channels_are_those_of_a_new_workspace(slug):
    names = {channel.name for channel in CHANNELS}
    for stage in document(slug)["stages"]:
        assert len(stage["example_channels"]) >= 3
        assert set(stage["example_channels"]) <= names


@pytest.mark.parametrize("slug", EVERY)
def test_template_paths_lead_ahead_and_back_from_the_last_stage(slug):
    given = document(slug)
    stages = [stage["id"] for stage in given["stages"]]
    ways = {(path["from"], path["to"], path["kind"]) for path in given["paths"].values()}
    ahead = {(one, following, PathKind.FORWARD) for one, following in itertools.pairwise(stages)}
    assert ahead | {(stages[-1], stages[0], PathKind.RETURN)} <= ways
    assert {kind for _source, _target, kind in ways} >= {PathKind.SKIP, PathKind.BACK, PathKind.PAUSE}


def test_template_lanes_are_the_eight_usual_ones():
    assert [lane["kind"] for lane in document("five-stages")["lanes"]] == [kind.value for kind in LANE_KINDS]
    assert len(set(LANE_KINDS)) == 8


def test_template_document_of_an_unknown_slug():
    with pytest.raises(KeyError):
        document("nine-stages")
