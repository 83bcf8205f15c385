"""Cards from a spreadsheet into a map: a preview of the changes first."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.documents.export import load
from journeys.documents.import_table import WrongLines, import_cards, preview_cards
from journeys.documents.replace import require_some_right
from journeys.forms.documents import CardTableForm
from journeys.models import Map
from journeys.queries.maps import maps_of
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict


@page("GET", "POST")
def cards_import(request: WorkspaceRequest, map_id: int) -> HttpResponse:
    journey = get_object_or_404(maps_of(request.membership), pk=map_id)
    require_some_right(request.membership, load(journey.pk))
    if request.method != "POST":
        return show(request, journey, CardTableForm())
    form = CardTableForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, journey, form, status=422)
    try:
        if not form.confirmed:
            changes = preview_cards(by=request.membership, map=journey, text=form.cleaned_data["text"])
            form.show(revision=journey.revision)
            return show(request, journey, form, changes=changes)
        changes = import_cards(by=request.membership, map=journey, **form.wanted())
    except (WrongLines, ValidationError, PermissionDenied, Conflict) as error:
        return refused(request, journey, form, error)
    messages.success(request, said(len(changes)))
    return redirect("journeys:map", request.workspace.slug, journey.pk)


def refused(request: WorkspaceRequest, journey: Map, form: CardTableForm, error: Exception) -> HttpResponse:
    """The form again, with what was typed and why nothing was changed."""
    form.show(revision=journey.revision)
    if isinstance(error, WrongLines):
        form.add_error(None, _("Some lines are wrong; nothing was changed."))
        return show(request, journey, form, status=422, faults=error.faults)
    if isinstance(error, Conflict):
        form.add_error(None, _("The map was edited in the meantime. Look at the changes once more."))
        return show(request, journey, form, status=409)
    form.add_error(None, error if isinstance(error, ValidationError) else str(error))
    return show(request, journey, form, status=403 if isinstance(error, PermissionDenied) else 422)


def show(request: WorkspaceRequest, journey: Map, form: CardTableForm, status: int = 200, **more) -> HttpResponse:
    return render(request, "journeys/cards_import.html", {"journey": journey, "form": form} | more, status=status)


def said(count: int) -> str:
    if not count:
        return _("The map already was as the table says.")
    return ngettext("%(count)s change is made.", "%(count)s changes are made.", count) % {"count": count}
