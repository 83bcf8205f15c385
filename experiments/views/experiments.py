"""An experiment's own page."""

from django.http import HttpResponse
from django.shortcuts import render

from experiments.views.frame import frame, shown
from teams.door import WorkspaceRequest, page


@page("GET")
def experiment(request: WorkspaceRequest, pk: int) -> HttpResponse:
    return render(request, "experiments/experiment.html", frame(request, shown(request, pk), "experiment"))
