"""What a map says and what its log tells, as plain data that tests compare."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError

from journeys.documents.states import card_place, card_state, lane_state, map_state, path_state, stage_state
from journeys.models import Change, Map
from journeys.services.stages import loaded_cards


def picture(journey: Map) -> dict:
    """All that a map says, in the document's terms and in order."""
    journey = Map.objects.select_related("owner__user", "scenario", "workspace").get(pk=journey.pk)
    stages = journey.stages.select_related("accountable_team", "accountable_person__user", "metric")
    return {
        "map": map_state(journey) | {"removed": journey.removed_at is not None, "to_be": journey.to_be_id},
        "stages": [
            stage_state(stage) | {"position": stage.position} for stage in stages.prefetch_related("stage_teams__team")
        ],
        "lanes": [lane_state(lane) | {"position": lane.position} for lane in journey.lanes.all()],
        "cards": sorted(
            (card_state(card) | card_place(card) | {"span": card.span} for card in loaded_cards(journey.cards.all())),
            key=lambda card: card["id"],
        ),
        "paths": sorted(({"id": path.uid} | path_state(path) for path in journey.paths.all()), key=lambda p: p["id"]),
    }


def versions(journey: Map) -> dict:
    """The numbers of every part, by its uid, and of the map."""
    journey = Map.objects.get(pk=journey.pk)
    parts = [*journey.stages.all(), *journey.lanes.all(), *journey.cards.all(), *journey.paths.all()]
    return {part.uid: part.version for part in parts} | {
        "map": journey.version,
        "revision": journey.revision,
        "changes": journey.changes.count(),
    }


@contextmanager
def untouched(*maps: Map) -> Iterator[None]:
    """In the block, nothing of the maps is written."""
    before = [(picture(journey), versions(journey)) for journey in maps]
    yield
    assert [(picture(journey), versions(journey)) for journey in maps] == before


@contextmanager
def refused(*fields: str, journey: Map | None = None) -> Iterator[None]:
    """The block raises a ValidationError at exactly these fields (none: of the whole), and writes nothing."""
    with pytest.raises(ValidationError) as caught, untouched(*([journey] if journey else [])):
        yield
    named = caught.value.message_dict if hasattr(caught.value, "error_dict") else ()
    assert sorted(named) == sorted(fields)


def told(change: Change) -> dict:
    """What a change says but for its map, number and time."""
    return {
        "verb": change.verb,
        "target": (change.target_kind, change.target_uid, change.target_label, change.target_version),
        "before": change.before,
        "after": change.after,
    }


def last_change(journey: Map) -> Change:
    return journey.changes.order_by("-revision")[0]
