"""What a replay says of days and of campaigns, in the order in which pages show it."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from campaigns import months
from campaigns.models import Message, Segment
from campaigns.pressure.collisions import Severity
from campaigns.pressure.held import Held
from campaigns.pressure.policies import Kind
from campaigns.pressure.tally import Count, Fate, Pair
from campaigns.queries.collisions import collisions_within
from campaigns.queries.pressure_inputs import Asked, key
from campaigns.queries.pressure_names import Names, names
from campaigns.queries.replay import Kept, Outlook
from teams.permissions import Actor

MOST_HELD = 100
MOST_TOLD = 5  # of a message on its campaign's page
LEAST = 0.5  # fewer expected people than this are nobody


class Mark(NamedTuple):
    """Of a day: expected people from whom something is held, of how many it is due for, and collisions."""

    held: float
    due: float
    collisions: int = 0


@dataclass(frozen=True)
class Day:
    """Everybody on a day, then by segment (name and numbers), and what is held. `more`: how many are not shown."""

    day: datetime.date
    total: Count | None
    segments: list[tuple[Segment | None, Count]]
    held: list[Held]
    more: int
    names: Names
    outlook: Outlook


def pressure_day(workspace_id: int, day: datetime.date, *, ideas: bool = False) -> Day:
    """Of the month of the day, so that all its days share one replay."""
    kept = Kept(month_of(workspace_id, day, ideas=ideas))
    found = kept.outlook
    held, out = unplanned(kept.held_on(day)), aside(found)
    called = names(workspace_id, messages_in(held[:MOST_HELD], found))
    counts = [surprised(count, out) for count in found.found.counts if count.day == day]
    return Day(
        day=day,
        total=next((surprised(count, out) for count in found.found.days if count.day == day), None),
        segments=by_name(counts, called),
        held=held[:MOST_HELD],
        more=max(0, len(held) - MOST_HELD),
        names=called,
        outlook=found,
    )


def aside(found: Outlook) -> float:
    """The share of everybody that is held out on purpose. Pages do not count them as held: it is no surprise."""
    return sum(share for _policy, share in found.found.held_out)


def surprised(count: Count, out: float) -> Count:
    """The numbers of a day without those who are held out."""
    return replace(count, held=max(0.0, count.held - out * (count.due - count.again)))


def missed(fate: Fate, out: float) -> Fate:
    """The same of a message."""
    return replace(fate, dropped=max(0.0, fate.dropped - out * fate.due))


def unplanned(held: Iterable[Held]) -> list[Held]:
    return [one for one in held if one.persons >= LEAST and one.kind is not Kind.HELD_OUT]


def by_name(counts: Iterable[Count], called: Names) -> list[tuple[Segment | None, Count]]:
    rows = [(called.segments.get(int(count.segment or 0)), count) for count in counts]
    return sorted(rows, key=lambda row: str(row[0]).casefold())


def messages_in(held: Iterable[Held], found: Outlook) -> set[int | str]:
    ids: set[int | str] = {*found.left_out, *found.untimed}
    for one in held:
        ids |= {one.message, *(message for message, _number in one.lost_to)}
    return ids


def month_of(workspace_id: int, day: datetime.date, *, ideas: bool = False) -> Asked:
    return Asked(workspace_id, months.month_of(day), months.last_day(day), ideas)


def day_marks(actor: Actor, first: datetime.date, last: datetime.date) -> dict[datetime.date, Mark]:
    """Of the days from first to last, at most 92, on which something is held or plans collide in a way that is worth a
    look."""
    found = marks_of(Asked(actor.workspace_id, first, last))
    hits = collisions_within(actor.workspace_id, first, last).hits
    for hit in hits:
        if hit.severity is Severity.LOW:
            continue
        for number in range((min(hit.last, last) - max(hit.first, first)).days + 1):
            day = max(hit.first, first) + datetime.timedelta(number)
            mark = found.get(day, Mark(0.0, 0.0))
            found[day] = mark._replace(collisions=mark.collisions + 1)
    return found


def marks_of(asked: Asked) -> dict[datetime.date, Mark]:
    """Of the days on which something is held."""
    found = Kept(asked).outlook
    counts = [surprised(count, aside(found)) for count in found.found.days]
    return {
        count.day: Mark(count.held, count.due)
        for count in counts
        if count.held >= LEAST and asked.first <= count.day <= asked.last
    }


@dataclass(frozen=True)
class Heat:
    """A row of the heat table: a segment, its numbers by day (None: nothing is due), and all of them together."""

    segment: Segment | None
    days: list[Count | None]
    due: float
    held: float


def heat(found: Outlook, called: Names) -> list[Heat]:
    days = days_of(found.asked)
    by_segment: dict[str, dict[datetime.date, Count]] = defaultdict(dict)
    for count in found.found.counts:
        if found.asked.first <= count.day <= found.asked.last and count.segment:
            by_segment[count.segment][count.day] = surprised(count, aside(found))
    rows = [
        Heat(
            called.segments.get(int(segment)),
            [counts.get(day) for day in days],
            sum(count.due for count in counts.values()),
            sum(count.held for count in counts.values()),
        )
        for segment, counts in by_segment.items()
    ]
    return sorted(rows, key=lambda row: str(row.segment).casefold())


def totals(found: Outlook) -> list[Count | None]:
    """Everybody once, by day."""
    by_day = {count.day: surprised(count, aside(found)) for count in found.found.days}
    return [by_day.get(day) for day in days_of(found.asked)]


def troubled(found: Outlook, called: Names) -> list[tuple[Message, Fate]]:
    """Messages of which something goes later or not at all, most people first."""
    rows = [(called.messages.get(int(fate.message)), missed(fate, aside(found))) for fate in found.found.fates]
    known = [(message, fate) for message, fate in rows if message is not None and fate.later + fate.dropped >= LEAST]
    return sorted(known, key=lambda row: (-row[1].dropped - row[1].later, row[1].message))[:MOST_HELD]


def days_of(asked: Asked) -> list[datetime.date]:
    return [asked.first + datetime.timedelta(number) for number in range((asked.last - asked.first).days + 1)]


def pairs_of(found: Outlook, called: Names) -> list[tuple[Segment, Segment, Pair]]:
    """What was taken for the overlaps of segments that messages reach."""
    rows = [
        (called.segments[int(pair.one)], called.segments[int(pair.other)], pair)
        for pair in found.found.pairs
        if int(pair.one) in called.segments and int(pair.other) in called.segments
    ]
    return sorted(rows, key=lambda row: (-row[2].persons, str(row[0]).casefold(), str(row[1]).casefold()))


@dataclass(frozen=True)
class Line:
    """A message of a campaign: what becomes of it, and what holds it first. `more`: there is more than that."""

    message: Message
    fate: Fate | None
    held: list[Held]
    more: bool = False


@dataclass(frozen=True)
class Taken:
    """What a campaign costs a message of another one: how many people more get it later, and not at all."""

    message: Message
    later: float
    dropped: float


@dataclass(frozen=True)
class CampaignPressure:
    outlook: Outlook
    lines: list[Line]
    taken: list[Taken]
    names: Names


def campaign_pressure(asked: Asked, messages: Sequence[Message]) -> CampaignPressure:
    """Of the campaign that is asked about, with its messages in their order."""
    campaign = asked.campaign or 0
    kept = Kept(asked)
    found = kept.outlook
    held = unplanned(kept.held_of([message.pk for message in messages], each=MOST_TOLD + 1, least=LEAST))
    fates = {fate.message: missed(fate, aside(found)) for fate in found.found.fates}
    taken = losses(kept, campaign)
    called = names(asked.workspace_id, messages_in(held, found) | set(taken))
    lines = [
        Line(message, fates.get(key(message.pk)), mine[:MOST_TOLD], len(mine) > MOST_TOLD)
        for message, mine in [(one, [held_ for held_ in held if held_.message == key(one.pk)]) for one in messages]
    ]
    lost = [Taken(called.messages[int(pk)], *cost) for pk, cost in taken.items() if int(pk) in called.messages]
    return CampaignPressure(found, lines, sorted(lost, key=lambda one: -one.dropped - one.later), called)


def losses(kept: Kept, campaign: int) -> dict[str, tuple[float, float]]:
    """By message of another campaign, how many people more get it later, and not at all, than without this one."""
    before = {fate.message: fate for fate in kept.without(campaign).outlook.found.fates}
    cost = {}
    for fate in kept.outlook.found.fates:
        was = before.get(fate.message)
        if was is not None:
            later, dropped = max(0.0, fate.later - was.later), max(0.0, fate.dropped - was.dropped)
            if later + dropped >= LEAST:
                cost[fate.message] = later, dropped
    return cost
