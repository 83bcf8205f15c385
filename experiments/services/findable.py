"""Experiments as what the search finds."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from experiments.models import Experiment
from teams.models import Workspace
from teams.services import findable
from teams.services.findable import Hit


def register() -> None:
    findable.register("experiment", label=_("Experiments"), order=15, things=experiments, hit=experiment_hit)


def experiments() -> QuerySet[Experiment]:
    return Experiment.objects.filter(removed_at=None, is_template=False)


def experiment_hit(workspace: Workspace, experiment: Experiment) -> Hit:
    address = reverse("experiments:experiment", args=[workspace.slug, experiment.pk])
    return Hit(experiment.title, address, experiment.get_status_display())
