"""Many maps at once, from documents that we made ourselves and need not check: some inserts for all of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from journeys.documents.create import Document, placed_cards
from journeys.documents.fields import card_fields, stage_fields
from journeys.documents.names import Names
from journeys.enums import Verb
from journeys.models import Card, Change, Lane, Map, Path, Source, Stage
from journeys.services.card_rules import source_rows
from teams.models import Membership, SearchWord
from teams.services import search

BATCH = 2000


def write_maps(owner: Membership, documents: Sequence[Document]) -> None:
    """Maps without personas and moments, each with its one change, `created`, and its words in the index."""
    names = Names(owner.workspace_id)
    maps = Map.objects.bulk_create(new_map(owner, document, names) for document in documents)
    pairs = list(zip(maps, documents, strict=True))
    stages = {(stage.map_id, stage.uid): stage for stage in Stage.objects.bulk_create(new_stages(pairs, names), BATCH)}
    lanes = {(lane.map_id, lane.uid): lane for lane in Lane.objects.bulk_create(new_lanes(pairs), BATCH)}
    cards = write_cards(pairs, names, stages, lanes)
    Path.objects.bulk_create(new_paths(pairs, stages), BATCH)
    Change.objects.bulk_create((new_change(owner, journey, document) for journey, document in pairs), BATCH)
    index(owner.workspace_id, maps, cards)


def new_map(owner: Membership, document: Document, names: Names) -> Map:
    fields = {name: document.get(name, "") for name in ("title", "description", "kind", "status")}
    return Map(workspace=owner.workspace, owner=names.person(document["owner"]), revision=1, **fields)


Pairs = Sequence[tuple[Map, Document]]
Parts = dict[tuple[int, str], Any]


def new_stages(pairs: Pairs, names: Names) -> Iterable[Stage]:
    for journey, document in pairs:
        for position, state in enumerate(document["stages"]):
            fields = stage_fields(state, names)
            fields.pop("parts")
            yield Stage(map=journey, uid=state["id"], position=position, **fields)


def new_lanes(pairs: Pairs) -> Iterable[Lane]:
    for journey, document in pairs:
        for position, state in enumerate(document["lanes"]):
            yield Lane(map=journey, uid=state["id"], position=position, kind=state["kind"], name=state["name"])


def write_cards(pairs: Pairs, names: Names, stages: Parts, lanes: Parts) -> list[Card]:
    cards: list[Card] = []
    sources: list[Source] = []
    for journey, document in pairs:
        for stage, lane, position, state in placed_cards(document):
            fields = card_fields(state, names)
            rows = source_rows(fields.pop("sources"))
            fields.pop("emotions")
            place = {"stage": stages[journey.pk, stage], "lane": lanes[journey.pk, lane], "position": position}
            card = Card(map=journey, uid=state["id"], **place, **fields)
            for row in rows:
                row.card = card
            cards.append(card)
            sources += rows
    Card.objects.bulk_create(cards, BATCH)
    Source.objects.bulk_create(sources, BATCH)
    return cards


def new_paths(pairs: Pairs, stages: Parts) -> Iterable[Path]:
    for journey, document in pairs:
        for uid, state in document["paths"].items():
            ends = {"source": stages[journey.pk, state["from"]], "target": stages[journey.pk, state["to"]]}
            yield Path(map=journey, uid=uid, kind=state["kind"], label=state.get("label", ""), **ends)


def new_change(owner: Membership, journey: Map, document: Document) -> Change:
    return Change(
        map=journey,
        revision=1,
        at=timezone.now(),
        actor=owner,
        actor_name=owner.label,
        verb=Verb.CREATED,
        target_kind="map",
        target_label=journey.title,
        target_version=journey.version,
        after=document,
    )


def index(workspace_id: int, maps: Iterable[Map], cards: Iterable[Card]) -> None:
    things = [("map", journey.pk, journey.title, journey.description) for journey in maps]
    things += [("card", card.pk, card.title, card.body) for card in cards]
    rows = [
        row
        for kind, pk, title, text in things
        for row in search.entries(workspace_id=workspace_id, kind=kind, object_id=pk, title=title, text=text)
    ]
    SearchWord.objects.bulk_create(rows, BATCH)
