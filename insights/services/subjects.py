"""Metrics as something that people talk about: found, addressed, followed by their owners."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from insights.models import Metric
from insights.queries import metrics_of
from teams.models import Membership
from teams.permissions import Actor
from teams.services import subjects


def find_metric(actor: Actor, pk: int) -> Metric | None:
    return metrics_of(actor).select_related("workspace").filter(pk=pk).first()


def metric_address(metric: Metric) -> str:
    return reverse("insights:metric", args=[metric.workspace.slug, metric.pk])


def metric_owner(metric: Metric) -> list[Membership | None]:
    return [metric.owner]


def register() -> None:
    subjects.register("metric", label=_("Metric"), fetch=find_metric, url=metric_address, followers=metric_owner)
