"""Plan and actual of a projection: held against one another, typed into a grid, filled from a metric, taken back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.drawing.fan import fans
from campaigns.forms.actuals import ActualGrid, MetricFillForm, columns_of
from campaigns.models import Actual, Projection
from campaigns.queries.actuals import current_actuals, history_of, replaced_by, series_of
from campaigns.queries.projection_gaps import comparison_of
from campaigns.queries.projections import latest_version
from campaigns.services.actuals import fill_from_metric, record_actuals, take_back
from campaigns.services.projection_questions import channel_names, stage_names
from campaigns.views.projection_frame import frame, shown
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict
from teams.permissions import Permission, require
from teams.queries import named_id
from teams.seen import posted, refuse, why
from teams.slices import Slice

A_PAGE = 100
TAB = "projection_actuals"


@page("GET")
def projection_actuals(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """What was planned and what came, month by month; why they differ; how good the forecasts were."""
    found = shown(request, pk)
    compared = comparison_of(found)
    columns = columns_of(compared.latest.document)
    number = named_id(request.GET.get("show")) or 0
    chosen = columns[number if number < len(columns) else 0]
    series = series_of(compared.latest, chosen.measure, chosen.stage)
    names = compared.latest.answer["scenarios"][0]["months"]
    context = frame(request, found, TAB) | {
        "compared": compared,
        "labels": {(one.measure, one.stage): one.label for one in columns},
        "columns": [(place, one.label) for place, one in enumerate(columns)],
        "chosen": columns.index(chosen),
        "chosen_label": chosen.label,
        "series": series,
        "months": names,
        "fan": fans(names, {"plan": series or {}}, actual=compared.actual_series(chosen.measure, chosen.stage)),
        "stage_names": stage_names(compared.latest.document),
        "fill": MetricFillForm(actor=request.membership, document=compared.latest.document),
    }
    return render(request, "campaigns/projections/actuals.html", context)


@page("GET", "POST", permission=Permission.PROJECTION_CREATE)
def actuals_enter(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """The grid; `channel` in the address chooses whose numbers. A POST enters what was changed."""
    found = shown(request, pk)
    require(request.membership, Permission.PROJECTION_EDIT, found)
    document = latest_version(found).document
    channels = channel_names(document)
    channel = request.GET.get("channel", "")
    channel = channel if channel in channels else ""
    grid = ActualGrid(document, current_actuals(found), channel, posted(request))
    status, wrong = 200, list[str]()
    if request.method == "POST":
        status, wrong = save(request, found, grid)
        if status == 302:
            return redirect("campaigns:projection_actuals", request.workspace.slug, pk)
    context = frame(request, found, TAB) | {
        "grid": grid,
        "wrong": wrong,
        "channel": channel,
        "channels": [("", _("All channels together")), *channels.items()],
    }
    return render(request, "campaigns/projections/actuals_enter.html", context, status=status)


def save(request: WorkspaceRequest, found: Projection, grid: ActualGrid) -> tuple[int, list[str]]:
    """302 where it is done, 409 where somebody was faster, 422 where something is wrong."""
    if grid.wrong:
        return 422, []
    try:
        made = record_actuals(by=request.membership, projection=found, cells=grid.cells)
    except ValidationError as error:
        return 422, grid.refuse(error)
    except Conflict:
        grid.show_theirs(current_actuals(found))
        return 409, []
    tell(request, found, made)
    return 302, []


def tell(request: WorkspaceRequest, found: Projection, made: list[Actual]) -> None:
    if not made:
        messages.info(request, _("Nothing was changed, so nothing was entered."))
        return
    undo = reverse("campaigns:actuals_undo", args=[request.workspace.slug, found.pk, made[0].pk, made[-1].pk])
    sentence = ngettext("%(count)s number entered.", "%(count)s numbers entered.", len(made)) % {"count": len(made)}
    messages.success(request, sentence, extra_tags=undo)


@page("POST", permission=Permission.PROJECTION_CREATE)
def actuals_fill(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Take the readings of a metric."""
    found = shown(request, pk)
    require(request.membership, Permission.PROJECTION_EDIT, found)
    form = MetricFillForm(request.POST, actor=request.membership, document=latest_version(found).document)
    status = 422
    if form.is_valid():
        try:
            tell(request, found, fill_from_metric(by=request.membership, projection=found, **form.chosen()))
            return redirect("campaigns:projection_actuals", request.workspace.slug, pk)
        except ValidationError as error:
            refuse(form, error)
    context = frame(request, found, TAB) | {"fill": form}
    return render(request, "campaigns/projections/actuals_fill.html", context, status=status)


@page("POST", permission=Permission.PROJECTION_CREATE)
def actuals_undo(request: WorkspaceRequest, pk: int, first: int, last: int) -> HttpResponse:
    """Take back what was entered at once, from the entry `first` to `last`."""
    found = shown(request, pk)
    for entry in (first, last):
        get_object_or_404(found.actuals, pk=entry)
    try:
        made = take_back(by=request.membership, projection=found, first=first, last=last)
    except (ValidationError, Conflict) as error:
        messages.error(request, why(error))
    else:
        sentence = ngettext("%(count)s number is as before.", "%(count)s numbers are as before.", len(made))
        messages.success(request, sentence % {"count": len(made)})
    return redirect("campaigns:projection_actuals", request.workspace.slug, pk)


@page("GET")
def actuals_history(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Every entry, with what it replaced."""
    found = shown(request, pk)
    document = latest_version(found).document
    rows = Slice(history_of(found), request.GET.get("page"), A_PAGE)
    entries: list[Actual] = list(rows.object_list)
    before = replaced_by(entries)
    labels: dict[Any, str] = {(one.measure, one.stage): one.label for one in columns_of(document)}
    channels = channel_names(document)
    context = frame(request, found, TAB) | {
        "page": rows,
        "rows": [
            {
                "entry": entry,
                "before": before.get(entry.pk),
                "label": labels.get((entry.measure, entry.stage), entry.get_measure_display()),
                "channel": channels.get(entry.channel, ""),
            }
            for entry in entries
        ],
    }
    return render(request, "campaigns/projections/actuals_history.html", context)
