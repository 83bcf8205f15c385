"""Projections taken off the list and brought back, copied, and taken back to an earlier version."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Projection
from campaigns.queries.projections import latest_version
from campaigns.services.projection_telling import index, state
from campaigns.services.projections import add_version, begin, check, check_unlocked, hold, keep_edited, live
from teams.errors import Gone
from teams.models import ApiKey, Membership
from teams.permissions import Actor, Permission, require
from teams.services import search
from teams.services.activity import record


@transaction.atomic
def remove_projection(*, by: Actor, projection: Projection, seen: int | None = None) -> Projection:
    """Take it off the list; `restore_projection` brings it back with all that it has."""
    held = hold(projection, by=by, seen=seen)
    require(by, Permission.PROJECTION_EDIT, held)
    held.removed_at = timezone.now()
    held.version += 1
    held.save(update_fields=["removed_at", "version"])
    search.forget(kind="projection", object_ids=[held.pk])
    record(held, by=by, verb="removed")
    return held


@transaction.atomic
def restore_projection(*, by: Actor, projection: Projection) -> Projection:
    held = Projection.objects.select_for_update(of=("self",), no_key=True).get(pk=projection.pk)
    require(by, Permission.PROJECTION_EDIT, held)
    if held.removed_at is not None:
        held.removed_at = None
        held.version += 1
        held.save(update_fields=["removed_at", "version"])
        index(held, latest_version(held).document)
        record(held, by=by, verb="restored")
    return held


def copy_projection(*, by: Actor, projection: Projection, title: str = "") -> Projection:
    """One of one's own that says the same, with its sources, without its versions and actual numbers."""
    require(by, Permission.PROJECTION_CREATE)
    projection = live(projection, by)
    latest = latest_version(projection)
    made = Projection(workspace_id=by.workspace_id, map=projection.map, note=projection.note, team=projection.team)
    made.title = (title.strip() or _("Copy of %(title)s") % {"title": projection.title})[:160]
    made.owner = by if isinstance(by, Membership) else projection.owner
    made.created_by_key = by if isinstance(by, ApiKey) else None
    check(made)
    with transaction.atomic():
        begin(made, latest)
        made.save()
        add_version(made, latest, by=by)
        index(made, latest.document)
        record(made, by=by, verb="created", after=state(made))
    return made


@transaction.atomic
def restore_version(*, by: Actor, projection: Projection, number: int, seen: int | None = None) -> Projection:
    """Have a new version say what an earlier one said."""
    held = hold(projection, by=by, seen=seen)
    require(by, Permission.PROJECTION_EDIT, held)
    check_unlocked(held)
    earlier = held.versions.filter(number=number).first()
    if earlier is None:
        raise Gone
    return keep_edited(held, latest_version(held), earlier, state(held), by=by, verb="version-restored")
