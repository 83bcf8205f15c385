"""What is talked about and told of. Each app registers its kinds of things when Django starts:

    subjects.register("metric", label=_("Metric"), fetch=find_metric, url=metric_address, followers=metric_owner)

Then a metric has a discussion and an activity page, and members can be notified about it. `kind` is the model's name.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from django.utils.functional import Promise

from teams.models import Comment, Membership, Notification
from teams.permissions import Actor


class Thing(Protocol):
    """An object of a workspace; `_meta` is its model's, `str()` its name for people."""

    pk: Any
    _meta: ClassVar[Any]

    @property
    def workspace_id(self) -> int: ...


@dataclass(frozen=True)
class Kind:
    """`fetch` finds a thing in the actor's workspace with what the others read; `url` is the path of its page;
    `followers` are told of each new thread, None among them is nobody."""

    label: str | Promise
    fetch: Callable[[Actor, int], Any]
    url: Callable[[Any], str]
    followers: Callable[[Any], Iterable[Membership | None]]


_kinds: dict[str, Kind] = {}


def nobody(thing: Thing) -> Iterable[Membership | None]:
    return ()


def register(
    kind: str,
    *,
    label: str | Promise,
    fetch: Callable[[Actor, int], Any],
    url: Callable[[Any], str],
    followers: Callable[[Any], Iterable[Membership | None]] = nobody,
) -> None:
    _kinds[kind] = Kind(label, fetch, url, followers)


def kinds() -> dict[str, Kind]:
    return dict(_kinds)


def choices() -> list[tuple[str, str | Promise]]:
    return [(name, kind.label) for name, kind in _kinds.items()]


def kind_of(thing: Thing) -> str:
    return thing._meta.model_name


def find(actor: Actor, kind: str, pk: int) -> Any:
    """The thing, or None: where the actor's workspace has none such, or no app has registered the kind."""
    return _kinds[kind].fetch(actor, pk) if kind in _kinds else None


def address(thing: Thing) -> str:
    """The path of the thing's page. Raises KeyError for a kind that is not registered."""
    return _kinds[kind_of(thing)].url(thing)


def followers(thing: Thing) -> list[Membership]:
    return [member for member in _kinds[kind_of(thing)].followers(thing) if member is not None]


def forget(kind: str, object_ids: list[int]) -> None:
    """Delete what was said and told of things that are deleted for good. Removed things keep it: they may come back."""
    Comment.objects.filter(kind=kind, object_id__in=object_ids).delete()
    Notification.objects.filter(kind=kind, object_id__in=object_ids).delete()
