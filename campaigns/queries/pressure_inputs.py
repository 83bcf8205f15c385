"""Messages and policies as the replay takes them. Ids are texts there; `key` makes them, and `int` reads them again."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from campaigns.enums import Cadence, CampaignStatus, PolicyKind
from campaigns.models import Campaign, Message, Policy, Segment
from campaigns.months import last_day, month_of
from campaigns.pressure import policies as pure
from campaigns.pressure.clock import Period
from campaigns.pressure.history import Scope
from campaigns.pressure.messages import Cadence as Rhythm
from campaigns.pressure.messages import Message as Planned
from campaigns.pressure.messages import Window

COUNTED = (CampaignStatus.PLANNED, CampaignStatus.APPROVAL, CampaignStatus.APPROVED, CampaignStatus.RUNNING)
NOON = datetime.time(12)  # where no time is said: any time of the day would do
WORKDAYS = frozenset({1, 2, 3, 4, 5})


def key(pk: int) -> str:
    """Ids sort as texts as their numbers do."""
    return f"{pk:019d}"


@dataclass(frozen=True)
class Asked:
    """What is to be replayed: days from first to last, the planned campaigns of a workspace, also `ideas` where that is
    asked, and in any case the campaign with the id `campaign`, but not the one with the id `without`."""

    workspace_id: int
    first: datetime.date
    last: datetime.date
    ideas: bool = False
    campaign: int | None = None
    without: int | None = None

    def campaigns(self) -> Q:
        statuses = [*COUNTED, CampaignStatus.IDEA] if self.ideas else COUNTED
        found = Q(campaign__status__in=statuses)
        if self.campaign is not None:
            found |= Q(campaign=self.campaign) & ~Q(campaign__status=CampaignStatus.CANCELLED)
        return found if self.without is None else found & ~Q(campaign=self.without)


@dataclass(frozen=True)
class Gathered:
    """`messages` as the replay takes them; ids of those that it cannot take because they say no segment (`nobody`) or
    only such without a size (`unsized`); segments without a size, and messages that say no time."""

    messages: tuple[Planned, ...]
    segments: tuple[Segment, ...]
    nobody: tuple[int, ...]
    unsized: tuple[int, ...]
    sizeless: tuple[int, ...]
    untimed: tuple[int, ...]


def due_within(asked: Asked, first: datetime.date, last: datetime.date) -> list[Message]:
    """Messages that may be due on one of the days, with their segments or their campaign's: three queries."""
    rows = Message.objects.filter(
        asked.campaigns(),
        campaign__workspace_id=asked.workspace_id,
        campaign__removed_at=None,
        campaign__is_template=False,
        removed_at=None,
        starts_on__lte=last,
        ends_on__gte=first,
    )
    rows = rows.select_related("campaign").order_by("pk")
    return list(rows.prefetch_related("segments__workspace", "campaign__segments__workspace"))


def segments_of_message(message: Message) -> list[Segment]:
    """Its own; where it says none, its campaign's."""
    return list(message.segments.all()) or list(message.campaign.segments.all())


def gathered(rows: Iterable[Message], first: datetime.date, last: datetime.date) -> Gathered:
    used: dict[int, Segment] = {}
    messages: list[Planned] = []
    nobody: list[int] = []
    unsized: list[int] = []
    untimed: list[int] = []
    for row in rows:
        sending = window(row, first, last)
        if sending is None:
            continue
        segments = segments_of_message(row)
        used |= {segment.pk: segment for segment in segments}
        sized = frozenset(str(segment.pk) for segment in segments if segment.size is not None)
        if not sized:
            (unsized if segments else nobody).append(row.pk)
            continue
        if row.at is None:
            untimed.append(row.pk)
        messages.append(planned(row, sized, sending))
    sizeless = tuple(sorted(pk for pk, segment in used.items() if segment.size is None))
    return Gathered(tuple(messages), tuple(used.values()), tuple(nobody), tuple(unsized), sizeless, tuple(untimed))


def planned(row: Message, segments: frozenset[str], sending: Window) -> Planned:
    """What says no channel or stage is on its own: rules for one channel or stage never take two of them together."""
    campaign: Campaign = row.campaign
    return Planned(
        id=key(row.pk),
        campaign=key(campaign.pk),
        channel=key(row.channel_id) if row.channel_id else f"none:{row.pk}",
        stage=key(row.stage_id) if row.stage_id else f"none:{row.pk}",
        segments=segments,
        sending=sending,
        priority=campaign.priority if row.priority is None else row.priority,
        approved=campaign.approved_at,
        transactional=row.transactional,
    )


def window(row: Message, first: datetime.date, last: datetime.date) -> Window | None:
    """Its days, of a rhythm only those from first to last; None where it is not due then."""
    start, end = row.starts_on, row.ends_on
    if start is None or end is None:
        return None
    rhythm = Rhythm(row.cadence)
    step = row.every if row.cadence == Cadence.EVERY else 1
    if rhythm is not Rhythm.ONCE:
        if start < first:
            start += datetime.timedelta(-(-(first - start).days // step) * step)
        end = min(end, last)
    if end < start:
        return None
    weekdays = frozenset(row.weekdays) if row.weekdays else WORKDAYS
    return Window(start, end, row.at or NOON, rhythm, step, weekdays, row.zone or None)


def as_policy(policy: Policy) -> pure.Policy:
    """The policy as the replay takes it."""
    of = policy.channel_id or policy.stage_id
    shared = {"id": key(policy.pk), "scope": Scope(policy.scope), "of": key(of) if of else None}
    return MAKERS[PolicyKind(policy.kind)](policy, shared)


def cap(policy: Policy, shared: dict) -> pure.Policy:
    return pure.Cap(n=policy.n or 1, per=Period(policy.per), **shared)


def gap(policy: Policy, shared: dict) -> pure.Policy:
    return pure.Gap(hours=policy.hours or 0.0, **shared)


def quiet_hours(policy: Policy, shared: dict) -> pure.Policy:
    start, end = policy.quiet_from or datetime.time(), policy.quiet_until or datetime.time()
    return pure.QuietHours(start=start, end=end, binds_transactional=policy.binds_transactional, **shared)


def quiet_weekdays(policy: Policy, shared: dict) -> pure.Policy:
    days = frozenset(policy.weekday_list)
    return pure.QuietWeekdays(weekdays=days, binds_transactional=policy.binds_transactional, **shared)


def blackout(policy: Policy, shared: dict) -> pure.Policy:
    days = frozenset(datetime.date.fromisoformat(day) for day in policy.days or [])
    return pure.Blackout(days=days, binds_transactional=policy.binds_transactional, **shared)


def held_out(policy: Policy, shared: dict) -> pure.Policy:
    return pure.HeldOut(share=policy.share or 0.0, **shared)


MAKERS = {
    PolicyKind.CAP: cap,
    PolicyKind.GAP: gap,
    PolicyKind.QUIET_HOURS: quiet_hours,
    PolicyKind.QUIET_WEEKDAYS: quiet_weekdays,
    PolicyKind.BLACKOUT: blackout,
    PolicyKind.HELD_OUT: held_out,
}


def within(
    first: datetime.date, last: datetime.date, policies: Iterable[pure.Policy]
) -> tuple[datetime.date, datetime.date]:
    """The days whose messages may have to do with these: whole months, whole weeks, and the longest gap."""
    gaps = [policy.hours for policy in policies if isinstance(policy, pure.Gap)]
    margin = datetime.timedelta(-(-int(max(gaps, default=0)) // 24) + 1 if gaps else 0)
    return monday(month_of(first)) - margin, monday(last_day(last)) + datetime.timedelta(6) + margin


def monday(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(day.weekday())
