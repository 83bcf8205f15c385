"""What happens by itself: tasks are told of on their day, collisions each hour and soon after a change, and forecasts
are scored once their month is over."""

from campaigns.services.checklists import remind
from campaigns.services.clashes import look, workspaces_with_plans
from campaigns.services.projection_scores import score_all
from teams.models import Workspace


def remind_of_tasks() -> int:
    """Tell of tasks that are due today; how many those were."""
    return remind()


def look_for_clashes() -> int:
    """In all workspaces with plans; how many collisions are new. Days pass, and experiments change, too."""
    return sum(look_for_clashes_of(workspace_id) for workspace_id in list(workspaces_with_plans()))


def look_for_clashes_of(workspace_id: int) -> int:
    try:
        return look(workspace_id)
    except Workspace.DoesNotExist:  # deleted since it was queued
        return 0


def score_forecasts() -> int:
    """Hold the forecasts of months that became over against what came; how many projections had news."""
    return score_all()
