"""Taking things off a list from where they can come back."""

from typing import TypeVar

from django.utils import timezone

from experiments.models import ChecklistItem, Reason
from teams.errors import check_seen

Listed = TypeVar("Listed", Reason, ChecklistItem)


def removed(thing: Listed, seen: int | None) -> Listed:
    """The thing, locked by the caller, without its place on the list."""
    check_seen(thing, seen)
    if thing.removed_at is None:
        thing.removed_at = timezone.now()
        thing.version += 1
        thing.save(update_fields=["removed_at", "version"])
    return thing
