"""Results typed into a grid, one metric at a time."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from experiments.forms.pasting import read_block
from experiments.forms.result_grid import Grid
from experiments.forms.result_range import Range, bounds, chosen
from experiments.models import Entry, Experiment
from experiments.services.results import OPEN, record_results
from experiments.services.sum_names import LABELS
from experiments.services.undo_results import take_back
from experiments.views.frame import frame, shown
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict
from teams.permissions import Permission, require


@page("GET", "POST", permission=Permission.EXPERIMENT_CREATE)
def results_enter(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """The grid; `metric`, `from` and `to` in the address choose what it shows. A POST enters what was changed."""
    experiment = shown(request, pk)
    require(request.membership, Permission.EXPERIMENT_EDIT, experiment)
    where = chosen(experiment, request.GET)
    if where is None or experiment.status not in OPEN:
        return show(request, experiment, where, None)
    if request.method != "POST":
        return show(request, experiment, where, grid_of(experiment, where))
    grid = grid_of(experiment, where, request.POST)
    if request.POST.get("do") == "paste":
        return show(request, experiment, where, grid, **pasted(request, grid))
    status, wrong = save(request, experiment, grid)
    if status == 302:
        return redirect(address(request, experiment, where))
    return show(request, experiment, where, grid, wrong=wrong, status=status)


def grid_of(experiment: Experiment, where: Range, data: QueryDict | None = None) -> Grid:
    return Grid(experiment, where.metric, where.first, where.last, data)


def pasted(request: WorkspaceRequest, grid: Grid) -> dict[str, Any]:
    """Fill the grid from the pasted block. Nothing is entered yet."""
    block = request.POST.get("block", "")
    try:
        grid.fill(read_block(block, grid))
    except ValidationError as error:
        return {"wrong": error.messages, "pasted": block, "status": 422}
    return {"typed": True}


def save(request: WorkspaceRequest, experiment: Experiment, grid: Grid) -> tuple[int, list[str]]:
    """Try to enter; 302 where that is done, 409 where somebody was faster, 422 where something is wrong."""
    if grid.wrong:
        return 422, []
    try:
        made = record_results(by=request.membership, experiment=experiment, cells=grid.cells)
    except ValidationError as error:
        return 422, grid.refuse(error)
    except Conflict:
        grid.show_theirs()
        return 409, []
    tell(request, experiment, made)
    return 302, []


def tell(request: WorkspaceRequest, experiment: Experiment, made: list[Entry]) -> None:
    if not made:
        messages.info(request, _("Nothing was changed, so nothing was entered."))
        return
    undo = reverse("experiments:results_undo", args=[request.workspace.slug, experiment.pk, made[0].pk, made[-1].pk])
    sentence = ngettext("%(count)s result entered.", "%(count)s results entered.", len(made)) % {"count": len(made)}
    messages.success(request, sentence, extra_tags=undo)


@page("POST", permission=Permission.EXPERIMENT_CREATE)
def results_undo(request: WorkspaceRequest, pk: int, first: int, last: int) -> HttpResponse:
    """Take back what was entered at once, from the entry `first` to `last`."""
    experiment = shown(request, pk)
    for entry in (first, last):
        get_object_or_404(experiment.entries, pk=entry)
    try:
        made = take_back(by=request.membership, experiment=experiment, first=first, last=last)
    except (ValidationError, Conflict) as error:
        messages.error(request, " ".join(getattr(error, "messages", [])) or _("Somebody else was faster."))
    else:
        sentence = ngettext("%(count)s result is as before.", "%(count)s results are as before.", len(made))
        messages.success(request, sentence % {"count": len(made)})
    return redirect("experiments:results_history", request.workspace.slug, pk)


def address(request: WorkspaceRequest, experiment: Experiment, where: Range) -> str:
    """The same grid again, so that one sees what was entered."""
    query = urlencode({"metric": where.metric.pk, "from": where.first, "to": where.last})
    return f"{reverse('experiments:results_enter', args=[request.workspace.slug, experiment.pk])}?{query}"


def show(
    request: WorkspaceRequest,
    experiment: Experiment,
    where: Range | None,
    grid: Grid | None,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    earliest, latest = bounds(experiment)
    context |= frame(request, experiment, "results") | {
        "where": where,
        "grid": grid,
        "labels": [LABELS[name] for name in grid.sums] if grid else [],
        "earliest": earliest,
        "latest": latest,
    }
    return render(request, "experiments/results_enter.html", context, status=status)
