"""Search over maps, cards, personas and metrics."""

import pytest

from insights.services.metrics import create_metric, remove_metric
from journeys.services.cards import delete_card, edit_card
from journeys.services.maps import remove_map
from journeys.services.personas import create_persona, remove_persona
from journeys.services.starts import save_template
from tests.factories import make_card, make_map
from tests.journeys.pages import HTMX, TEXTS, at


@pytest.fixture
def things(cast, keeper):
    """One thing of each kind with the word “parcel”."""
    journey = make_map(keeper, title="Late parcel")
    card = make_card(keeper, journey, title="Asks where it is", body="The parcel is late")
    persona = create_persona(by=cast.marketing, name="Piet Parcel", summary="Waits at home")
    metric = create_metric(by=cast.product, name="Parcels in time", kind="share")
    return {"map": journey, "card": card, "persona": persona, "metric": metric}


def found(client, text: str) -> list[tuple[str, str]]:
    page = client.get(at("search"), {"q": text})
    assert page.status_code == 200
    return [(hit.kind, hit.title) for hit in page.context["found"]]


def test_everything_is_found_by_beginnings_of_words(client_of, cast, things):
    client = client_of(cast.viewer)

    assert found(client, "parc") == [
        ("map", "Late parcel"),
        ("card", "Asks where it is"),
        ("persona", "Piet Parcel"),
        ("metric", "Parcels in time"),
    ]
    assert found(client, "PARCEL late") == [("map", "Late parcel"), ("card", "Asks where it is")]
    assert found(client, "arcel") == found(client, "") == found(client, "  ") == found(client, "-") == []


def test_hits_lead_to_their_things(client_of, cast, things):
    client = client_of(cast.viewer)
    page = client.get(at("search"), {"q": "parcel"})

    for hit in page.context["found"]:
        assert client.get(hit.href).status_code == 200
        assert f'href="{hit.href}"' in page.text
    assert "Late parcel · Try" in page.text
    assert "Asks where it is" in client.get(page.context["found"][1].href).context["panel"]


def test_words_follow_edits_and_leave_with_their_things(client_of, cast, things, keeper):
    client = client_of(cast.viewer)
    edit_card(by=keeper, card=things["card"], seen=None, body="", title="Where is my box?")
    assert ("card", "Where is my box?") in found(client, "box")
    assert "card" not in dict(found(client, "parcel"))
    delete_card(by=keeper, card=things["card"], seen=None)
    remove_persona(by=cast.marketing, persona=things["persona"])
    remove_metric(by=cast.product, metric=things["metric"])
    remove_map(by=keeper, map=things["map"], seen=None)

    assert found(client, "parcel") == found(client, "box") == []


def test_cards_of_removed_maps_and_of_templates_are_not_found(client_of, cast, things, keeper):
    save_template(by=keeper, source=things["map"], title="Parcel template")
    remove_map(by=keeper, map=things["map"], seen=None)

    assert {kind for kind, _title in found(client_of(cast.viewer), "parcel")} == {"persona", "metric"}


def test_nothing_of_another_workspace_is_found(client_of, cast, things):
    assert client_of(cast.stranger).get(at("search"), {"q": "parcel"}).status_code == 404
    page = client_of(cast.stranger).get(at("search", workspace="elsewhere"), {"q": "parcel"})
    assert (page.status_code, page.context["found"]) == (200, [])


def test_search_for_htmx_is_the_list_alone(client_of, cast, things):
    answer = client_of(cast.viewer).get(at("search"), {"q": "parcel"}, headers=HTMX).text

    assert (answer.count("<section"), "<html" in answer) == (4, False)
    assert "Nothing begins with “zebra”" in client_of(cast.viewer).get(at("search"), {"q": "zebra"}, headers=HTMX).text


@pytest.mark.parametrize(
    "text", [*TEXTS.values(), "\x00", "x" * 10_000, "a\x00b", "%", "' OR 1=1", "a " * 500, "\ufffd"]
)
def test_any_text_is_an_answer(client_of, cast, things, keeper, text):
    make_card(keeper, things["map"], title=text.replace("\x00", "")[:200] or "empty")
    page = client_of(cast.viewer).get(at("search"), {"q": text})

    assert page.status_code == 200
    assert not [tag for tag in ["<script>alert", "<img src=x"] if tag in page.text]


def test_search_takes_the_same_queries_for_one_and_many(client_of, cast, things, keeper, django_assert_max_num_queries):
    client = client_of(cast.viewer)
    client.get(at("search"))
    most = 15  # session, person, membership; of four kinds the titles, the texts and the things
    with django_assert_max_num_queries(most):
        client.get(at("search"), {"q": "parcel"})
    for number in range(12):
        make_card(keeper, make_map(keeper, title=f"Parcel {number}"), title="A parcel")
        create_persona(by=keeper, name=f"Parcel {number}")
    with django_assert_max_num_queries(most):
        page = client.get(at("search"), {"q": "parcel"})
    kinds = [hit.kind for hit in page.context["found"]]
    assert [kinds.count(kind) for kind in ["map", "card", "persona", "metric"]] == [8, 8, 8, 1]
