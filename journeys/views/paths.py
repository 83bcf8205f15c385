"""Paths in the panel: the flow of the journey, path by path."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from journeys.forms.maps import PathForm
from journeys.models import Map, Path
from journeys.queries.maps import maps_of, paths_of
from journeys.services import paths as service
from journeys.views.answers import answer, board_context, changed_board, in_panel, say
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict
from teams.permissions import Permission, require
from teams.seen import posted, refuse


@page("GET", "POST")
def paths(request, map_id):
    """All paths, and a form for one more."""
    journey = get_object_or_404(maps_of(request.membership), pk=map_id)
    form = PathForm(posted(request), instance=Path(map=journey), journey=journey)
    if request.method != "POST":
        return in_panel(request, journey, "journeys/paths/paths.html", paths_context(request, journey, form))
    require(request.membership, Permission.MAP_EDIT, journey)
    if form.is_valid():
        try:
            service.add_path(by=request.membership, map=journey, **form.service_fields())
        except ValidationError as error:
            refuse(form, error)
        else:
            return changed(request, journey)
    return in_panel(request, journey, "journeys/paths/paths.html", paths_context(request, journey, form), 422)


def paths_context(request: WorkspaceRequest, journey: Map, form: PathForm) -> dict:
    ordered = paths_of(request.membership).filter(map=journey).order_by("source__position", "target__position", "pk")
    return {"paths": ordered, "form": form}


@page("GET", "POST")
def path_edit(request, path_id):
    edited = get_object_or_404(paths_of(request.membership), pk=path_id)
    require(request.membership, Permission.MAP_EDIT, edited.map)
    form = PathForm(posted(request), instance=edited, journey=edited.map)
    if request.method != "POST":
        return edit_panel(request, edited, form)
    if not form.is_valid():
        return edit_panel(request, edited, form, status=422)
    try:
        seen, fields = form.cleaned_data["seen"], form.service_fields()
        service.edit_path(by=request.membership, path=edited, seen=seen, **fields)
    except ValidationError as error:
        refuse(form, error)
        return edit_panel(request, edited, form, status=422)
    except Conflict as conflict:
        form.show_theirs(PathForm(instance=conflict.current, journey=edited.map))
        last = edited.map.changes.filter(target_uid=edited.uid).last()
        return edit_panel(request, edited, form, status=409, conflict=last)
    return changed(request, edited.map)


def edit_panel(request: WorkspaceRequest, edited: Path, form: PathForm, status: int = 200, **extra) -> HttpResponse:
    return in_panel(request, edited.map, "journeys/paths/edit.html", {"path": edited, "form": form} | extra, status)


@page("POST")
def path_delete(request, path_id):
    deleted = get_object_or_404(paths_of(request.membership), pk=path_id)
    change = service.delete_path(by=request.membership, path=deleted, seen=None)
    say(request, _("The path is deleted."), undo=change)
    return changed(request, deleted.map)


def changed(request: WorkspaceRequest, journey: Map) -> HttpResponse:
    if not request.htmx:
        return answer(request, journey)
    form = PathForm(instance=Path(map=journey), journey=journey)
    context = board_context(request, journey) | paths_context(request, journey, form)
    panel = render_to_string("journeys/paths/paths.html", context, request)
    return answer(request, journey, [changed_board(request, journey)], panel=panel)
