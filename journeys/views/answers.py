"""What an edit answers: to htmx the parts of the board that changed and the panel, otherwise a redirect to the map."""

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from journeys.drawing.curves import UNIT
from journeys.forms.cards import QuickCardForm
from journeys.models import Card, Change, Map
from journeys.queries import board as boards
from journeys.queries.maps import editable_stage_ids
from teams.door import WorkspaceRequest
from teams.permissions import Permission, can

Cell = tuple[int, int]


def map_address(journey: Map, request: WorkspaceRequest) -> str:
    return reverse("journeys:map", args=[request.workspace.slug, journey.pk])


def undo_address(change: Change, request: WorkspaceRequest) -> str:
    return reverse("journeys:undo", args=[request.workspace.slug, change.map_id, change.revision])


def say(request: WorkspaceRequest, text: str, *, undo: Change | None = None) -> None:
    """A message for the person, with its undo where there is one."""
    messages.success(request, text, extra_tags=undo_address(undo, request) if undo else "")


def board_context(request: WorkspaceRequest, journey: Map) -> dict[str, Any]:
    return {
        "journey": journey,
        "base": reverse("journeys:maps", args=[request.workspace.slug]).removesuffix("maps/"),
        "channel_icons": static("icons/channels.svg"),
        "can_edit_map": can(request.membership, Permission.MAP_EDIT, journey),
    }


def whole_board(
    request: WorkspaceRequest, journey: Map, editable: Collection[int] | None, compare: Map | None = None
) -> dict[str, Any]:
    """What the templates of the whole board show; `editable` and `compare` as `load_board` takes them."""
    context = board_context(request, journey)
    board = boards.load_board(journey, editable=editable, can_edit_map=context["can_edit_map"], compare=compare)
    return context | {"board": board}


def changed_board(request: WorkspaceRequest, journey: Map) -> str:
    """The board, drawn anew."""
    context = whole_board(request, journey, editable_stage_ids(request.membership, journey))
    return render_to_string("journeys/board/board_changed.html", context)


def changed_cells(request: WorkspaceRequest, journey: Map, places: Collection[Cell], quick: Cell | None = None) -> str:
    """The cells named, and what stands above them in their lanes; `quick` is the cell whose line for texts is open."""
    rows = boards.load_cells(journey, places, editable_stage_ids(request.membership, journey))
    context = board_context(request, journey) | {"rows": rows, "quick": quick}
    if quick:
        context["form"] = QuickCardForm(journey=journey, initial={"stage": quick[0], "lane": quick[1]})
    return render_to_string("journeys/board/cells.html", context, request)


def changed_card(request: WorkspaceRequest, card: Card) -> str:
    """One card, drawn anew where it stands."""
    boards.label(card)
    card.column = card.stage.position + 1  # type: ignore[attr-defined]
    return render_to_string("journeys/board/card_changed.html", board_context(request, card.map) | {"card": card})


def changed_curves(journey: Map) -> str:
    """The curves of the map, after feelings or the places of cards that carry them changed."""
    lanes = boards.emotion_lanes(journey)
    if not lanes:
        return ""
    width = max(1, journey.stages.count()) * UNIT
    context = {"lanes": lanes, "curves": boards.load_curves(journey), "width": width}
    return render_to_string("journeys/board/curves_changed.html", context)


def answer(request: WorkspaceRequest, journey: Map, parts: Sequence[str] = (), *, panel: str = "") -> HttpResponse:
    """`parts` are changed pieces of the board; `panel` is what the panel shows next, nothing closes it."""
    if not request.htmx:
        return redirect(map_address(journey, request))
    toasts = render_to_string("components/toasts.html", {"oob": True}, request)
    return HttpResponse("".join([panel, *parts, toasts]))


def in_panel(
    request: WorkspaceRequest, journey: Map, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A form or a card in the panel; a page of its own for those without JavaScript."""
    context = board_context(request, journey) | context
    if request.htmx:
        return render(request, template, context, status=status)
    return render(request, "journeys/panel_page.html", context | {"content": template}, status=status)
