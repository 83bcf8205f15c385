from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from insights import queries
from insights.forms.uploads import TravelingForm
from insights.models import Metric
from insights.services.imports import Plan, import_readings, plan_import
from insights.services.sheets import Sheet, read_sheet
from insights.views.metrics import address
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission

MOST_SHOWN = 50


@page("GET", "POST", permission=Permission.READING_ADD)
def readings_import(request: WorkspaceRequest, pk: int | None = None) -> HttpResponse:
    """Readings from CSV, of one metric, or of several that a column names: first a preview, then on demand the import.

    The text travels with the preview and is read again on confirmation, so nothing waits on the server.
    """
    metrics = queries.metrics_of(request.membership)
    metric = get_object_or_404(metrics, pk=pk) if pk is not None else None
    if request.method != "POST":
        return answer(request, metric, TravelingForm())
    form = TravelingForm(request.POST, request.FILES)
    if not form.is_valid():
        return answer(request, metric, form, status=422)
    try:
        names = {known.name.casefold(): known for known in metrics} if metric is None else {}
        sheet = read_sheet(form.cleaned_data["text"], metrics=names, metric=metric)
    except ValidationError as error:
        form.with_text().add_error("text", error)
        return answer(request, metric, form, status=422)
    wanted = request.POST.get("confirm")
    if wanted == "good" or (wanted == "all" and not sheet.faults):
        return finish(request, metric, import_readings(by=request.membership, lines=sheet.lines))
    return answer(request, metric, form.with_text(), sheet=sheet, plan=plan_import(sheet.lines))


def answer(
    request,
    metric: Metric | None,
    form: TravelingForm,
    *,
    sheet: Sheet | None = None,
    plan: Plan | None = None,
    status=200,
) -> HttpResponse:
    context = {"metric": metric, "form": form, "sheet": sheet, "plan": plan}
    if sheet is not None and plan is not None:
        context |= {
            "faults": sheet.faults[:MOST_SHOWN],
            "more_faults": max(0, len(sheet.faults) - MOST_SHOWN),
            "changed": plan.changed[:MOST_SHOWN],
            "more_changed": max(0, len(plan.changed) - MOST_SHOWN),
            "writes": len(plan.new) + len(plan.changed),
        }
    return render(request, "insights/readings_import.html", context, status=status)


def finish(request, metric: Metric | None, plan: Plan) -> HttpResponse:
    numbers = {"new": len(plan.new), "changed": len(plan.changed), "same": plan.unchanged}
    messages.success(request, _("Imported: %(new)s new, %(changed)s corrected, %(same)s as before.") % numbers)
    return redirect(address(request, metric)) if metric else redirect("insights:metrics", request.workspace.slug)
