"""The cards of a map made equal to a document's, once its stages and lanes are."""

from collections import defaultdict
from typing import Any

from journeys.documents.edits import Edits
from journeys.documents.export import Whole, load
from journeys.documents.fields import card_fields
from journeys.documents.order import steps
from journeys.documents.refusals import CARD_TERMS, refused_at
from journeys.documents.rules import cells
from journeys.documents.states import card_state
from journeys.models import Card
from journeys.services.cards import add_card, edit_card, move_card

Cells = dict[tuple[str, str], list[str]]


def arrange_cards(edits: Edits) -> None:
    whole = load(edits.journey.pk)
    edit_texts(edits, whole)
    put_in_cells(edits, whole)
    set_spans(edits)


def edit_texts(edits: Edits, whole: Whole) -> None:
    for card in whole.cards:
        parts, state = edits.cards[card.uid]
        if without_span(card_state(card)) != without_span(state):
            with refused_at(*parts, terms=CARD_TERMS):
                edit_card(by=edits.by, card=card, seen=None, **card_fields(state, edits.names))


def without_span(state: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in state.items() if name != "span"}


def put_in_cells(edits: Edits, whole: Whole) -> None:
    """Cell by cell: cards that stay in order stay, others come from elsewhere or are new."""
    known = {card.uid: card for card in whole.cards}
    stages = {stage.uid: stage for stage in whole.stages}
    lanes = {lane.uid: lane for lane in whole.lanes}
    in_cell: Cells = defaultdict(list)
    for card in whole.cards:
        in_cell[card.stage.uid, card.lane.uid].append(card.uid)
    for stage, lane, states in cells(edits.document):
        order = in_cell[stage, lane]
        for uid, position in steps(order, [state["id"] for state in states]):
            place: dict[str, Any] = {"stage": stages[stage], "lane": lanes[lane], "position": position}
            if uid in known:
                take_out(in_cell, known[uid], order)
            put(edits, known.get(uid), uid, place)


def take_out(in_cell: Cells, card: Card, order: list[str]) -> None:
    """The card leaves the list of the cell that it comes from."""
    origin = in_cell[card.stage.uid, card.lane.uid]
    if origin is not order:
        origin.remove(card.uid)


def put(edits: Edits, card: Card | None, uid: str, place: dict[str, Any]) -> None:
    parts, state = edits.cards[uid]
    span = state.get("span", 1)
    with refused_at(*parts, terms=CARD_TERMS):
        if card is None:
            add_card(by=edits.by, uid=uid, span=span, **place, **card_fields(state, edits.names))
        else:
            move_card(by=edits.by, card=card, seen=None, span=span, **place)


def set_spans(edits: Edits) -> None:
    """Cards in their place with another reach than the document's."""
    for card in edits.journey.cards.select_related("stage", "lane"):
        parts, state = edits.cards[card.uid]
        if card.span != state.get("span", 1):
            place = {"stage": card.stage, "lane": card.lane, "position": card.position, "span": state.get("span", 1)}
            with refused_at(*parts):
                move_card(by=edits.by, card=card, seen=None, **place)
