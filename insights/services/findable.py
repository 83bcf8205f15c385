"""Metrics as what the search finds."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from insights.models import Metric
from teams.models import Workspace
from teams.services import findable
from teams.services.findable import Hit


def register() -> None:
    findable.register("metric", label=_("Metrics"), order=40, things=metrics, hit=metric_hit)


def metrics() -> QuerySet[Metric]:
    return Metric.objects.filter(removed_at=None)


def metric_hit(workspace: Workspace, metric: Metric) -> Hit:
    return Hit(metric.name, reverse("insights:metric", args=[workspace.slug, metric.pk]))
