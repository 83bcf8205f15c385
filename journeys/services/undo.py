"""Undo a change: a new change that takes the old one back. What was deleted returns whole, with its numbers."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from journeys.documents.fields import card_fields, stage_fields
from journeys.documents.names import Names, Unknown
from journeys.enums import Verb
from journeys.models import Card, Change, Lane, Map, Path, Stage
from journeys.services.cards import index_card, move_card, replace_emotions, replace_sources
from journeys.services.card_rules import clean_card, feeling_rows, source_rows
from journeys.services.lanes import move_lane
from journeys.services.log import lock, record
from journeys.services.maps import restore_map
from journeys.services.order import insert_at, renumber
from journeys.services.paths import settle_paths
from journeys.services.stages import clamp_spans, move_stage, replace_parts
from teams.permissions import Actor, Permission, require


@transaction.atomic
def undo(*, by: Actor, change: Change) -> None:
    """Take a deletion or a move back. Raises ValidationError with a sentence when what it needs is gone.

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
        action(by, journey, change)
    except Unknown as error:
        raise ValidationError(error.reason) from error


def restore_card(by: Actor, journey: Map, change: Change) -> None:
    state = change.before
    free(Card, journey, state["id"])
    stage, lane = part(journey.stages, state["stage"]), part(journey.lanes, state["lane"])
    stage.map = journey
    require(by, Permission.STAGE_EDIT, stage)
    card = put_card(journey, state, stage, lane, Names(journey.workspace_id))
    record(journey, by=by, verb=Verb.RESTORED, target=card, after=without_pk(state))


def put_card(journey: Map, state: dict, stage: Stage, lane: Lane, names: Names) -> Card:
    """The card of a state, back in its cell, at its place as far as the cell still has it."""
    fields = card_fields(state, names)
    sources, emotions = source_rows(fields.pop("sources")), feeling_rows(fields.pop("emotions"))
    card = Card(pk=state["pk"], uid=state["id"], map=journey, stage=stage, lane=lane, **fields)
    card.span = max(1, min(state.get("span", 1), journey.stages.count() - stage.position))
    clean_card(card, sources=sources, emotions=emotions)
    siblings = list(Card.objects.filter(stage=stage, lane=lane).order_by("position", "pk"))
    shifted = [other for other in renumber(insert_at(siblings, card, state["position"])) if other is not card]
    card.save(force_insert=True)
    Card.objects.bulk_update(shifted, ["position"])
    replace_sources(card, sources)
    replace_emotions(card, emotions)
    index_card(card)
    return card


def restore_stage(by: Actor, journey: Map, change: Change) -> None:
    require(by, Permission.MAP_EDIT, journey)
    state = change.before
    free(Stage, journey, state["id"])
    names = Names(journey.workspace_id)
    fields = stage_fields(state, names)
    parts = fields.pop("parts")
    stage = Stage(pk=state["pk"], uid=state["id"], map=journey, **fields)
    shifted = renumber(insert_at(list(journey.stages.all()), stage, state["position"]))
    stage.save(force_insert=True)
    Stage.objects.bulk_update([other for other in shifted if other is not stage], ["position"])
    replace_parts(stage, parts)
    widen(journey, state["reaching"])
    restore_cards(journey, state["cards"], names)
    restore_paths(journey, state["paths"])
    record(journey, by=by, verb=Verb.RESTORED, target=stage, after=without_pk(state))


def restore_lane(by: Actor, journey: Map, change: Change) -> None:
    require(by, Permission.MAP_EDIT, journey)
    state = change.before
    free(Lane, journey, state["id"])
    lane = Lane(pk=state["pk"], uid=state["id"], map=journey, kind=state["kind"], name=state["name"])
    shifted = renumber(insert_at(list(journey.lanes.all()), lane, state["position"]))
    lane.save(force_insert=True)
    Lane.objects.bulk_update([other for other in shifted if other is not lane], ["position"])
    restore_cards(journey, state["cards"], Names(journey.workspace_id))
    record(journey, by=by, verb=Verb.RESTORED, target=lane, after=without_pk(state))


def restore_path(by: Actor, journey: Map, change: Change) -> None:
    require(by, Permission.MAP_EDIT, journey)
    free(Path, journey, change.before["id"])
    part(journey.stages, change.before["from"])
    part(journey.stages, change.before["to"])
    restore_paths(journey, [change.before])
    path = journey.paths.select_related("source", "target").get(uid=change.before["id"])
    record(journey, by=by, verb=Verb.RESTORED, target=path, after=without_pk(change.before))


def restore_cards(journey: Map, states: list[dict], names: Names) -> None:
    """Cards of a stage or lane that returns; one whose other side is gone by now stays away."""
    stages = {stage.uid: stage for stage in journey.stages.all()}
    lanes = {lane.uid: lane for lane in journey.lanes.all()}
    for state in sorted(states, key=lambda state: state["position"]):
        if state["stage"] in stages and state["lane"] in lanes:
            put_card(journey, state, stages[state["stage"]], lanes[state["lane"]], names)


def restore_paths(journey: Map, states: list[dict]) -> None:
    stages = {stage.uid: stage for stage in journey.stages.all()}
    for state in states:
        if state["from"] in stages and state["to"] in stages:
            Path.objects.create(
                pk=state["pk"],
                uid=state["id"],
                map=journey,
                source=stages[state["from"]],
                target=stages[state["to"]],
                kind=state["kind"],
                share=state.get("share"),
                label=state.get("label", ""),
            )
    settle_paths(journey)


def widen(journey: Map, reaching: list[dict]) -> None:
    """Give the cards that reached over the stage their reach back."""
    spans = {entry["id"]: entry["span"] for entry in reaching}
    cards = list(journey.cards.filter(uid__in=spans))
    for card in cards:
        card.span = spans[card.uid]
    Card.objects.bulk_update(cards, ["span"])
    clamp_spans(journey)


def move_back(by: Actor, journey: Map, change: Change) -> None:
    if change.target_kind == "card":
        card = part(journey.cards.select_related("stage", "lane"), change.target_uid)
        place = {"stage": card.stage.uid, "lane": card.lane.uid, "position": card.position, "span": card.span}
        place |= change.before
        move_card(
            by=by,
            card=card,
            seen=change.target_version,
            stage=part(journey.stages, place["stage"]),
            lane=part(journey.lanes, place["lane"]),
            position=place["position"],
            span=place["span"],
        )
    elif change.target_kind == "stage":
        stage = part(journey.stages, change.target_uid)
        move_stage(by=by, stage=stage, seen=change.target_version, position=change.before["position"])
    else:
        lane = part(journey.lanes, change.target_uid)
        move_lane(by=by, lane=lane, seen=change.target_version, position=change.before["position"])


def part(rows: Any, uid: str) -> Any:
    found = rows.filter(uid=uid).first()
    if found is None:
        raise ValidationError(_("It cannot return: the place where it was is gone."))
    return found


def free(model: Any, journey: Map, uid: str) -> None:
    if model.objects.filter(map=journey, uid=uid).exists():
        raise ValidationError(_("It is back already."))


def without_pk(state: dict) -> dict:
    return {key: value for key, value in state.items() if key != "pk"}


ACTIONS = {
    (Verb.DELETED, "card"): restore_card,
    (Verb.DELETED, "stage"): restore_stage,
    (Verb.DELETED, "lane"): restore_lane,
    (Verb.DELETED, "path"): restore_path,
    (Verb.MOVED, "card"): move_back,
    (Verb.MOVED, "stage"): move_back,
    (Verb.MOVED, "lane"): move_back,
}
