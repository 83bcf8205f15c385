"""The log of what members and programs did, for everything that keeps no log of its own."""

from typing import Any, Protocol

from django.db.models import QuerySet

from teams.models import Activity, ApiKey, Membership
from teams.permissions import Actor

NOBODY = "Throughline"


class Thing(Protocol):
    """An object of a workspace that counts its versions; `_meta` is its model's."""

    pk: int
    version: int
    _meta: Any

    @property
    def workspace_id(self) -> int: ...


def record(
    thing: Thing, *, by: Actor | None, verb: str, before: dict | None = None, after: dict | None = None
) -> Activity:
    """Write what was done, in the transaction that does it. Without an actor, Throughline did it by itself."""
    return Activity.objects.create(
        workspace_id=thing.workspace_id,
        kind=thing._meta.model_name,
        object_id=thing.pk,
        version=thing.version,
        actor=by if isinstance(by, Membership) else None,
        key=by if isinstance(by, ApiKey) else None,
        actor_name=by.label if by else NOBODY,
        verb=verb,
        label=str(thing)[:200],
        before=before,
        after=after,
    )


def activity_of(thing: Thing) -> QuerySet[Activity]:
    """What was done to the thing, the latest first."""
    rows = Activity.objects.filter(workspace_id=thing.workspace_id, kind=thing._meta.model_name, object_id=thing.pk)
    return rows.select_related("actor__user")
