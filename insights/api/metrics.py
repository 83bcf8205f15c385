import django_filters
from django.db.models import QuerySet

from insights import queries
from insights.enums import MetricKind
from insights.models import Metric
from insights.services.metrics import create_metric, edit_metric, remove_metric
from teams.api.fields import Ref
from teams.api.filters import IdFilter
from teams.api.objects import CanAdd, CanChange, CanRemove
from teams.api.serializers import ObjectSerializer
from teams.permissions import Permission
from teams.queries import members_of


class MetricSerializer(ObjectSerializer):
    owner = Ref(scope=members_of, required=False, allow_null=True)

    class Meta:
        model = Metric
        fields = ["id", "name", "definition", "kind", "unit", "direction", "target", "owner", "version", "created_at"]


class MetricFilters(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(choices=MetricKind.choices)
    owner = IdFilter()
    q = django_filters.CharFilter(method="search", max_length=200, help_text="Words, or how they begin.")

    def search(self, metrics: QuerySet[Metric], name: str, text: str) -> QuerySet[Metric]:
        return metrics & queries.find_metrics(self.request.actor, text=text)


class Metrics(CanAdd, CanChange, CanRemove):
    """Metrics: one definition of a number each. A share is a fraction from 0 to 1."""

    needs = Permission.METRIC_EDIT
    serializer_class = MetricSerializer
    filterset_class = MetricFilters

    def objects(self) -> QuerySet[Metric]:
        return queries.metrics_of(self.actor)

    def add(self, **fields) -> Metric:
        return create_metric(by=self.actor, **fields)

    def change(self, metric: Metric, seen: int | None, /, **fields) -> Metric:
        return edit_metric(by=self.actor, metric=metric, seen=seen, **fields)

    def remove(self, metric: Metric, seen: int | None) -> None:
        remove_metric(by=self.actor, metric=metric, seen=seen)
