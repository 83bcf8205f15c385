"""Lanes on the map's page: add, edit, move, delete, undo."""

import pytest

from journeys.services.lanes import MOST_LANES, edit_lane, move_lane
from tests.factories import lane_of, make_card, make_map
from tests.journeys.pages import HTMX, TEXTS, at, said, undo_of, wrong
from tests.journeys.pictures import picture, untouched

each_way = pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])


@pytest.fixture
def lane(journey):
    return lane_of(journey, 1)


@each_way
@pytest.mark.parametrize(
    ("sent", "lane"),
    [
        ({"kind": "free", "name": " Backstage "}, ("free", "Backstage")),
        ({"kind": "opportunities", "name": ""}, ("opportunities", "Opportunities")),
    ],
)
def test_lane_is_added_at_the_end(client_of, journey, keeper, sent, lane, headers):
    client = client_of(keeper)
    assert client.get(at("lane_new", journey), headers=headers).status_code == 200
    added = client.post(at("lane_new", journey), sent, headers=headers)

    assert (added.status_code, said(added)) == (200 if headers else 302, ["The lane is there."])
    last = journey.lanes.last()
    assert ((last.kind, last.name), last.position) == (lane, 3)


@each_way
@pytest.mark.parametrize(
    ("field", "value"),
    [("kind", "other"), ("kind", ""), ("kind", "\x00"), ("name", "x" * 61), ("name", "x" * 10_000), ("name", "a\x00b")],
)
def test_bad_input_is_refused(client_of, journey, lane, keeper, field, value, headers):
    sent = {"kind": "free", "name": "As typed", "seen": lane.version, field: value}
    with untouched(journey):
        for page, thing in [("lane_new", journey), ("lane_edit", lane)]:
            shown = client_of(keeper).post(at(page, thing), sent, headers=headers)
            assert wrong(shown) == [field]
            assert field == "name" or 'value="As typed"' in shown.text


def test_map_has_room_for_so_many_lanes(client_of, keeper):
    journey = make_map(keeper, lanes=["free"] * MOST_LANES)
    with untouched(journey):
        assert wrong(client_of(keeper).post(at("lane_new", journey), {"kind": "free"})) == ["__all__"]


@each_way
def test_empty_map_gets_the_usual_lanes_once(client_of, keeper, headers):
    journey = make_map(keeper, lanes=())
    client = client_of(keeper)
    assert at("usual_lanes", journey) in client.get(at("lane_new", journey), headers=headers).text

    for _time in range(2):
        assert client.post(at("usual_lanes", journey), headers=headers).status_code == (200 if headers else 302)
    kinds = "actions touchpoints emotion thoughts pains opportunities moments metrics"
    assert " ".join(sorted(lane.kind for lane in journey.lanes.all())) == " ".join(sorted(kinds.split()))


@each_way
def test_lane_is_edited(client_of, journey, lane, keeper, headers):
    client = client_of(keeper)
    assert 'value="Emotion"' in client.get(at("lane_edit", lane), headers=headers).text

    sent = {"kind": "free", "name": "Backstage", "seen": lane.version}
    saved = client.post(at("lane_edit", lane), sent, headers=headers)
    assert (saved.status_code, said(saved)) == (200 if headers else 302, ["Saved."])
    lane.refresh_from_db()
    assert (lane.kind, lane.name, lane.version) == ("free", "Backstage", sent["seen"] + 1)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_name_is_shown_as_text(client_of, journey, lane, keeper, text):
    client = client_of(keeper)
    client.post(at("lane_edit", lane), {"kind": "free", "name": text, "seen": lane.version})

    for page in [at("lane_edit", lane), at("map", journey)]:
        assert not [tag for tag in ["<script>alert", "<img src=x"] if tag in client.get(page).text]


@each_way
def test_stale_edit_shows_both_and_keeps_mine(client_of, journey, lane, keeper, headers):
    seen = lane.version
    edit_lane(by=keeper, lane=lane, seen=None, name="Theirs")
    client, sent = client_of(keeper), {"kind": "emotion", "name": "Mine", "seen": seen}

    with untouched(journey):
        page = client.post(at("lane_edit", lane), sent, headers=headers)
    assert page.status_code == 409
    for text in ['value="Mine"', "Saved meanwhile:</b> Theirs<", "Kim Keeper saved this"]:
        assert text in page.text
    sent["seen"] = page.context["form"]["seen"].value()
    assert client.post(at("lane_edit", lane), sent, headers=headers).status_code == (200 if headers else 302)
    lane.refresh_from_db()
    assert lane.name == "Mine"


@each_way
def test_lane_is_moved_and_back(client_of, journey, lane, keeper, headers):
    client, before = client_of(keeper), picture(journey)

    moved = client.post(at("lane_move", lane), {"position": "3", "seen": lane.version}, headers=headers)
    assert (moved.status_code, said(moved)) == (200 if headers else 302, ["Moved."])
    assert [one.kind for one in journey.lanes.all()] == ["actions", "pains", "emotion"]
    back = client.post(undo_of(moved), headers=headers)
    assert (said(back)[-1], picture(journey)) == ("Undone.", before)


@each_way
@pytest.mark.parametrize("place", [{}, {"position": "0"}, {"position": "x"}, {"position": "9" * 20}, {"seen": "x"}])
def test_move_refuses_bad_input(client_of, journey, lane, keeper, place, headers):
    sent = {"position": "1", "seen": lane.version} | place if place else {}
    with untouched(journey):
        assert client_of(keeper).post(at("lane_move", lane), sent, headers=headers).status_code == 422


def test_stale_move_is_told(client_of, journey, lane, keeper):
    move_lane(by=keeper, lane=lane, seen=None, position=2)
    with untouched(journey):
        told = client_of(keeper).post(at("lane_move", lane), {"position": "1", "seen": 1}, headers=HTMX)

    assert said(told) == ["Somebody changed this lane meanwhile. Look, and move it again."]


@each_way
def test_lane_is_deleted_with_its_cards_and_comes_back(client_of, journey, lane, keeper, headers):
    make_card(keeper, journey, lane=1, emotions=[(journey.personas.get(name="Ann"), 1, "glad")])
    client, before = client_of(keeper), picture(journey)

    gone = client.post(at("lane_delete", lane), headers=headers)
    assert (gone.status_code, said(gone)) == (200 if headers else 302, ["“Emotion” is deleted, with its cards."])
    assert (client.get(at("lane_edit", lane)).status_code, journey.cards.count()) == (404, 0)
    client.post(undo_of(gone), headers=headers)
    assert picture(journey) == before


def test_only_the_owner_and_administrators_change_lanes(client_of, cast, journey, lane):
    pages = [
        ("lane_new", journey),
        ("usual_lanes", journey),
        ("lane_edit", lane),
        ("lane_move", lane),
        ("lane_delete", lane),
    ]
    with untouched(journey):
        for page, thing in pages:
            for member in [cast.viewer, cast.marketing]:
                assert client_of(member).post(at(page, thing), {"kind": "free"}, headers=HTMX).status_code == 403
            assert client_of(cast.stranger).post(at(page, thing), {"kind": "free"}).status_code == 404
