"""Several people at once edit one map."""

import pytest
from django.core.exceptions import ValidationError

from journeys.models import Card, Map
from journeys.services.cards import add_card, delete_card, edit_card, move_card
from journeys.services.stages import delete_stage, move_stage
from teams.errors import Conflict, Gone
from teams.models import Membership
from teams.services.members import hand_over_ownership, remove_member
from tests.factories import lane_of, make_card, make_map, make_member, stage_of
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def assert_sound(journey: Map) -> None:
    revisions = list(journey.changes.values_list("revision", flat=True))
    assert revisions == list(range(1, Map.objects.get(pk=journey.pk).revision + 1))
    for stage in journey.stages.all():
        for lane in journey.lanes.all():
            cards = Card.objects.filter(stage=stage, lane=lane).order_by("position")
            assert [card.position for card in cards] == list(range(len(cards)))


def test_one_of_two_edits_of_the_same_version_conflicts(cast):
    journey = make_map(cast.admin)
    card = make_card(cast.admin, journey, title="Before")

    results = at_once(
        [lambda name=name: edit_card(by=cast.admin, card=card, seen=1, title=name) for name in ["Mine", "Yours"]]
    )

    conflicts = [result for result in results if isinstance(result, Conflict)]
    winners = [result.title for result in results if isinstance(result, Card)]
    assert (len(conflicts), len(winners)) == (1, 1)
    assert conflicts[0].current.title == Card.objects.get(pk=card.pk).title == winners[0]
    assert Card.objects.get(pk=card.pk).version == 2
    assert_sound(journey)


def test_ten_cards_added_at_once_have_ten_places(cast):
    journey = make_map(cast.admin)
    stage, lane, first = stage_of(journey), lane_of(journey), Map.objects.get(pk=journey.pk).revision

    results = at_once(
        [
            lambda number=number: add_card(by=cast.admin, stage=stage, lane=lane, title=f"Card {number}", position=0)
            for number in range(10)
        ]
    )

    assert [type(result) for result in results] == [Card] * 10
    assert sorted(card.position for card in Card.objects.filter(map=journey)) == list(range(10))
    assert Map.objects.get(pk=journey.pk).revision == first + 10
    assert_sound(journey)


def test_moves_to_and_fro_do_not_lock_each_other_up(cast):
    journey = make_map(cast.admin)
    stages, lane = list(journey.stages.all()), lane_of(journey)
    cards = [make_card(cast.admin, journey, stage=number % 3) for number in range(8)]

    def move(number: int, card: Card):
        for step in range(3):
            move_card(
                by=cast.admin, card=card, seen=None, stage=stages[(number + step) % 3], lane=lane, position=step % 2
            )

    results = at_once([lambda number=number, card=card: move(number, card) for number, card in enumerate(cards)])

    assert results == [None] * 8
    assert_sound(journey)


def test_edit_that_waits_for_a_move_finds_the_card_where_it_went(cast):
    journey = make_map(cast.admin)
    card, lane = make_card(cast.admin, journey, title="0"), lane_of(journey)

    for number in range(1, 6):
        stage = stage_of(journey, number % 3)
        results = at_once(
            [
                lambda stage=stage: move_card(by=cast.admin, card=card, seen=None, stage=stage, lane=lane),
                lambda title=str(number): edit_card(by=cast.admin, card=card, seen=None, title=title),
            ]
        )
        card.refresh_from_db()
        assert [type(result) for result in results] == [Card, Card]
        assert (card.stage, card.title) == (stage, str(number))
    assert_sound(journey)


def test_edits_of_a_card_that_is_being_deleted(cast):
    journey = make_map(cast.admin)
    card = make_card(cast.admin, journey, stage=1)
    stage, lane = stage_of(journey, 1), lane_of(journey)

    results = at_once(
        [
            lambda: delete_card(by=cast.admin, card=card, seen=None),
            lambda: delete_stage(by=cast.admin, stage=stage, seen=None),
            lambda: edit_card(by=cast.admin, card=card, seen=None, title="Late"),
            lambda: move_card(by=cast.admin, card=card, seen=None, stage=stage_of(journey, 0), lane=lane),
            lambda: move_stage(by=cast.admin, stage=stage, seen=None, position=0),
        ]
    )

    assert {type(result) for result in results if isinstance(result, Exception)} <= {Gone, ValidationError}
    assert_sound(journey)


def test_member_leaves_while_their_map_is_edited(cast):
    """One transaction locks the workspace and then the map, the other the map and then something of the workspace."""
    leaver = make_member(cast.workspace)
    journey = make_map(leaver)
    cards = [make_card(leaver, journey) for _ in range(4)]

    results = at_once(
        [
            lambda: remove_member(by=cast.owner, member=leaver, receiver=cast.admin),
            *[
                lambda card=card: edit_card(by=cast.admin, card=card, seen=1, title=f"Words of {card.pk}")
                for card in cards
            ],
        ]
    )

    assert [type(result) for result in results] == [type(None), Card, Card, Card, Card]
    assert Map.objects.get(pk=journey.pk).owner == cast.admin
    assert_sound(journey)


def test_last_two_owners_cannot_both_step_down(cast):
    second = make_member(cast.workspace, "owner")

    at_once(
        [
            lambda: remove_member(by=cast.owner, member=cast.owner),
            lambda: remove_member(by=second, member=second),
            lambda: hand_over_ownership(by=second, to=cast.admin),
        ]
    )

    assert Membership.objects.filter(workspace=cast.workspace, role="owner").exists()
