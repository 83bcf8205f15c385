"""How many people segments share: said of a pair, or assumed of all pairs of which nobody said anything."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.enums import Assumed
from campaigns.models import AudienceAssumption, Segment, SegmentOverlap
from campaigns.queries.audience import assumption_of, overlap_errors
from experiments.services.states import difference
from teams.errors import check_seen
from teams.permissions import Actor, Permission, require
from teams.services.activity import record

FIELDS = ("persons", "share", "assumed")
ASSUMPTION_FIELDS = ("assumed", "population")


@transaction.atomic
def state_overlap(
    *, by: Actor, one: Segment, other: Segment, seen: int | None = None, **fields: Any
) -> SegmentOverlap | None:
    """Say what two segments share, by one of `persons`, `share` (0–1 of the smaller) and `assumed`. None of them takes
    back what was said: then the workspace's assumption counts, and None is returned."""
    for segment in (one, other):
        require(by, Permission.SEGMENT_EDIT, segment)
    first, second = sorted((one, other), key=lambda segment: segment.pk)
    if first.pk == second.pk:
        raise ValidationError({"other": [_("Give two different segments.")]})
    rows = Segment.objects.select_for_update(of=("self",), no_key=True).select_related("workspace")
    first, second = rows.filter(pk__in=[first.pk, second.pk]).order_by("pk")
    held = SegmentOverlap.objects.filter(one=first, other=second).first()
    if held is not None:
        held.one, held.other = first, second
    check_version(held, seen)
    said = {"persons": None, "share": None, "assumed": ""} | {name: fields[name] for name in FIELDS if name in fields}
    unknown = fields.keys() - set(FIELDS)
    if unknown:
        raise TypeError(f"An overlap has no {sorted(unknown)}")
    if said == {"persons": None, "share": None, "assumed": ""}:
        take_back(held, by=by)
        return None
    return keep_overlap(held or SegmentOverlap(one=first, other=second), said, by=by)


def check_version(held: SegmentOverlap | None, seen: int | None) -> None:
    """`seen` is 0 where nothing was said yet."""
    if held is not None:
        check_seen(held, seen)


def take_back(held: SegmentOverlap | None, *, by: Actor) -> None:
    if held is not None:
        record(held, by=by, verb="removed", before=overlap_state(held))
        held.delete()


def keep_overlap(overlap: SegmentOverlap, said: dict[str, Any], *, by: Actor) -> SegmentOverlap:
    new = overlap.pk is None
    before = {} if new else overlap_state(overlap)
    for name, value in said.items():
        setattr(overlap, name, value)
    overlap.full_clean(exclude=["one", "other"])
    errors = overlap_errors(overlap, assumption_of(overlap.workspace_id))
    if errors:
        raise ValidationError(errors)
    if not new and overlap_state(overlap) == before:
        return overlap
    overlap.version += not new
    overlap.save()
    was, now = difference(before, overlap_state(overlap)) if not new else (None, overlap_state(overlap))
    record(overlap, by=by, verb="created" if new else "edited", before=was, after=now)
    return overlap


def overlap_state(overlap: SegmentOverlap) -> dict[str, Any]:
    return {name: getattr(overlap, name) for name in FIELDS}


@transaction.atomic
def edit_assumption(*, by: Actor, seen: int | None = None, **fields: Any) -> AudienceAssumption:
    """Set what is assumed of pairs of which nobody said anything: `assumed`, and `population`."""
    require(by, Permission.SEGMENT_EDIT)
    AudienceAssumption.objects.get_or_create(workspace_id=by.workspace_id)
    held = AudienceAssumption.objects.select_for_update().get(workspace_id=by.workspace_id)
    check_seen(held, seen)
    before = assumption_state(held)
    for name in fields:
        if name not in ASSUMPTION_FIELDS:
            raise TypeError(f"An assumption has no {name}")
        setattr(held, name, fields[name])
    check_assumption(held)
    was, now = difference(before, assumption_state(held))
    if now:
        held.version += 1
        held.save()
        record(held, by=by, verb="edited", before=was, after=now)
    return held


def check_assumption(assumption: AudienceAssumption) -> None:
    """Raises ValidationError at `population` where one is needed, or is too small."""
    assumption.full_clean(validate_constraints=False)
    workspace = assumption.workspace_id
    used = SegmentOverlap.objects.filter(one__workspace_id=workspace, assumed=Assumed.INDEPENDENT).exists()
    if assumption.population is None:
        if assumption.assumed == Assumed.INDEPENDENT or used:
            raise ValidationError({"population": [_("Independent segments need the number of all people there are.")]})
        return
    largest = Segment.objects.filter(workspace_id=workspace, removed_at=None, size__gt=assumption.population).first()
    if largest is not None:
        raise ValidationError({"population": [_("The segment “%(name)s” is larger.") % {"name": largest}]})


def assumption_state(assumption: AudienceAssumption) -> dict[str, Any]:
    return {name: getattr(assumption, name) for name in ASSUMPTION_FIELDS}
