"""What the search finds. Each app registers its kinds of things when Django starts:

    findable.register("metric", label=_("Metrics"), order=40, things=live_metrics, hit=metric_hit)

`kind` is the one under which services index them, see `services/search.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from teams.models import Workspace
from teams.services import search

PER_KIND = 8


@dataclass(frozen=True)
class Hit:
    """A line of what was found. `where` says in small print where the thing belongs."""

    title: str
    href: str
    where: str = ""


@dataclass(frozen=True)
class Kind:
    """`things` are those that can be found, with what `hit` reads; kinds are shown by `order`, the least first."""

    name: str
    label: str | Promise
    order: int
    things: Callable[[], QuerySet]
    hit: Callable[[Workspace, Any], Hit]


@dataclass(frozen=True)
class Found:
    kind: Kind
    hits: list[Hit]


_kinds: dict[str, Kind] = {}


def register(
    name: str,
    *,
    label: str | Promise,
    order: int,
    things: Callable[[], QuerySet],
    hit: Callable[[Workspace, Any], Hit],
) -> None:
    _kinds[name] = Kind(name, label, order, things, hit)


def kinds() -> list[Kind]:
    return sorted(_kinds.values(), key=lambda kind: kind.order)


def find_everything(workspace: Workspace, text: str) -> list[Found]:
    """What begins with each word of the text, by kind: at most eight of each, those found by title first."""
    found = [Found(kind, hits(kind, workspace, text)) for kind in kinds()]
    return [one for one in found if one.hits]


def hits(kind: Kind, workspace: Workspace, text: str) -> list[Hit]:
    """Those of a kind in the order of the index, without what was removed since."""
    ids = search.find(workspace_id=workspace.pk, kind=kind.name, text=text, limit=PER_KIND)
    things = {thing.pk: thing for thing in kind.things().filter(pk__in=ids)} if ids else {}
    return [kind.hit(workspace, things[pk]) for pk in ids if pk in things]
