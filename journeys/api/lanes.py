import django_filters
from django.db import transaction
from django.db.models import QuerySet

from journeys.api.scopes import lanes_of
from journeys.api.stages import LAST_PLACE
from journeys.enums import LaneKind
from journeys.models import Lane
from journeys.queries.maps import maps_of
from journeys.services.lanes import add_lane, delete_lane, edit_lane, move_lane
from teams.api.fields import Ref, Text, Whole
from teams.api.filters import IdFilter
from teams.api.objects import CanAdd, CanChange, CanRemove
from teams.api.serializers import ObjectSerializer
from teams.models import storable
from teams.permissions import Permission


class LaneSerializer(ObjectSerializer):
    position = Whole(min_value=0, max_value=LAST_PLACE, required=False, help_text="0 is the first.")

    class Meta:
        model = Lane
        fields = ["id", "uid", "map", "position", "kind", "name", "version"]
        read_only_fields = ["map"]


class NewLaneSerializer(LaneSerializer):
    map = Ref(scope=maps_of)
    name = Text(max_length=60, required=False, validators=[storable], help_text="Without one, its kind's.")

    class Meta(LaneSerializer.Meta):
        read_only_fields: list[str] = []


class LaneFilters(django_filters.FilterSet):
    map = IdFilter()
    kind = django_filters.ChoiceFilter(choices=LaneKind.choices)


class Lanes(CanAdd, CanChange, CanRemove):
    """Lanes: the rows of maps."""

    needs = Permission.MAP_EDIT
    serializer_class = LaneSerializer
    new_serializer_class = NewLaneSerializer
    filterset_class = LaneFilters

    def objects(self) -> QuerySet[Lane]:
        return lanes_of(self.actor)

    def add(self, **fields) -> Lane:
        return add_lane(by=self.actor, **fields)

    @transaction.atomic
    def change(self, lane: Lane, seen: int | None, /, *, position: int | None = None, **fields) -> Lane:
        if fields:
            lane = edit_lane(by=self.actor, lane=lane, seen=seen, **fields)
            seen = lane.version
        if position is not None:
            lane = move_lane(by=self.actor, lane=lane, seen=seen, position=position)
        return lane

    def remove(self, lane: Lane, seen: int | None) -> None:
        delete_lane(by=self.actor, lane=lane, seen=seen)
