import django_filters
from django.db.models import QuerySet

from insights.models import Reading
from insights.queries import metrics_of
from insights.services.readings import delete_reading, edit_reading, record_reading
from teams.api.fields import BIGGEST, Ref, Whole
from teams.api.filters import DayFilter, IdFilter
from teams.api.objects import CanAdd, CanChange, CanRemove
from teams.api.serializers import ObjectSerializer
from teams.permissions import Permission


class ReadingSerializer(ObjectSerializer):
    n = Whole(min_value=1, max_value=BIGGEST, required=False, allow_null=True)

    class Meta:
        model = Reading
        fields = ["id", "metric", "date", "value", "n", "recorded_by", "recorded_at", "version"]
        read_only_fields = ["metric", "recorded_by", "recorded_at"]


class NewReadingSerializer(ReadingSerializer):
    metric = Ref(scope=metrics_of)

    class Meta(ReadingSerializer.Meta):
        read_only_fields = ["recorded_by", "recorded_at"]


class ReadingFilters(django_filters.FilterSet):
    metric = IdFilter()
    date_from = DayFilter(field_name="date", lookup_expr="gte", help_text="This day or later.")
    date_to = DayFilter(field_name="date", lookup_expr="lte", help_text="This day or earlier.")


class Readings(CanAdd, CanChange, CanRemove):
    """Readings: the value of a metric on a day, with its n. Listed newest first; a metric has one for each day."""

    needs = Permission.READING_ADD
    serializer_class = ReadingSerializer
    new_serializer_class = NewReadingSerializer
    filterset_class = ReadingFilters
    ordering = ("-date", "-pk")

    def objects(self) -> QuerySet[Reading]:
        return Reading.objects.filter(metric__in=metrics_of(self.actor)).select_related("metric")

    def add(self, **fields) -> Reading:
        return record_reading(by=self.actor, only_new=True, **fields)

    def change(self, reading: Reading, seen: int | None, /, **fields) -> Reading:
        return edit_reading(by=self.actor, reading=reading, seen=seen, **fields)

    def remove(self, reading: Reading, seen: int | None) -> None:
        delete_reading(by=self.actor, reading=reading, seen=seen)
