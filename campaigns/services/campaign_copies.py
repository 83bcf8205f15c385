"""Campaigns that begin from another one: a copy with a new start, a template, and what begins from one."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from campaigns.content.templates import Template
from campaigns.models import Campaign, Message, Task
from campaigns.models.campaign import on_calendar
from campaigns.months import later, month_of, months_between
from campaigns.queries.campaigns import any_campaign_of, complete
from campaigns.queries.messages import complete as complete_messages
from campaigns.queries.tactics import channels_by_icon
from campaigns.services.campaign_states import MANY
from campaigns.services.campaigns import create_campaign
from campaigns.services.message_copies import LONGEST_TITLE, copied_fields
from campaigns.services.messages import begin
from experiments.services.references import wrong
from teams.errors import Gone
from teams.models import Membership
from teams.permissions import Actor, Permission, require

BRIEF = ("goal", "target", "audience", "offer", "tone", "key_message", "next_step", "priority", "currency")
FURTHEST = 366
Day = datetime.date | None


@transaction.atomic
def copy_campaign(*, by: Actor, campaign: Campaign, title: str = "", starts_on: Day = None) -> Campaign:
    """An idea with the brief, the messages, the checklist and the plan of the money, moved to the new start; nothing
    that was done or spent. Without a start it has no days. What has been removed since is left out."""
    source = whole(campaign, by=by)
    usual = source.title if source.is_template else _("%(title)s (copy)") % {"title": source.title}
    return copied(by, source, title=title or Truncator(usual).chars(LONGEST_TITLE), starts_on=starts_on)


@transaction.atomic
def save_as_template(*, by: Actor, campaign: Campaign, title: str = "") -> Campaign:
    """A template of the workspace. It keeps its days, from which a campaign that begins from it counts."""
    source = whole(campaign, by=by)
    return copied(by, source, title=title or source.title, starts_on=anchor(source), is_template=True)


def whole(campaign: Campaign, *, by: Actor) -> Campaign:
    found = complete(any_campaign_of(by)).filter(pk=campaign.pk).first()
    if found is None:
        raise Gone
    return found


def copied(by: Actor, source: Campaign, *, title: str, starts_on: Day, is_template: bool = False) -> Campaign:
    check_start(starts_on)
    began = anchor(source)
    moved = (starts_on - began) if starts_on and began else None
    length = (source.ends_on - source.starts_on) if source.starts_on and source.ends_on else datetime.timedelta(0)
    made = create_campaign(
        by=by,
        is_template=is_template,
        **fields_of(source, by) | {"title": title, "starts_on": starts_on, "ends_on": starts_on and starts_on + length},
        budget=budget_of(source, began, starts_on),
    )
    for message in complete_messages(source.messages.filter(removed_at=None)).order_by("pk"):
        copy_message(message, made, moved)
    Task.objects.bulk_create(task_of(task, made, source.starts_on) for task in source.tasks.all())
    made.copied_from = source
    made.save(update_fields=["copied_from"])
    return complete(Campaign.objects.all()).get(pk=made.pk)


def anchor(source: Campaign) -> Day:
    """The day that others are counted from: the campaign's first, or that of its first message."""
    if source.starts_on is not None:
        return source.starts_on
    days = source.messages.filter(removed_at=None, starts_on__isnull=False).order_by("starts_on")
    return days.values_list("starts_on", flat=True).first()


def check_start(starts_on: Day) -> None:
    """All that is counted from a day of the calendar is a day, too."""
    try:
        if starts_on is not None:
            on_calendar(starts_on)
    except ValidationError as error:
        raise ValidationError({"starts_on": error}) from None


def fields_of(source: Campaign, by: Actor) -> dict[str, Any]:
    """The brief, and of what it refers to what is still there. It is the copier's own; a program leaves the owner."""
    found: dict[str, Any] = {name: getattr(source, name) for name in BRIEF}
    for name in ("team", "metric"):
        thing = getattr(source, name)
        found[name] = thing if thing is not None and not wrong(thing, source.workspace_id) else None
    for name in MANY:
        found[name] = [thing for thing in getattr(source, name).all() if not wrong(thing, source.workspace_id)]
    stages = [row.stage for row in source.campaign_stages.all()]
    found["stages"] = [stage for stage in stages if not wrong(stage, source.workspace_id)]
    found["attachments"] = [{"title": row.title, "url": row.url} for row in source.attachments.all()]
    return found | {"owner": by if isinstance(by, Membership) else source.owner}


def budget_of(source: Campaign, began: Day, starts_on: Day) -> list[dict[str, Any]]:
    """What was planned, as many months after the start as it was."""
    if began is None or starts_on is None:
        return []
    months = months_between(began, starts_on)
    planned = [line for line in source.budget_lines.all() if line.planned]
    return [
        {"channel": line.channel, "month": later(month_of(line.month), months), "planned": line.planned}
        for line in planned
    ]


def copy_message(message: Message, campaign: Campaign, moved: datetime.timedelta | None) -> None:
    """Its tracked link belongs to the one that was; the new one gets its own."""
    fields = copied_fields(message) | {"link": None}
    for name in ("starts_on", "ends_on"):
        day = fields[name]
        fields[name] = day + moved if day is not None and moved is not None else None
    begin(campaign, fields)


def task_of(task: Task, campaign: Campaign, began: Day) -> Task:
    """Not done yet; a day of its own becomes days after the start."""
    offset = task.due_offset
    if offset is None and task.due_on is not None and began is not None:
        offset = (task.due_on - began).days
    inside = offset is not None and abs(offset) <= FURTHEST
    return Task(campaign=campaign, text=task.text, owner=task.owner, due_offset=offset if inside else None)


@transaction.atomic
def begin_from(*, by: Actor, template: Template, title: str = "", starts_on: Day = None) -> Campaign:
    """A campaign from a built-in template: its brief, messages by days, and what has to be done when."""
    require(by, Permission.CAMPAIGN_CREATE)
    check_start(starts_on)
    channels = channels_by_icon(by)
    used = {line.channel: channels[line.channel] for line in template.lines if line.channel in channels}
    made = create_campaign(
        by=by,
        title=title or str(template.title),
        starts_on=starts_on,
        ends_on=starts_on and starts_on + datetime.timedelta(days=template.days - 1),
        goal=str(template.goal),
        next_step=str(template.next_step),
        tone=str(template.tone),
        channels=list(used.values()),
    )
    for line in template.lines:
        day = starts_on and starts_on + datetime.timedelta(days=line.day)
        fields = {"title": str(line.title), "channel": used.get(line.channel), "position": line.position}
        begin(made, fields | {"starts_on": day})
    Task.objects.bulk_create(Task(campaign=made, text=str(text), due_offset=days) for text, days in template.tasks)
    return complete(Campaign.objects.all()).get(pk=made.pk)
