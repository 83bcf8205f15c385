"""The frame of a map, its stages and lanes, made equal to a document's.

What goes is deleted first, so that limits hold; but a stage or lane whose cards stay on the map elsewhere is deleted
only after they have moved.
"""

from journeys.documents.edits import Edits
from journeys.documents.export import Whole
from journeys.documents.fields import stage_fields
from journeys.documents.order import steps
from journeys.documents.refusals import STAGE_TERMS, refused_at
from journeys.documents.states import lane_state, stage_state
from journeys.services.cards import delete_card, move_card
from journeys.services.lanes import add_lane, delete_lane, edit_lane, move_lane
from journeys.services.paths import delete_path
from journeys.services.stages import add_stage, delete_stage, edit_stage, move_stage


def make_room(edits: Edits, whole: Whole) -> None:
    """Delete what the document does not have. Cards and paths of what is deleted go with it, in one change."""
    stages, lanes = set(edits.stages), set(edits.lanes)
    for card in whole.cards:
        if card.uid not in edits.cards and card.stage.uid in stages and card.lane.uid in lanes:
            delete_card(by=edits.by, card=card, seen=None)
    for path in whole.paths:
        if path.uid not in edits.document["paths"] and {path.source.uid, path.target.uid} <= stages:
            delete_path(by=edits.by, path=path, seen=None)
    staying = [card for card in whole.cards if card.uid in edits.cards]
    delete_frame(edits, {card.stage.uid for card in staying}, {card.lane.uid for card in staying})


def delete_frame(edits: Edits, needed_stages: set[str], needed_lanes: set[str]) -> None:
    for stage in edits.journey.stages.exclude(uid__in={*edits.stages, *needed_stages}):
        delete_stage(by=edits.by, stage=stage, seen=None)
    for lane in edits.journey.lanes.exclude(uid__in={*edits.lanes, *needed_lanes}):
        delete_lane(by=edits.by, lane=lane, seen=None)


def rearrange(edits: Edits) -> None:
    """Stages and lanes in their order and with their texts and owners; no others are left."""
    arrange_stages(edits)
    arrange_lanes(edits)
    bring_cards_over(edits)
    delete_frame(edits, set(), set())
    edit_stages(edits)
    edit_lanes(edits)


def arrange_stages(edits: Edits) -> None:
    known = {stage.uid: stage for stage in edits.journey.stages.all()}
    for uid, position in steps(list(known), edits.stages):
        number = edits.stages.index(uid)
        with refused_at("stages", number, terms=STAGE_TERMS):
            if uid in known:
                move_stage(by=edits.by, stage=known[uid], seen=None, position=position)
            else:
                fields = stage_fields(edits.document["stages"][number], edits.names)
                add_stage(by=edits.by, map=edits.journey, position=position, uid=uid, **fields)


def arrange_lanes(edits: Edits) -> None:
    known = {lane.uid: lane for lane in edits.journey.lanes.all()}
    for uid, position in steps(list(known), edits.lanes):
        number = edits.lanes.index(uid)
        with refused_at("lanes", number):
            if uid in known:
                move_lane(by=edits.by, lane=known[uid], seen=None, position=position)
            else:
                state = edits.document["lanes"][number]
                fields = {"kind": state["kind"], "name": state["name"]}
                add_lane(by=edits.by, map=edits.journey, position=position, uid=uid, **fields)


def bring_cards_over(edits: Edits) -> None:
    """Cards that stay, out of stages and lanes that go; the others go with them."""
    stages = {stage.uid: stage for stage in edits.journey.stages.all()}
    lanes = {lane.uid: lane for lane in edits.journey.lanes.all()}
    for card in edits.journey.cards.select_related("stage", "lane").filter(uid__in=edits.cards):
        if card.stage.uid not in edits.stages or card.lane.uid not in edits.lanes:
            parts, _state = edits.cards[card.uid]
            with refused_at(*parts):
                move_card(by=edits.by, card=card, seen=None, stage=stages[parts[1]], lane=lanes[parts[2]])


def edit_stages(edits: Edits) -> None:
    stages = edits.journey.stages.select_related("accountable_team", "accountable_person__user", "metric")
    known = {stage.uid: stage for stage in stages.prefetch_related("stage_teams__team")}
    for number, state in enumerate(edits.document["stages"]):
        stage = known[state["id"]]
        if stage_state(stage) != state:
            with refused_at("stages", number, terms=STAGE_TERMS):
                edit_stage(by=edits.by, stage=stage, seen=None, **stage_fields(state, edits.names))


def edit_lanes(edits: Edits) -> None:
    known = {lane.uid: lane for lane in edits.journey.lanes.all()}
    for number, state in enumerate(edits.document["lanes"]):
        lane = known[state["id"]]
        if lane_state(lane) != state:
            with refused_at("lanes", number):
                edit_lane(by=edits.by, lane=lane, seen=None, kind=state["kind"], name=state["name"])
