"""Maps: the list, the map itself, how one begins, its details."""

from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from journeys.content.templates import TEMPLATES
from journeys.enums import MapKind, MapStatus
from journeys.forms.maps import MapForm, NewMapForm
from journeys.models import Map
from journeys.queries.maps import any_map_of, cards_of, editable_stage_ids, list_maps, maps_of, templates_of
from journeys.services import maps as service
from journeys.services.starts import save_template, start_from_map, start_map
from journeys.views.answers import board_context, in_panel, map_address, say, whole_board
from journeys.views.cards import card_panel
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict
from teams.permissions import Permission, can, require
from teams.queries import named_id
from teams.seen import posted, refuse
from teams.slices import Slice

PER_PAGE = 30
DAY = 24 * 60 * 60


@page("GET")
def maps(request):
    asked = {name: request.GET.get(name, "") for name in ["q", "status", "kind", "mine"]}
    found = list_maps(
        request.membership, text=asked["q"], status=asked["status"], kind=asked["kind"], mine=asked["mine"] == "1"
    )
    context = {
        "page": Slice(found, request.GET.get("page"), PER_PAGE),
        "asked": asked,
        "filtered": any(asked.values()),
        "statuses": MapStatus.choices,
        "kinds": MapKind.choices,
        "may_create": can(request.membership, Permission.MAP_CREATE),
    }
    return render(request, "journeys/maps_list.html" if request.htmx else "journeys/maps.html", context)


@page("GET")
def map_page(request, map_id):
    found = maps_of(request.membership).select_related("owner__user", "to_be")
    journey = get_object_or_404(found, pk=map_id)
    compare = journey.to_be if request.GET.get("compare") and journey.to_be and not journey.to_be.removed_at else None
    context = board_context(request, journey) | drawn_board(request, journey, compare) | {"compare": compare}
    if opened := named_id(request.GET.get("card")):
        card = cards_of(request.membership).filter(map=journey, pk=opened).first()
        context["panel"] = card_panel(request, card) if card else ""
    context["may_create"] = can(request.membership, Permission.MAP_CREATE)
    context["presenting"] = request.GET.get("present") == "1"
    return render(request, "journeys/map.html", context)


@page("GET")
def map_discussion(request: WorkspaceRequest, map_id: int) -> HttpResponse:
    """What people say about the map, beside it."""
    journey = get_object_or_404(maps_of(request.membership), pk=map_id)
    return in_panel(request, journey, "journeys/discussion.html", {})


@lru_cache
def looks() -> str:
    """Changes with what draws the board, so that a new release draws anew what an old one left in the cache."""
    digest = sha256()
    for pattern in ["templates/journeys/board/*.html", "journeys/drawing/*.py"]:
        for file in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def drawn_board(request: WorkspaceRequest, journey: Map, compare: Map | None) -> dict[str, str]:
    """The board and the line under the title as HTML; drawn once for every state of the map and set of rights."""
    editable = editable_stage_ids(request.membership, journey)
    rights = "all" if editable is None else ".".join(map(str, sorted(editable)))
    compared = f"{compare.pk}-{compare.revision}" if compare else ""
    state = [journey.pk, journey.revision, request.workspace.stamp, timezone.localdate(), compared]
    key = ":".join(map(str, ["board", looks(), translation.get_language(), *state, rights]))
    drawn = cache.get(key)
    if drawn is None:
        context = whole_board(request, journey, editable, compare)
        drawn = {
            "board_html": render_to_string("journeys/board/board.html", context),
            "personas_html": render_to_string("journeys/board/personas.html", context),
        }
        cache.set(key, drawn, DAY)
    return drawn


@page("GET", "POST", permission=Permission.MAP_CREATE)
def map_new(request):
    form = NewMapForm(posted(request), workspace_id=request.workspace.pk, initial={"start": next(iter(TEMPLATES))})
    if request.method == "POST" and form.is_valid():
        try:
            journey = begin(request, form)
        except ValidationError as error:
            refuse(form, error)
        else:
            return redirect(map_address(journey, request))
    context = {"form": form, "templates": TEMPLATES.values(), "saved": templates_of(request.membership)}
    return render(request, "journeys/map_new.html", context, status=422 if form.is_bound else 200)


def begin(request: WorkspaceRequest, form: NewMapForm) -> Map:
    """The new map: empty, from a built-in template, or from one of the workspace's (`saved-<id>`)."""
    values = dict(form.cleaned_data)
    start = values.pop("start")
    if start == "empty":
        return service.create_map(by=request.membership, **values)
    if start.startswith("saved-"):
        source = get_object_or_404(templates_of(request.membership), pk=named_id(start.removeprefix("saved-")))
        return start_from_map(by=request.membership, source=source, **values)
    return start_map(by=request.membership, template=start, **values)


@page("GET", "POST")
def map_edit(request, map_id):
    edited = get_object_or_404(maps_of(request.membership), pk=map_id)
    require(request.membership, Permission.MAP_EDIT, edited)
    form = MapForm(posted(request), instance=edited)
    if request.method != "POST":
        return edit_page(request, edited, form)
    if not form.is_valid():
        return edit_page(request, edited, form, status=422)
    try:
        service.edit_map(by=request.membership, map=edited, seen=form.cleaned_data["seen"], **form.service_fields())
    except ValidationError as error:
        refuse(form, error)
        return edit_page(request, edited, form, status=422)
    except Conflict as conflict:
        form.show_theirs(MapForm(instance=conflict.current))
        return edit_page(request, edited, form, status=409, conflict=edited.changes.filter(target_kind="map").last())
    say(request, _("Saved."))
    return redirect(map_address(edited, request))


def edit_page(request: WorkspaceRequest, edited: Map, form: MapForm, status: int = 200, **extra) -> HttpResponse:
    return render(request, "journeys/map_edit.html", {"journey": edited, "form": form} | extra, status=status)


@page("GET", "POST", permission=Permission.MAP_CREATE)
def map_copy(request, map_id):
    return copied(request, map_id, template=False)


@page("GET", "POST", permission=Permission.MAP_CREATE)
def map_save_template(request, map_id):
    return copied(request, map_id, template=True)


def copied(request: WorkspaceRequest, map_id: int, *, template: bool) -> HttpResponse:
    """Ask for a title, then copy the map or keep it as a template."""
    source = get_object_or_404(maps_of(request.membership), pk=map_id)
    title = request.POST.get("title", source.title if template else _("Copy of %(title)s") % {"title": source.title})
    context = {"journey": source, "title": title[:400], "template": template, "errors": []}
    if request.method == "POST":
        try:
            made = (save_template if template else start_from_map)(by=request.membership, source=source, title=title)
        except ValidationError as error:
            context["errors"] = error.messages
        else:
            say(
                request, _("The template is kept. New maps can start from it.") if template else _("The copy is there.")
            )
            return redirect(map_address(source if template else made, request))
    return render(request, "journeys/map_copy.html", context, status=422 if context["errors"] else 200)


@page("POST")
def map_remove(request, map_id):
    found = any_map_of(request.membership).filter(removed_at=None)
    removed = service.remove_map(by=request.membership, map=get_object_or_404(found, pk=map_id), seen=None)
    say(request, _("“%(title)s” is removed.") % {"title": removed.title}, undo=removed.changes.last())
    return redirect(reverse("journeys:maps", args=[request.workspace.slug]))
