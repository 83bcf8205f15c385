"""Undo a change: a new change that takes the old one back. What was deleted returns whole, with its numbers."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from journeys.documents.fields import card_fields, stage_fields
from journeys.documents.names import Names, Unknown
from journeys.documents.states import card_place, path_state
from journeys.enums import Verb
from journeys.models import Card, Change, Lane, Map, Path, Stage
from journeys.services.card_rules import clean_card, feeling_rows, source_rows
from journeys.services.cards import index_card, move_card, replace_emotions, replace_sources
from journeys.services.lanes import move_lane
from journeys.services.log import lock, record
from journeys.services.maps import restore_map
from journeys.services.order import insert_at, renumber
from journeys.services.paths import clean_path, settle_paths, settled_kind
from journeys.services.stages import clamp_spans, move_stage, replace_parts
from teams.errors import Conflict
from teams.permissions import Actor, Permission, require


@transaction.atomic
def undo(*, by: Actor, change: Change) -> None:
    """Take a deletion or a move back. Raises ValidationError with a sentence when what it needs is gone, and Conflict
    when what was moved has been moved again.

    Rights are those of the edit itself: whoever may not edit there may not undo there.
    """
    if change.target_kind == "map" and change.verb == Verb.DELETED:
        restore_map(by=by, map=change.map)
        return
    journey = lock(change.map_id, by=by)
    action = ACTIONS.get((change.verb, change.target_kind))
    if action is None:
        raise ValidationError(_("This change cannot be undone."))
    try:
        action(by, journey, change, change.before or {})
    except Unknown as error:
        raise ValidationError(error.reason) from error


def restore_card(by: Actor, journey: Map, change: Change, state: dict) -> None:
    free(Card, journey, state["id"])
    stage, lane = part(journey.stages, state["stage"]), part(journey.lanes, state["lane"])
    stage.map = journey
    require(by, Permission.STAGE_EDIT, stage)
    card = put_card(journey, state, stage, lane, Names(journey.workspace_id))
    record(journey, by=by, verb=Verb.RESTORED, target=card, after=without_kept(state))


def put_card(journey: Map, state: dict, stage: Stage, lane: Lane, names: Names) -> Card:
    """The card of a state, back in its cell, at its place as far as the cell still has it."""
    fields = card_fields(state, names)
    sources, emotions = source_rows(fields.pop("sources")), feeling_rows(fields.pop("emotions"))
    card = Card(**same(state), map=journey, stage=stage, lane=lane, **fields)
    card.span = max(1, min(state.get("span", 1), journey.stages.count() - stage.position))
    clean_card(card, sources=sources, emotions=emotions)
    siblings = list(Card.objects.filter(stage=stage, lane=lane).order_by("position", "pk"))
    shifted = [other for other in renumber(insert_at(siblings, card, state["position"])) if other is not card]
    card.save(force_insert=True)
    Card.objects.bulk_update(shifted, ["position"])
    if sources:
        replace_sources(card, sources)
    if emotions:
        replace_emotions(card, emotions)
    index_card(card)
    return card


def restore_stage(by: Actor, journey: Map, change: Change, state: dict) -> None:
    require(by, Permission.MAP_EDIT, journey)
    free(Stage, journey, state["id"])
    names = Names(journey.workspace_id)
    fields = stage_fields(state, names)
    parts = fields.pop("parts")
    stage = Stage(**same(state), map=journey, **fields)
    shifted = renumber(insert_at(list(journey.stages.all()), stage, state["position"]))
    stage.save(force_insert=True)
    Stage.objects.bulk_update([other for other in shifted if other is not stage], ["position"])
    replace_parts(stage, parts)
    widen(journey, state["reaching"])
    restore_cards(journey, state["cards"], names)
    restore_paths(journey, state["paths"])
    record(journey, by=by, verb=Verb.RESTORED, target=stage, after=without_kept(state))


def restore_lane(by: Actor, journey: Map, change: Change, state: dict) -> None:
    require(by, Permission.MAP_EDIT, journey)
    free(Lane, journey, state["id"])
    lane = Lane(**same(state), map=journey, kind=state["kind"], name=state["name"])
    shifted = renumber(insert_at(list(journey.lanes.all()), lane, state["position"]))
    lane.save(force_insert=True)
    Lane.objects.bulk_update([other for other in shifted if other is not lane], ["position"])
    restore_cards(journey, state["cards"], Names(journey.workspace_id))
    record(journey, by=by, verb=Verb.RESTORED, target=lane, after=without_kept(state))


def restore_path(by: Actor, journey: Map, change: Change, state: dict) -> None:
    require(by, Permission.MAP_EDIT, journey)
    free(Path, journey, state["id"])
    source, target = part(journey.stages, state["from"]), part(journey.stages, state["to"])
    path = put_path(journey, state, source, target)
    record(journey, by=by, verb=Verb.RESTORED, target=path, after={"id": path.uid} | path_state(path))


def restore_cards(journey: Map, states: list[dict], names: Names) -> None:
    """Cards of a stage or lane that returns. One whose other side is gone by now, or that is back, stays away."""
    there = set(journey.cards.values_list("uid", flat=True))
    stages = {stage.uid: stage for stage in journey.stages.all()}
    lanes = {lane.uid: lane for lane in journey.lanes.all()}
    for state in sorted(states, key=lambda state: state["position"]):
        if state["stage"] in stages and state["lane"] in lanes and state["id"] not in there:
            put_card(journey, state, stages[state["stage"]], lanes[state["lane"]], names)


def restore_paths(journey: Map, states: list[dict]) -> None:
    stages = {stage.uid: stage for stage in journey.stages.all()}
    there = set(journey.paths.values_list("uid", flat=True))
    for state in states:
        if state["from"] in stages and state["to"] in stages and state["id"] not in there:
            put_path(journey, state, stages[state["from"]], stages[state["to"]])
    settle_paths(journey)


def put_path(journey: Map, state: dict, source: Stage, target: Stage) -> Path:
    """The path of a state, with the kind that fits where its stages are now."""
    kind = settled_kind(state["kind"], source.position, target.position)
    path = Path(**same(state), map=journey, source=source, target=target, kind=kind)
    path.share, path.label = state.get("share"), state.get("label", "")
    clean_path(path)
    path.save(force_insert=True)
    return path


def widen(journey: Map, reaching: list[dict]) -> None:
    """Give the cards that were shortened their reach back, unless somebody has changed it meanwhile."""
    entries = {entry["id"]: entry for entry in reaching}
    cards = [card for card in journey.cards.filter(uid__in=entries) if card.span == entries[card.uid]["became"]]
    for card in cards:
        card.span = entries[card.uid]["span"]
    Card.objects.bulk_update(cards, ["span"])
    clamp_spans(journey)


def move_card_back(by: Actor, journey: Map, change: Change, before: dict) -> None:
    card = part(journey.cards.select_related("stage", "lane"), change.target_uid)
    place = card_place(card) | {"span": card.span}
    check_still_there(journey, change, card, place)
    place |= before
    move_card(
        by=by,
        card=card,
        seen=card.version,
        stage=part(journey.stages, place["stage"]),
        lane=part(journey.lanes, place["lane"]),
        position=place["position"],
        span=place["span"],
    )


def move_stage_back(by: Actor, journey: Map, change: Change, before: dict) -> None:
    stage = part(journey.stages, change.target_uid)
    check_still_there(journey, change, stage, {"position": stage.position})
    move_stage(by=by, stage=stage, seen=stage.version, position=before["position"])
    widen(journey, before.get("reaching", []))


def move_lane_back(by: Actor, journey: Map, change: Change, before: dict) -> None:
    lane = part(journey.lanes, change.target_uid)
    check_still_there(journey, change, lane, {"position": lane.position})
    move_lane(by=by, lane=lane, seen=lane.version, position=before["position"])


def check_still_there(journey: Map, change: Change, moved: Model, place: dict) -> None:
    """Raise Conflict if it was moved again. Edits since, of itself or its neighbors, are no reason to refuse."""
    later = journey.changes.filter(
        revision__gt=change.revision, verb=Verb.MOVED, target_kind=change.target_kind, target_uid=change.target_uid
    )
    if any(place[key] != value for key, value in (change.after or {}).items()) and later.exists():
        raise Conflict(moved)


def part(rows: Any, uid: str) -> Any:
    found = rows.filter(uid=uid).first()
    if found is None:
        raise ValidationError(_("It cannot return: the place where it was is gone."))
    return found


def free(model: Any, journey: Map, uid: str) -> None:
    if model.objects.filter(map=journey, uid=uid).exists():
        raise ValidationError(_("It is back already."))


def same(state: dict) -> dict[str, Any]:
    """What makes a part the same one again. Its version goes on, so that a page from before the deletion is stale."""
    return {"pk": state["pk"], "uid": state["id"], "version": state["version"] + 1}


def without_kept(state: dict) -> dict:
    return {key: value for key, value in state.items() if key not in {"pk", "version"}}


ACTIONS: dict[tuple[str, str], Callable[[Actor, Map, Change, dict], None]] = {
    (Verb.DELETED, "card"): restore_card,
    (Verb.DELETED, "stage"): restore_stage,
    (Verb.DELETED, "lane"): restore_lane,
    (Verb.DELETED, "path"): restore_path,
    (Verb.MOVED, "card"): move_card_back,
    (Verb.MOVED, "stage"): move_stage_back,
    (Verb.MOVED, "lane"): move_lane_back,
}
