"""An experiment's own page; removing it and bringing it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from experiments.queries.experiments import kept_experiments_of, removed_experiments_of
from experiments.services.experiments import remove_experiment, restore_experiment
from experiments.views.frame import shown
from experiments.views.steps import overview_context
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission


@page("GET")
def experiment(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """The overview: hypothesis, next step, what was done and said."""
    return render(request, "experiments/experiment.html", overview_context(request, shown(request, pk)))


@page("POST", permission=Permission.EXPERIMENT_CREATE)
def experiment_remove(request: WorkspaceRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(kept_experiments_of(request.membership), pk=pk)
    removed = remove_experiment(by=request.membership, experiment=found)
    slug = request.workspace.slug
    undo = reverse("experiments:experiment_restore", args=[slug, removed.pk])
    messages.success(request, _("“%(title)s” is removed.") % {"title": removed.title}, extra_tags=undo)
    return redirect("experiments:templates" if removed.is_template else "experiments:log", slug)


@page("POST", permission=Permission.EXPERIMENT_CREATE)
def experiment_restore(request: WorkspaceRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(removed_experiments_of(request.membership), pk=pk)
    back = restore_experiment(by=request.membership, experiment=found)
    messages.success(request, _("“%(title)s” is back.") % {"title": back.title})
    return redirect("experiments:experiment", request.workspace.slug, back.pk)
