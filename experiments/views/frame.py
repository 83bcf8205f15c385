"""What the pages of one experiment share: the experiment in scope, its head, its steps and its tabs."""

from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from experiments.enums import Status
from experiments.models import Experiment
from experiments.queries.experiments import complete, kept_experiments_of
from teams.door import WorkspaceRequest
from teams.permissions import Permission, can

TABS = {
    "experiment": _("Overview"),
    "plan": _("Plan"),
    "results": _("Results"),
    "scores": _("Scores"),
    "decision": _("Decision"),
}
OF_TEMPLATES = frozenset({"experiment", "plan"})
MEANWHILE = _("Somebody else was here meanwhile. Look again at what stands now.")
WAY = (Status.IDEA, Status.PLANNED, Status.RUNNING, Status.DECIDING, Status.DECIDED)


@dataclass(frozen=True)
class Tab:
    href: str
    label: str
    current: bool


@dataclass(frozen=True)
class WayPoint:
    """A status on the way from the idea to the decision: `past`, `current` or `to come`."""

    label: str
    state: str


def shown(request: WorkspaceRequest, pk: int) -> Experiment:
    """The experiment or template of the workspace, complete; 404 for any other."""
    return get_object_or_404(complete(kept_experiments_of(request.membership)), pk=pk)


def frame(request: WorkspaceRequest, experiment: Experiment, tab: str) -> dict[str, Any]:
    """The context of `experiments/frame.html`. `tab` is the name of the page's address."""
    slug = request.workspace.slug
    return {
        "experiment": experiment,
        "may_edit": can(request.membership, Permission.EXPERIMENT_EDIT, experiment),
        "may_create": can(request.membership, Permission.EXPERIMENT_CREATE),
        "way": way(experiment),
        "talk": tab == "experiment",
        "tabs": [
            Tab(reverse(f"experiments:{name}", args=[slug, experiment.pk]), str(label), name == tab)
            for name, label in TABS.items()
            if name in OF_TEMPLATES or not experiment.is_template
        ],
    }


def way(experiment: Experiment) -> list[WayPoint]:
    """The steps, as far as it has come; none for templates and for what is archived."""
    if experiment.is_template or experiment.status not in WAY:
        return []
    here = WAY.index(Status(experiment.status))
    states = ["past"] * here + ["current"] + ["to come"] * (len(WAY) - here - 1)
    return [WayPoint(str(status.label), state) for status, state in zip(WAY, states, strict=True)]
