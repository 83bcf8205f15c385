import pytest
from django.core.exceptions import PermissionDenied

from journeys.models import Card
from journeys.services.cards import delete_card, edit_card, move_card
from journeys.services.lanes import delete_lane, edit_lane, move_lane
from journeys.services.maps import edit_map, remove_map
from journeys.services.paths import delete_path, edit_path
from journeys.services.stages import delete_stage, edit_stage, move_stage
from journeys.services.undo import undo
from teams.errors import Conflict, Gone
from teams.services import search
from tests.factories import lane_of, make_card, make_channel, make_metric, make_path, stage_of
from tests.journeys.pictures import last_change, picture, refused, told, untouched, versions


@pytest.fixture
def full(journey, keeper):
    """The map with something of everything."""
    ann, bob = journey.personas.order_by("name")
    edit_stage(
        by=keeper,
        stage=stage_of(journey, 1),
        seen=1,
        description="Haggling.",
        questions=["How much?"],
        example_channels=["Shop"],
        accountable_person=keeper,
        metric=make_metric(journey.workspace, "Conversion"),
    )
    for stage in range(3):
        for lane in range(2):
            make_card(keeper, journey, stage=stage, lane=lane, span=3 - stage)
            make_card(
                keeper,
                journey,
                stage=stage,
                lane=lane,
                title=f"Full {stage} {lane}",
                body="Line",
                grade="measured",
                channel=make_channel(journey.workspace),
                moment="First value",
                accountable=keeper,
                metric=make_metric(journey.workspace),
                sources=[
                    {"kind": "crm", "text": "A"},
                    {"kind": "survey", "url": "https://example.com", "date": "2026-01-02"},
                ],
                emotions=[(bob, -2, "lost"), (ann, 0, "")],
            )
    for source, target, kind in [
        (0, 1, ""),
        (0, 2, ""),
        (1, 0, "return"),
        (1, 2, "pause"),
        (2, 0, "back"),
        (1, 1, "pause"),
    ]:
        make_path(keeper, journey, source=source, target=target, kind=kind, share=0.1, label=f"{source}{target}")
    return journey


def full_card(title="Full 1 1") -> Card:
    return Card.objects.get(title=title)


DELETIONS = {
    "card": lambda journey, by: delete_card(by=by, card=full_card(), seen=None),
    "first stage": lambda journey, by: delete_stage(by=by, stage=stage_of(journey, 0), seen=None),
    "middle stage": lambda journey, by: delete_stage(by=by, stage=stage_of(journey, 1), seen=None),
    "last stage": lambda journey, by: delete_stage(by=by, stage=stage_of(journey, 2), seen=None),
    "lane": lambda journey, by: delete_lane(by=by, lane=lane_of(journey, 1), seen=None),
    "path": lambda journey, by: delete_path(by=by, path=journey.paths.get(label="12"), seen=None),
}


@pytest.mark.parametrize("delete", DELETIONS.values(), ids=DELETIONS)
def test_undo_of_a_deletion_gives_all_back(full, keeper, delete):
    before, numbers = picture(full), versions(full)
    words = sorted(search.find(workspace_id=full.workspace_id, kind="card", text="full", limit=99))

    change = delete(full, keeper)
    assert picture(full) != before
    undo(by=keeper, change=change)

    assert picture(full) == before
    assert sorted(search.find(workspace_id=full.workspace_id, kind="card", text="full", limit=99)) == words
    assert versions(full)["revision"] == numbers["revision"] + 2
    assert versions(full)[change.target_uid] == numbers[change.target_uid] + 1
    restored = last_change(full)
    assert (restored.verb, restored.target_uid, restored.before) == ("restored", change.target_uid, None)
    assert restored.after == {key: value for key, value in change.before.items() if key not in {"pk", "version"}}


@pytest.mark.parametrize("delete", DELETIONS.values(), ids=DELETIONS)
def test_undo_of_a_deletion_works_once(full, keeper, delete):
    change = delete(full, keeper)
    undo(by=keeper, change=change)

    with refused(journey=full):
        undo(by=keeper, change=change)


def test_undo_returns_the_same_objects(full, keeper):
    cards = sorted(full.cards.values_list("pk", "uid"))
    paths = sorted(full.paths.values_list("pk", "uid"))

    undo(by=keeper, change=delete_stage(by=keeper, stage=stage_of(full, 1), seen=None))

    assert sorted(full.cards.values_list("pk", "uid")) == cards
    assert sorted(full.paths.values_list("pk", "uid")) == paths


def test_undo_of_several_deletions_in_turn(full, keeper):
    before, changes = picture(full), []
    for name in ["card", "path", "lane", "middle stage", "first stage"]:
        changes.append(DELETIONS[name](full, keeper))
    for change in reversed(changes):
        undo(by=keeper, change=change)

    assert picture(full) == before


MOVES = {
    "card to another cell": lambda journey, by: move_card(
        by=by, card=full_card(), seen=None, stage=stage_of(journey, 2), lane=lane_of(journey, 0), position=0
    ),
    "card within its cell": lambda journey, by: move_card(
        by=by, card=full_card(), seen=None, stage=stage_of(journey, 1), lane=lane_of(journey, 1), position=0
    ),
    "card's reach": lambda journey, by: move_card(
        by=by, card=full_card(), seen=None, stage=stage_of(journey, 1), lane=lane_of(journey, 1), position=1, span=2
    ),
    "stage to the end": lambda journey, by: move_stage(by=by, stage=stage_of(journey, 0), seen=None, position=2),
    "stage to the front": lambda journey, by: move_stage(by=by, stage=stage_of(journey, 2), seen=None, position=0),
    "lane": lambda journey, by: move_lane(by=by, lane=lane_of(journey, 0), seen=None, position=2),
}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
def test_undo_of_a_move_puts_it_back(full, keeper, move):
    before = picture(full)

    move(full, keeper)
    change = last_change(full)
    assert picture(full) != before
    undo(by=keeper, change=change)

    assert picture(full) == before
    assert told(last_change(full)) | {"before": 0, "after": 0} == told(change) | {
        "target": (change.target_kind, change.target_uid, change.target_label, change.target_version + 1),
        "before": 0,
        "after": 0,
    }


def test_undo_of_moves_in_turn(full, keeper):
    before, changes = picture(full), []
    for move in MOVES.values():
        revision = last_change(full).revision
        move(full, keeper)
        changes += full.changes.filter(revision__gt=revision)
    for change in reversed(changes):
        undo(by=keeper, change=change)

    assert picture(full) == before


def test_undo_of_a_move_keeps_edits_since(full, keeper):
    card = full_card()
    move_card(by=keeper, card=card, seen=1, stage=stage_of(full, 0), lane=lane_of(full, 0))
    change = last_change(full)
    edit_card(by=keeper, card=card, seen=2, title="Edited since")

    undo(by=keeper, change=change)

    card.refresh_from_db()
    assert (card.title, card.position) == ("Edited since", 1)
    assert (card.stage, card.lane) == (stage_of(full, 1), lane_of(full, 1))


def test_undo_of_a_move_does_not_fight_a_later_move(full, keeper):
    card, stage, lane = full_card(), stage_of(full, 0), lane_of(full, 0)
    move_card(by=keeper, card=card, seen=1, stage=stage_of(full, 0), lane=lane_of(full, 0))
    move_card(by=keeper, card=card, seen=2, stage=stage_of(full, 2), lane=lane_of(full, 0))
    move_stage(by=keeper, stage=stage, seen=None, position=1)
    move_stage(by=keeper, stage=stage, seen=None, position=2)
    move_lane(by=keeper, lane=lane, seen=None, position=1)
    move_lane(by=keeper, lane=lane, seen=None, position=2)
    moves = list(full.changes.filter(verb="moved").order_by("revision"))

    for first in [moves[0], moves[2], moves[4]]:
        with pytest.raises(Conflict), untouched(full):
            undo(by=keeper, change=first)


def test_undo_of_a_removed_map(full, keeper):
    before = picture(full)
    remove_map(by=keeper, map=full, seen=None)

    undo(by=keeper, change=last_change(full))

    assert picture(full) == before


def test_undo_says_what_is_missing(full, keeper):
    card = full_card()
    metric, channel = card.metric, card.channel
    change = delete_card(by=keeper, card=card, seen=None)

    metric.name = "Renamed"
    metric.save()
    with refused(journey=full):
        undo(by=keeper, change=change)
    metric.name = change.before["moment"]["metric"]
    metric.save()
    channel.delete()
    with refused(journey=full):
        undo(by=keeper, change=change)


def test_undo_of_a_card_without_its_place(full, keeper):
    change = delete_card(by=keeper, card=full_card(), seen=None)
    delete_lane(by=keeper, lane=lane_of(full, 1), seen=None)

    with refused(journey=full):
        undo(by=keeper, change=change)


def test_undo_of_a_card_whose_persona_left_the_map(full, keeper):
    change = delete_card(by=keeper, card=full_card(), seen=None)
    edit_map(by=keeper, map=full, seen=None, personas=[full.personas.get(name="Ann")])

    with refused("emotions", journey=full):
        undo(by=keeper, change=change)


def test_undo_of_a_stage_leaves_out_cards_whose_lane_is_gone(full, keeper):
    change = delete_stage(by=keeper, stage=stage_of(full, 0), seen=None)
    delete_lane(by=keeper, lane=lane_of(full, 1), seen=None)

    undo(by=keeper, change=change)

    places = {(card.stage.position, card.lane.position, card.position) for card in full.cards.all()}
    assert places == {(stage, lane, place) for stage in range(3) for lane in range(1) for place in range(2)}


def test_undo_of_a_path_whose_place_was_taken(full, keeper):
    change = delete_path(by=keeper, path=full.paths.get(label="12"), seen=None)
    make_path(keeper, full, source=1, target=2, kind="pause")

    with refused("target", journey=full):
        undo(by=keeper, change=change)


def test_undo_of_a_path_whose_stages_changed_places(full, keeper):
    change = delete_path(by=keeper, path=full.paths.get(label="12"), seen=None)
    move_stage(by=keeper, stage=stage_of(full, 2), seen=None, position=0)

    undo(by=keeper, change=change)

    assert full.paths.get(label="12").kind == "return"
    assert last_change(full).after["kind"] == "return"


def test_undo_refuses_other_changes(full, keeper):
    edit_card(by=keeper, card=full_card(), seen=1, title="Edited")
    edit_lane(by=keeper, lane=lane_of(full), seen=1, name="Edited")
    edit_path(by=keeper, path=full.paths.get(label="12"), seen=1, label="Edited")
    edit_map(by=keeper, map=full, seen=1, title="Edited")

    for change in full.changes.exclude(verb__in=["deleted", "moved"]):
        with refused(journey=full):
            undo(by=keeper, change=change)


def test_undo_needs_the_right_to_edit(full, keeper, cast):
    changes = [delete(full, keeper) for name, delete in DELETIONS.items() if name in {"lane", "path", "first stage"}]
    move_lane(by=keeper, lane=lane_of(full), seen=None, position=1)
    changes.append(last_change(full))

    for change in changes:
        for member in [cast.viewer, cast.marketing]:
            with pytest.raises(PermissionDenied), untouched(full):
                undo(by=member, change=change)
        with pytest.raises(Gone), untouched(full):
            undo(by=cast.stranger, change=change)


def test_undo_in_a_stage_needs_the_right_in_it(full, keeper, cast):
    change = delete_card(by=keeper, card=full_card(), seen=None)  # in Buy, where Sales is accountable

    for member in [cast.success, cast.marketing, cast.viewer]:
        with pytest.raises(PermissionDenied), untouched(full):
            undo(by=member, change=change)
    undo(by=cast.sales, change=change)

    assert last_change(full).actor == cast.sales


def test_undo_of_a_move_needs_the_right_in_both_stages(full, keeper, cast):
    move_card(by=keeper, card=full_card(), seen=1, stage=stage_of(full, 0), lane=lane_of(full, 0))
    change = last_change(full)

    for member in [cast.sales, cast.marketing]:
        with pytest.raises(PermissionDenied), untouched(full):
            undo(by=member, change=change)


def test_undo_of_a_removed_map_needs_the_right(full, keeper, cast):
    remove_map(by=keeper, map=full, seen=None)

    with pytest.raises(PermissionDenied), untouched(full):
        undo(by=cast.marketing, change=last_change(full))
    with pytest.raises(Gone), untouched(full):
        undo(by=cast.stranger, change=last_change(full))
