"""A projection written and changed: one form with its stages and channels, with rows that come and go."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from campaigns.forms.projection_sources import Sources
from campaigns.forms.projection_start import StartForm
from campaigns.forms.projections import CHANNELS, STAGES, ProjectionForms, first_values, values_of
from campaigns.models import Projection
from campaigns.queries.projections import latest_version
from campaigns.services.projections import create_projection, edit_projection
from campaigns.views.projection_frame import frame, shown
from journeys.queries.channels import channels_of
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict
from teams.permissions import Permission, require
from teams.rows import add_row, take_row

TEMPLATE = "campaigns/projections/form.html"


@page("GET", "POST", permission=Permission.PROJECTION_CREATE)
def projection_new(request: WorkspaceRequest) -> HttpResponse:
    """First what it is about (map, months, channels, all in the address), then the whole form. Nothing half is kept."""
    start = StartForm(request.GET if "months" in request.GET else None, actor=request.membership)
    if request.method != "POST" and not start.is_valid():
        context = {"form": start}
        return render(request, "campaigns/projections/start.html", context, status=422 if start.errors else 200)
    values = first_values(request.membership, **start.chosen())
    sources = Sources(request.membership)
    forms = forms_of(request, sources, values)
    status = 200
    if request.method == "POST" and not rows_moved(request):
        status, made = save(forms, lambda **fields: create_projection(by=request.membership, **fields))
        if made is not None:
            messages.success(request, _("Here is what to expect. The next page to fill is what really came."))
            return redirect("campaigns:projection", request.workspace.slug, made.pk)
    return answer(request, forms, status)


@page("GET", "POST", permission=Permission.PROJECTION_CREATE)
def projection_edit(request: WorkspaceRequest, pk: int) -> HttpResponse:
    found = shown(request, pk)
    require(request.membership, Permission.PROJECTION_EDIT, found)
    sources = Sources(request.membership)
    values = values_of(found, latest_version(found).document)
    forms = forms_of(request, sources, values)
    status = 200
    if request.method == "POST" and not rows_moved(request):
        seen = forms.main.seen_version() if forms.main.is_valid() else None
        number = found.number
        status, made = save(
            forms, lambda **fields: edit_projection(by=request.membership, projection=found, seen=seen, **fields)
        )
        if made is not None:
            told = _("Saved as version %(number)s.") if made.number != number else _("Saved.")
            messages.success(request, told % {"number": made.number})
            return redirect("campaigns:projection", request.workspace.slug, pk)
        if status == 409:
            fresh = shown(request, pk)
            theirs = values_of(fresh, latest_version(fresh).document)
            forms.show_theirs(ProjectionForms(request.membership, sources, theirs))
    return answer(request, forms, status, found)


def forms_of(request: WorkspaceRequest, sources: Sources, values: dict[str, Any]) -> ProjectionForms:
    """Bound to what was posted, with the row added or taken away that its button asked for."""
    if request.method != "POST":
        return ProjectionForms(request.membership, sources, values)
    data: QueryDict = request.POST.copy()
    verb, _dash, rest = request.POST.get("do", "").partition("-")
    part, _dash, number = rest.partition("-")
    if verb == "add" and part in (STAGES, CHANNELS):
        add_row(data, part)
    if verb == "take" and part in (STAGES, CHANNELS) and number.isascii() and number.isdigit() and len(number) < 4:
        take_row(data, part, int(number))
    return ProjectionForms(request.membership, sources, values, data)


def rows_moved(request: WorkspaceRequest) -> bool:
    """Whether a button only drew the form anew: rows added or taken away, another number of months."""
    return bool(request.POST.get("do"))


def save(forms: ProjectionForms, keep: Any) -> tuple[int, Projection | None]:
    """409 where somebody was faster, 422 where something is wrong."""
    if not forms.is_valid():
        return 422, None
    try:
        return 302, keep(document=forms.document(), **forms.fields_given())
    except ValidationError as error:
        forms.refuse(error)
        return 422, None
    except Conflict as conflict:
        forms.main.see(conflict.current.version)  # type: ignore[attr-defined]
        return 409, None


def answer(
    request: WorkspaceRequest, forms: ProjectionForms, status: int, found: Projection | None = None
) -> HttpResponse:
    context: dict[str, Any] = frame(request, found, "") if found else {}
    context |= {
        "forms": forms,
        "form": forms.main,
        "typed": rows_moved(request),
        "known_channels": [channel.name for channel in channels_of(request.membership)],
    }
    return render(request, TEMPLATE, context, status=status)
