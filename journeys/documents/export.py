"""A map as a document, read in a constant number of queries."""

from dataclasses import dataclass
from typing import Any

from journeys.documents.states import card_state, lane_state, map_state, path_state, stage_state
from journeys.models import Card, Lane, Map, Path, Stage

FORMAT = "throughline-map/1"


@dataclass(frozen=True)
class Whole:
    """A map with all its parts, loaded, in the order of the map."""

    journey: Map
    stages: list[Stage]
    lanes: list[Lane]
    cards: list[Card]
    paths: list[Path]


def load(map_id: int) -> Whole:
    journey = (
        Map.objects.select_related("owner__user", "scenario").prefetch_related("map_personas__persona").get(pk=map_id)
    )
    stages = journey.stages.select_related("accountable_team", "accountable_person__user", "metric")
    cards = journey.cards.select_related("channel", "metric", "accountable__user")
    whole = Whole(
        journey=journey,
        stages=list(stages.prefetch_related("stage_teams__team")),
        lanes=list(journey.lanes.all()),
        cards=list(cards.prefetch_related("sources", "emotions__persona")),
        paths=list(journey.paths.all()),
    )
    join(whole)
    return whole


def join(whole: Whole) -> None:
    """Let the parts know each other, so that nothing is read twice."""
    stages = {stage.pk: stage for stage in whole.stages}
    lanes = {lane.pk: lane for lane in whole.lanes}
    for stage in whole.stages:
        stage.map = whole.journey
    for card in whole.cards:
        card.map, card.stage, card.lane = whole.journey, stages[card.stage_id], lanes[card.lane_id]
    for path in whole.paths:
        path.map, path.source, path.target = whole.journey, stages[path.source_id], stages[path.target_id]


def export_document(journey: Map) -> dict[str, Any]:
    """The map's document. Importing it into the same workspace gives a map with an equal document."""
    return document_of(load(journey.pk))


def document_of(whole: Whole) -> dict[str, Any]:
    return {
        "format": FORMAT,
        **map_state(whole.journey),
        "stages": [stage_state(stage) for stage in whole.stages],
        "lanes": [lane_state(lane) for lane in whole.lanes],
        "cards": nested_cards(whole),
        "paths": {path.uid: path_state(path) for path in whole.paths},
    }


def nested_cards(whole: Whole) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Cells that have cards, by stage and lane in the order of the map, so that two exports compare line by line."""
    in_cell: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for card in whole.cards:
        in_cell.setdefault((card.stage_id, card.lane_id), []).append(card_state(card))
    nested = {
        stage.uid: {lane.uid: in_cell[stage.pk, lane.pk] for lane in whole.lanes if (stage.pk, lane.pk) in in_cell}
        for stage in whole.stages
    }
    return {stage: cells for stage, cells in nested.items() if cells}
