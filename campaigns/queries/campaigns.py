"""Reads of campaigns and what belongs to them, all through the workspace."""

from django.db.models import Prefetch, QuerySet

from campaigns.models import BudgetLine, Campaign, CampaignStage, Task
from teams.permissions import Actor

# The join leaves out stages that are deleted from their map.
STAGES = Prefetch("campaign_stages", queryset=CampaignStage.objects.select_related("stage__map"))
BUDGET = Prefetch("budget_lines", queryset=BudgetLine.objects.select_related("channel"))
TASKS = Prefetch("tasks", queryset=Task.objects.select_related("owner__user", "done_by__user"))


def campaigns_of(actor: Actor) -> QuerySet[Campaign]:
    """The live campaigns of the actor's workspace, without templates."""
    return Campaign.objects.filter(workspace_id=actor.workspace_id, removed_at=None, is_template=False)


def templates_of(actor: Actor) -> QuerySet[Campaign]:
    return Campaign.objects.filter(workspace_id=actor.workspace_id, removed_at=None, is_template=True)


def kept_campaigns_of(actor: Actor) -> QuerySet[Campaign]:
    """Campaigns and templates that are not removed."""
    return Campaign.objects.filter(workspace_id=actor.workspace_id, removed_at=None)


def any_campaign_of(actor: Actor) -> QuerySet[Campaign]:
    """Campaigns and templates, also the removed ones."""
    return Campaign.objects.filter(workspace_id=actor.workspace_id)


def removed_campaigns_of(actor: Actor) -> QuerySet[Campaign]:
    return Campaign.objects.filter(workspace_id=actor.workspace_id, removed_at__isnull=False)


def with_places(rows: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """With what a line of a list and a bar on the calendar say: five queries whatever the number."""
    rows = rows.select_related("owner__user", "team", "metric", "workspace")
    return rows.prefetch_related(STAGES, "personas", "segments", "channels")


def complete(rows: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """With all that belongs to a campaign itself; its messages are a read of their own."""
    return with_places(rows).select_related("copied_from").prefetch_related("attachments", BUDGET, TASKS)


def find_campaign(actor: Actor, pk: int) -> Campaign | None:
    """A live campaign or template of the actor's workspace."""
    return kept_campaigns_of(actor).select_related("workspace", "owner__user", "team").filter(pk=pk).first()
