"""The checklist of a campaign: tasks with an owner, due on a day or so many days after the campaign starts."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.enums import OVER
from campaigns.models import Campaign, Task
from campaigns.services.campaign_locks import hold_row, lock_to_edit
from teams.errors import Gone, check_seen
from teams.models import Membership
from teams.permissions import Actor, Permission, require
from teams.services.activity import record
from teams.services.notifications import notify
from teams.zones import zone_of

FIELDS = ("text", "owner", "due_on", "due_offset")
MOST_TASKS = 100


@transaction.atomic
def add_task(*, by: Actor, campaign: Campaign, **fields: Any) -> Task:
    """Add a task. Fields: text, owner, and either due_on or due_offset (days after the start, before it below 0)."""
    campaign = lock_to_edit(campaign, by=by)
    if campaign.tasks.count() >= MOST_TASKS:
        raise ValidationError(_("A campaign has at most %(most)d tasks.") % {"most": MOST_TASKS})
    task = Task(campaign=campaign)
    keep(task, fields)
    record(campaign, by=by, verb="task-added", after={"task": task.text})
    return task


@transaction.atomic
def edit_task(*, by: Actor, task: Task, seen: int | None = None, **fields: Any) -> Task:
    """Change the given fields. Another day is told of again."""
    task = locked(task, by=by, seen=seen)
    before = (task.owner, task.due)
    task.version += 1
    keep(task, fields)
    if (task.owner, task.due) != before:
        task.reminded_at = None
        task.save(update_fields=["reminded_at"])
    record(task.campaign, by=by, verb="task-edited", after={"task": task.text})
    return task


@transaction.atomic
def tick_task(*, by: Actor, task: Task, done: bool) -> Task:
    """Tick a task off, or take the tick back. Its owner may, too."""
    campaign = hold_row(task.campaign_id, workspace_id=by.workspace_id)
    task = found(task, campaign)
    require(by, Permission.CAMPAIGN_CREATE)
    if not (isinstance(by, Membership) and task.owner_id == by.pk):
        require(by, Permission.CAMPAIGN_EDIT, campaign)
    if done == (task.done_at is not None):
        return task
    task.done_at = timezone.now() if done else None
    task.done_by = by if done and isinstance(by, Membership) else None
    task.version += 1
    task.save()
    record(campaign, by=by, verb="task-done" if done else "task-reopened", after={"task": task.text})
    return task


@transaction.atomic
def remove_task(*, by: Actor, task: Task, seen: int | None = None) -> dict[str, Any]:
    """Delete a task; what `add_task` needs to bring it back."""
    task = locked(task, by=by, seen=seen)
    held = {"text": task.text, "owner": task.owner, "due_on": task.due_on, "due_offset": task.due_offset}
    record(task.campaign, by=by, verb="task-removed", after={"task": task.text})
    task.delete()
    return held


def locked(task: Task, *, by: Actor, seen: int | None = None) -> Task:
    held = found(task, lock_to_edit(task.campaign, by=by))
    check_seen(held, seen)
    return held


def found(task: Task, campaign: Campaign) -> Task:
    held = Task.objects.select_related("owner__user").filter(pk=task.pk, campaign=campaign).first()
    if held is None:
        raise Gone
    held.campaign = campaign
    return held


def keep(task: Task, fields: dict[str, Any]) -> None:
    unknown = fields.keys() - set(FIELDS)
    if unknown:
        raise TypeError(f"A task has no {sorted(unknown)}")
    for name, value in fields.items():
        setattr(task, name, value.strip() if isinstance(value, str) else value)
    if task.due_on is not None and task.due_offset is not None:
        raise ValidationError({"due_offset": [_("Give a day, or days after the start, not both.")]})
    if task.owner is not None and task.owner.workspace_id != task.workspace_id:
        raise ValidationError({"owner": [_("This is not in the workspace.")]})
    task.full_clean(exclude=["campaign", "done_by"])
    task.save()


def remind() -> int:
    """Tell of tasks that are due today, each once, in the zone of whoever does it; how many those were."""
    rows = Task.objects.filter(done_at=None, campaign__removed_at=None, campaign__is_template=False)
    rows = rows.exclude(campaign__status__in=OVER).exclude(due_on=None, due_offset=None)
    told = 0
    for task in rows.select_related("campaign__workspace", "campaign__owner__user", "owner__user").iterator():
        told += look_at(task)
    return told


def look_at(task: Task) -> bool:
    """Whether somebody was told. A task that was moved to a later day is told of again then."""
    person = task.owner or task.campaign.owner
    zone = zone_of(person.user.timezone or task.campaign.workspace.timezone)
    waits = task.due is None or task.due > timezone.localdate(timezone=zone)
    if waits == (task.reminded_at is None):
        return False
    now = None if waits else timezone.now()
    # Another worker may look at the same moment: only one of them changes the row.
    rows = Task.objects.filter(pk=task.pk, done_at=None, reminded_at__isnull=not waits)
    with transaction.atomic():
        if not rows.update(reminded_at=now) or waits:
            return False
        notify([person], by=None, verb="campaign.task-due", thing=task.campaign, task=task.text)
    return True


def is_overdue(task: Task, today: datetime.date) -> bool:
    return task.done_at is None and task.due is not None and task.due < today
