"""Approval: somebody else than who saved a version locks it. Unlocking makes the next version."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Projection, ProjectionVersion
from campaigns.queries.projections import latest_version
from campaigns.services.projection_telling import told_of_lock
from campaigns.services.projections import add_version, hold
from teams.errors import Conflict
from teams.models import ApiKey, Membership
from teams.permissions import Actor, Permission, require
from teams.services.activity import record


def savers(version: ProjectionVersion) -> set[int]:
    """Who saved it; of a program also who made its key."""
    key = version.made_by_key
    return {pk for pk in (version.made_by_id, key.created_by_id if key else None) if pk is not None}


@transaction.atomic
def lock_projection(
    *, by: Actor, projection: Projection, number: int | None = None, seen: int | None = None
) -> Projection:
    """Approve the latest version; `number` says which one was seen. Nothing of it changes from now on."""
    held = hold(projection, by=by, seen=seen)
    require(by, Permission.PROJECTION_APPROVE, held)
    if number is not None and number != held.number:
        raise Conflict(held)
    if held.locked:
        raise ValidationError(_("This projection is locked already."), code="locked")
    if isinstance(by, ApiKey) or not isinstance(by, Membership):
        raise PermissionDenied(_("A projection is approved by a person."))
    version = latest_version(held)
    if by.pk in savers(version):
        raise PermissionDenied(_("Somebody else than who saved this version approves it."))
    version.locked_by, version.locker_name, version.locked_at = by, by.label, timezone.now()
    version.save(update_fields=["locked_by", "locker_name", "locked_at"])
    note(held, by, "locked")
    told_of_lock(held, by=by, locked=True)
    return held


@transaction.atomic
def unlock_projection(*, by: Actor, projection: Projection, seen: int | None = None) -> Projection:
    """Take the lock away. A new version goes on from here; what was approved stays as it is."""
    held = hold(projection, by=by, seen=seen)
    require(by, Permission.PROJECTION_APPROVE, held)
    version = latest_version(held)
    if not held.locked:
        raise ValidationError(_("This projection is not locked."), code="unlocked")
    version.unlocked_at = timezone.now()
    version.save(update_fields=["unlocked_at"])
    held.number += 1
    add_version(held, version, by=by)
    note(held, by, "unlocked")
    told_of_lock(held, by=by, locked=False)
    return held


def note(held: Projection, by: Actor, verb: str) -> None:
    held.locked = verb == "locked"
    held.version += 1
    held.save()
    record(held, by=by, verb=verb, after={"number": held.number})
