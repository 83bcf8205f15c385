import pytest

from journeys.models import Map
from journeys.services.maps import create_map, edit_map, remove_map, restore_map
from teams.enums import Role
from teams.errors import Conflict, Gone
from teams.services import search
from tests.factories import make_card, make_key, make_map, make_persona, make_scenario
from tests.journeys.pictures import last_change, picture, refused, told, untouched, versions

REMOVED = "2026-01-01T00:00Z"
BAD_FIELDS = [
    ("title", ""),
    ("title", "  \n"),
    ("title", None),
    ("title", "x" * 161),
    ("title", "a\x00b"),
    ("title", "\ud800"),
    ("description", "x" * 4001),
    ("description", "a\x00b"),
    ("description", "\udfff"),
    ("kind", "maybe"),
    ("kind", ""),
    ("status", "secret"),
    ("status", None),
]


def found(journey, text: str) -> list[int]:
    return search.find(workspace_id=journey.workspace_id, kind="map", text=text)


def test_create_map_works(cast):
    ann, bob = make_persona(cast.workspace, "Ann"), make_persona(cast.workspace, "Bob")
    scenario = make_scenario(bob, "First car")

    journey = create_map(
        by=cast.sales,
        title="  A car ",
        description="From the advertisement\r\nto the second car.",
        status="live",
        personas=[bob, ann],
        scenario=scenario,
    )

    state = {
        "title": "A car",
        "description": "From the advertisement\nto the second car.",
        "kind": "as-is",
        "status": "live",
        "owner": "sales@here.example",
        "personas": ["Bob", "Ann"],
        "scenario": "First car",
    }
    assert picture(journey)["map"] == state | {"removed": False, "to_be": None}
    assert told(last_change(journey)) == {
        "verb": "created",
        "target": ("map", "", "A car", 1),
        "before": None,
        "after": state,
    }
    assert versions(journey) == {"map": 1, "revision": 1, "changes": 1}
    assert found(journey, "advertisement") == [journey.pk]


def test_map_made_by_a_program_belongs_to_the_workspaces_owner(cast):
    key = make_key(cast.workspace, name="Importer")

    journey = create_map(by=key, title="By a program")

    change = last_change(journey)
    assert (journey.owner, journey.created_by_key) == (cast.owner, key)
    assert (change.actor, change.key, change.actor_name) == (None, key, "Importer")


@pytest.mark.parametrize(("field", "value"), BAD_FIELDS, ids=lambda value: ascii(value)[:30])
def test_map_refuses_bad_fields(cast, journey, keeper, field, value):
    number = Map.objects.count()

    with refused(field):
        create_map(by=cast.sales, **{"title": "Fine"} | {field: value})
    with refused(field, journey=journey):
        edit_map(by=keeper, map=journey, seen=1, **{field: value})
    assert Map.objects.count() == number


def test_map_refuses_what_is_elsewhere_or_removed(cast, journey, keeper):
    strange = make_persona(cast.elsewhere)
    goal = make_map(cast.stranger, kind="to-be")

    for field, fields in [
        ("owner", {"owner": cast.stranger}),
        ("to_be", {"to_be": goal}),
        ("personas", {"personas": [strange]}),
        ("personas", {"personas": [make_persona(cast.workspace, removed_at=REMOVED)]}),
        ("personas", {"personas": [make_persona(cast.workspace, name) for name in "ABCDEF"]}),
        ("personas", {"personas": [make_persona(cast.workspace, "Cy")] * 2}),
    ]:
        with refused(field):
            create_map(by=keeper, title="Fine", **fields)
        with refused(field, journey=journey):
            edit_map(by=keeper, map=journey, seen=1, **fields)
    with refused("owner", journey=journey):
        edit_map(by=keeper, map=journey, seen=1, owner=None)


def test_scenario_is_one_of_the_first_personas(cast, journey, keeper):
    ann, bob = journey.personas.order_by("name")
    of_ann, of_bob, strange = make_scenario(ann), make_scenario(bob), make_scenario(make_persona(cast.elsewhere))

    for scenario in [of_bob, strange]:
        with refused("scenario", journey=journey):
            edit_map(by=keeper, map=journey, seen=1, scenario=scenario)
    edit_map(by=keeper, map=journey, seen=1, scenario=of_ann)
    for personas in [[bob, ann], []]:
        with refused("scenario", journey=journey):
            edit_map(by=keeper, map=journey, seen=2, personas=personas)
    edit_map(by=keeper, map=journey, seen=2, personas=[bob, ann], scenario=of_bob)

    assert (last_change(journey).before, last_change(journey).after) == (
        {"personas": ["Ann", "Bob"], "scenario": of_ann.name},
        {"personas": ["Bob", "Ann"], "scenario": of_bob.name},
    )


def test_as_is_map_links_to_a_to_be_map(cast, journey, keeper):
    goal, as_is = make_map(keeper, kind="to-be"), make_map(keeper)
    removed = remove_map(by=keeper, map=make_map(keeper, kind="to-be"), seen=1)

    for wrong in [as_is, journey, removed]:
        with refused("to_be", journey=journey):
            edit_map(by=keeper, map=journey, seen=1, to_be=wrong)
    edit_map(by=keeper, map=journey, seen=1, to_be=goal)

    assert (last_change(journey).before, last_change(journey).after) == ({"to_be": None}, {"to_be": goal.title})
    with refused("to_be", journey=journey):
        edit_map(by=keeper, map=journey, seen=2, kind="to-be")
    with refused("kind", journey=goal):
        edit_map(by=keeper, map=goal, seen=1, kind="as-is")


def test_as_is_map_links_to_another_map_of_the_same_title(journey, keeper):
    goals = [make_map(keeper, kind="to-be", title="Goal") for _number in range(2)]

    for seen, goal in enumerate(goals, 1):
        assert edit_map(by=keeper, map=journey, seen=seen, to_be=goal).version == seen + 1
    assert Map.objects.get(pk=journey.pk).to_be == goals[1]
    assert (last_change(journey).before, last_change(journey).after) == ({"to_be": "Goal"}, {"to_be": "Goal"})


def test_map_stays_editable_when_what_it_links_to_was_removed(journey, keeper):
    goal = make_map(keeper, kind="to-be")
    edit_map(by=keeper, map=journey, seen=1, to_be=goal)
    remove_map(by=keeper, map=goal, seen=1)
    journey.personas.update(removed_at=REMOVED)

    edit_map(by=keeper, map=journey, seen=2, title="Still mine")

    assert picture(journey)["map"] | {"owner": ""} == {
        "title": "Still mine",
        "kind": "as-is",
        "status": "draft",
        "owner": "",
        "personas": ["Ann", "Bob"],
        "to_be": goal.pk,
        "removed": False,
    }


def test_edit_map_works(cast, journey, keeper):
    edit_map(by=keeper, map=journey, seen=1, title="Renewal", status="in-review", owner=cast.product)

    assert told(last_change(journey)) == {
        "verb": "edited",
        "target": ("map", "", "Renewal", 2),
        "before": {"title": "Trial to renewal", "status": "draft", "owner": "keeper@here.example"},
        "after": {"title": "Renewal", "status": "in-review", "owner": "product@here.example"},
    }
    assert (found(journey, "renewal"), found(journey, "trial")) == ([journey.pk], [])


def test_edit_map_that_changes_nothing_writes_nothing(journey, keeper):
    with untouched(journey):
        edit_map(
            by=keeper,
            map=journey,
            seen=1,
            title="Trial to renewal ",
            owner=keeper,
            personas=list(journey.personas.order_by("name")),
            revision=99,
            workspace=None,
        )


def test_persona_that_leaves_the_map_takes_its_emotions(journey, keeper):
    ann, bob = journey.personas.order_by("name")
    card = make_card(keeper, journey, emotions=[(ann, 2, "glad"), (bob, -1, "")])

    edit_map(by=keeper, map=journey, seen=1, personas=[bob])

    assert picture(journey)["cards"][0]["emotions"] == {"Bob": {"level": -1}}
    assert last_change(journey).before == {
        "personas": ["Ann", "Bob"],
        "emotions": [{"card": card.uid, "persona": "Ann", "level": 2, "word": "glad"}],
    }


def test_stale_edits_of_a_map_conflict(journey, keeper):
    edit_map(by=keeper, map=journey, seen=1, title="Newer")

    with pytest.raises(Conflict) as caught, untouched(journey):
        edit_map(by=keeper, map=journey, seen=1, title="Older")
    assert (caught.value.current.title, caught.value.current.version) == ("Newer", 2)
    with pytest.raises(Conflict), untouched(journey):
        remove_map(by=keeper, map=journey, seen=1)


def test_edit_of_a_card_is_no_reason_for_a_stale_map(journey, keeper):
    make_card(keeper, journey)

    edit_map(by=keeper, map=journey, seen=1, title="Newer")

    assert versions(journey)["map"] == 2


def test_remove_and_restore_map(journey, keeper):
    make_card(keeper, journey)
    before = picture(journey)

    remove_map(by=keeper, map=journey, seen=1)

    assert found(journey, "renewal") == []
    assert told(last_change(journey)) == {
        "verb": "deleted",
        "target": ("map", "", "Trial to renewal", 2),
        "before": {"title": "Trial to renewal"},
        "after": None,
    }
    for late in [
        lambda: edit_map(by=keeper, map=journey, seen=2, title="Late"),
        lambda: remove_map(by=keeper, map=journey, seen=2),
        lambda: make_card(keeper, journey),
    ]:
        with pytest.raises(Gone), untouched(journey):
            late()

    restore_map(by=keeper, map=journey)

    assert picture(journey) == before
    assert found(journey, "renewal") == [journey.pk]
    assert told(last_change(journey))["verb"] == "restored"
    with untouched(journey):
        restore_map(by=keeper, map=journey)


def test_map_of_another_workspace_is_gone(journey, keeper, cast):
    remove_map(by=keeper, map=journey, seen=1)
    other = make_map(keeper)

    with pytest.raises(Gone), untouched(journey):
        restore_map(by=cast.stranger, map=journey)
    for by in [cast.stranger, make_key(cast.elsewhere, Role.ADMIN)]:
        with pytest.raises(Gone), untouched(other):
            edit_map(by=by, map=other, seen=1, title="Mine now")
