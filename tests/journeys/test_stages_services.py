import pytest

from journeys.models import Card, Stage
from journeys.services.cards import move_card
from journeys.services.stages import add_stage, delete_stage, edit_stage, move_stage
from journeys.services.undo import undo
from teams.errors import Conflict, Gone
from teams.services import search
from tests.factories import lane_of, make_card, make_map, make_member, make_metric, make_path, make_workspace, stage_of
from tests.journeys.pictures import last_change, picture, refused, told, untouched, versions

LINES = ["questions", "example_channels"]


def names(journey) -> str:
    stages = list(journey.stages.all())
    assert [stage.position for stage in stages] == list(range(len(stages)))
    return " ".join(stage.name for stage in stages)


def spans(journey) -> dict[str, int]:
    return dict(journey.cards.values_list("title", "span"))


def team(journey, name):
    return journey.workspace.teams.get(name=name)


def test_add_stage_works(journey, keeper, cast):
    metric = make_metric(cast.workspace, "Renewal")

    stage = add_stage(
        by=keeper,
        map=journey,
        name=" Renew ",
        description="Line\r\n",
        questions=[" Why? ", "", "  "],
        example_channels=["Phone"],
        accountable_team=team(journey, "Success"),
        accountable_person=cast.success,
        metric=metric,
        parts={team(journey, "Sales"): "informed"},
    )

    state = {
        "id": stage.uid,
        "name": "Renew",
        "description": "Line",
        "questions": ["Why?"],
        "example_channels": ["Phone"],
        "team": "Success",
        "person": "success@here.example",
        "teams": {"Sales": "informed"},
        "metric": "Renewal",
        "position": 3,
    }
    assert picture(journey)["stages"][3] == state
    assert told(last_change(journey)) == {
        "verb": "added",
        "target": ("stage", stage.uid, "Renew", 1),
        "before": None,
        "after": state,
    }


@pytest.mark.parametrize(
    ("position", "order"),
    [
        (None, "Try Buy Keep X"),
        (0, "X Try Buy Keep"),
        (2, "Try Buy X Keep"),
        (9, "Try Buy Keep X"),
        (-1, "X Try Buy Keep"),
    ],
)
def test_add_stage_takes_its_place(journey, keeper, position, order):
    add_stage(by=keeper, map=journey, name="X", position=position)

    assert names(journey) == order


BAD_FIELDS = [
    ("name", ""),
    ("name", " \n "),
    ("name", None),
    ("name", "x" * 81),
    ("name", "a\x00b"),
    ("name", "\udcff"),
    ("description", "x" * 2001),
    ("description", "a\x00b"),
    *[(field, value) for field in LINES for value in [
        "one text", None, [1], [None], [["nested"]], {"a": 1}, ["x" * 201], ["x"] * 21, ["a\x00b"], ["\ud800"], ["a\nb"]
    ]],
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), BAD_FIELDS, ids=lambda value: ascii(value)[:30])
def test_stage_refuses_bad_fields(journey, keeper, field, value):
    with refused(field, journey=journey):
        add_stage(by=keeper, map=journey, **{"name": "Fine"} | {field: value})
    with refused(field, journey=journey):
        edit_stage(by=keeper, stage=stage_of(journey), seen=1, **{field: value})


def test_stage_refuses_what_is_elsewhere_or_removed(journey, keeper, cast):
    strange_team = cast.elsewhere.teams.get(name="Sales")
    removed = make_metric(cast.workspace, removed_at="2026-01-01T00:00Z")

    for field, fields in [
        ("accountable_team", {"accountable_team": strange_team}),
        ("accountable_person", {"accountable_person": cast.stranger}),
        ("metric", {"metric": make_metric(cast.elsewhere)}),
        ("metric", {"metric": removed}),
        ("parts", {"parts": {strange_team: "informed"}}),
        ("parts", {"parts": {team(journey, "Sales"): "curious"}}),
        ("parts", {"parts": {team(journey, "Sales"): ""}}),
        ("parts", {"accountable_team": team(journey, "Sales"), "parts": {team(journey, "Sales"): "informed"}}),
    ]:
        with refused(field, journey=journey):
            add_stage(by=keeper, map=journey, name="Fine", **fields)
        with refused(field, journey=journey):
            edit_stage(by=keeper, stage=stage_of(journey), seen=1, **fields)


def test_map_has_at_most_forty_stages(keeper):
    journey = make_map(keeper, stages=[f"Stage {number}" for number in range(40)], lanes=())

    with refused(journey=journey):
        add_stage(by=keeper, map=journey, name="One more")


def test_edit_stage_works(journey, keeper, cast):
    stage = stage_of(journey, 1)

    edit_stage(
        by=keeper,
        stage=stage,
        seen=1,
        name="Bargain",
        questions=["What does it cost?"],
        accountable_team=team(journey, "Marketing"),
        accountable_person=cast.marketing,
        parts={team(journey, "Product"): "responsible"},
    )

    assert told(last_change(journey)) == {
        "verb": "edited",
        "target": ("stage", stage.uid, "Bargain", 2),
        "before": {
            "name": "Buy",
            "team": "Sales",
            "teams": {"Product": "responsible", "Success": "consulted"},
            "questions": None,
            "person": None,
        },
        "after": {
            "name": "Bargain",
            "team": "Marketing",
            "teams": {"Product": "responsible"},
            "questions": ["What does it cost?"],
            "person": "marketing@here.example",
        },
    }


def test_edit_stage_without_parts_keeps_them(journey, keeper):
    edit_stage(by=keeper, stage=stage_of(journey, 1), seen=1, name="Bargain")

    assert picture(journey)["stages"][1]["teams"] == {"Product": "responsible", "Success": "consulted"}


def test_team_that_becomes_accountable_has_no_second_part(journey, keeper):
    edit_stage(by=keeper, stage=stage_of(journey, 1), seen=1, accountable_team=team(journey, "Product"))

    assert last_change(journey).after == {"team": "Product", "teams": {"Success": "consulted"}}


def test_edit_stage_that_changes_nothing_writes_nothing(journey, keeper):
    with untouched(journey):
        edit_stage(
            by=keeper,
            stage=stage_of(journey, 1),
            seen=1,
            name=" Buy",
            questions=[" "],
            accountable_team=team(journey, "Sales"),
            parts={team(journey, "Success"): "consulted", team(journey, "Product"): "responsible"},
            position=0,
            uid="other",
        )


def test_stale_edits_of_a_stage_conflict(journey, keeper):
    stage = stage_of(journey)
    edit_stage(by=keeper, stage=stage, seen=1, name="Newer")

    for edit in [
        lambda: edit_stage(by=keeper, stage=stage, seen=1, name="Older"),
        lambda: move_stage(by=keeper, stage=stage, seen=1, position=2),
        lambda: delete_stage(by=keeper, stage=stage, seen=1),
    ]:
        with pytest.raises(Conflict) as caught, untouched(journey):
            edit()
        assert (caught.value.current.name, caught.value.current.version) == ("Newer", 2)
    edit_stage(by=keeper, stage=stage, seen=None, name="Knowingly")
    assert names(journey) == "Knowingly Buy Keep"


def test_deleted_stage_is_gone(journey, keeper):
    stage = stage_of(journey)
    delete_stage(by=keeper, stage=stage, seen=1)

    for edit in [
        lambda: edit_stage(by=keeper, stage=stage, seen=1, name="Late"),
        lambda: move_stage(by=keeper, stage=stage, seen=1, position=1),
        lambda: delete_stage(by=keeper, stage=stage, seen=1),
    ]:
        with pytest.raises(Gone), untouched(journey):
            edit()


@pytest.mark.parametrize(
    ("number", "position", "order"),
    [
        (0, 2, "Buy Keep Try"),
        (2, 0, "Keep Try Buy"),
        (0, 1, "Buy Try Keep"),
        (1, 99, "Try Keep Buy"),
        (1, -4, "Buy Try Keep"),
    ],
)
def test_move_stage_works(journey, keeper, number, position, order):
    stage = stage_of(journey, number)

    moved = move_stage(by=keeper, stage=stage, seen=1, position=position)

    assert names(journey) == order
    assert told(last_change(journey)) == {
        "verb": "moved",
        "target": ("stage", stage.uid, stage.name, 2),
        "before": {"position": number},
        "after": {"position": moved.position},
    }


def test_move_stage_to_where_it_is_writes_nothing(journey, keeper):
    with untouched(journey):
        move_stage(by=keeper, stage=stage_of(journey, 1), seen=1, position=1)
    with untouched(journey):
        move_stage(by=keeper, stage=stage_of(journey, 2), seen=1, position=7)


def test_move_stage_turns_paths_round(journey, keeper):
    kinds = {"forward": (0, 1), "skip": (0, 2), "back": (2, 0), "pause": (0, 1), "return": (2, 0)}
    paths = {kind: make_path(keeper, journey, source=a, target=b, kind=kind) for kind, (a, b) in kinds.items()}

    move_stage(by=keeper, stage=stage_of(journey, 0), seen=1, position=2)  # Buy Keep Try

    now = {was: journey.paths.get(pk=path.pk).kind for was, path in paths.items()}
    assert now == {"forward": "back", "skip": "back", "back": "forward", "pause": "return", "return": "pause"}


def test_move_stage_shortens_reaches_and_undo_gives_them_back(journey, keeper):
    make_card(keeper, journey, title="wide", span=3)
    make_card(keeper, journey, title="edge", span=2, stage=1)
    before = picture(journey)

    move_stage(by=keeper, stage=stage_of(journey, 0), seen=1, position=2)

    change = last_change(journey)
    uid = Card.objects.get(title="wide").uid
    assert spans(journey) == {"wide": 1, "edge": 2}
    assert change.before == {"position": 0, "reaching": [{"id": uid, "span": 3, "became": 1}]}
    undo(by=keeper, change=change)
    assert picture(journey) == before


def test_add_stage_between_makes_a_forward_path_a_skip(journey, keeper):
    path = make_path(keeper, journey, source=0, target=1)

    add_stage(by=keeper, map=journey, name="X", position=1)

    assert journey.paths.get(pk=path.pk).kind == "skip"


def test_delete_stage_works(journey, keeper):
    make_card(keeper, journey, title="reaching over", span=3)
    make_card(keeper, journey, title="inside", stage=1, body="goes with it")
    make_card(keeper, journey, title="after", stage=2)
    over = make_path(keeper, journey, source=0, target=2, share=0.25)
    through = make_path(keeper, journey, source=0, target=1, label="most")
    stage = stage_of(journey, 1)
    inside, wide = Card.objects.get(title="inside"), Card.objects.get(title="reaching over")

    change = delete_stage(by=keeper, stage=stage, seen=1)

    assert names(journey) == "Try Keep"
    assert spans(journey) == {"reaching over": 2, "after": 1}
    assert list(journey.paths.values_list("pk", "kind")) == [(over.pk, "forward")]
    assert search.find(workspace_id=journey.workspace_id, kind="card", text="inside") == []
    assert told(change) == {
        "verb": "deleted",
        "target": ("stage", stage.uid, "Buy", 1),
        "before": {
            "pk": stage.pk,
            "version": 1,
            "id": stage.uid,
            "name": "Buy",
            "position": 1,
            "team": "Sales",
            "teams": {"Product": "responsible", "Success": "consulted"},
            "cards": [
                {
                    "pk": inside.pk,
                    "version": 1,
                    "id": inside.uid,
                    "title": "inside",
                    "body": "goes with it",
                    "evidence": "assumed",
                    "stage": stage.uid,
                    "lane": lane_of(journey).uid,
                    "position": 0,
                }
            ],
            "paths": [
                {
                    "pk": through.pk,
                    "version": 1,
                    "id": through.uid,
                    "from": stage_of(journey, 0).uid,
                    "to": stage.uid,
                    "kind": "forward",
                    "label": "most",
                }
            ],
            "reaching": [{"id": wide.uid, "span": 3, "became": 2}],
        },
        "after": None,
    }


def test_undo_does_not_widen_what_was_changed_meanwhile(journey, keeper):
    wide = make_card(keeper, journey, span=3)
    change = delete_stage(by=keeper, stage=stage_of(journey, 1), seen=1)
    move_card(by=keeper, card=wide, seen=1, stage=stage_of(journey), lane=lane_of(journey), span=1)

    undo(by=keeper, change=change)

    assert list(journey.cards.values_list("span", flat=True)) == [1]


def test_every_stage_can_be_deleted(journey, keeper):
    make_card(keeper, journey, span=3)
    for stage in Stage.objects.filter(map=journey):
        delete_stage(by=keeper, stage=stage, seen=None)

    assert (names(journey), journey.cards.count()) == ("", 0)
    assert names(make_map(make_member(make_workspace()), stages=("A", "B"))) == "A B"


def test_revision_is_the_number_of_changes(journey, keeper):
    move_stage(by=keeper, stage=stage_of(journey), seen=1, position=1)

    numbers = versions(journey)
    assert numbers["revision"] == numbers["changes"] == 8
    assert list(journey.changes.values_list("revision", flat=True)) == list(range(1, 9))
