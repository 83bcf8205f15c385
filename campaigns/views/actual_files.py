"""Actual numbers as files."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from campaigns.enums import ActualSource
from campaigns.models import Actual, Projection
from campaigns.queries.actuals import current_actuals
from campaigns.queries.projections import latest_version
from campaigns.services.actual_sheets import COLUMNS, ActualSheet, lines_of, plan_actuals, read_actuals
from campaigns.services.actuals import record_actuals
from campaigns.views.projection_actuals import TAB, tell
from campaigns.views.projection_files import name_of
from campaigns.views.projection_frame import frame, shown
from insights.forms.uploads import TravelingForm
from journeys.documents.card_table import MARK
from teams.csv_lines import csv_lines
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, require

MOST_SHOWN = 50


@page("GET", "POST", permission=Permission.PROJECTION_CREATE)
def actuals_import(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """First a preview, then on demand the import. The text travels with the preview, so nothing waits on the server."""
    found = shown(request, pk)
    require(request.membership, Permission.PROJECTION_EDIT, found)
    if request.method != "POST":
        return answer(request, found, TravelingForm())
    form = TravelingForm(request.POST, request.FILES)
    if not form.is_valid():
        return answer(request, found, form, status=422)
    try:
        sheet = read_actuals(form.cleaned_data["text"], found, latest_version(found).document)
        if request.POST.get("confirm") == "all" and not sheet.faults:
            made = record_actuals(by=request.membership, projection=found, cells=sheet.cells, source=ActualSource.CSV)
            tell(request, found, made)
            return redirect("campaigns:projection_actuals", request.workspace.slug, pk)
    except ValidationError as error:
        form.with_text().add_error("text", error.messages)
        return answer(request, found, form, status=422)
    return answer(request, found, form.with_text(), sheet=sheet, status=422 if sheet.faults else 200)


def answer(
    request: WorkspaceRequest,
    found: Projection,
    form: TravelingForm,
    *,
    sheet: ActualSheet | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = frame(request, found, TAB) | {"form": form, "sheet": sheet}
    if sheet is not None:
        context |= {
            "plan": plan_actuals(sheet.cells, current_actuals(found)),
            "faults": sheet.faults[:MOST_SHOWN],
            "more_faults": max(0, len(sheet.faults) - MOST_SHOWN),
        }
    return render(request, "campaigns/projections/actuals_import.html", context, status=status)


@page("GET")
def actuals_export(request: WorkspaceRequest, pk: int) -> StreamingHttpResponse:
    """What stands, as CSV that can be imported again."""
    found = shown(request, pk)
    entries = [one for one in current_actuals(found).values() if one.value is not None]
    lines = table(entries, latest_version(found).document)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name_of(found)}-actual.csv"'
    return response


def table(entries: list[Actual], document: dict[str, Any]) -> Iterator[str]:
    yield MARK
    yield from csv_lines([COLUMNS])
    yield from csv_lines(lines_of(sorted(entries, key=lambda one: one.place), document))
