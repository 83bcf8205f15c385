"""The calendar's month with 1,000 entries: ratios of times, and numbers of queries.

The floor (`benchmarks.floor.month`) reads the same rows by the same queries, behind the same middleware and sign-in,
and renders their titles by a plain template: no lanes, no days, no rights, no filters to choose from.
"""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import cycle

from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from benchmarks.workspaces import client_of, queries_of
from campaigns.models import Campaign, Message, Task
from journeys.models import Channel
from teams.enums import FUNCTION_COLOR
from teams.models import Membership, Team, User
from teams.services.workspaces import create_workspace

FIRST = date(2027, 3, 1)
PAGE = "/w/{slug}/calendar/?view=month&on=2027-03-15"
TITLES = ("Refill weeks", "Welcome", "Second bag free", "Win back", "Trade fair", "Referral", "Renewal calls")
BATCH = 1000


def planned(slug: str, *, inside: int, outside: int = 0) -> Membership:
    """A workspace with so many entries in March 2027 and so many in the two years around it."""
    user = User.objects.create_user(f"{slug}@bench.example", name="Cal Bench")
    owner = create_workspace(user=user, name=slug, slug=slug)
    for function, color in FUNCTION_COLOR.items():
        Team.objects.get_or_create(workspace=owner.workspace, name=function.label, defaults={"color": color})
    write_entries(owner, inside, [FIRST + timedelta(day) for day in range(31)])
    around = [FIRST + timedelta(day) for day in (*range(-400, -40), *range(80, 440))]
    write_entries(owner, outside, around)
    return owner


def write_entries(owner: Membership, number: int, days: list[date]) -> None:
    """Of a hundred, ten are campaigns of one to two weeks and five are tasks; the others are messages of a day."""
    workspace = owner.workspace
    teams = cycle(Team.objects.filter(workspace=workspace).order_by("pk"))
    channels = list(Channel.objects.filter(workspace=workspace).order_by("pk")[:6])
    each = [days[place * 7 % len(days)] for place in range(number)]
    campaigns = Campaign.objects.bulk_create(
        [campaign(owner, next(teams), day, place) for place, day in enumerate(each[: number // 10])], BATCH
    )
    if not campaigns:
        return
    Task.objects.bulk_create(
        [Task(campaign=one, text="Texts are ready", due_on=one.starts_on) for one in campaigns[: number // 20]], BATCH
    )
    rest = number - len(campaigns) - number // 20
    places = zip(cycle(campaigns), cycle(channels), cycle(each), range(rest), strict=False)
    Message.objects.bulk_create([message(*place) for place in places], BATCH)


def campaign(owner: Membership, team: Team, day: date, place: int) -> Campaign:
    return Campaign(
        workspace=owner.workspace,
        owner=owner,
        team=team,
        title=f"{TITLES[place % len(TITLES)]}, wave {place}",
        status="approved" if place % 2 else "planned",
        approved_at=timezone.now(),
        starts_on=day,
        ends_on=day + timedelta(6 + place % 8),
    )


def message(one: Campaign, channel: Channel, day: date, place: int) -> Message:
    at = f"{9 + place % 9:02d}:30"
    return Message(campaign=one, channel=channel, title=f"Note {place}", starts_on=day, ends_on=day, at=at)


def calendar(times: Callable[..., list[float]]) -> dict[str, float]:
    """`times` takes what is to be measured, and what to do before each time."""
    few, full = planned("calendar-few", inside=100), planned("calendar-full", inside=1000)
    crowded = planned("calendar-crowded", inside=1000, outside=20_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    used, used_by_few = (queries_of(client_of(owner), page_of(owner)) for owner in (full, few))
    taken, least = times(opening(full), bare(full), before=cache.clear)
    large, little = times(opening(crowded), opening(full), before=cache.clear)
    return {
        "calendar_ratio": round(taken / least, 2),
        "calendar_ms": round(taken * 1000, 2),
        "calendar_queries": used,
        "calendar_queries_growth": used - used_by_few,
        "growth_calendar_ratio": round(large / little, 3),
    }


def page_of(owner: Membership) -> str:
    return PAGE.format(slug=owner.workspace.slug)


def opening(owner: Membership) -> Callable[[], object]:
    client, page = client_of(owner), page_of(owner)
    return lambda: client.get(page)


def bare(owner: Membership) -> Callable[[], object]:
    client = client_of(owner)
    return lambda: client.get(f"/floor/month/{owner.pk}/")
