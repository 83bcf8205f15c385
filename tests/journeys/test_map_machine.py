"""Any mix of edits, chosen by hypothesis, over a real database: what must hold after each, and that undo is exact."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from journeys.enums import LaneKind, PathKind
from journeys.models import Card, Change
from journeys.services.cards import add_card, delete_card, edit_card, move_card
from journeys.services.lanes import add_lane, delete_lane, move_lane
from journeys.services.paths import add_path, delete_path, edit_path, fits
from journeys.services.stages import add_stage, delete_stage, move_stage
from journeys.services.undo import undo
from tests.factories import make_map, make_member, make_persona, make_workspace
from tests.journeys.pictures import last_change, picture, versions

places = st.one_of(st.none(), st.integers(-1, 6))
picks = st.integers(0, 5)
spans = st.integers(0, 4)
kinds = st.sampled_from(PathKind.values)


class MapMachine(RuleBasedStateMachine):
    """`undoable` are the last changes that undo can take back, in order, each with the picture from before it."""

    @initialize()
    def start(self):
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.by = make_member(make_workspace())
        self.persona = make_persona(self.by.workspace, "Ann")
        self.map = make_map(self.by, stages="ABC", lanes=["actions", "emotion"], personas=[self.persona])
        self.undoable: list[tuple[Change, dict]] = []
        for stage, lane in [(0, 0), (0, 0), (1, 0), (1, 1)]:
            self.add_card(stage, lane, None, 3 - stage)
        self.add_path(0, 1, "forward")
        self.add_path(2, 0, "return")

    def teardown(self):
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def pick(self, rows, number):
        """One of the rows, or None where there is none."""
        rows = list(rows)
        return rows[number % len(rows)] if rows else None

    def stage(self, number):
        return self.pick(self.map.stages.all(), number)

    def lane(self, number):
        return self.pick(self.map.lanes.all(), number)

    def card(self, number):
        return self.pick(self.map.cards.order_by("pk"), number)

    def path(self, number):
        return self.pick(self.map.paths.order_by("pk"), number)

    def edit(self, service, *, can_undo=False, **arguments):
        """Call the service. A refusal writes nothing; an edit writes one change."""
        if None in (arguments.get(name, "") for name in ["stage", "lane", "card", "path", "source", "target"]):
            return
        before, revision = picture(self.map), versions(self.map)["revision"]
        try:
            service(by=self.by, **arguments)
        except ValidationError:
            assert (picture(self.map), versions(self.map)["revision"]) == (before, revision)
            return
        written = versions(self.map)["revision"] - revision
        assert written == (picture(self.map) != before)
        if written and can_undo:
            self.undoable.append((last_change(self.map), before))
        elif written:
            self.undoable.clear()

    @rule(position=places)
    def add_stage(self, position):
        self.edit(add_stage, map=self.map, name="New", position=position)

    @rule(stage=picks, position=st.integers(-1, 6))
    def move_stage(self, stage, position):
        self.edit(move_stage, can_undo=True, stage=self.stage(stage), seen=None, position=position)

    @rule(stage=picks)
    def delete_stage(self, stage):
        self.edit(delete_stage, can_undo=True, stage=self.stage(stage), seen=None)

    @rule(position=places, kind=st.sampled_from(LaneKind.values))
    def add_lane(self, position, kind):
        self.edit(add_lane, map=self.map, kind=kind, position=position)

    @rule(lane=picks, position=st.integers(-1, 6))
    def move_lane(self, lane, position):
        self.edit(move_lane, can_undo=True, lane=self.lane(lane), seen=None, position=position)

    @rule(lane=picks)
    def delete_lane(self, lane):
        self.edit(delete_lane, can_undo=True, lane=self.lane(lane), seen=None)

    @rule(stage=picks, lane=picks, position=places, span=spans)
    def add_card(self, stage, lane, position, span):
        fields = {"title": "New", "emotions": [(self.persona, span - 2, "")]}
        self.edit(add_card, stage=self.stage(stage), lane=self.lane(lane), position=position, span=span, **fields)

    @rule(card=picks, title=st.sampled_from(["New", "Other"]))
    def edit_card(self, card, title):
        self.edit(edit_card, card=self.card(card), seen=None, title=title)

    @rule(card=picks, stage=picks, lane=picks, position=places, span=st.one_of(st.none(), spans))
    def move_card(self, card, stage, lane, position, span):
        place = {"stage": self.stage(stage), "lane": self.lane(lane), "position": position, "span": span}
        self.edit(move_card, can_undo=True, card=self.card(card), seen=None, **place)

    @rule(card=picks)
    def delete_card(self, card):
        self.edit(delete_card, can_undo=True, card=self.card(card), seen=None)

    @rule(start=picks, end=picks, kind=st.one_of(st.just(""), kinds))
    def add_path(self, start, end, kind):
        self.edit(add_path, map=self.map, source=self.stage(start), target=self.stage(end), kind=kind)

    @rule(path=picks, start=picks, end=picks, kind=kinds)
    def edit_path(self, path, start, end, kind):
        ends = {"source": self.stage(start), "target": self.stage(end)}
        self.edit(edit_path, path=self.path(path), seen=None, kind=kind, **ends)

    @rule(path=picks)
    def delete_path(self, path):
        self.edit(delete_path, can_undo=True, path=self.path(path), seen=None)

    @precondition(lambda self: self.undoable)
    @rule()
    def undo_the_last(self):
        change, before = self.undoable.pop()
        undo(by=self.by, change=change)
        assert picture(self.map) == before

    @invariant()
    def parts_have_places(self):
        for rows in [self.map.stages.all(), self.map.lanes.all()]:
            assert [row.position for row in rows] == list(range(len(rows)))
        cells: dict[tuple, list[int]] = {}
        for card in Card.objects.filter(map=self.map).order_by("position"):
            cells.setdefault((card.stage_id, card.lane_id), []).append(card.position)
        assert all(positions == list(range(len(positions))) for positions in cells.values())

    @invariant()
    def cards_stay_in_the_map(self):
        stages = self.map.stages.count()
        for card in self.map.cards.select_related("stage"):
            assert 1 <= card.span <= stages - card.stage.position

    @invariant()
    def paths_fit(self):
        for path in self.map.paths.select_related("source", "target"):
            assert fits(path.kind, path.source.position, path.target.position)

    @invariant()
    def revisions_have_no_gaps(self):
        revisions = list(self.map.changes.order_by("revision").values_list("revision", flat=True))
        assert revisions == list(range(1, versions(self.map)["revision"] + 1))


@pytest.mark.django_db
def test_any_mix_of_edits_leaves_a_sound_map():
    run_state_machine_as_test(
        MapMachine,
        settings=settings(
            max_examples=20,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
