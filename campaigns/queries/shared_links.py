"""Reads of shared links, and who looks through one."""

import datetime
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from campaigns.models import Campaign, SharedLink
from campaigns.queries.calendar import Entry, entries
from campaigns.queries.calendar_filters import Filters
from teams.enums import Role
from teams.permissions import Actor


@dataclass
class Visitor:
    """Whoever looks at a shared view: somebody without a name and a team who changes nothing."""

    workspace_id: int
    pk: int = 0
    role: str = Role.VIEWER
    team_ids: frozenset[int] = frozenset()
    label: str = ""


def links_out_of(actor: Actor) -> QuerySet[SharedLink]:
    """The shared links of the actor's workspace that are not revoked, the newest first."""
    rows = SharedLink.objects.filter(view__workspace_id=actor.workspace_id, revoked_at=None)
    return rows.select_related("view__workspace", "made_by__user")


def open_link(token_hash: str) -> SharedLink | None:
    """The link behind a token that is not revoked, where its view is still there. One query."""
    rows = SharedLink.objects.select_related("view__workspace")
    return rows.filter(token_hash=token_hash, revoked_at=None, view__removed_at=None).first()


def shown_to_visitors(
    visitor: Visitor, filters: Filters, first: datetime.date, last: datetime.date, *, owners: bool
) -> list[Entry]:
    """What the calendar has between the days, without names of people; with `owners` those of campaigns' owners."""
    found = entries(visitor, filters, first, last)
    campaigns = [entry.pk for entry in found if entry.kind == "campaign"]
    names = dict(owner_names(campaigns)) if owners else {}
    return [
        replace(entry, place=names.get(entry.pk, "") if entry.kind == "campaign" else place_of(entry), movable=False)
        for entry in found
    ]


def owner_names(campaigns: list[int]) -> QuerySet:
    """Pairs of a campaign's id and its owner's name; an e-mail address is none."""
    return Campaign.objects.filter(pk__in=campaigns).values_list("pk", "owner__user__name")


def place_of(entry: Entry) -> str:
    """Of a message its channel; of a task it would be who does it."""
    return entry.place if entry.kind == "message" else ""
