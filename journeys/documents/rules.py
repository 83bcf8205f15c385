"""What the schema cannot say: rules between the parts of a document. Each takes a document that fits the schema."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.documents.problems import Problem, json_path
from journeys.models import Path, Source
from journeys.services.cards import MOST_CARDS
from journeys.services.paths import fits, path_sentence

Document = dict[str, Any]
Cell = tuple[str, str, list[dict[str, Any]]]


def rule_problems(document: Document) -> Iterator[Problem]:
    for rule in RULES:
        yield from rule(document)


def problem(reason: str, *parts: str | int) -> Problem:
    return Problem(json_path(parts), reason)


def too_many_cards(document: Any) -> list[Problem]:
    """Asked before the schema, of any value, so that nobody waits for the check of what is refused anyway."""
    stages = document.get("cards") if isinstance(document, dict) else None
    if not isinstance(stages, dict):
        return []
    columns = [lanes for lanes in stages.values() if isinstance(lanes, dict)]
    count = sum(len(cell) for lanes in columns for cell in lanes.values() if isinstance(cell, list))
    numbers = {"most": MOST_CARDS, "count": count}
    sentence = _("A map holds at most %(most)s cards; here are %(count)s.") % numbers
    return [problem(sentence, "cards")] if count > MOST_CARDS else []


def cells(document: Document) -> Iterator[Cell]:
    for stage, lanes in document["cards"].items():
        for lane, cards in lanes.items():
            yield stage, lane, cards


def card_places(document: Document) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Each card with the parts of its path."""
    for stage, lane, cards in cells(document):
        for number, card in enumerate(cards):
            yield ("cards", stage, lane, number), card


def unique_ids(document: Document) -> Iterator[Problem]:
    yield from twice((("stages", number, "id"), stage["id"]) for number, stage in enumerate(document["stages"]))
    yield from twice((("lanes", number, "id"), lane["id"]) for number, lane in enumerate(document["lanes"]))
    yield from twice(((*parts, "id"), card["id"]) for parts, card in card_places(document))


def twice(ids: Iterable[tuple[tuple[str | int, ...], str]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for parts, uid in ids:
        if uid in seen:
            yield problem(_("This id was given before: each has its own."), *parts)
        seen.add(uid)


def known_cells(document: Document) -> Iterator[Problem]:
    stages, lanes = ids(document, "stages"), ids(document, "lanes")
    for stage, lane, _cards in cells(document):
        if lane not in lanes:
            yield problem(_("No lane of this document has this id."), "cards", stage, lane)
    for stage in document["cards"]:
        if stage not in stages:
            yield problem(_("No stage of this document has this id."), "cards", stage)


def ids(document: Document, kind: str) -> dict[str, int]:
    """Places by id."""
    return {part["id"]: place for place, part in enumerate(document[kind])}


def spans_within(document: Document) -> Iterator[Problem]:
    places, count = ids(document, "stages"), len(document["stages"])
    for parts, card in card_places(document):
        room = count - places.get(str(parts[1]), count)
        if room and card.get("span", 1) > room:
            sentence = ngettext(
                "From here a card reaches over %(room)s stage.",
                "From here a card reaches over 1 to %(room)s stages.",
                room,
            )
            yield problem(sentence % {"room": room}, *parts, "span")


def feelings_of_personas(document: Document) -> Iterator[Problem]:
    personas = set(document.get("personas", []))
    for parts, card in card_places(document):
        for name in card.get("emotions", {}):
            if name not in personas:
                yield problem(_("This is not a persona of the map."), *parts, "emotions", name)


def real_links(document: Document) -> Iterator[Problem]:
    field = Source._meta.get_field("url")
    for parts, card in card_places(document):
        for number, source in enumerate(card.get("sources", [])):
            try:
                field.run_validators(source.get("url", ""))
            except ValidationError as error:
                yield problem(" ".join(error.messages), *parts, "sources", number, "url")


def accountable_once(document: Document) -> Iterator[Problem]:
    for number, stage in enumerate(document["stages"]):
        if "team" in stage and stage["team"] in stage.get("teams", {}):
            yield problem(_("This team is accountable already."), "stages", number, "teams", stage["team"])


def paths_that_fit(document: Document) -> Iterator[Problem]:
    places = ids(document, "stages")
    for uid, path in document["paths"].items():
        missing = [end for end in ("from", "to") if path[end] not in places]
        for end in missing:
            yield problem(_("No stage of this document has this id."), "paths", uid, end)
        if not missing and not fits(path["kind"], places[path["from"]], places[path["to"]]):
            yield problem(path_sentence(Path(kind=path["kind"])), "paths", uid, "kind")


def paths_once(document: Document) -> Iterator[Problem]:
    ways = {uid: (path["from"], path["to"], path["kind"]) for uid, path in document["paths"].items()}
    counts = Counter(ways.values())
    for uid, way in ways.items():
        counts[way] -= 1
        if counts[way]:
            yield problem(_("There is another path of this kind between these stages."), "paths", uid)


RULES: list[Callable[[Document], Iterator[Problem]]] = [
    unique_ids,
    known_cells,
    spans_within,
    feelings_of_personas,
    real_links,
    accountable_once,
    paths_that_fit,
    paths_once,
]
