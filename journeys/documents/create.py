"""A new map from a document: checked, written in bulk, compared, all in one transaction."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from journeys.documents.check import check_for_workspace, check_kept
from journeys.documents.export import export_document
from journeys.documents.fields import card_fields, stage_fields
from journeys.documents.names import Names
from journeys.documents.personas import personas_of, scenario_of
from journeys.documents.refusals import refused_at
from journeys.enums import Verb
from journeys.models import Card, Emotion, Lane, Map, Path, Source, Stage, StageTeam
from journeys.services.card_rules import feeling_rows, source_rows
from journeys.services.log import record
from journeys.services.maps import clean_map, index_map, replace_personas
from teams.models import ApiKey, Membership, SearchWord
from teams.permissions import Actor, Permission, require
from teams.services import search

Document = dict[str, Any]


@transaction.atomic
def create_from_document(
    *, by: Actor, document: Any, as_template: bool = False, owner: Membership | None = None
) -> Map:
    """A map whose export equals the document, with one change, `created`. `owner` takes the place of the document's.

    Raises DocumentError with every JSON path and reason; then nothing was written, no persona either.
    """
    require(by, Permission.MAP_CREATE)
    if owner is not None and isinstance(document, dict):
        document = document | {"owner": owner.user.email}
    names = Names(by.workspace_id)
    check_for_workspace(document, names)
    journey = write_map(by, document, names, as_template=as_template)
    stages = write_stages(journey, document, names)
    lanes = write_lanes(journey, document)
    cards = write_cards(journey, document, names, stages, lanes)
    write_paths(journey, document, stages)
    if not as_template:
        index_map(journey)
        index_cards(journey, cards)
    kept = export_document(journey)
    check_kept(document, kept)
    record(journey, by=by, verb=Verb.CREATED, target=journey, after=kept)
    return journey


def write_map(by: Actor, document: Document, names: Names, *, as_template: bool) -> Map:
    personas = personas_of(by, document, names)
    journey = Map(
        workspace_id=by.workspace_id,
        created_by_key=by if isinstance(by, ApiKey) else None,
        title=document["title"],
        description=document.get("description", ""),
        kind=document["kind"],
        status=document["status"],
        owner=names.person(document["owner"]),
        scenario=scenario_of(by, document, personas),
        is_template=as_template,
    )
    with refused_at():
        clean_map(journey, personas)
    journey.save()
    replace_personas(journey, personas)
    return journey


def write_stages(journey: Map, document: Document, names: Names) -> dict[str, Stage]:
    stages, parts = {}, []
    for position, state in enumerate(document["stages"]):
        fields = stage_fields(state, names)
        teams = fields.pop("parts")
        stage = stages[state["id"]] = Stage(map=journey, uid=state["id"], position=position, **fields)
        parts += [StageTeam(stage=stage, team=team, part=part) for team, part in teams.items()]
    Stage.objects.bulk_create(stages.values())
    StageTeam.objects.bulk_create(parts)
    return stages


def write_lanes(journey: Map, document: Document) -> dict[str, Lane]:
    lanes = {
        state["id"]: Lane(map=journey, uid=state["id"], position=position, kind=state["kind"], name=state["name"])
        for position, state in enumerate(document["lanes"])
    }
    Lane.objects.bulk_create(lanes.values())
    return lanes


def write_cards(
    journey: Map, document: Document, names: Names, stages: dict[str, Stage], lanes: dict[str, Lane]
) -> list[Card]:
    cards: list[Card] = []
    sources: list[Source] = []
    emotions: list[Emotion] = []
    for stage, lane, position, state in placed_cards(document):
        fields = card_fields(state, names)
        evidence, feelings = source_rows(fields.pop("sources")), feeling_rows(fields.pop("emotions"))
        place = {"stage": stages[stage], "lane": lanes[lane], "position": position, "span": state.get("span", 1)}
        card = Card(map=journey, uid=state["id"], **place, **fields)
        for source in evidence:
            source.card = card
        for emotion in feelings:
            emotion.card = card
        cards.append(card)
        sources += evidence
        emotions += feelings
    Card.objects.bulk_create(cards)
    Source.objects.bulk_create(sources)
    Emotion.objects.bulk_create(emotions)
    return cards


def placed_cards(document: Document) -> Iterator[tuple[str, str, int, dict[str, Any]]]:
    """Each card with the ids of its stage and lane and its place in the cell."""
    for stage, cells in document["cards"].items():
        for lane, cards in cells.items():
            for position, state in enumerate(cards):
                yield stage, lane, position, state


def write_paths(journey: Map, document: Document, stages: dict[str, Stage]) -> None:
    Path.objects.bulk_create(
        Path(
            map=journey,
            uid=uid,
            source=stages[state["from"]],
            target=stages[state["to"]],
            kind=state["kind"],
            share=state.get("share"),
            label=state.get("label", ""),
        )
        for uid, state in document["paths"].items()
    )


def index_cards(journey: Map, cards: list[Card]) -> None:
    rows = [
        row
        for card in cards
        for row in search.entries(
            workspace_id=journey.workspace_id, kind="card", object_id=card.pk, title=card.title, text=card.body
        )
    ]
    SearchWord.objects.bulk_create(rows, batch_size=2000)
