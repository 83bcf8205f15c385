import pytest

from journeys.models import Change, Map
from journeys.services.cards import edit_card
from journeys.services.log import lock
from teams.errors import Gone
from tests.factories import make_card, make_key, make_map
from tests.journeys.pictures import last_change


def test_every_change_is_the_next_revision(journey, keeper):
    other = make_map(keeper)
    first = Map.objects.get(pk=journey.pk).revision

    for number in range(1, 4):
        make_card(keeper, journey)
        make_card(keeper, other)
        assert last_change(journey).revision == Map.objects.get(pk=journey.pk).revision == first + number

    assert list(journey.changes.values_list("revision", flat=True)) == list(range(1, first + 4))


def test_change_names_the_person(journey, cast):
    make_card(cast.sales, journey, stage=1)

    change = last_change(journey)
    assert (change.actor, change.key, change.actor_name) == (cast.sales, None, "Sales Editor")


def test_change_names_the_program(journey, cast):
    key = make_key(cast.workspace, team="Sales", name="Nightly import")
    make_card(key, journey, stage=1)

    change = last_change(journey)
    assert (change.actor, change.key, change.actor_name) == (None, key, "Nightly import")


def test_change_outlives_who_made_it(journey, cast):
    key = make_key(cast.workspace, team="Sales", name="Nightly import")
    make_card(key, journey, stage=1)
    make_card(cast.sales, journey, stage=1)

    key.delete()
    cast.sales.delete()

    changes = Change.objects.filter(map=journey).order_by("-revision")[:2]
    assert [(change.actor, change.key, change.actor_name) for change in changes] == [
        (None, None, "Sales Editor"),
        (None, None, "Nightly import"),
    ]


def test_change_makes_the_map_the_most_recent(journey, keeper):
    make_map(keeper)
    assert Map.objects.all()[0] != journey

    make_card(keeper, journey)

    assert Map.objects.all()[0] == journey


def test_long_texts_fit_into_the_log(journey, keeper):
    card = make_card(keeper, journey, title="x" * 200, body="y" * 5000)
    edit_card(by=keeper, card=card, seen=1, title="z" * 200)

    change = last_change(journey)
    assert (change.target_label, change.before, change.after) == ("z" * 200, {"title": "x" * 200}, {"title": "z" * 200})


def test_lock_gives_live_maps_of_the_workspace_alone(journey, cast):
    removed = make_map(cast.owner)
    Map.objects.filter(pk=removed.pk).update(removed_at="2026-01-01T00:00Z")

    assert lock(journey.pk, by=cast.viewer) == journey
    for pk, by in [(journey.pk, cast.stranger), (removed.pk, cast.owner), (0, cast.owner)]:
        with pytest.raises(Gone):
            lock(pk, by=by)
