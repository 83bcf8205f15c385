"""The stage in the panel: read, add, edit, move, delete."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from journeys.forms.maps import NewStageForm, PlaceForm, StageForm
from journeys.models import Stage
from journeys.queries.maps import maps_of, stages_of
from journeys.services import stages as service
from journeys.views.answers import answer, board_context, changed_board, in_panel, say
from journeys.views.cards import closed_panel
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict
from teams.permissions import Permission, can, require
from teams.seen import posted, refuse


@page("GET")
def stage(request, stage_id):
    shown = get_object_or_404(stages_of(request.membership), pk=stage_id)
    return in_panel(request, shown.map, "journeys/stages/stage.html", stage_context(request, shown))


def stage_context(request: WorkspaceRequest, shown: Stage) -> dict:
    return {
        "stage": shown,
        "may_edit": can(request.membership, Permission.STAGE_EDIT, shown),
        "last_position": shown.map.stages.count(),
    }


def stage_panel(request: WorkspaceRequest, shown: Stage) -> str:
    context = board_context(request, shown.map) | stage_context(request, shown)
    return render_to_string("journeys/stages/stage.html", context, request)


@page("GET", "POST")
def stage_new(request, map_id):
    journey = get_object_or_404(maps_of(request.membership), pk=map_id)
    require(request.membership, Permission.MAP_EDIT, journey)
    form = NewStageForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            added = service.add_stage(by=request.membership, map=journey, name=form.cleaned_data["name"])
        except ValidationError as error:
            refuse(form, error)
        else:
            shown = get_object_or_404(stages_of(request.membership), pk=added.pk)
            return answer(request, journey, [changed_board(request, journey)], panel=stage_panel(request, shown))
    status = 422 if request.method == "POST" else 200
    return in_panel(request, journey, "journeys/stages/new.html", {"form": form}, status)


@page("GET", "POST")
def stage_edit(request, stage_id):
    edited = get_object_or_404(stages_of(request.membership), pk=stage_id)
    require(request.membership, Permission.STAGE_EDIT, edited)
    may_assign = can(request.membership, Permission.MAP_EDIT, edited.map)
    form = StageForm(posted(request), instance=edited, may_assign=may_assign)
    if request.method != "POST":
        return edit_panel(request, edited, form)
    if not form.is_valid():
        return edit_panel(request, edited, form, status=422)
    try:
        seen, fields = form.cleaned_data["seen"], form.service_fields()
        service.edit_stage(by=request.membership, stage=edited, seen=seen, **fields)
    except ValidationError as error:
        refuse(form, error)
        return edit_panel(request, edited, form, status=422)
    except Conflict as conflict:
        form.show_theirs(StageForm(instance=conflict.current, may_assign=may_assign))
        last = edited.map.changes.filter(target_uid=edited.uid).last()
        return edit_panel(request, edited, form, status=409, conflict=last)
    return after_change(request, edited.pk, _("Saved."))


def edit_panel(request: WorkspaceRequest, edited: Stage, form: StageForm, status: int = 200, **extra) -> HttpResponse:
    context = {"stage": edited, "form": form} | extra
    return in_panel(request, edited.map, "journeys/stages/edit.html", context, status)


def after_change(request: WorkspaceRequest, stage_id: int, text: str, undo=None) -> HttpResponse:
    shown = get_object_or_404(stages_of(request.membership), pk=stage_id)
    say(request, text, undo=undo)
    panel = stage_panel(request, shown) if request.htmx else ""
    return answer(request, shown.map, [changed_board(request, shown.map)] if request.htmx else [], panel=panel)


@page("POST")
def stage_move(request, stage_id):
    moved = get_object_or_404(stages_of(request.membership), pk=stage_id)
    require(request.membership, Permission.MAP_EDIT, moved.map)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        context = stage_context(request, moved) | {"form": form}
        return in_panel(request, moved.map, "journeys/stages/stage.html", context, 422)
    position, seen = form.cleaned_data["position"] - 1, form.cleaned_data["seen"]
    try:
        landed = service.move_stage(by=request.membership, stage=moved, seen=seen, position=position)
    except Conflict:
        return after_change(request, moved.pk, _("Somebody changed this stage meanwhile. Look, and move it again."))
    return after_change(request, moved.pk, _("Moved."), undo=landed.last_change)


@page("POST")
def stage_delete(request, stage_id):
    deleted = get_object_or_404(stages_of(request.membership), pk=stage_id)
    change = service.delete_stage(by=request.membership, stage=deleted, seen=None)
    say(request, _("“%(name)s” is deleted, with its cards.") % {"name": deleted.name}, undo=change)
    parts = [changed_board(request, deleted.map)] if request.htmx else []
    return answer(request, deleted.map, parts, panel=closed_panel(request))
