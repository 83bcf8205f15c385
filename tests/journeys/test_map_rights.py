"""Who may edit what in a map: every service, asked by everybody."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from journeys.models import Map
from journeys.services.cards import add_card, delete_card, edit_card, move_card
from journeys.services.lanes import add_lane, delete_lane, edit_lane, move_lane
from journeys.services.maps import create_map, edit_map, remove_map, restore_map
from journeys.services.paths import add_path, delete_path, edit_path
from journeys.services.stages import add_stage, delete_stage, edit_stage, move_stage
from teams.enums import Role
from teams.errors import Gone
from tests.factories import lane_of, make_card, make_key, make_map, make_member, make_path, stage_of
from tests.journeys.pictures import untouched

EVERYWHERE = {"owner", "admin", "owner of the map", "admin key", "owner key"}
IN_BUY = EVERYWHERE | {"accountable team", "responsible team", "accountable person", "key of the accountable team"}
STRANGERS = {"stranger", "stranger's key"}


@pytest.fixture
def actors(cast, journey, keeper) -> dict:
    """Everybody as seen from the stage Buy, the second one."""
    person = make_member(cast.workspace, name="Pat Person")
    viewers = {
        "viewer in the accountable team": make_member(cast.workspace, Role.VIEWER, team="Sales"),
        "accountable viewer": make_member(cast.workspace, Role.VIEWER),
    }
    edit_stage(by=keeper, stage=stage_of(journey, 1), seen=1, accountable_person=person)
    return viewers | {
        "owner": cast.owner,
        "admin": cast.admin,
        "owner of the map": keeper,
        "accountable person": person,
        "accountable team": cast.sales,
        "responsible team": cast.product,
        "consulted team": cast.success,
        "no part": cast.marketing,
        "no team": make_member(cast.workspace),
        "viewer": cast.viewer,
        "admin key": make_key(cast.workspace, Role.ADMIN),
        "owner key": make_key(cast.workspace, Role.OWNER),
        "key of the accountable team": make_key(cast.workspace, team="Sales"),
        "key of the consulted team": make_key(cast.workspace, team="Success"),
        "key without a team": make_key(cast.workspace),
        "viewer key": make_key(cast.workspace, Role.VIEWER, team="Sales"),
        "stranger": cast.stranger,
        "stranger's key": make_key(cast.elsewhere, Role.OWNER, team="Sales"),
    }


def who_may(actors, journey, act) -> set[str]:
    """The names of those for whom the act works; others must be refused, and write nothing."""
    allowed = set()
    for name, actor in actors.items():
        actor = type(actor).objects.get(pk=actor.pk)
        try:
            with untouched(journey), transaction.atomic():
                act(actor)
                allowed.add(name)
                transaction.set_rollback(True)
        except PermissionDenied:
            assert name not in STRANGERS, "a stranger should not learn that it is there"
        except Gone:
            assert name in STRANGERS
    return allowed


IN_A_STAGE = {
    "add a card": lambda by, j: add_card(by=by, stage=stage_of(j, 1), lane=lane_of(j), title="New"),
    "edit a card": lambda by, j: edit_card(by=by, card=j.cards.get(), seen=None, title="New"),
    "edit a card without a difference": lambda by, j: edit_card(by=by, card=j.cards.get(), seen=None),
    "move a card": lambda by, j: move_card(
        by=by, card=j.cards.get(), seen=None, stage=stage_of(j, 1), lane=lane_of(j, 1)
    ),
    "delete a card": lambda by, j: delete_card(by=by, card=j.cards.get(), seen=None),
    "edit a stage's texts": lambda by, j: edit_stage(
        by=by, stage=stage_of(j, 1), seen=None, name="New", questions=["Why?"], metric=None
    ),
}
IN_THE_MAP = {
    "add a stage": lambda by, j: add_stage(by=by, map=j, name="New"),
    "move a stage": lambda by, j: move_stage(by=by, stage=stage_of(j, 1), seen=None, position=0),
    "delete a stage": lambda by, j: delete_stage(by=by, stage=stage_of(j, 1), seen=None),
    "choose the accountable team": lambda by, j: edit_stage(
        by=by, stage=stage_of(j, 1), seen=None, accountable_team=None
    ),
    "choose the accountable person": lambda by, j: edit_stage(
        by=by, stage=stage_of(j, 1), seen=None, accountable_person=None
    ),
    "choose the other teams": lambda by, j: edit_stage(by=by, stage=stage_of(j, 1), seen=None, parts={}),
    "add a lane": lambda by, j: add_lane(by=by, map=j, kind="free"),
    "edit a lane": lambda by, j: edit_lane(by=by, lane=lane_of(j), seen=None, name="New"),
    "move a lane": lambda by, j: move_lane(by=by, lane=lane_of(j), seen=None, position=1),
    "delete a lane": lambda by, j: delete_lane(by=by, lane=lane_of(j), seen=None),
    "add a path": lambda by, j: add_path(by=by, map=j, source=stage_of(j, 1), target=stage_of(j, 2)),
    "edit a path": lambda by, j: edit_path(by=by, path=j.paths.get(), seen=None, label="New"),
    "delete a path": lambda by, j: delete_path(by=by, path=j.paths.get(), seen=None),
    "edit the map": lambda by, j: edit_map(by=by, map=j, seen=None, title="New"),
    "remove the map": lambda by, j: remove_map(by=by, map=j, seen=None),
}


@pytest.mark.parametrize("act", IN_A_STAGE.values(), ids=IN_A_STAGE)
def test_teams_of_a_stage_edit_in_it(journey, keeper, actors, act):
    make_card(keeper, journey, stage=1)

    assert who_may(actors, journey, lambda by: act(by, journey)) == IN_BUY


@pytest.mark.parametrize("act", IN_THE_MAP.values(), ids=IN_THE_MAP)
def test_owner_and_administrators_edit_the_map(journey, keeper, actors, act):
    make_path(keeper, journey)

    assert who_may(actors, journey, lambda by: act(by, journey)) == EVERYWHERE


def test_owner_and_administrators_restore_the_map(journey, keeper, actors):
    remove_map(by=keeper, map=journey, seen=None)

    assert who_may(actors, journey, lambda by: restore_map(by=by, map=journey)) == EVERYWHERE


def test_card_moves_between_stages_with_the_right_in_both(journey, keeper, actors):
    card = make_card(keeper, journey, stage=1)
    team = journey.workspace.teams.get(name="Product")
    actors["both teams"] = make_member(journey.workspace, team="Sales")
    actors["both teams"].teams.add(journey.workspace.teams.get(name="Marketing"))

    def move(stage: int):
        return lambda by: move_card(by=by, card=card, seen=None, stage=stage_of(journey, stage), lane=lane_of(journey))

    assert who_may(actors, journey, move(0)) == EVERYWHERE | {"both teams"}
    edit_stage(by=keeper, stage=stage_of(journey, 2), seen=None, parts={team: "responsible"})
    assert who_may(actors, journey, move(2)) == EVERYWHERE | {"responsible team"}


def test_moving_a_card_away_needs_the_right_where_it_was(journey, keeper, cast):
    card = make_card(keeper, journey, stage=1)

    with pytest.raises(PermissionDenied), untouched(journey):
        move_card(by=cast.marketing, card=card, seen=None, stage=stage_of(journey, 0), lane=lane_of(journey))


def test_informed_team_does_not_edit(journey, cast):
    with pytest.raises(PermissionDenied), untouched(journey):
        add_card(by=cast.marketing, stage=stage_of(journey, 2), lane=lane_of(journey), title="New")


def test_stage_without_owners_is_for_the_maps_owner(keeper, cast, actors):
    journey = make_map(keeper)

    def add(by):
        return add_card(by=by, stage=stage_of(journey), lane=lane_of(journey), title="New")

    assert who_may(actors, journey, add) == EVERYWHERE


def test_program_edits_everywhere_in_the_map_that_it_made(cast, actors):
    maker, other = make_key(cast.workspace), make_key(cast.workspace)
    journey = make_map(maker)
    programs = {"maker": maker, "other": other}

    for act in [IN_A_STAGE["add a card"], IN_THE_MAP["edit the map"], IN_THE_MAP["delete a lane"]]:
        assert who_may(programs, journey, lambda by, act=act: act(by, journey)) == {"maker"}


def test_viewer_who_owns_a_map_does_not_edit_it(journey, cast, keeper):
    edit_map(by=keeper, map=journey, seen=None, owner=cast.viewer)

    with pytest.raises(PermissionDenied), untouched(journey):
        edit_map(by=cast.viewer, map=journey, seen=None, title="New")


def test_editor_hands_a_map_over_and_loses_it(journey, keeper, cast):
    edit_map(by=keeper, map=journey, seen=1, owner=cast.product)

    with pytest.raises(PermissionDenied), untouched(journey):
        edit_map(by=keeper, map=journey, seen=2, title="Mine again")


def test_editors_create_maps(actors, journey):
    number = Map.objects.count()

    allowed = who_may(actors, journey, lambda by: create_map(by=by, title="New"))

    assert actors.keys() - allowed == {
        "viewer",
        "viewer key",
        "accountable viewer",
        "viewer in the accountable team",
    }
    assert Map.objects.count() == number
