import math

import pytest

from journeys.enums import PathKind
from journeys.services.paths import add_path, delete_path, edit_path, fits, natural_kind, settled_kind
from journeys.services.stages import delete_stage
from teams.errors import Conflict, Gone
from tests.factories import make_map, make_path, stage_of
from tests.journeys.pictures import last_change, refused, told, untouched, versions

KINDS_THAT_FIT = {
    (0, 1): {"forward", "pause"},
    (0, 2): {"skip", "pause"},
    (1, 0): {"back", "return"},
    (2, 0): {"back", "return"},
    (1, 1): {"pause", "return"},
}


@pytest.mark.parametrize(("ends", "kinds"), KINDS_THAT_FIT.items())
def test_path_has_a_kind_that_fits_its_ends(journey, keeper, ends, kinds):
    for kind in PathKind.values:
        if kind in kinds:
            make_path(keeper, journey, source=ends[0], target=ends[1], kind=kind)
        else:
            with refused("kind", journey=journey):
                make_path(keeper, journey, source=ends[0], target=ends[1], kind=kind)

    assert set(journey.paths.values_list("kind", flat=True)) == kinds


@pytest.mark.parametrize("places", [(a, b) for a in range(4) for b in range(4)])
@pytest.mark.parametrize("kind", PathKind.values)
def test_settled_kind_fits_wherever_the_stages_went(kind, places):
    assert fits(settled_kind(kind, *places), *places)
    assert fits(natural_kind(*places), *places)
    if fits(kind, *places):
        assert settled_kind(kind, *places) == kind


def test_add_path_works(journey, keeper):
    path = make_path(keeper, journey, source=0, target=2, share=0.25, label=" by phone ")

    state = {
        "id": path.uid,
        "from": stage_of(journey, 0).uid,
        "to": stage_of(journey, 2).uid,
        "kind": "skip",
        "share": 0.25,
        "label": "by phone",
    }
    assert told(last_change(journey)) == {
        "verb": "added",
        "target": ("path", path.uid, "Try → Keep", 1),
        "before": None,
        "after": state,
    }


def test_path_keeps_a_share_of_nothing(journey, keeper):
    path = make_path(keeper, journey, share=0)

    assert last_change(journey).after["share"] == 0
    edit_path(by=keeper, path=path, seen=1, share=None)
    assert (last_change(journey).before, last_change(journey).after) == ({"share": 0}, {"share": None})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "sideways"),
        ("kind", "forward\x00"),
        ("share", -0.01),
        ("share", 1.01),
        ("share", math.nan),
        ("share", math.inf),
        ("share", "most"),
        ("label", "x" * 81),
        ("label", "a\x00b"),
        ("label", "\ud800"),
    ],
    ids=ascii,
)
def test_path_refuses_bad_fields(journey, keeper, field, value):
    path = make_path(keeper, journey, source=1, target=2)

    with refused(field, journey=journey):
        make_path(keeper, journey, **{field: value})
    with refused(field, journey=journey):
        edit_path(by=keeper, path=path, seen=1, **{field: value})


def test_path_refuses_stages_elsewhere(journey, keeper, cast):
    strange, other = make_map(cast.stranger), make_map(keeper)
    gone = stage_of(journey, 2)
    delete_stage(by=keeper, stage=gone, seen=1)
    path = make_path(keeper, journey)

    for stage in [stage_of(strange), stage_of(other), gone]:
        with refused("source", journey=journey):
            add_path(by=keeper, map=journey, source=stage, target=stage_of(journey))
        with refused("target", journey=journey):
            add_path(by=keeper, map=journey, source=stage_of(journey), target=stage)
        with refused("target", journey=journey):
            edit_path(by=keeper, path=path, seen=1, target=stage)


def test_path_refuses_a_twin(journey, keeper):
    make_path(keeper, journey, label="one")
    other = make_path(keeper, journey, kind="pause")

    with refused("target", journey=journey):
        make_path(keeper, journey, label="two")
    with refused("target", journey=journey):
        edit_path(by=keeper, path=other, seen=1, kind="forward")


def test_edit_path_works(journey, keeper):
    path = make_path(keeper, journey, source=0, target=1, label="most")

    edit_path(by=keeper, path=path, seen=1, source=stage_of(journey, 2), kind="back", share=1, label="")

    assert told(last_change(journey)) == {
        "verb": "edited",
        "target": ("path", path.uid, "Keep → Buy", 2),
        "before": {"from": stage_of(journey, 0).uid, "kind": "forward", "share": None, "label": "most"},
        "after": {"from": stage_of(journey, 2).uid, "kind": "back", "share": 1.0, "label": None},
    }


def test_edit_path_that_changes_nothing_writes_nothing(journey, keeper):
    path = make_path(keeper, journey, share=0.5)

    with untouched(journey):
        edit_path(by=keeper, path=path, seen=1, share=0.5, kind="forward", target=stage_of(journey, 1), uid="other")


def test_delete_path_works(journey, keeper):
    path = make_path(keeper, journey)

    change = delete_path(by=keeper, path=path, seen=1)

    assert not journey.paths.exists()
    assert told(change) == {
        "verb": "deleted",
        "target": ("path", path.uid, "Try → Buy", 1),
        "before": {
            "pk": path.pk,
            "version": 1,
            "id": path.uid,
            "from": stage_of(journey, 0).uid,
            "to": stage_of(journey, 1).uid,
            "kind": "forward",
        },
        "after": None,
    }


def test_stale_edits_of_a_path_conflict_and_late_ones_are_gone(journey, keeper):
    path = make_path(keeper, journey)
    edits = [
        lambda: edit_path(by=keeper, path=path, seen=1, label="older"),
        lambda: delete_path(by=keeper, path=path, seen=1),
    ]

    edit_path(by=keeper, path=path, seen=1, label="newer")
    for edit in edits:
        with pytest.raises(Conflict) as caught, untouched(journey):
            edit()
        assert (caught.value.current.label, versions(journey)[path.uid]) == ("newer", 2)

    delete_path(by=keeper, path=path, seen=2)
    for edit in edits:
        with pytest.raises(Gone), untouched(journey):
            edit()
