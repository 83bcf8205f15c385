"""What a workspace sets for its campaigns, as it is now, its row locked: segments, tactics, rules."""

from typing import Any, TypeVar

from teams.errors import Gone, check_seen
from teams.permissions import Actor, Permission, require

T = TypeVar("T")


def locked(thing: T, permission: Permission, *, by: Actor, seen: int | None = None) -> T:
    """The thing with its row locked until the transaction ends, also where it was removed.

    Raises Gone where the actor's workspace has it no more, PermissionDenied, and Conflict where it is not the version
    that the caller saw.
    """
    given: Any = thing
    rows = type(given)._default_manager.select_for_update(of=("self",), no_key=True)
    held = rows.filter(pk=given.pk, workspace_id=by.workspace_id).first()
    if held is None:
        raise Gone
    require(by, permission, held)
    check_seen(held, seen)
    return held
