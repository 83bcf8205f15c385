"""Cards on the map's page: read, add, move, delete, undo."""

import pytest

from journeys.services.cards import delete_card, move_card
from journeys.services.lanes import delete_lane
from tests.factories import lane_of, make_card, make_map, stage_of
from tests.journeys.pages import HTMX, NO_IDS, at, said, undo_of, wrong
from tests.journeys.pictures import last_change, picture, untouched


@pytest.fixture
def card(journey, keeper):
    """In the stage Try, which is Marketing's, in the lane of emotions."""
    feelings = [(journey.personas.get(name="Ann"), -1, "wary")]
    sources = [{"kind": "interview", "text": "“Too long.”", "date": "2026-05-04"}]
    return make_card(keeper, journey, lane=1, title="Reads the price", body="Twice", sources=sources, emotions=feelings)


@pytest.fixture
def move(card) -> dict:
    """To the lane of actions in the same stage."""
    return {"stage": card.stage_id, "lane": lane_of(card.map).pk, "position": "", "span": "", "seen": card.version}


def test_card_is_shown_in_the_panel(client_of, cast, card):
    panel = client_of(cast.viewer).get(at("card", card), headers=HTMX)

    assert panel.headers["HX-Replace-Url"] == f"{at('map', card.map)}?card={card.pk}"
    for text in ["Reads the price", "Twice", "wary, −1 (Ann)", "“Too long.”", "Interview, 4 May 2026", "Try / Emotion"]:
        assert text in panel.text
    assert at("card_edit", card) not in panel.text
    assert at("card_edit", card) in client_of(cast.marketing).get(at("card", card), headers=HTMX).text


def test_card_without_scripts_leads_to_its_map(client_of, cast, card):
    answer = client_of(cast.viewer).get(at("card", card))

    assert (answer.status_code, answer.url) == (302, f"{at('map', card.map)}?card={card.pk}")


def test_card_is_added(client_of, cast, journey):
    new = {"title": " Asks \r\n a friend ", "stage": stage_of(journey).pk, "lane": lane_of(journey).pk}
    client = client_of(cast.marketing)

    page = client.get(at("card_new", journey), new | {"title": ""})
    assert (page.status_code, f'value="{stage_of(journey).pk}"' in page.text) == (200, True)
    added = client.post(at("card_new", journey), new)
    assert (added.status_code, added.url) == (302, at("map", journey))
    line = client.post(at("card_new", journey), new | {"title": "And another"}, headers=HTMX)
    assert line.status_code == 200
    assert line.text.count("data-quick-close") == 1
    assert [card.title for card in journey.cards.all()] == ["Asks a friend", "And another"]
    assert last_change(journey).actor == cast.marketing


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
@pytest.mark.parametrize("title", ["", "  ", "x" * 201, "x" * 10_000, "a\x00b"])
def test_card_with_a_bad_text_is_not_added(client_of, cast, journey, title, headers):
    new = {"title": title, "stage": stage_of(journey).pk, "lane": lane_of(journey).pk}
    with untouched(journey):
        page = client_of(cast.marketing).post(at("card_new", journey), new, headers=headers)

    assert wrong(page) == ["title"]
    assert "errorlist" in page.text
    assert len(title) < 200 or title in page.text


@pytest.mark.parametrize("field", ["stage", "lane"])
def test_card_is_added_to_no_unknown_place(client_of, cast, journey, keeper, field):
    other = make_map(keeper)
    strange = make_map(cast.stranger)
    places = {"stage": [stage_of(other).pk, stage_of(strange).pk], "lane": [lane_of(other).pk, lane_of(strange).pk]}
    new = {"title": "Fine", "stage": stage_of(journey).pk, "lane": lane_of(journey).pk}

    for value in [*NO_IDS, *places[field]]:
        with untouched(journey, other, strange):
            assert client_of(keeper).post(at("card_new", journey), new | {field: value}).status_code in (404, 422)


def test_card_is_added_only_where_one_may(client_of, cast, journey):
    client = client_of(cast.marketing)
    new = {"title": "Fine", "lane": lane_of(journey).pk}
    with untouched(journey):
        for stage in [stage_of(journey, 1), stage_of(journey, 2)]:
            assert client.post(at("card_new", journey), new | {"stage": stage.pk}).status_code == 403
            assert client.get(at("card_new", journey), {"stage": stage.pk}).status_code == 403
        for member in [cast.viewer, cast.success]:
            there = new | {"stage": stage_of(journey).pk}
            assert client_of(member).post(at("card_new", journey), there, headers=HTMX).status_code == 403


def test_card_is_moved_and_back(client_of, cast, card, move):
    client, before = client_of(cast.marketing), picture(card.map)
    assert 'value="1"' in client.get(at("card_move", card)).text

    moved = client.post(at("card_move", card), move | {"span": "3", "position": "7"})
    assert (moved.status_code, moved.url, said(moved)) == (302, at("map", card.map), ["Moved."])
    card.refresh_from_db()
    assert (card.lane, card.position, card.span) == (lane_of(card.map), 0, 3)
    back = client.post(undo_of(moved))
    assert (back.status_code, said(back)[-1]) == (302, "Undone.")
    assert picture(card.map) == before


def test_move_answers_htmx_with_the_cells_that_changed(client_of, cast, card, move):
    answer = client_of(cast.marketing).post(at("card_move", card), move, headers=HTMX)

    assert answer.status_code == 200
    for lane in [lane_of(card.map), lane_of(card.map, 1)]:
        assert answer.text.count(f'id="cell-{card.stage_id}-{lane.pk}"') == 1
    assert 'class="curve"' in answer.text
    assert undo_of(answer) in answer.text
    assert 'id="board"' not in answer.text


def test_card_stays_when_it_is_put_where_it_is(client_of, cast, card, move):
    with untouched(card.map):
        stay = move | {"lane": card.lane_id, "position": "1", "span": "1"}
        answer = client_of(cast.marketing).post(at("card_move", card), stay, headers=HTMX)

    assert answer.status_code == 200


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        *((field, value) for field in ["stage", "lane"] for value in NO_IDS),
        *((field, value) for field in ["position", "span", "seen"] for value in ["x", "1.5", "\x00"]),
        ("position", "0"),
        ("span", "0"),
        ("span", "4"),
        ("span", "9" * 20),
        ("seen", ""),
    ],
)
def test_move_refuses_bad_input(client_of, cast, card, move, field, value, headers):
    with untouched(card.map):
        assert wrong(client_of(cast.marketing).post(at("card_move", card), move | {field: value}, headers=headers)) == [
            field
        ]


def test_move_leads_nowhere_else(client_of, cast, card, move, keeper):
    for other in [make_map(keeper), make_map(cast.stranger)]:
        for field, thing in [("stage", stage_of(other)), ("lane", lane_of(other))]:
            with untouched(card.map, other):
                assert wrong(client_of(keeper).post(at("card_move", card), move | {field: thing.pk})) == [field]


def test_stale_move_is_asked_again(client_of, cast, card, move, keeper):
    move_card(by=keeper, card=card, seen=None, stage=card.stage, lane=lane_of(card.map, 2))
    client = client_of(cast.marketing)

    with untouched(card.map):
        page = client.post(at("card_move", card), move, headers=HTMX)
    assert (page.status_code, "Somebody changed this card meanwhile" in page.text) == (409, True)
    again = move | {"seen": page.context["form"]["seen"].value()}
    assert client.post(at("card_move", card), again, headers=HTMX).status_code == 200
    card.refresh_from_db()
    assert card.lane == lane_of(card.map)


def test_move_needs_both_stages(client_of, cast, card, move, keeper):
    theirs = make_card(keeper, card.map, stage=1)
    away = move | {"stage": stage_of(card.map, 1).pk}
    here = move | {"seen": theirs.version}
    with untouched(card.map):
        for headers in [{}, HTMX]:
            assert client_of(cast.marketing).post(at("card_move", card), away, headers=headers).status_code == 403
            assert client_of(cast.marketing).post(at("card_move", theirs), here, headers=headers).status_code == 403
            assert client_of(cast.viewer).post(at("card_move", card), move, headers=headers).status_code == 403
        assert client_of(cast.stranger).post(at("card_move", card), move).status_code == 404
    assert client_of(keeper).post(at("card_move", card), away).status_code == 302


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_card_is_deleted_and_comes_back(client_of, cast, card, headers):
    client, before = client_of(cast.marketing), picture(card.map)

    gone = client.post(at("card_delete", card), headers=headers)
    assert (gone.status_code, said(gone)) == (200 if headers else 302, ["“Reads the price” is deleted."])
    assert not card.map.cards.exists()
    for page in ["card", "card_edit", "card_move"]:
        assert client.get(at(page, card)).status_code == 404
    assert client.post(at("card_delete", card), headers=headers).status_code == 404
    back = client.post(undo_of(gone), headers=headers)
    assert (back.status_code, said(back)[-1]) == (200 if headers else 302, "Undone.")
    assert picture(card.map) == before


def test_card_is_deleted_by_those_who_may(client_of, cast, card):
    with untouched(card.map):
        for member in [cast.viewer, cast.sales]:
            assert client_of(member).post(at("card_delete", card), headers=HTMX).status_code == 403
        assert client_of(cast.stranger).post(at("card_delete", card)).status_code == 404


def test_undo_says_why_it_cannot(client_of, cast, card, keeper):
    change = delete_card(by=keeper, card=card, seen=None)
    undo = at("undo", card.map, change.revision)
    delete_lane(by=keeper, lane=lane_of(card.map, 1), seen=None)

    for headers in [{}, HTMX]:
        with untouched(card.map):
            answer = client_of(cast.marketing).post(undo, headers=headers)
        assert said(answer) == ["It cannot return: the place where it was is gone."]
    assert last_change(card.map).verb == "deleted"
