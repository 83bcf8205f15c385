"""Segments as the replay takes them, how many people each pair shares, and whether what is said of a pair can be."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from math import ceil, fsum
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaigns.enums import Assumed
from campaigns.models import AudienceAssumption, Segment, SegmentOverlap
from campaigns.pressure.audience import Audience, Basis, Overlap, couple, most_by_zone
from campaigns.pressure.audience import Segment as Sized
from campaigns.pressure.limits import SHARE_TOLERANCE
from teams.permissions import Actor


def overlaps_of(actor: Actor) -> QuerySet[SegmentOverlap]:
    """What is said of pairs of live segments of the actor's workspace."""
    rows = SegmentOverlap.objects.filter(one__workspace_id=actor.workspace_id)
    rows = rows.filter(one__removed_at=None, other__removed_at=None)
    return rows.select_related("one__workspace", "other__workspace")


def overlaps_among(segments: Iterable[Segment]) -> QuerySet[SegmentOverlap]:
    ids = [segment.pk for segment in segments]
    rows = SegmentOverlap.objects.filter(one__in=ids, other__in=ids)
    return rows.select_related("one__workspace", "other__workspace")


def assumption_of(workspace_id: int) -> AudienceAssumption:
    """What the workspace assumes; unsaved where nobody has set it: nobody is in two segments."""
    found = AudienceAssumption.objects.filter(workspace_id=workspace_id).first()
    return found or AudienceAssumption(workspace_id=workspace_id, assumed=Assumed.DISJOINT)


class Pair(NamedTuple):
    """What counts for two segments. `persons` is None where one of them has no size; `share` is of the smaller."""

    one: Segment
    other: Segment
    overlap: SegmentOverlap | None
    persons: float | None
    share: float | None

    @property
    def stated(self) -> bool:
        return self.overlap is not None and not self.overlap.assumed


def pairs(
    segments: Sequence[Segment], overlaps: Iterable[SegmentOverlap], assumption: AudienceAssumption
) -> dict[tuple[int, int], Pair]:
    """By the two ids, the smaller first."""
    said = {(overlap.one_id, overlap.other_id): overlap for overlap in overlaps}
    population = population_for(segments, assumption)
    found = {}
    for one, other in combinations(sorted(segments, key=lambda segment: segment.pk), 2):
        overlap = said.get((one.pk, other.pk))
        persons = persons_shared(one, other, overlap, assumption, population)
        smaller = min(one.size or 0, other.size or 0)
        share = None if persons is None or not smaller else persons / smaller
        found[one.pk, other.pk] = Pair(one, other, overlap, persons, share)
    return found


def persons_shared(
    one: Segment,
    other: Segment,
    overlap: SegmentOverlap | None,
    assumption: AudienceAssumption,
    population: int | None,
) -> float | None:
    mine, theirs = sized(one), sized(other)
    if mine is None or theirs is None:
        return None
    said = () if overlap is None else (as_overlap(overlap, mine, theirs),)
    given = audience_of((mine, theirs), said, assumption, population)
    return given.shared()[couple(mine.id, theirs.id)].persons


def audience(
    segments: Iterable[Segment], overlaps: Iterable[SegmentOverlap], assumption: AudienceAssumption
) -> Audience:
    """What the replay takes: segments with a size, and what is said of their pairs as far as it still can be."""
    segments = list(segments)
    known = {segment.pk: found for segment in segments if (found := sized(segment))}
    said = [
        as_overlap(overlap, known[overlap.one_id], known[overlap.other_id])
        for overlap in overlaps
        if overlap.one_id in known and overlap.other_id in known
    ]
    return audience_of(tuple(known.values()), tuple(said), assumption, population_for(segments, assumption))


def audience_of(
    segments: tuple[Sized, ...], said: tuple[Overlap, ...], assumption: AudienceAssumption, population: int | None
) -> Audience:
    """Sizes may have grown since somebody counted everybody: then there are at least as many as two of them have."""
    if population is not None:
        sizes = {segment.id: segment.size for segment in segments}
        for overlap in said:
            one, other = sizes[overlap.one], sizes[overlap.other]
            if not overlap.assumed:
                population = max(population, ceil(one + other - overlap.of(min(one, other))))
    return Audience(segments, said, Basis(assumption.assumed), population)


def population_for(segments: Iterable[Segment], assumption: AudienceAssumption) -> int | None:
    """Everybody there is: never fewer than the largest segment."""
    if assumption.population is None:
        return None
    return max([assumption.population, *(segment.size or 0 for segment in segments)])


def as_overlap(overlap: SegmentOverlap, one: Sized, other: Sized) -> Overlap:
    """What was said, cut to what two segments can share today: sizes and zones may have changed since."""
    if overlap.assumed:
        return Overlap(one.id, other.id, assumed=Basis(overlap.assumed))
    smaller = min(one.size, other.size)
    persons = min(persons_in_both(overlap, smaller), smaller, fsum(most_by_zone(one, other).values()))
    return Overlap(one.id, other.id, share=min(1.0, persons / smaller) if smaller else 0.0)


def sized(segment: Segment) -> Sized | None:
    """The segment as the replay takes it; None where nobody knows how large it is."""
    if segment.size is None:
        return None
    zones = segment.zones or {segment.workspace.timezone: 1.0}
    return Sized(str(segment.pk), segment.size, tuple(sorted(zones.items())))


def overlap_errors(overlap: SegmentOverlap, assumption: AudienceAssumption) -> dict[str, list[str]]:
    """By field, what cannot be. Nothing is said of segments whose size nobody knows."""
    if overlap.assumed:
        needs = overlap.assumed == Assumed.INDEPENDENT and assumption.population is None
        return {"assumed": [_("Say first how many people there are in all.")]} if needs else {}
    one, other = sized(overlap.one), sized(overlap.other)
    if one is None or other is None:
        return {}
    field = "persons" if overlap.persons is not None else "share"
    found = too_many(one, other, overlap, assumption.population)
    return {field: [found]} if found else {}


def persons_in_both(overlap: SegmentOverlap, smaller: int) -> float:
    return float(overlap.persons) if overlap.persons is not None else smaller * (overlap.share or 0.0)


def too_many(one: Sized, other: Sized, overlap: SegmentOverlap, population: int | None) -> str:
    smaller = min(one.size, other.size)
    persons = persons_in_both(overlap, smaller)
    if persons > smaller:
        return _("The smaller of the two segments has %(number)d people.") % {"number": smaller}
    most = fsum(most_by_zone(one, other).values())
    if persons > most * (1 + SHARE_TOLERANCE):
        return _("By their time zones, these two share at most %(number)d people.") % {"number": most}
    together = one.size + other.size - persons
    if population is not None and together > population:
        return _("The two would have %(number)d people together, more than there are in all.") % {"number": together}
    return ""
