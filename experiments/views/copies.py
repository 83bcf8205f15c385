"""Experiments that begin from another one."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from experiments.content.templates import BUILT_IN
from experiments.models import Experiment
from experiments.queries.experiments import kept_experiments_of, templates_of, with_places
from experiments.services.copies import copy_experiment, follow_up, save_as_template
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, can

MOST_TEMPLATES = 100


@page("GET")
def templates(request: WorkspaceRequest) -> HttpResponse:
    own = with_places(templates_of(request.membership)).select_related("plan").order_by("title", "pk")
    context = {
        "built_in": BUILT_IN,
        "own": own[:MOST_TEMPLATES],
        "may_create": can(request.membership, Permission.EXPERIMENT_CREATE),
    }
    return render(request, "experiments/templates.html", context)


@page("POST", permission=Permission.EXPERIMENT_CREATE)
def experiment_copy(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """A copy; with `follow_up` in the form, the next try after a decision."""
    copy = follow_up if "follow_up" in request.POST else copy_experiment
    return made(request, pk, copy, _("Copied. Change what is to be different this time."))


@page("POST", permission=Permission.EXPERIMENT_CREATE)
def experiment_template(request: WorkspaceRequest, pk: int) -> HttpResponse:
    return made(request, pk, save_as_template, _("Kept as a template. The experiment itself stays as it is."))


def made(request: WorkspaceRequest, pk: int, make: Callable[..., Experiment], said: str) -> HttpResponse:
    """Make the new one; the message can take it back."""
    source = get_object_or_404(kept_experiments_of(request.membership), pk=pk)
    found = make(by=request.membership, experiment=source)
    slug = request.workspace.slug
    messages.success(request, said, extra_tags=reverse("experiments:experiment_remove", args=[slug, found.pk]))
    return redirect("experiments:experiment" if found.is_template else "experiments:experiment_edit", slug, found.pk)
