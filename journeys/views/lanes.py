"""Lanes in the panel: add, edit, move, delete."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from journeys.enums import LaneKind
from journeys.forms.maps import LaneForm, PlaceForm
from journeys.models import Lane
from journeys.queries.maps import lanes_of, maps_of
from journeys.services import lanes as service
from journeys.views.answers import answer, changed_board, in_panel, say
from journeys.views.cards import closed_panel
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict
from teams.permissions import Permission, require
from teams.seen import posted, refuse


@page("GET", "POST")
def lane_new(request, map_id):
    journey = get_object_or_404(maps_of(request.membership), pk=map_id)
    require(request.membership, Permission.MAP_EDIT, journey)
    form = LaneForm(posted(request), instance=Lane(map=journey))
    if request.method == "POST" and form.is_valid():
        try:
            service.add_lane(by=request.membership, map=journey, **chosen(form))
        except ValidationError as error:
            refuse(form, error)
        else:
            say(request, _("The lane is there."))
            return changed(request, journey)
    status = 422 if request.method == "POST" else 200
    return in_panel(request, journey, "journeys/lanes/new.html", {"form": form}, status)


@page("POST")
def usual_lanes(request, map_id):
    """All the lanes that most maps have, for a map without any."""
    journey = get_object_or_404(maps_of(request.membership), pk=map_id)
    require(request.membership, Permission.MAP_EDIT, journey)
    if not journey.lanes.exists():
        for kind in [kind for kind in LaneKind if kind != LaneKind.FREE]:
            service.add_lane(by=request.membership, map=journey, kind=kind, name=str(kind.label))
    return changed(request, journey)


@page("GET", "POST")
def lane_edit(request, lane_id):
    edited = get_object_or_404(lanes_of(request.membership), pk=lane_id)
    require(request.membership, Permission.MAP_EDIT, edited.map)
    form = LaneForm(posted(request), instance=edited)
    if request.method != "POST":
        return edit_panel(request, edited, form)
    if not form.is_valid():
        return edit_panel(request, edited, form, status=422)
    try:
        service.edit_lane(by=request.membership, lane=edited, seen=form.cleaned_data["seen"], **chosen(form))
    except ValidationError as error:
        refuse(form, error)
        return edit_panel(request, edited, form, status=422)
    except Conflict as conflict:
        form.show_theirs(LaneForm(instance=conflict.current))
        last = edited.map.changes.filter(target_uid=edited.uid).last()
        return edit_panel(request, edited, form, status=409, conflict=last)
    say(request, _("Saved."))
    return changed(request, edited.map)


def chosen(form: LaneForm) -> dict:
    return {"kind": form.cleaned_data["kind"], "name": form.cleaned_data["name"]}


def edit_panel(request: WorkspaceRequest, edited: Lane, form: LaneForm, status: int = 200, **extra) -> HttpResponse:
    context = {"lane": edited, "form": form, "last_position": edited.map.lanes.count()} | extra
    return in_panel(request, edited.map, "journeys/lanes/edit.html", context, status)


@page("POST")
def lane_move(request, lane_id):
    moved = get_object_or_404(lanes_of(request.membership), pk=lane_id)
    require(request.membership, Permission.MAP_EDIT, moved.map)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return edit_panel(request, moved, LaneForm(instance=moved), status=422, place=form)
    position, seen = form.cleaned_data["position"] - 1, form.cleaned_data["seen"]
    try:
        landed = service.move_lane(by=request.membership, lane=moved, seen=seen, position=position)
    except Conflict:
        say(request, _("Somebody changed this lane meanwhile. Look, and move it again."))
    else:
        say(request, _("Moved."), undo=landed.last_change)
    return changed(request, moved.map)


@page("POST")
def lane_delete(request, lane_id):
    deleted = get_object_or_404(lanes_of(request.membership), pk=lane_id)
    change = service.delete_lane(by=request.membership, lane=deleted, seen=None)
    say(request, _("“%(name)s” is deleted, with its cards.") % {"name": deleted.name}, undo=change)
    return changed(request, deleted.map)


def changed(request: WorkspaceRequest, journey) -> HttpResponse:
    if not request.htmx:
        return answer(request, journey)
    return answer(request, journey, [changed_board(request, journey)], panel=closed_panel(request))
