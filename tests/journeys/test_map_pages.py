"""The list of maps and the map itself."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from insights.services.readings import record_reading
from journeys.models import Map
from journeys.services.maps import edit_map, remove_map
from journeys.services.stages import edit_stage
from tests.factories import (
    make_card,
    make_channel,
    make_map,
    make_metric,
    make_path,
    make_persona,
    make_scenario,
    stage_of,
)
from tests.journeys.pages import HTMX, NO_IDS, TEXTS, at


def shown(response) -> list[str]:
    return [row.title for row in response.context["page"]]


def test_list_shows_the_maps_of_the_workspace(client_of, cast, journey):
    make_map(cast.stranger, title="Secret plan")
    remove_map(by=cast.owner, map=make_map(cast.owner, title="Old"), seen=None)
    page = client_of(cast.viewer).get(at("maps"))

    assert (page.status_code, shown(page)) == (200, ["Trial to renewal"])
    for text in ["Draft", "As-is", "For Ann, Bob", "Kim Keeper"]:
        assert text in page.text
    for text in ["Secret", "Old", at("map_new")]:
        assert text not in page.text


def test_list_is_filtered_by_the_address(client_of, cast, journey, keeper):
    make_map(cast.sales, title="Shop visit", kind="to-be", status="live")
    client = client_of(keeper)

    for query, titles in [
        ("q=ren", ["Trial to renewal"]),
        ("q=shop+visit", ["Shop visit"]),
        ("status=live", ["Shop visit"]),
        ("kind=as-is", ["Trial to renewal"]),
        ("mine=1", ["Trial to renewal"]),
        ("mine=1&status=live", []),
        ("", ["Shop visit", "Trial to renewal"]),
    ]:
        assert shown(client.get(f"{at('maps')}?{query}")) == titles


@pytest.mark.parametrize(
    "query",
    ["q=%00", "q=" + "x" * 5000, "status=dead", "kind=x", "mine=x", "page=x", "page=" + "9" * 30, "page=" + "9" * 5000],
)
def test_list_with_a_wrong_filter_is_still_a_page(client_of, cast, journey, query):
    assert client_of(cast.viewer).get(f"{at('maps')}?{query}").status_code == 200


def test_list_for_htmx_is_the_list_alone(client_of, cast, journey):
    page = client_of(cast.viewer).get(at("maps"), headers=HTMX)

    assert page.text.strip().startswith('<ul class="grid-cards">')


def test_empty_list_teaches_the_next_step(client_of, cast):
    assert "Make the first map" in client_of(cast.product).get(at("maps")).text
    assert at("map_new") not in client_of(cast.viewer).get(at("maps")).text
    assert "No map fits" in client_of(cast.product).get(at("maps") + "?q=x").text


def test_list_takes_the_same_queries_for_one_and_many(
    client_of, cast, journey, keeper, django_assert_max_num_queries, django_assert_num_queries
):
    client = client_of(cast.product)
    client.get(at("maps"))
    with django_assert_max_num_queries(6) as few:
        client.get(at("maps"))
    for number in range(12):
        make_map(keeper, title=f"Map {number}", stages=(), lanes=(), personas=[make_persona(cast.workspace)])
    with django_assert_num_queries(len(few)):
        client.get(at("maps"))


def test_map_shows_stages_lanes_cards_and_paths(client_of, cast, journey, keeper):
    edit_stage(by=keeper, stage=stage_of(journey, 0), seen=None, metric=make_metric(cast.workspace, "Trials"))
    make_card(keeper, journey, title="Reads the price page", channel=make_channel(cast.workspace, "Web page"))
    make_path(keeper, journey, source=0, target=2, label="A colleague's link")
    page = client_of(cast.viewer).get(at("map", journey))

    assert page.status_code == 200
    for text in ["Try", "Marketing", "Trials", "Customer actions", "Reads the price page", "Web page", "colleague"]:
        assert text in page.text


def test_map_offers_what_the_reader_may(client_of, cast, journey, keeper):
    def offers(member) -> tuple[bool, int, bool]:
        text = client_of(member).get(at("map", journey)).text
        return at("map_edit", journey) in text, text.count("data-open"), at("map_copy", journey) in text

    assert offers(keeper) == offers(cast.owner) == (True, 9, True)
    assert offers(cast.marketing) == (False, 3, True)
    assert offers(cast.product) == (False, 3, True)
    assert offers(cast.viewer) == (False, 0, False)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_texts_are_shown_as_texts(client_of, cast, keeper, text):
    persona = make_persona(cast.workspace, text)
    journey = make_map(keeper, title=text, personas=[persona], stages=[text], scenario=make_scenario(persona, text))
    metric = make_metric(cast.workspace, text)
    make_card(
        keeper, journey, title=text, moment=text, accountable=keeper, metric=metric, emotions=[(persona, 1, text[:40])]
    )
    make_card(keeper, journey, title=text, channel=make_channel(cast.workspace, text), body=text)
    make_path(keeper, journey, source=0, target=0, label=text)

    for card in journey.cards.all():
        page = client_of(cast.viewer).get(f"{at('map', journey)}?card={card.pk}").text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        if "<" not in text:
            assert page.count(text) > 5


def test_card_of_the_address_is_open_in_the_panel(client_of, cast, journey, keeper):
    card = make_card(keeper, journey, title="Open me", body="Said in full")
    elsewhere = make_card(keeper, make_map(keeper), title="Not here")
    client = client_of(cast.viewer)

    assert "Said in full" in client.get(f"{at('map', journey)}?card={card.pk}").text
    for unknown in [*NO_IDS, str(elsewhere.pk), "5" * 400]:
        page = client.get(at("map", journey), {"card": unknown})
        assert (page.status_code, page.context.get("panel", "")) == (200, "")


def test_map_is_compared_with_its_goal(client_of, cast, journey, keeper):
    goal = make_map(keeper, title="Goal", kind="to-be", personas=[make_persona(cast.workspace, "Cyd")])
    make_card(keeper, goal, lane=1, emotions=[(goal.personas.get(), 2, "happy")])
    edit_map(by=keeper, map=journey, seen=None, to_be=goal)
    client = client_of(cast.viewer)

    assert "Compare with “Goal”" in client.get(at("map", journey)).text
    assert "happy" in client.get(at("map", journey) + "?compare=1").text
    remove_map(by=keeper, map=goal, seen=None)
    page = client.get(at("map", journey) + "?compare=1")
    assert (page.status_code, "happy" in page.text) == (200, False)


def test_map_is_presented_from_its_address(client_of, cast, journey):
    assert "presenting" in client_of(cast.viewer).get(at("map", journey) + "?present=1").text


def test_empty_map_teaches_the_next_step(client_of, cast, keeper):
    empty = make_map(keeper, stages=(), lanes=())

    assert "Add the first stage" in client_of(keeper).get(at("map", empty)).text
    assert "Add the first stage" not in client_of(cast.viewer).get(at("map", empty)).text


def test_map_takes_the_same_few_queries_for_four_and_forty_cards(
    client_of, cast, journey, keeper, django_assert_max_num_queries, django_assert_num_queries
):
    ann = journey.personas.get(name="Ann")
    metric, channel = make_metric(cast.workspace), make_channel(cast.workspace)
    record_reading(by=keeper, metric=metric, date=timezone.localdate(), value=0.5)
    client = client_of(cast.product)

    def fill(number: int) -> None:
        for place in range(number):
            moment = {"moment": "Loss", "accountable": keeper, "metric": metric} if place % 2 else {}
            feelings = [(ann, 1, "glad")]
            make_card(keeper, journey, stage=place % 3, lane=place % 3, channel=channel, emotions=feelings, **moment)

    fill(4)
    for stage in journey.stages.all():
        edit_stage(by=keeper, stage=stage, seen=None, metric=metric)
    make_path(keeper, journey)
    client.get(at("map", journey))
    cache.clear()
    with django_assert_max_num_queries(12) as few:
        client.get(at("map", journey))
    fill(36)
    for address in [at("map", journey), f"{at('map', journey)}?present=1"]:
        cache.clear()
        with django_assert_num_queries(len(few)):
            client.get(address)


def test_template_is_no_map(client_of, cast, journey):
    Map.objects.filter(pk=journey.pk).update(is_template=True)

    assert client_of(cast.owner).get(at("map", journey)).status_code == 404
    assert shown(client_of(cast.owner).get(at("maps"))) == []
