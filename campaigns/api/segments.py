from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.response import Response

from campaigns.api.pressure_fields import Shares
from campaigns.models import AudienceAssumption, Segment, SegmentOverlap
from campaigns.queries.audience import assumption_of, overlaps_of
from campaigns.queries.segments import segments_of
from campaigns.services.overlaps import edit_assumption, state_overlap
from campaigns.services.segments import add_segment, edit_segment, remove_segment
from teams.api.etags import seen_version
from teams.api.fields import Ref
from teams.api.objects import CanAdd, CanChange, CanRemove, Single
from teams.api.serializers import ObjectSerializer
from teams.permissions import Permission


class SegmentSerializer(ObjectSerializer):
    zones = Shares(required=False, help_text="Empty: all of them live in the workspace's zone.")

    class Meta:
        model = Segment
        fields = ["id", "name", "description", "size", "size_source", "zones", "position", "lifecycle", "version"]


class Segments(CanAdd, CanChange, CanRemove):
    """People whom messages are for. `size` is null where nobody knows: a replay leaves them out and says so."""

    needs = Permission.SEGMENT_EDIT
    serializer_class = SegmentSerializer

    def objects(self) -> QuerySet[Segment]:
        return segments_of(self.actor)

    def add(self, **fields: Any) -> Segment:
        return add_segment(by=self.actor, **fields)

    def change(self, segment: Segment, seen: int | None, /, **fields: Any) -> Segment:
        return edit_segment(by=self.actor, segment=segment, seen=seen, **fields)

    def remove(self, segment: Segment, seen: int | None) -> None:
        remove_segment(by=self.actor, segment=segment, seen=seen)


class NewOverlapSerializer(ObjectSerializer):
    one = Ref(scope=segments_of)
    other = Ref(scope=segments_of)

    class Meta:
        model = SegmentOverlap
        fields = ["one", "other", "persons", "share", "assumed"]


class OverlapSerializer(ObjectSerializer):
    """Exactly one of `persons`, `share` and `assumed` is said; a change says it anew."""

    class Meta:
        model = SegmentOverlap
        fields = ["id", "one", "other", "persons", "share", "assumed", "version"]
        read_only_fields = ["one", "other"]


class Overlaps(CanAdd, CanChange, CanRemove):
    """How many people two segments share. `one` is the segment with the smaller id."""

    needs = Permission.SEGMENT_EDIT
    serializer_class = OverlapSerializer
    new_serializer_class = NewOverlapSerializer

    def objects(self) -> QuerySet[SegmentOverlap]:
        return overlaps_of(self.actor)

    def add(self, **fields: Any) -> SegmentOverlap:
        pair = {fields["one"].pk, fields["other"].pk}
        if overlaps_of(self.actor).filter(one__in=pair, other__in=pair).exists():
            raise ValidationError({"other": [_("This pair is spoken of already: change what is said.")]})
        return said(state_overlap(by=self.actor, **fields))

    def change(self, overlap: SegmentOverlap, seen: int | None, /, **fields: Any) -> SegmentOverlap:
        given = fields or {name: getattr(overlap, name) for name in ("persons", "share", "assumed")}
        return said(state_overlap(by=self.actor, one=overlap.one, other=overlap.other, seen=seen, **given))

    def remove(self, overlap: SegmentOverlap, seen: int | None) -> None:
        state_overlap(by=self.actor, one=overlap.one, other=overlap.other, seen=seen)


def said(overlap: SegmentOverlap | None) -> SegmentOverlap:
    if overlap is None:
        raise ValidationError({"persons": [_("Say how many people, which share, or what is assumed.")]})
    return overlap


class AssumptionSerializer(ObjectSerializer):
    class Meta:
        model = AudienceAssumption
        fields = ["assumed", "population", "version"]


class AssumptionView(Single):
    """What is assumed of pairs of segments of which nobody said anything."""

    needs = Permission.SEGMENT_EDIT
    serializer_class = AssumptionSerializer

    def get(self, request) -> Response:
        return self.answer(assumption_of(self.actor.workspace_id))

    def patch(self, request) -> Response:
        held = assumption_of(self.actor.workspace_id)
        seen = seen_version(request, held.version)
        return self.answer(edit_assumption(by=self.actor, seen=seen, **self.body(instance=held, partial=True)))
