"""What stands on the calendar between two days: campaigns, messages on their days, due tasks, experiments.

Every read starts from the workspace, loads only what reaches into the days, and takes the same number of queries
whatever is there.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.utils import timezone

from campaigns.drawing.days import DAY, Range
from campaigns.drawing.recurrence import ONCE, due_days, stretches
from campaigns.models import Campaign, Message, Task
from campaigns.queries import calendar_rows as rows
from campaigns.queries.calendar_filters import Filters
from experiments.models import Experiment
from experiments.queries.collisions import window as experiment_days
from teams.models import Team
from teams.permissions import Actor, Permission, can
from teams.zones import zone_of

__all__ = ["Entry", "Filters", "Run", "entries"]
NONE = 0  # the row of what belongs to none of the things that make rows


class Run(NamedTuple):
    """Days in a row, both ends included, in the reader's zone; `at`: the time of day on each of them."""

    first: datetime.date
    last: datetime.date
    at: datetime.time | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on the calendar.

    `kind`: campaign, message, experiment or task; `first` and `last` are the days as they are kept, `runs` those that
    are shown. `everywhere`: at this time of day in each person's own zone. `follows`: how many messages with days a
    campaign has. `groups`: the rows of the timeline in which it stands.
    """

    kind: str
    pk: int
    title: str
    first: datetime.date
    last: datetime.date
    runs: tuple[Run, ...]
    status: str
    rank: tuple
    version: int = 0
    team: Team | None = None
    parent: str = ""
    parent_pk: int = 0
    icon: str = ""
    place: str = ""
    everywhere: bool = False
    repeats: bool = False
    movable: bool = False
    follows: int = 0
    done: bool = False
    groups: tuple[int, ...] = (NONE,)

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.pk}"

    @property
    def lasting(self) -> bool:
        """Whether it is one thing from its first to its last day, not one that goes again on each."""
        return not self.repeats


def entries(actor: Actor, filters: Filters, first: datetime.date, last: datetime.date) -> list[Entry]:
    """What the filters let through between the days, both included; in the zone that is active. At most eight queries,
    fewer where kinds are left out."""
    days = Range(first, last)
    found: list[Entry] = []
    if "campaigns" in filters.show:
        found += campaign_entries(actor, filters, days)
    if "messages" in filters.show:
        found += message_entries(actor, filters, days)
    if "tasks" in filters.show:
        found += task_entries(actor, filters, days)
    if "experiments" in filters.show:
        found += experiment_entries(actor, filters, days)
    return found


def dated(one: Campaign | Message) -> Range:
    """From its first to its last day; the queries ask for those that have them."""
    return Range(one.starts_on, one.ends_on)  # type: ignore[arg-type]


def campaign_entries(actor: Actor, filters: Filters, days: Range) -> list[Entry]:
    loaded = list(rows.campaigns_between(actor, filters, days))
    groups = rows.groups_of_campaigns(filters.rows, loaded)
    return [campaign_entry(actor, one, groups.get(one.pk, (NONE,))) for one in loaded]


def campaign_entry(actor: Actor, one: Campaign, groups: tuple[int, ...] = (NONE,)) -> Entry:
    window = dated(one)
    return Entry(
        kind="campaign",
        pk=one.pk,
        title=one.title,
        first=window.first,
        last=window.last,
        runs=(Run(window.first, window.last),),
        status=one.status,
        rank=(0, window.first.toordinal(), one.title, one.pk),
        version=one.version,
        team=one.team,
        movable=can(actor, Permission.CAMPAIGN_EDIT, one),
        follows=getattr(one, "follows", 0),
        groups=groups,
    )


def message_entries(actor: Actor, filters: Filters, days: Range) -> list[Entry]:
    loaded = list(rows.messages_between(actor, filters, days))
    groups = rows.groups_of_messages(filters.rows, loaded)
    made = (message_entry(actor, one, days, groups.get(one.pk, (NONE,))) for one in loaded)
    return [entry for entry in made if entry.runs]


def message_entry(actor: Actor, one: Message, days: Range, groups: tuple[int, ...] = (NONE,)) -> Entry:
    window = dated(one)
    return Entry(
        kind="message",
        pk=one.pk,
        title=one.title,
        first=window.first,
        last=window.last,
        runs=message_runs(one, days),
        status=one.campaign.status,
        rank=(1, one.at.hour * 60 + one.at.minute if one.at else -1, one.title, one.pk),
        version=one.version,
        team=one.campaign.team,
        parent=one.campaign.title,
        parent_pk=one.campaign_id,
        icon=one.channel.icon if one.channel else "",
        place=one.channel.name if one.channel else "",
        everywhere=bool(one.at and not one.zone),
        repeats=one.cadence != ONCE or window.count == 1,
        movable=can(actor, Permission.CAMPAIGN_EDIT, one.campaign),
        groups=groups,
    )


def message_runs(one: Message, days: Range) -> tuple[Run, ...]:
    """Where a message stands: its window when it goes once, otherwise the days on which it goes, in the reader's
    zone."""
    window = dated(one)
    if one.cadence == ONCE and window.count > 1:
        return (Run(window.first, window.last, one.at),)
    wide = Range(days.first - DAY, days.last + DAY)  # a time elsewhere may be on the day before or after here
    due = due_days(window, one.cadence, every=one.every, weekdays=one.weekdays or (), within=wide)
    if one.at is None or not one.zone:
        return tuple(Run(part.first, part.last, one.at) for part in stretches(day for day in due if days.has(day)))
    here, there = timezone.get_current_timezone(), zone_of(one.zone)
    moments = [datetime.datetime.combine(day, one.at, there).astimezone(here) for day in due]
    return tuple(joined((moment.date(), moment.time()) for moment in moments if days.has(moment.date())))


def joined(moments: Iterable[tuple[datetime.date, datetime.time]]) -> Iterable[Run]:
    """Days that follow one another with the same time as one run."""
    run: Run | None = None
    for day, at in moments:
        if run is not None and day == run.last + DAY and at == run.at:
            run = run._replace(last=day)
            continue
        if run is not None:
            yield run
        run = Run(day, day, at)
    if run is not None:
        yield run


def task_entries(actor: Actor, filters: Filters, days: Range) -> list[Entry]:
    loaded = list(rows.tasks_between(actor, filters, days))
    groups = rows.groups_of_campaigns(filters.rows, [one.campaign for one in loaded])
    return [task_entry(one, groups.get(one.campaign_id, (NONE,))) for one in loaded]


def task_entry(one: Task, groups: tuple[int, ...]) -> Entry:
    day: datetime.date = one.due_on or dated(one.campaign).first + datetime.timedelta(one.due_offset or 0)
    return Entry(
        kind="task",
        pk=one.pk,
        title=one.text,
        first=day,
        last=day,
        runs=(Run(day, day),),
        status=one.campaign.status,
        rank=(3, 0, one.text, one.pk),
        team=one.campaign.team,
        parent=one.campaign.title,
        parent_pk=one.campaign_id,
        place=str(one.owner) if one.owner else "",
        done=one.done_at is not None,
        groups=groups,
    )


def experiment_entries(actor: Actor, filters: Filters, days: Range) -> list[Entry]:
    return [
        experiment_entry(one, days, rows.group_of_experiment(filters.rows, one))
        for one in rows.experiments_between(actor, filters, days)
    ]


def experiment_entry(one: Experiment, days: Range, group: int) -> Entry:
    window = experiment_days(one)
    last = max(days.last + DAY if window.last is None else window.last, window.first)  # without an end it goes on
    return Entry(
        kind="experiment",
        pk=one.pk,
        title=one.title,
        first=window.first,
        last=last,
        runs=(Run(window.first, last),),
        status=one.status,
        rank=(2, window.first.toordinal(), one.title, one.pk),
        team=one.team,
        groups=(group,),
    )
