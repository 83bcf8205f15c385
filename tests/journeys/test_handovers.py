"""What a member is accountable for on maps goes to whoever takes over."""

import pytest

from journeys.models import Map
from journeys.services.cards import edit_card
from journeys.services.maps import remove_map
from journeys.services.stages import edit_stage
from teams.enums import Role
from teams.errors import Conflict
from teams.models import Membership
from teams.services import handover
from teams.services.members import leave, remove_member
from tests.factories import make_card, make_map, make_member, make_metric, stage_of
from tests.journeys.pictures import last_change, told, untouched


@pytest.fixture
def giver(journey, keeper, cast) -> Membership:
    """Accountable for the stage Buy and a moment in it, and the owner of a map that was removed."""
    giver = make_member(cast.workspace, name="Gil Giver", email="gil@here.example")
    edit_stage(by=keeper, stage=stage_of(journey, 1), seen=None, accountable_person=giver)
    make_card(keeper, journey, stage=1, title="Paid", **moment(giver))
    remove_map(by=giver, map=make_map(giver, title="Old"), seen=None)
    return giver


def moment(person: Membership) -> dict:
    return {"moment": "First value", "accountable": person, "metric": make_metric(person.workspace, "Paid share")}


def test_what_a_member_is_accountable_for_is_counted_in_sentences(giver, keeper, journey, cast):
    assert handover.owned_by(giver) == ["1 map", "1 stage", "1 moment that matters"]
    assert handover.owned_by(cast.viewer) == []
    for number in range(2):
        make_card(keeper, journey, title="Also", moment="Loss", accountable=giver, metric=make_metric(cast.workspace))
        edit_stage(by=keeper, stage=stage_of(journey, number), seen=None, accountable_person=giver)
    assert handover.owned_by(giver) == ["1 map", "2 stages", "3 moments that matter"]


def test_handing_over_says_so_in_the_log_of_each_map(giver, journey, cast):
    stage, card = stage_of(journey, 1), journey.cards.get()
    before, old = journey.changes.count(), Map.objects.get(title="Old")

    handover.hand_over(by=cast.admin, giver=giver, receiver=cast.sales)

    assert [told(change) for change in journey.changes.all()[before:]] == [
        {
            "verb": "edited",
            "target": ("stage", stage.uid, "Buy", stage.version + 1),
            "before": {"person": "gil@here.example"},
            "after": {"person": "sales@here.example"},
        },
        {
            "verb": "edited",
            "target": ("card", card.uid, "Paid", 2),
            "before": {"moment": {"name": "First value", "person": "gil@here.example", "metric": "Paid share"}},
            "after": {"moment": {"name": "First value", "person": "sales@here.example", "metric": "Paid share"}},
        },
    ]
    assert told(last_change(old))["after"] == {"owner": "sales@here.example"}
    assert last_change(journey).actor == cast.admin
    journey.refresh_from_db()
    assert journey.revision == last_change(journey).revision == journey.changes.count()
    assert (stage_of(journey, 1).accountable_person, journey.cards.get().accountable) == (cast.sales, cast.sales)
    assert Map.objects.get(title="Old").owner == cast.sales
    assert handover.owned_by(giver) == []


def test_page_that_was_open_meanwhile_is_stale(giver, journey, cast, keeper):
    stage, card = stage_of(journey, 1), journey.cards.get()
    handover.hand_over(by=cast.admin, giver=giver, receiver=cast.sales)

    for edit in [
        lambda: edit_stage(by=keeper, stage=stage, seen=stage.version, accountable_person=keeper),
        lambda: edit_card(by=keeper, card=card, seen=card.version, title="Mine"),
    ]:
        with pytest.raises(Conflict), untouched(journey):
            edit()


def test_member_leaves_and_nothing_stays_alone(giver, journey, cast):
    leave(by=giver, receiver=cast.product)

    assert not Membership.objects.filter(pk=giver.pk).exists()
    assert (stage_of(journey, 1).accountable_person, journey.cards.get().accountable) == (cast.product, cast.product)
    assert last_change(journey).actor_name == "Gil Giver"


def test_number_of_queries_does_not_grow_with_the_parts(cast, django_assert_num_queries, keeper):
    few, many = (make_member(cast.workspace, Role.EDITOR) for _number in range(2))
    for giver, number in [(few, 1), (many, 12)]:
        for _map in range(number):
            journey = make_map(giver)
            edit_stage(by=giver, stage=stage_of(journey), seen=None, accountable_person=giver)
            make_card(giver, journey, moment="Loss", accountable=giver, metric=make_metric(cast.workspace))

    with django_assert_num_queries(23) as captured:
        handover.hand_over(by=cast.admin, giver=few, receiver=cast.sales)
    with django_assert_num_queries(len(captured)):
        handover.hand_over(by=cast.admin, giver=many, receiver=cast.sales)
    for giver in [few, many]:
        remove_member(by=cast.admin, member=giver)
