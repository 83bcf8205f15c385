"""Search over everything that registers as findable: maps, experiments, cards, personas and metrics."""

import pytest

from experiments.services.experiments import edit_experiment, remove_experiment
from insights.services.metrics import create_metric, remove_metric
from journeys.models import Map
from journeys.services.cards import delete_card, edit_card
from journeys.services.maps import remove_map
from journeys.services.personas import create_persona, remove_persona
from journeys.services.starts import save_template
from tests.experiments.made import make_idea
from tests.factories import make_card, make_map, make_member, make_metric
from tests.journeys.pages import HTMX, TEXTS

SEARCH = "/w/here/search/"


@pytest.fixture
def keeper(cast):
    """An editor without a team."""
    return make_member(cast.workspace, name="Kim Keeper")


@pytest.fixture
def things(cast, keeper):
    """One thing of each kind with the word “parcel”."""
    journey = make_map(keeper, title="Late parcel")
    card = make_card(keeper, journey, title="Asks where it is", body="The parcel is late")
    persona = create_persona(by=cast.marketing, name="Piet Parcel", summary="Waits at home")
    metric = create_metric(by=cast.product, name="Parcels in time", kind="share")
    experiment = make_idea(
        cast.product, journey=journey, title="Date first", because="Nobody knows when the parcel comes", metric=metric
    )
    return {"map": journey, "card": card, "persona": persona, "metric": metric, "experiment": experiment}


def found(client, text: str) -> list[tuple[str, str]]:
    page = client.get(SEARCH, {"q": text})
    assert page.status_code == 200
    return [(one.kind.name, hit.title) for one in page.context["found"] for hit in one.hits]


def test_everything_is_found_by_beginnings_of_words(client_of, cast, things):
    client = client_of(cast.viewer)

    assert found(client, "parc") == [
        ("map", "Late parcel"),
        ("experiment", "Date first"),
        ("card", "Asks where it is"),
        ("persona", "Piet Parcel"),
        ("metric", "Parcels in time"),
    ]
    assert found(client, "PARCEL late") == [("map", "Late parcel"), ("card", "Asks where it is")]
    assert found(client, "arcel") == found(client, "") == found(client, "  ") == found(client, "-") == []


def test_hits_lead_to_their_things(client_of, cast, things):
    client = client_of(cast.viewer)
    page = client.get(SEARCH, {"q": "parcel"})

    hits = {one.kind.name: one.hits[0] for one in page.context["found"]}
    assert hits.keys() == things.keys()
    for hit in hits.values():
        assert client.get(hit.href).status_code == 200
        assert f'href="{hit.href}"' in page.text
    assert "Late parcel · Try" in page.text
    assert "Asks where it is" in client.get(hits["card"].href).context["panel"]
    assert 'placeholder="Maps, Experiments, Campaigns, Messages, Cards, Personas, Metrics, Projections"' in page.text


def test_words_follow_edits_and_leave_with_their_things(client_of, cast, things, keeper):
    client = client_of(cast.viewer)
    edit_card(by=keeper, card=things["card"], seen=None, body="", title="Where is my box?")
    edit_experiment(by=cast.product, experiment=things["experiment"], because="Nobody knows when the box comes")
    assert found(client, "box") == [("experiment", "Date first"), ("card", "Where is my box?")]
    assert {kind for kind, _title in found(client, "parcel")} == {"map", "persona", "metric"}
    delete_card(by=keeper, card=things["card"], seen=None)
    remove_experiment(by=cast.product, experiment=things["experiment"])
    remove_persona(by=cast.marketing, persona=things["persona"])
    remove_map(by=keeper, map=things["map"], seen=None)
    remove_metric(by=cast.product, metric=make_metric(cast.workspace, "Boxes"))

    assert found(client, "box") == []
    assert found(client, "parcel") == [("metric", "Parcels in time")]


def test_cards_of_removed_maps_and_of_templates_are_not_found(client_of, cast, things, keeper):
    save_template(by=keeper, source=things["map"], title="Parcel template")
    remove_map(by=keeper, map=things["map"], seen=None)

    kinds = {kind for kind, _title in found(client_of(cast.viewer), "parcel")}
    assert kinds == {"experiment", "persona", "metric"}
    assert Map.objects.filter(is_template=True).count() == 1


def test_nothing_of_another_workspace_is_found(client_of, cast, things):
    assert client_of(cast.stranger).get(SEARCH, {"q": "parcel"}).status_code == 404
    page = client_of(cast.stranger).get("/w/elsewhere/search/", {"q": "parcel"})
    assert (page.status_code, page.context["found"]) == (200, [])


def test_search_for_htmx_is_the_list_alone(client_of, cast, things):
    answer = client_of(cast.viewer).get(SEARCH, {"q": "parcel"}, headers=HTMX).text

    assert (answer.count("<section"), "<html" in answer) == (5, False)
    assert "Nothing begins with “zebra”" in client_of(cast.viewer).get(SEARCH, {"q": "zebra"}, headers=HTMX).text


@pytest.mark.parametrize(
    "text", [*TEXTS.values(), "\x00", "x" * 10_000, "a\x00b", "%", "' OR 1=1", "a " * 500, "\ufffd"]
)
def test_any_text_is_an_answer(client_of, cast, things, keeper, text):
    make_card(keeper, things["map"], title=text.replace("\x00", "")[:200] or "empty")
    page = client_of(cast.viewer).get(SEARCH, {"q": text})

    assert page.status_code == 200
    assert not [tag for tag in ["<script>alert", "<img src=x"] if tag in page.text]


def test_search_takes_the_same_queries_for_one_and_many(client_of, cast, things, keeper, django_assert_max_num_queries):
    client = client_of(cast.viewer)
    client.get(SEARCH)
    most = 28  # session, person, membership, unread; of eight kinds the titles, the texts and the things
    with django_assert_max_num_queries(most):
        client.get(SEARCH, {"q": "parcel"})
    for number in range(12):
        make_card(keeper, make_map(keeper, title=f"Parcel {number}"), title="A parcel")
        create_persona(by=keeper, name=f"Parcel {number}")
    with django_assert_max_num_queries(most):
        page = client.get(SEARCH, {"q": "parcel"})
    counts = {one.kind.name: len(one.hits) for one in page.context["found"]}
    assert counts == {"map": 8, "card": 8, "persona": 8, "metric": 1, "experiment": 1}
