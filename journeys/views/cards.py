"""The card in the panel: read, add, edit, move, delete."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from insights.queries import trends_of
from journeys.forms.cards import (
    CardForm,
    MoveCardForm,
    QuickCardForm,
    SourceFormSet,
    personas_in,
    source_initial,
    source_values,
)
from journeys.models import Card, Map, Persona
from journeys.queries.board import load_personas
from journeys.queries.maps import cards_of, deletion_of, editable_stage_ids, maps_of, stages_of
from journeys.services import cards as service
from journeys.views.answers import (
    answer,
    board_context,
    changed_card,
    changed_cells,
    changed_curves,
    in_panel,
    map_address,
    say,
    undo_address,
)
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict, Gone
from teams.permissions import Permission, can, require
from teams.queries import named_id
from teams.seen import posted, refuse


@page("GET")
def card(request, card_id):
    shown = get_object_or_404(cards_of(request.membership), pk=card_id)
    if not request.htmx:
        return redirect(f"{map_address(shown.map, request)}?card={shown.pk}")
    response = HttpResponse(card_panel(request, shown))
    response["HX-Replace-Url"] = f"{map_address(shown.map, request)}?card={shown.pk}"
    return response


def card_panel(request: WorkspaceRequest, shown: Card) -> str:
    may_edit = can(request.membership, Permission.STAGE_EDIT, shown.stage)
    trend = trends_of({shown.metric_id}).get(shown.metric_id) if shown.metric_id else None
    context = board_context(request, shown.map) | {"card": shown, "may_edit": may_edit, "trend": trend}
    return render_to_string("journeys/cards/card.html", context, request)


@page("GET", "POST")
def card_new(request, map_id):
    journey = get_object_or_404(maps_of(request.membership), pk=map_id)
    named = request.POST if request.method == "POST" else request.GET
    require_stage(request, journey, named_id(named.get("stage")))
    form = QuickCardForm(posted(request), journey=journey, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid() and (added := try_add(request, form)):
        place = (added.stage_id, added.lane_id)
        return answer(request, journey, [changed_cells(request, journey, {place}, quick=place)])
    status = 422 if request.method == "POST" else 200
    return in_panel(request, journey, "journeys/cards/quick.html", {"form": form}, status)


def require_stage(request: WorkspaceRequest, journey: Map, stage_id: int | None) -> None:
    """Ask for the right in the stage; where none is named, in any stage of the map."""
    if stage_id is not None:
        stage = get_object_or_404(stages_of(request.membership).filter(map=journey), pk=stage_id)
        require(request.membership, Permission.STAGE_EDIT, stage)
    elif editable_stage_ids(request.membership, journey) == frozenset():
        require(request.membership, Permission.MAP_EDIT, journey)


def try_add(request: WorkspaceRequest, form: QuickCardForm) -> Card | None:
    try:
        return service.add_card(by=request.membership, **form.cleaned_data)
    except ValidationError as error:
        refuse(form, error)
        return None


@page("GET", "POST")
def card_edit(request, card_id):
    if request.method != "POST":
        edited = card_to_edit(request, card_id)
        return edit_panel(request, edited, form_of(edited, load_personas(edited.map)), sources_of(edited))
    personas = personas_in(request.membership, request.POST)
    form = CardForm(request.POST, workspace_id=request.workspace.pk, personas=personas)
    sources = SourceFormSet(request.POST, prefix="sources")
    if not (form.is_valid() and sources.is_valid()):
        return edit_panel(request, card_to_edit(request, card_id), form, sources, status=422)
    values = form.service_fields() | {"seen": form.cleaned_data["seen"], "sources": source_values(sources)}
    try:
        return after_edit(request, service.edit_card(by=request.membership, card=Card(pk=card_id), **values))
    except ValidationError as error:
        refuse(form, error)
        return edit_panel(request, card_to_edit(request, card_id), form, sources, status=422)
    except Conflict as conflict:
        return choose(request, form, sources, conflict.current)
    except Gone:
        return keep_text(request, card_id, form, sources)


def card_to_edit(request: WorkspaceRequest, card_id: int) -> Card:
    edited = get_object_or_404(cards_of(request.membership), pk=card_id)
    require(request.membership, Permission.STAGE_EDIT, edited.stage)
    return edited


def form_of(edited: Card, personas: list[Persona]) -> CardForm:
    return CardForm(instance=edited, workspace_id=edited.map.workspace_id, personas=personas)


def sources_of(edited: Card) -> SourceFormSet:
    return SourceFormSet(initial=source_initial(edited), prefix="sources")


def edit_panel(request: WorkspaceRequest, edited: Card, form, sources, status: int = 200, **extra) -> HttpResponse:
    context = {"card": edited, "form": form, "sources": sources} | extra
    return in_panel(request, edited.map, "journeys/cards/edit.html", context, status)


def choose(request: WorkspaceRequest, form: CardForm, sources, current: Card) -> HttpResponse:
    """Somebody saved the card meanwhile: both texts, mine kept until I choose."""
    form.ask_about_all(current, load_personas(current.map))
    form.show_theirs(form_of(current, form.personas))
    theirs = source_initial(current)
    last = current.map.changes.filter(target_uid=current.uid).last()
    extra = {"conflict": last, "their_sources": theirs if source_values(sources) != theirs else None}
    return edit_panel(request, current, form, sources, status=409, **extra)


def keep_text(request: WorkspaceRequest, card_id: int, form: CardForm, sources) -> HttpResponse:
    """Somebody deleted the card meanwhile: what was typed stays, and the card can be brought back first."""
    deletion = deletion_of(request.membership, card_id)
    if deletion is None:
        raise Http404
    undo = undo_address(deletion, request)
    return edit_panel(request, Card(pk=card_id, map=deletion.map), form, sources, 409, deletion=deletion, undo=undo)


def after_edit(request: WorkspaceRequest, saved: Card) -> HttpResponse:
    say(request, _("Saved."))
    if not request.htmx:
        return answer(request, saved.map)
    parts = [changed_card(request, saved)]
    if saved.last_change and "emotions" in saved.last_change.after:
        parts.append(changed_curves(saved.map))
    return answer(request, saved.map, parts, panel=card_panel(request, saved))


def after_move(request: WorkspaceRequest, moved: Card, places: set[tuple[int, int]], panel: str = "") -> HttpResponse:
    """The cells that a card left, entered or vanished from; the curves, if it carries feelings."""
    if not request.htmx:
        return answer(request, moved.map)
    parts = [changed_cells(request, moved.map, places)]
    if moved.emotions.all():
        parts.append(changed_curves(moved.map))
    return answer(request, moved.map, parts, panel=panel)


@page("GET", "POST")
def card_move(request, card_id):
    moved = get_object_or_404(cards_of(request.membership), pk=card_id)
    require(request.membership, Permission.STAGE_EDIT, moved.stage)
    start = {
        "stage": moved.stage_id,
        "lane": moved.lane_id,
        "position": moved.position + 1,
        "span": moved.span,
        "seen": moved.version,
    }
    form = MoveCardForm(posted(request), journey=moved.map, initial=start)
    if request.method == "POST" and form.is_valid():
        return try_move(request, moved, form)
    status = 422 if request.method == "POST" else 200
    return in_panel(request, moved.map, "journeys/cards/move.html", {"card": moved, "form": form}, status)


def try_move(request: WorkspaceRequest, moved: Card, form: MoveCardForm) -> HttpResponse:
    values = form.cleaned_data
    places = {(moved.stage_id, moved.lane_id), (values["stage"].pk, values["lane"].pk)}
    try:
        landed = service.move_card(
            by=request.membership,
            card=moved,
            seen=values["seen"],
            stage=values["stage"],
            lane=values["lane"],
            position=values["position"] - 1 if values["position"] else None,
            span=values["span"],
        )
    except ValidationError as error:
        refuse(form, error)
        return in_panel(request, moved.map, "journeys/cards/move.html", {"card": moved, "form": form}, 422)
    except Conflict as conflict:
        form.add_error(None, _("Somebody changed this card meanwhile. This is where it is now; move it again."))
        form.see(conflict.current.version)
        return in_panel(request, moved.map, "journeys/cards/move.html", {"card": moved, "form": form}, 409)
    say(request, _("Moved."), undo=landed.last_change)
    return after_move(request, moved, places)


@page("POST")
def card_delete(request, card_id):
    deleted = get_object_or_404(cards_of(request.membership), pk=card_id)
    place = (deleted.stage_id, deleted.lane_id)
    change = service.delete_card(by=request.membership, card=deleted, seen=None)
    say(request, _("“%(title)s” is deleted.") % {"title": deleted.title}, undo=change)
    return after_move(request, deleted, {place}, panel=closed_panel(request))


def closed_panel(request: WorkspaceRequest) -> str:
    return render_to_string("journeys/panel_closed.html", {}, request)
