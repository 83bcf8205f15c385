"""The calendar replayed under the workspace's policies. What was found is kept until something that it depends on
changes, so that pages which ask for it stay cheap."""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Max, QuerySet, Sum

from campaigns.models import AudienceAssumption, Campaign, Message, Policy, Segment, SegmentOverlap
from campaigns.pressure.audience import Audience
from campaigns.pressure.held import Held
from campaigns.pressure.limits import InvalidInput
from campaigns.pressure.occasions import Occasions
from campaigns.pressure.replay import replay
from campaigns.pressure.results import Replay
from campaigns.queries.audience import assumption_of, audience, overlaps_among
from campaigns.queries.pressure_inputs import Asked, as_policy, due_within, gathered, key, within
from teams.models import Workspace
from teams.spoken import spoken

LONGEST = 92  # days that are replayed at once
KEPT = 60 * 60  # seconds
EMPTY = Audience(())
COMPUTES = (
    "campaigns/pressure/*.py",
    "campaigns/months.py",
    "campaigns/queries/audience.py",
    "campaigns/queries/pressure_inputs.py",
    "campaigns/queries/replay.py",
)


@dataclass(frozen=True)
class Outlook:
    """What the replay of some days found, and what it could not take: see `Gathered`. `refused`: by field, why there is
    no replay at all. `found` also has days around those that were asked for."""

    asked: Asked
    found: Replay
    nobody: tuple[int, ...] = ()
    unsized: tuple[int, ...] = ()
    sizeless: tuple[int, ...] = ()
    untimed: tuple[int, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()

    @property
    def problem(self) -> str:
        """Why there is no replay, in the reader's language."""
        return "; ".join(f"{field}: {spoken(sentence)}" for field, sentence in self.refused)

    @property
    def left_out(self) -> tuple[int, ...]:
        return tuple(sorted({*self.nobody, *self.unsized}))


class Kept:
    """The replay of some days, and what was asked of it: taken from the cache, or computed and put there.

    Seven queries for what it depends on, whatever is asked; where that has changed, a dozen more. Raises ValueError for
    more than 92 days.
    """

    def __init__(self, asked: Asked, state: tuple | None = None) -> None:
        if not 0 <= (asked.last - asked.first).days < LONGEST:
            raise ValueError(f"At most {LONGEST} days are replayed at once.")
        self.asked = asked
        self.state = state or stamp(asked.workspace_id)
        digest = sha256(repr((asked, self.state)).encode()).hexdigest()[:32]
        self.place = f"pressure:{rules()}:{digest}"

    @cached_property
    def outlook(self) -> Outlook:
        return self.get("all", lambda: computed(self.asked))

    def held_on(self, day: datetime.date) -> list[Held]:
        """It takes longer than the replay where many are held, so it is kept, too."""
        return self.get(str(day), lambda: self.outlook.found.held(day=day))

    def held_of(self, messages: Collection[int], **limits: Any) -> list[Held]:
        """Of these messages, on the days that are asked for: the first of them, see `Occasions`."""
        ids = [key(pk) for pk in messages]
        occasions = Occasions(ids, self.asked.first, self.asked.last, **limits)
        name = sha256(repr(occasions).encode()).hexdigest()[:16]
        return self.get(f"of:{name}", lambda: self.outlook.found.first_held(occasions))

    def without(self, campaign: int) -> "Kept":
        """The same days, had a campaign not been planned."""
        return Kept(replace(self.asked, campaign=None, without=campaign), self.state)

    def get(self, name: str, compute: Callable[[], Any]) -> Any:
        place = f"{self.place}:{name}"
        found = cache.get(place)
        if found is None:
            found = compute()
            cache.set(place, found, KEPT)
        return found


def computed(asked: Asked) -> Outlook:
    policies = [as_policy(policy) for policy in live_policies(asked.workspace_id)]
    first, last = within(asked.first, asked.last, policies)
    given = gathered(due_within(asked, first, last), first, last)
    notes: dict[str, Any] = {name: getattr(given, name) for name in ("nobody", "unsized", "sizeless", "untimed")}
    assumption = assumption_of(asked.workspace_id)
    try:
        people = audience(given.segments, overlaps_among(given.segments), assumption)
        return Outlook(asked, replay(given.messages, people, policies), **notes)
    except InvalidInput as error:
        return Outlook(asked, replay((), EMPTY, ()), **notes, refused=tuple(error.errors.items()))


def live_policies(workspace_id: int) -> QuerySet[Policy]:
    return Policy.objects.filter(workspace_id=workspace_id, removed_at=None, enabled=True)


def stamp(workspace_id: int) -> tuple:
    """Changes with everything that a replay depends on. Seven queries."""
    here = {"workspace_id": workspace_id}
    tables: list[QuerySet] = [
        Campaign.objects.filter(**here),
        Message.objects.filter(campaign__workspace_id=workspace_id),
        Segment.objects.filter(**here),
        SegmentOverlap.objects.filter(one__workspace_id=workspace_id),
        Policy.objects.filter(**here),
        AudienceAssumption.objects.filter(**here),
    ]
    zone = Workspace.objects.values_list("timezone", flat=True).get(pk=workspace_id)
    counts = [
        tuple(rows.order_by().aggregate(n=Count("pk"), v=Sum("version"), c=Max("changed_at")).values())
        for rows in tables
    ]
    return (zone, *counts)


@lru_cache
def rules() -> str:
    """Changes with what computes, so that a new release computes anew what an old one left in the cache."""
    digest = sha256()
    for pattern in COMPUTES:
        for file in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
