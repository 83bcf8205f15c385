"""An experiment's own page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from experiments.queries.experiments import complete, kept_experiments_of
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, can


@page("GET")
def experiment(request: WorkspaceRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(complete(kept_experiments_of(request.membership)), pk=pk)
    context = {"experiment": shown, "may_edit": can(request.membership, Permission.EXPERIMENT_EDIT, shown)}
    return render(request, "experiments/experiment.html", context)
