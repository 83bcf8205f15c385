"""Cards from a table into a map: first what would happen, then, if wanted, that. Both go the way of documents."""

from copy import deepcopy
from typing import Any

from django.db import transaction

from journeys.documents.export import export_document
from journeys.documents.problems import DocumentError, Problem, json_path
from journeys.documents.read_table import Fault, Line, read_table
from journeys.documents.replace import replace_document
from journeys.models import Change, Map
from journeys.services.log import lock
from teams.permissions import Actor

Document = dict[str, Any]


class WrongLines(Exception):
    """Some lines are wrong; nothing was changed."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} wrong lines")
        self.faults = faults


def preview_cards(*, by: Actor, map: Map, text: str) -> list[Change]:
    """The changes that `import_cards` would make, which are made and taken back. Raises what it would raise."""
    with transaction.atomic():
        changes = import_cards(by=by, map=map, text=text, seen=None)
        transaction.set_rollback(True)
    return changes


@transaction.atomic
def import_cards(*, by: Actor, map: Map, text: str, seen: int | None) -> list[Change]:
    """Add the cards of lines without a known uid, change and move the others; cards without a line stay as they are.

    `seen` is the map's revision that the caller saw. Raises WrongLines, ValidationError where the text is no table at
    all, Conflict and PermissionDenied.
    """
    journey = lock(map.pk, by=by)
    kept = export_document(journey)
    table = read_table(text, kept)
    if table.faults:
        raise WrongLines(table.faults)
    document = with_lines(kept, table.lines)
    try:
        changed = replace_document(by=by, map=map, document=document, seen=seen)
    except DocumentError as error:
        raise WrongLines(faults_of(error.problems, document, table.lines)) from error
    return list(changed.changes.filter(revision__gt=journey.revision))


def with_lines(document: Document, lines: list[Line]) -> Document:
    """The document with the lines' cards in it. A card that stays in its cell at its place does not move."""
    changed = deepcopy(document)
    places = {
        card["id"]: (stage, lane, number)
        for stage, lanes in document["cards"].items()
        for lane, cards in lanes.items()
        for number, card in enumerate(cards, 1)
    }
    for line in lines:
        before = places.get(line.card["id"])
        cell = changed["cards"].setdefault(line.stage, {}).setdefault(line.lane, [])
        if before and before[:2] == (line.stage, line.lane) and line.position in (None, before[2]):
            cell[index_of(cell, line.card["id"])] = line.card
            continue
        if before:
            origin = changed["cards"][before[0]][before[1]]
            del origin[index_of(origin, line.card["id"])]
        cell.insert(len(cell) if line.position is None else line.position - 1, line.card)
    return changed | {"cards": without_empty_cells(changed["cards"])}


def index_of(cell: list[dict[str, Any]], uid: str) -> int:
    return next(number for number, card in enumerate(cell) if card["id"] == uid)


def without_empty_cells(stages: dict[str, dict[str, list]]) -> dict[str, dict[str, list]]:
    filled = {stage: {lane: cards for lane, cards in lanes.items() if cards} for stage, lanes in stages.items()}
    return {stage: lanes for stage, lanes in filled.items() if lanes}


def faults_of(problems: list[Problem], document: Document, lines: list[Line]) -> list[Fault]:
    """Problems by line: each path begins with the place of a card. What belongs to no line has the number 0."""
    numbers = {line.card["id"]: line.number for line in lines}
    starts = {
        json_path(("cards", stage, lane, number)): numbers[card["id"]]
        for stage, lanes in document["cards"].items()
        for lane, cards in lanes.items()
        for number, card in enumerate(cards)
        if card["id"] in numbers
    }
    return sorted(fault_of(problem, starts) for problem in problems)


def fault_of(problem: Problem, starts: dict[str, int]) -> Fault:
    for start, number in starts.items():
        rest = problem.path.removeprefix(start)
        if rest != problem.path and (not rest or rest[0] in ".["):
            where = rest.strip(".")
            return Fault(number, f"{where}: {problem.reason}" if where else problem.reason)
    return Fault(0, str(problem))
