"""The shelf of tactics: the built-in ones and the workspace's own, by what a stage is for."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.functional import Promise

from campaigns.content.tactics import BUILT_IN, BuiltIn
from campaigns.enums import Position, StageKind
from campaigns.models import HiddenTactic, Tactic
from journeys.models import Channel
from journeys.queries.channels import channels_of
from teams.permissions import Actor
from teams.queries import named_id

MOST_OWN = 300


@dataclass(frozen=True)
class Shelved:
    """A tactic as it lies on the shelf. `id`: a built-in one's slug, or an own one's number, as text."""

    id: str
    title: str | Promise
    about: str | Promise
    stage: str
    position: str
    content: str | Promise
    measured_by: str | Promise
    pitfalls: str | Promise
    channels: list[Channel] = field(default_factory=list)
    own: Tactic | None = None
    hidden: bool = False

    @property
    def words(self) -> str:
        texts = [self.title, self.about, self.content, self.measured_by, self.pitfalls]
        return " ".join([*map(str, texts), *(channel.name for channel in self.channels)]).casefold()

    @property
    def position_label(self) -> str:
        return str(Position(self.position).label) if self.position else ""


@dataclass(frozen=True)
class Group:
    stage: StageKind
    tactics: list[Shelved]


def tactics_of(actor: Actor) -> QuerySet[Tactic]:
    """The workspace's own."""
    return Tactic.objects.filter(workspace_id=actor.workspace_id, removed_at=None).prefetch_related("channels")


def any_tactic_of(actor: Actor) -> QuerySet[Tactic]:
    """Also the removed ones."""
    return Tactic.objects.filter(workspace_id=actor.workspace_id).prefetch_related("channels")


def shelf(actor: Actor, text: str = "", *, hidden: bool = False) -> list[Shelved]:
    """The tactics that have all words of the text; with `hidden`, also those that were put away. Four queries."""
    own = list(tactics_of(actor)[:MOST_OWN])
    replaced = {tactic.built_in for tactic in own if tactic.built_in}
    away = set(HiddenTactic.objects.filter(workspace_id=actor.workspace_id).values_list("slug", flat=True))
    channels = channels_by_icon(actor)
    found = [
        shelved(built_in, channels, hidden=slug in away)
        for slug, built_in in BUILT_IN.items()
        if slug not in replaced and (hidden or slug not in away)
    ]
    found += [own_one(tactic) for tactic in own]
    wanted = text.casefold().split()
    return [one for one in found if all(word in one.words for word in wanted)] if wanted else found


def grouped(tactics: Iterable[Shelved]) -> list[Group]:
    """By what a stage is for, in the order of the journey; without empty groups."""
    found: dict[str, list[Shelved]] = {}
    for tactic in tactics:
        found.setdefault(tactic.stage, []).append(tactic)
    return [Group(kind, found[kind]) for kind in StageKind if kind in found]


def find_tactic(actor: Actor, name: str) -> Shelved | None:
    """By its id on the shelf, also one that was put away. At most two queries."""
    if name in BUILT_IN:
        return shelved(BUILT_IN[name], channels_by_icon(actor))
    pk = named_id(name)
    own = tactics_of(actor).filter(pk=pk).first() if pk is not None else None
    return own_one(own) if own else None


def channels_by_icon(actor: Actor) -> dict[str, Channel]:
    """The first channel of the workspace with each icon."""
    found: dict[str, Channel] = {}
    for channel in channels_of(actor):
        found.setdefault(channel.icon, channel)
    return found


def shelved(tactic: BuiltIn, channels: dict[str, Channel], *, hidden: bool = False) -> Shelved:
    there = [channels[icon] for icon in tactic.channels if icon in channels]
    texts = (tactic.content, tactic.measured_by, tactic.pitfalls)
    return Shelved(
        tactic.slug, tactic.title, tactic.about, tactic.stage, tactic.position, *texts, channels=there, hidden=hidden
    )


def own_one(tactic: Tactic) -> Shelved:
    texts = (tactic.content, tactic.measured_by, tactic.pitfalls)
    there = list(tactic.channels.all())
    return Shelved(
        str(tactic.pk), tactic.title, tactic.about, tactic.stage, tactic.position, *texts, channels=there, own=tactic
    )
