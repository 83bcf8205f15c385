import pytest

from journeys.models import Card
from journeys.services.lanes import add_lane, delete_lane, edit_lane, move_lane
from teams.errors import Conflict, Gone
from teams.services import search
from tests.factories import lane_of, make_card, make_map, stage_of
from tests.journeys.pictures import last_change, picture, refused, told, untouched


def names(journey) -> str:
    lanes = list(journey.lanes.all())
    assert [lane.position for lane in lanes] == list(range(len(lanes)))
    return ", ".join(lane.name for lane in lanes)


def test_add_lane_works(journey, keeper):
    lane = add_lane(by=keeper, map=journey, kind="free", name=" Backstage ", position=1)

    assert names(journey) == "Customer actions, Backstage, Emotion, Pains"
    assert told(last_change(journey)) == {
        "verb": "added",
        "target": ("lane", lane.uid, "Backstage", 1),
        "before": None,
        "after": {"id": lane.uid, "kind": "free", "name": "Backstage", "position": 1},
    }


def test_lane_without_a_name_has_its_kinds(journey, keeper):
    add_lane(by=keeper, map=journey, kind="opportunities")
    edit_lane(by=keeper, lane=lane_of(journey, 0), seen=1, name="  ", kind="touchpoints")

    assert names(journey) == "Touchpoints, Emotion, Pains, Opportunities"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "x" * 61),
        ("name", "a\x00b"),
        ("name", "\ud800"),
        ("kind", "swimming"),
        ("kind", None),
        ("kind", "free\x00"),
    ],
    ids=ascii,
)
def test_lane_refuses_bad_fields(journey, keeper, field, value):
    with refused(field, journey=journey):
        add_lane(by=keeper, map=journey, **{"name": "Fine", "kind": "free"} | {field: value})
    with refused(field, journey=journey):
        edit_lane(by=keeper, lane=lane_of(journey), seen=1, **{field: value})


def test_map_has_at_most_forty_lanes(keeper):
    journey = make_map(keeper, stages=(), lanes=["free"] * 40)

    with refused(journey=journey):
        add_lane(by=keeper, map=journey, kind="free")


def test_edit_lane_works(journey, keeper):
    lane = lane_of(journey, 2)

    edit_lane(by=keeper, lane=lane, seen=1, name="What hurts")

    assert told(last_change(journey)) == {
        "verb": "edited",
        "target": ("lane", lane.uid, "What hurts", 2),
        "before": {"name": "Pains"},
        "after": {"name": "What hurts"},
    }


def test_edit_lane_that_changes_nothing_writes_nothing(journey, keeper):
    with untouched(journey):
        edit_lane(by=keeper, lane=lane_of(journey, 2), seen=1, name="Pains ", kind="pains", position=0)
    with untouched(journey):
        move_lane(by=keeper, lane=lane_of(journey, 2), seen=1, position=5)


@pytest.mark.parametrize(
    ("number", "position", "order"),
    [
        (0, 2, "Emotion, Pains, Customer actions"),
        (2, 0, "Pains, Customer actions, Emotion"),
        (1, 99, "Customer actions, Pains, Emotion"),
        (1, -1, "Emotion, Customer actions, Pains"),
    ],
)
def test_move_lane_works(journey, keeper, number, position, order):
    lane = lane_of(journey, number)

    moved = move_lane(by=keeper, lane=lane, seen=1, position=position)

    assert names(journey) == order
    assert told(last_change(journey)) == {
        "verb": "moved",
        "target": ("lane", lane.uid, lane.name, 2),
        "before": {"position": number},
        "after": {"position": moved.position},
    }


def test_delete_lane_takes_its_cards(journey, keeper):
    for stage in [0, 1]:
        make_card(keeper, journey, title=f"Goes {stage}", stage=stage, lane=1)
    make_card(keeper, journey, title="Stays")
    lane, gone = lane_of(journey, 1), list(Card.objects.filter(lane=lane_of(journey, 1)).order_by("pk"))

    change = delete_lane(by=keeper, lane=lane, seen=1)

    assert names(journey) == "Customer actions, Pains"
    assert [card["title"] for card in picture(journey)["cards"]] == ["Stays"]
    assert search.find(workspace_id=journey.workspace_id, kind="card", text="goes") == []
    assert told(change) == {
        "verb": "deleted",
        "target": ("lane", lane.uid, "Emotion", 1),
        "before": {
            "pk": lane.pk,
            "version": 1,
            "id": lane.uid,
            "kind": "emotion",
            "name": "Emotion",
            "position": 1,
            "cards": [
                {
                    "pk": card.pk,
                    "version": 1,
                    "id": card.uid,
                    "title": card.title,
                    "evidence": "assumed",
                    "stage": stage_of(journey, number).uid,
                    "lane": lane.uid,
                    "position": 0,
                }
                for number, card in enumerate(gone)
            ],
        },
        "after": None,
    }


def test_stale_edits_of_a_lane_conflict_and_late_ones_are_gone(journey, keeper):
    lane = lane_of(journey)
    edits = [
        lambda: edit_lane(by=keeper, lane=lane, seen=1, name="Older"),
        lambda: move_lane(by=keeper, lane=lane, seen=1, position=2),
        lambda: delete_lane(by=keeper, lane=lane, seen=1),
    ]

    edit_lane(by=keeper, lane=lane, seen=1, name="Newer")
    for edit in edits:
        with pytest.raises(Conflict) as caught, untouched(journey):
            edit()
        assert (caught.value.current.name, caught.value.current.version) == ("Newer", 2)

    delete_lane(by=keeper, lane=lane, seen=2)
    for edit in edits:
        with pytest.raises(Gone), untouched(journey):
            edit()
