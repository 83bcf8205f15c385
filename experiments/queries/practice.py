"""The lists that a workspace keeps for its experiments."""

from django.db.models import Count, Q, QuerySet

from experiments.models import ChecklistItem, Reason
from teams.permissions import Actor


def reasons_of(actor: Actor) -> QuerySet[Reason]:
    """The live reasons by name, each with the number of live experiments that have it as `uses`."""
    live = Q(experiments__removed_at=None, experiments__is_template=False)
    rows = Reason.objects.filter(workspace_id=actor.workspace_id, removed_at=None)
    return rows.annotate(uses=Count("experiments", filter=live)).order_by("name", "pk")


def removed_reasons_of(actor: Actor) -> QuerySet[Reason]:
    return Reason.objects.filter(workspace_id=actor.workspace_id, removed_at__isnull=False)


def checks_of(actor: Actor) -> QuerySet[ChecklistItem]:
    """The live points of the launch checklist, in their order."""
    return ChecklistItem.objects.filter(workspace_id=actor.workspace_id, removed_at=None).order_by("position", "pk")


def removed_checks_of(actor: Actor) -> QuerySet[ChecklistItem]:
    return ChecklistItem.objects.filter(workspace_id=actor.workspace_id, removed_at__isnull=False)
