"""Maps in and out: the JSON document and the table of cards."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from journeys.documents.card_table import card_table
from journeys.documents.create import create_from_document
from journeys.documents.export import export_document, load
from journeys.documents.problems import DocumentError
from journeys.documents.schema import FILE
from journeys.forms.documents import DocumentForm
from journeys.models import Map
from journeys.queries.maps import maps_of
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission


@page("GET")
def map_document(request: WorkspaceRequest, map_id: int) -> HttpResponse:
    journey = get_object_or_404(maps_of(request.membership), pk=map_id)
    text = json.dumps(export_document(journey), ensure_ascii=False, indent=2)
    return download(text + "\n", "application/json", file_name(journey, "json"))


@page("GET")
def map_csv(request: WorkspaceRequest, map_id: int) -> HttpResponse:
    journey = get_object_or_404(maps_of(request.membership), pk=map_id)
    return download(card_table(load(journey.pk)), "text/csv; charset=utf-8", file_name(journey, "csv"))


@page("GET", "POST", permission=Permission.MAP_CREATE)
def map_import(request: WorkspaceRequest) -> HttpResponse:
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    if form.is_valid():
        try:
            journey = create_from_document(by=request.membership, document=form.cleaned_data["document"])
        except DocumentError as error:
            form.refuse(error)
        else:
            messages.success(request, _("“%(title)s” is imported.") % {"title": journey.title})
            return redirect("journeys:map", request.workspace.slug, journey.pk)
    return render(request, "journeys/map_import.html", {"form": form}, status=422 if form.is_bound else 200)


@page("GET")
def map_schema(request: WorkspaceRequest) -> HttpResponse:
    """What a map document may hold, for editors and programs."""
    headers = {"Content-Disposition": f'inline; filename="{FILE.name}"'}
    return HttpResponse(FILE.read_bytes(), content_type="application/schema+json", headers=headers)


def download(text: str, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(text, content_type=content_type, headers=headers)


def file_name(journey: Map, ending: str) -> str:
    return f"{slugify(journey.title)[:60] or f'map-{journey.pk}'}.{ending}"
