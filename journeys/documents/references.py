"""The names in a document that the workspace must know, each with its place."""

from collections.abc import Iterator
from typing import Any

from journeys.documents.names import Names, Unknown
from journeys.documents.problems import Problem, json_path
from journeys.documents.rules import card_places

Reference = tuple[tuple[str | int, ...], str, str]


def unknown_names(document: dict[str, Any], names: Names, *, kept: dict[str, Any] | None = None) -> Iterator[Problem]:
    """A problem for each name that means nothing in the workspace.

    `kept` is the map's document until now: parts that are equal in both are not asked, because nobody changes them.
    """
    for parts, kind, name in references(document, kept or {}):
        try:
            getattr(names, kind)(name)
        except Unknown as error:
            yield Problem(json_path(parts), error.reason)


def references(document: dict[str, Any], kept: dict[str, Any]) -> Iterator[Reference]:
    """Place, kind (a lookup of `Names`) and name. Personas are not among them: missing ones are created."""
    if document["owner"] != kept.get("owner"):
        yield ("owner",), "person", document["owner"]
    stages = {stage["id"]: stage for stage in kept.get("stages", [])}
    for number, stage in enumerate(document["stages"]):
        if stage != stages.get(stage["id"]):
            yield from stage_references(("stages", number), stage)
    cards = {card["id"]: card for _place, card in card_places(kept)} if kept else {}
    for parts, card in card_places(document):
        if card != cards.get(card["id"]):
            yield from card_references(parts, card)


def stage_references(parts: tuple[str | int, ...], stage: dict[str, Any]) -> Iterator[Reference]:
    for name, kind in [("team", "team"), ("person", "person"), ("metric", "metric")]:
        if name in stage:
            yield (*parts, name), kind, stage[name]
    for team in stage.get("teams", {}):
        yield (*parts, "teams", team), "team", team


def card_references(parts: tuple[str | int, ...], card: dict[str, Any]) -> Iterator[Reference]:
    if "channel" in card:
        yield (*parts, "channel"), "channel", card["channel"]
    for kind in ["person", "metric"]:
        if "moment" in card:
            yield (*parts, "moment", kind), kind, card["moment"][kind]
