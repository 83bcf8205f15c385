"""Segments: name one, say how large it is, remove it and bring it back."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from campaigns.models import Segment
from campaigns.queries.segments import segments_of
from campaigns.services.locks import locked
from experiments.services.states import difference, plain
from insights.services.naming import save_named
from teams.permissions import Actor, Permission, require
from teams.services.activity import record

FIELDS = ("name", "description", "size", "size_source", "zones", "position", "lifecycle")


@transaction.atomic
def add_segment(*, by: Actor, **fields: Any) -> Segment:
    """Add a segment. Fields: name, description, size (people), size_source, zones (time zone → share), position,
    lifecycle."""
    require(by, Permission.SEGMENT_EDIT)
    segment = Segment(workspace_id=by.workspace_id)
    keep(segment, fields)
    record(segment, by=by, verb="created", after=segment_state(segment))
    return segment


@transaction.atomic
def segments_named(*, by: Actor, names: Sequence[str]) -> list[Segment]:
    """The live segments with these names, whatever their case; what is not there is added."""
    found = []
    for name in dict.fromkeys(names):
        there = segments_of(by).filter(name__iexact=name).first()
        found.append(there or add_segment(by=by, name=name))
    return found


@transaction.atomic
def edit_segment(*, by: Actor, segment: Segment, seen: int | None = None, **fields: Any) -> Segment:
    """Change the given fields."""
    segment = locked(segment, Permission.SEGMENT_EDIT, by=by, seen=seen)
    before = segment_state(segment)
    segment.version += 1
    keep(segment, fields)
    was, now = difference(before, segment_state(segment))
    if now:
        record(segment, by=by, verb="edited", before=was, after=now)
    return segment


@transaction.atomic
def remove_segment(*, by: Actor, segment: Segment, seen: int | None = None) -> Segment:
    """Take a segment off the list. Campaigns and messages that have it keep it."""
    segment = locked(segment, Permission.SEGMENT_EDIT, by=by, seen=seen)
    if segment.removed_at is None:
        segment.removed_at = timezone.now()
        segment.version += 1
        segment.save()
        record(segment, by=by, verb="removed")
    return segment


@transaction.atomic
def restore_segment(*, by: Actor, segment: Segment) -> Segment:
    """Bring a removed segment back, unless its name has been given to another one."""
    segment = locked(segment, Permission.SEGMENT_EDIT, by=by)
    if segment.removed_at is not None:
        segment.removed_at = None
        segment.version += 1
        keep(segment, {})
        record(segment, by=by, verb="restored")
    return segment


def keep(segment: Segment, fields: dict[str, Any]) -> None:
    unknown = fields.keys() - set(FIELDS)
    if unknown:
        raise TypeError(f"A segment has no {sorted(unknown)}")
    for name, value in fields.items():
        setattr(segment, name, value.strip() if isinstance(value, str) else value)
    save_named(segment)


def segment_state(segment: Segment) -> dict[str, Any]:
    return {name: plain(getattr(segment, name)) for name in FIELDS}
