"""Cards: add, edit, move, delete. Each edit checks the right, the version that the editor saw, and the rules."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from journeys.documents.states import card_place, card_state, difference, kept
from journeys.enums import Verb
from journeys.models import Card, Change, Emotion, Lane, Map, Source, Stage
from journeys.services.card_rules import Feeling, check_span, clean_card, feeling_rows, source_rows
from journeys.services.log import lock, lock_around, record
from journeys.services.order import insert_at, renumber
from teams.errors import Gone, check_seen
from teams.models import forget_prefetched
from teams.permissions import Actor, Permission, require
from teams.services import search

FIELDS = {"title", "body", "grade", "channel", "moment", "accountable", "metric"}
MOST_CARDS = 5000
FEELINGS = Prefetch("emotions", queryset=Emotion.objects.select_related("persona"))


@transaction.atomic
def add_card(
    *,
    by: Actor,
    stage: Stage,
    lane: Lane,
    position: int | None = None,
    span: int = 1,
    sources: Sequence[dict[str, Any]] = (),
    emotions: Sequence[Feeling] = (),
    **fields: Any,
) -> Card:
    """Add a card to a cell, at its end or at `position`. Raises ValidationError naming the fields that are wrong."""
    journey = lock(stage.map_id, by=by)
    stage, lane = part_of(journey, stage), lane_of(journey, lane)
    require(by, Permission.STAGE_EDIT, stage)
    if journey.cards.count() >= MOST_CARDS:
        raise ValidationError(_("A map holds at most %(most)s cards.") % {"most": MOST_CARDS})
    card = Card(map=journey, stage=stage, lane=lane, span=span, **fields)
    rows, feelings = source_rows(sources), feeling_rows(emotions)
    clean_card(card, sources=rows, emotions=feelings)
    check_span(card, journey.stages.count())
    shifted = renumber(insert_at(list(cell(stage, lane)), card, position))
    card.save()
    Card.objects.bulk_update(shifted, ["position"])
    if rows:
        replace_sources(card, rows)
    if feelings:
        replace_emotions(card, feelings)
    index_card(card)
    record(journey, by=by, verb=Verb.ADDED, target=card, after=card_place(card) | card_state(card))
    return card


@transaction.atomic
def edit_card(
    *,
    by: Actor,
    card: Card,
    seen: int | None,
    sources: Sequence[dict[str, Any]] | None = None,
    emotions: Sequence[Feeling] | None = None,
    **fields: Any,
) -> Card:
    """Change what a card says. What is not given stays; an edit that changes nothing writes nothing."""
    card = lock_card(card, by=by)
    require(by, Permission.STAGE_EDIT, card.stage)
    check_seen(card, seen)
    before, text_before = card_state(card), (card.title, card.body)
    for name in fields.keys() & FIELDS:
        setattr(card, name, fields[name])
    rows = None if sources is None else changed_sources(card, source_rows(sources))
    feelings = None if emotions is None else changed_emotions(card, feeling_rows(emotions))
    clean_card(card, sources=rows, emotions=feelings)
    if rows is not None:
        replace_sources(card, rows)
    if feelings is not None:
        replace_emotions(card, feelings)
    was, became = difference(before, card_state(card))
    if became:
        card.version += 1
        card.save()
        if text_before != (card.title, card.body):
            index_card(card)
        card.last_change = record(card.map, by=by, verb=Verb.EDITED, target=card, before=was, after=became)
    return card


@transaction.atomic
def move_card(
    *,
    by: Actor,
    card: Card,
    seen: int | None,
    stage: Stage,
    lane: Lane,
    position: int | None = None,
    span: int | None = None,
) -> Card:
    """Put a card elsewhere: another cell, another place in its cell, another reach. Both stages must allow it."""
    card = lock_card(card, by=by)
    journey = card.map
    stage, lane = part_of(journey, stage), lane_of(journey, lane)
    require(by, Permission.STAGE_EDIT, card.stage)
    require(by, Permission.STAGE_EDIT, stage)
    check_seen(card, seen)
    before = card_place(card) | {"span": card.span}
    old_cell = list(cell(card.stage, card.lane).exclude(pk=card.pk))
    card.stage, card.lane = stage, lane
    stages = journey.stages.count()
    card.span = min(card.span, stages - stage.position) if span is None else span
    check_span(card, stages)
    ordered = insert_at(list(cell(stage, lane).exclude(pk=card.pk)), card, position)
    shifted = [other for other in renumber(ordered) if other.pk != card.pk]
    if before["stage"] != stage.uid or before["lane"] != lane.uid:
        shifted += renumber(old_cell)
    was, became = difference(before, card_place(card) | {"span": card.span})
    if became:
        card.version += 1
        card.save(update_fields=["stage", "lane", "position", "span", "version", "changed_at"])
        Card.objects.bulk_update(shifted, ["position"])
        card.last_change = record(journey, by=by, verb=Verb.MOVED, target=card, before=was, after=became)
    return card


@transaction.atomic
def delete_card(*, by: Actor, card: Card, seen: int | None) -> Change:
    """Delete a card. The change that is returned holds all of it: `undo` brings it back."""
    card = lock_card(card, by=by)
    require(by, Permission.STAGE_EDIT, card.stage)
    check_seen(card, seen)
    change = record(
        card.map, by=by, verb=Verb.DELETED, target=card, before=kept(card) | card_place(card) | card_state(card)
    )
    siblings = list(cell(card.stage, card.lane).exclude(pk=card.pk))
    search.forget(kind="card", object_ids=[card.pk])
    card.delete()
    Card.objects.bulk_update(renumber(siblings), ["position"])
    return change


def lock_card(card: Card, *, by: Actor) -> Card:
    """The card as it is now, with its map locked; Gone when it was deleted.

    Two queries on purpose. One that reads the card and locks the map would wait and then give the card as it was
    before; one that locks both would take the card first and the map second, against whoever renumbers a cell.
    """
    journey = lock_around(card.pk, by=by)
    loaded = journey.cards.select_related("stage__accountable_team", "lane", "channel")
    try:
        found = loaded.prefetch_related("sources", FEELINGS).get(pk=card.pk)
    except Card.DoesNotExist:
        raise Gone from None
    found.map = found.stage.map = journey
    return found


def part_of(journey: Map, stage: Stage) -> Stage:
    """The stage as it is now, if it is in the map; its rights can be asked."""
    found = journey.stages.prefetch_related("stage_teams").filter(pk=stage.pk).first()
    if found is None:
        raise ValidationError({"stage": [_("This stage is not in the map.")]})
    found.map = journey
    return found


def lane_of(journey: Map, lane: Lane) -> Lane:
    """The lane as it is now, if it is in the map."""
    found = journey.lanes.filter(pk=lane.pk).first()
    if found is None:
        raise ValidationError({"lane": [_("This lane is not in the map.")]})
    return found


def cell(stage: Stage, lane: Lane) -> QuerySet[Card]:
    return Card.objects.filter(stage=stage, lane=lane).order_by("position", "pk")


def changed_sources(card: Card, rows: list[Source]) -> list[Source] | None:
    """The sources if they differ from those that the card has, in order; None if they are the same."""
    kept = [(s.kind, s.text, s.url, s.date) for s in card.sources.all()]
    return None if kept == [(s.kind, s.text, s.url, s.date) for s in rows] else rows


def changed_emotions(card: Card, rows: list[Emotion]) -> list[Emotion] | None:
    """The feelings if they differ from those that the card has, in any order; None if they are the same."""
    return None if feelings_of(card.emotions.all()) == feelings_of(rows) else rows


def feelings_of(emotions: Iterable[Emotion]) -> list[tuple[int, int, str]]:
    return [(e.persona_id, e.level, e.word) for e in sorted(emotions, key=lambda emotion: emotion.persona_id)]


def replace_sources(card: Card, rows: list[Source]) -> None:
    """Make the card's sources these, in this order."""
    card.sources.all().delete()
    for row in rows:
        row.card = card
    Source.objects.bulk_create(rows)
    forget_prefetched(card, "sources")


def replace_emotions(card: Card, rows: list[Emotion]) -> None:
    card.emotions.all().delete()
    for row in rows:
        row.card = card
    Emotion.objects.bulk_create(rows)
    forget_prefetched(card, "emotions")


def index_card(card: Card) -> None:
    search.index(workspace_id=card.map.workspace_id, kind="card", object_id=card.pk, title=card.title, text=card.body)
