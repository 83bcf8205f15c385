"""Lanes: add, edit, move, delete."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from journeys.documents.states import card_place, card_state, difference, kept, lane_state
from journeys.enums import Verb
from journeys.models import Change, Lane, Map
from journeys.services.log import lock, record
from journeys.services.order import insert_at, renumber
from journeys.services.stages import loaded_cards
from journeys.services.texts import tidy_texts
from teams.errors import Gone, check_seen
from teams.permissions import Actor, Permission, require
from teams.services import search

MOST_LANES = 40


@transaction.atomic
def add_lane(*, by: Actor, map: Map, position: int | None = None, **fields: Any) -> Lane:
    """Add a lane at `position` (0 is the first), or at the end. Without a name it gets its kind's."""
    journey = lock(map.pk, by=by)
    require(by, Permission.MAP_EDIT, journey)
    lanes = list(journey.lanes.all())
    if len(lanes) >= MOST_LANES:
        raise ValidationError(_("A map has at most %(most)s lanes.") % {"most": MOST_LANES})
    lane = Lane(map=journey, **fields)
    clean_lane(lane)
    shifted = renumber(insert_at(lanes, lane, position))
    lane.save()
    Lane.objects.bulk_update(shifted, ["position"])
    record(journey, by=by, verb=Verb.ADDED, target=lane, after=lane_state(lane) | {"position": lane.position})
    return lane


@transaction.atomic
def edit_lane(*, by: Actor, lane: Lane, seen: int | None, **fields: Any) -> Lane:
    journey = lock(lane.map_id, by=by)
    require(by, Permission.MAP_EDIT, journey)
    lane = current(journey, lane.pk)
    check_seen(lane, seen)
    before = lane_state(lane)
    for name in fields.keys() & {"name", "kind"}:
        setattr(lane, name, fields[name])
    clean_lane(lane)
    was, became = difference(before, lane_state(lane))
    if became:
        lane.version += 1
        lane.save()
        record(journey, by=by, verb=Verb.EDITED, target=lane, before=was, after=became)
    return lane


@transaction.atomic
def move_lane(*, by: Actor, lane: Lane, seen: int | None, position: int) -> Lane:
    journey = lock(lane.map_id, by=by)
    require(by, Permission.MAP_EDIT, journey)
    lane = current(journey, lane.pk)
    check_seen(lane, seen)
    was = lane.position
    shifted = renumber(insert_at(list(journey.lanes.all()), lane, position))
    if lane.position != was:
        lane.version += 1
        lane.save(update_fields=["position", "version"])
        Lane.objects.bulk_update([other for other in shifted if other.pk != lane.pk], ["position"])
        before, after = {"position": was}, {"position": lane.position}
        lane.last_change = record(journey, by=by, verb=Verb.MOVED, target=lane, before=before, after=after)
    return lane


@transaction.atomic
def delete_lane(*, by: Actor, lane: Lane, seen: int | None) -> Change:
    """Delete a lane with its cards. The change holds all of it: `undo` brings it back."""
    journey = lock(lane.map_id, by=by)
    require(by, Permission.MAP_EDIT, journey)
    lane = current(journey, lane.pk)
    check_seen(lane, seen)
    cards = list(loaded_cards(lane.cards.all()))
    before = kept(lane) | {"position": lane.position} | lane_state(lane)
    before["cards"] = [kept(card) | card_place(card) | card_state(card) for card in cards]
    change = record(journey, by=by, verb=Verb.DELETED, target=lane, before=before)
    search.forget(kind="card", object_ids=[card.pk for card in cards])
    lane.delete()
    Lane.objects.bulk_update(renumber(list(journey.lanes.all())), ["position"])
    return change


def current(journey: Map, lane_id: int) -> Lane:
    lane = journey.lanes.filter(pk=lane_id).first()
    if lane is None:
        raise Gone
    lane.map = journey
    return lane


def clean_lane(lane: Lane) -> None:
    tidy_texts(lane)
    if not lane.name and lane.kind:
        lane.name = str(lane.get_kind_display())
    lane.clean_fields(exclude=["map", "position"])
