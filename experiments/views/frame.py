"""What the pages of one experiment share: the experiment in scope, its head, its steps and its tabs."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from experiments.enums import Status
from experiments.models import Experiment
from experiments.queries.experiments import complete, kept_experiments_of
from teams.door import WorkspaceRequest
from teams.permissions import Permission, can
from teams.tabs import tabs, way

TABS = {
    "experiment": _("Overview"),
    "plan": _("Plan"),
    "results": _("Results"),
    "scores": _("Scores"),
    "decision": _("Decision"),
}
OF_TEMPLATES = frozenset({"experiment", "plan"})
WAY = (Status.IDEA, Status.PLANNED, Status.RUNNING, Status.DECIDING, Status.DECIDED)


def shown(request: WorkspaceRequest, pk: int) -> Experiment:
    """The experiment or template of the workspace, complete; 404 for any other."""
    return get_object_or_404(complete(kept_experiments_of(request.membership)), pk=pk)


def frame(request: WorkspaceRequest, experiment: Experiment, tab: str) -> dict[str, Any]:
    """The context of `experiments/frame.html`. `tab` is the name of the page's address."""
    there = {name: label for name, label in TABS.items() if name in OF_TEMPLATES or not experiment.is_template}
    return {
        "experiment": experiment,
        "may_edit": can(request.membership, Permission.EXPERIMENT_EDIT, experiment),
        "may_create": can(request.membership, Permission.EXPERIMENT_CREATE),
        "way": [] if experiment.is_template else way(WAY, experiment.status),
        "talk": tab == "experiment",
        "tabs": tabs("experiments", there, request.workspace.slug, experiment.pk, current=tab),
    }
