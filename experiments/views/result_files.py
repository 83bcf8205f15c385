"""Results as files, and their history."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify

from experiments.enums import EntrySource
from experiments.models import Entry, Experiment
from experiments.queries.entries import all_current, history_of, replaced_by
from experiments.services.result_sheets import COLUMNS, ResultSheet, plan_results, read_results, row_of
from experiments.services.results import OPEN, record_results
from experiments.views.entering import tell
from experiments.views.frame import frame, shown
from insights.forms.uploads import TravelingForm
from journeys.documents.card_table import MARK, disarmed
from teams.csv_lines import csv_lines
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, require
from teams.slices import Slice

MOST_SHOWN = 50
A_PAGE = 100


@page("GET", "POST", permission=Permission.EXPERIMENT_CREATE)
def results_import(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Results from CSV: first a preview, then on demand the import. The text travels with the preview."""
    experiment = shown(request, pk)
    require(request.membership, Permission.EXPERIMENT_EDIT, experiment)
    if request.method != "POST":
        return answer(request, experiment, TravelingForm())
    form = TravelingForm(request.POST, request.FILES)
    if not form.is_valid():
        return answer(request, experiment, form, status=422)
    try:
        sheet = read_results(form.cleaned_data["text"], experiment)
        if request.POST.get("confirm") == "all" and not sheet.faults:
            made = record_results(
                by=request.membership, experiment=experiment, cells=sheet.cells, source=EntrySource.CSV
            )
            tell(request, experiment, made)
            return redirect("experiments:results", request.workspace.slug, pk)
    except ValidationError as error:
        form.with_text().add_error("text", lines(error))
        return answer(request, experiment, form, status=422)
    return answer(request, experiment, form.with_text(), sheet=sheet)


def lines(error: ValidationError) -> list[str]:
    """What the service refused, with the lines that it names."""
    if not hasattr(error, "error_dict"):
        return error.messages
    return [f"{place}: {' '.join(texts)}" for place, texts in list(error.message_dict.items())[:MOST_SHOWN]]


def answer(
    request: WorkspaceRequest,
    experiment: Experiment,
    form: TravelingForm,
    *,
    sheet: ResultSheet | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = frame(request, experiment, "results") | {
        "form": form,
        "sheet": sheet,
        "open": experiment.status in OPEN,
    }
    if sheet is not None:
        context |= {
            "plan": plan_results(experiment, sheet.cells),
            "faults": sheet.faults[:MOST_SHOWN],
            "more_faults": max(0, len(sheet.faults) - MOST_SHOWN),
        }
    return render(request, "experiments/results_import.html", context, status=status)


@page("GET")
def results_export(request: WorkspaceRequest, pk: int) -> StreamingHttpResponse:
    """What stands, as CSV that can be imported again."""
    experiment = shown(request, pk)
    response = StreamingHttpResponse(table(all_current(experiment)), content_type="text/csv; charset=utf-8")
    name = slugify(experiment.title)[:60] or "experiment"
    response["Content-Disposition"] = f'attachment; filename="{name}-results.csv"'
    return response


def table(entries: Any) -> Iterator[str]:
    """With a byte order mark, by which spreadsheets know UTF-8; names that they would run as formulas are disarmed."""
    yield MARK
    yield from csv_lines([COLUMNS])
    rows = (row_of(entry) for entry in entries.iterator(chunk_size=1000))
    safe = (row | {"metric": disarmed(row["metric"])} for row in rows)
    yield from csv_lines([row.get(name, "") for name in COLUMNS] for row in safe)


@page("GET")
def results_history(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Every entry, with what it replaced."""
    experiment = shown(request, pk)
    rows = Slice(history_of(experiment), request.GET.get("page"), A_PAGE)
    entries: list[Entry] = list(rows.object_list)
    before = replaced_by(entries)
    context = frame(request, experiment, "results") | {
        "page": rows,
        "rows": [(entry, before.get(entry.pk)) for entry in entries],
    }
    return render(request, "experiments/results_history.html", context)
