"""The checklist as the overview shows it: what is open by its day, then what is done."""

import datetime
from typing import Any

from django.utils import timezone

from campaigns.forms.checklists import TaskForm
from campaigns.models import Campaign, Task
from campaigns.services.checklists import is_overdue
from teams.door import WorkspaceRequest


def checklist_context(request: WorkspaceRequest, campaign: Campaign) -> dict[str, Any]:
    today = timezone.localdate()
    rows = list(campaign.tasks.all())
    for task in rows:
        task.campaign = campaign
    return {
        "checklist": [
            {"task": task, "overdue": not campaign.is_template and is_overdue(task, today)}
            for task in sorted(rows, key=order)
        ],
        "done": sum(task.done_at is not None for task in rows),
        "task_form": TaskForm(actor=request.membership, auto_id="new-task-%s"),
    }


def order(task: Task) -> tuple[bool, bool, datetime.date, int, int]:
    due = task.due
    return task.done_at is not None, due is None, due or datetime.date.max, task.due_offset or 0, task.pk
