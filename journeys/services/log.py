"""The change log: every edit of a map goes through `lock` and `record`, in one transaction."""

from typing import Any

from django.utils.timezone import now

from journeys.enums import Verb
from journeys.models import Change, Map
from teams.errors import Gone
from teams.permissions import Actor
from teams.services.authors import author_of


def lock(map_id: int, *, by: Actor) -> Map:
    """The map of the actor's workspace, locked until the transaction ends, so that revisions follow one another."""
    return locked(by, pk=map_id)


def lock_around(card_id: int, *, by: Actor) -> Map:
    """The map that holds the card, locked in the same way; the card itself is not."""
    return locked(by, cards__pk=card_id)


def locked(by: Actor, **which: int) -> Map:
    rows = Map.objects.select_for_update(of=("self",), no_key=True)
    try:
        return rows.get(workspace_id=by.workspace_id, removed_at=None, **which)
    except Map.DoesNotExist:
        raise Gone from None


def record(
    journey: Map, *, by: Actor, verb: Verb, target: Any, before: dict | None = None, after: dict | None = None
) -> Change:
    """Write the change and give the map its next revision. `target` is the map or a part of it."""
    change = next_change(journey, by=by, verb=verb, target=target, before=before, after=after)
    journey.save(update_fields=["revision", "changed_at"])
    change.save(force_insert=True)
    return change


def next_change(
    journey: Map, *, by: Actor, verb: Verb, target: Any, before: dict | None = None, after: dict | None = None
) -> Change:
    """The change and the map's next revision, both unsaved: for those who save many at once."""
    journey.revision += 1
    journey.changed_at = now()
    return Change(
        map=journey,
        revision=journey.revision,
        **author_of(by),
        verb=verb,
        target_kind=target._meta.model_name,
        target_uid=getattr(target, "uid", ""),
        target_label=str(target)[:200],
        target_version=target.version,
        before=before,
        after=after,
    )
