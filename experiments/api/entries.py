from typing import Any

import django_filters
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin
from rest_framework.response import Response

from experiments.api.part import Part
from experiments.enums import EntrySource
from experiments.models import Entry, Experiment
from experiments.models.result import SUMS
from experiments.queries.experiments import experiments_of
from experiments.services.results import Cell, record_results
from experiments.stats import limits
from teams.api.fields import BIGGEST, Day, Flag, Number, Text, Whole
from teams.api.filters import DayFilter, IdFilter, check_parameters
from teams.api.serializers import Strict
from teams.permissions import Permission

MOST_AT_ONCE = 5000
COUNTS = ("n", "successes")


class EntrySerializer(Strict):
    """Sums of one variant and metric on one day."""

    variant = Text(max_length=40, help_text="The variant's key.")
    metric = Whole(min_value=1, max_value=BIGGEST, help_text="The id of a metric of the plan.")
    date = Day()
    withdrawn = Flag(required=False, default=False, help_text="There is nothing for this day after all.")

    def get_fields(self) -> dict[str, Any]:
        counts = {
            name: Whole(required=False, allow_null=True, min_value=0, max_value=limits.MOST_USERS) for name in COUNTS
        }
        numbers = {name: Number(required=False, allow_null=True) for name in SUMS if name not in COUNTS}
        return super().get_fields() | counts | numbers


class EntriesSerializer(Strict):
    results = EntrySerializer(many=True, max_length=MOST_AT_ONCE)  # type: ignore[call-arg]


class EntryRowSerializer(serializers.ModelSerializer):
    """What stands for one variant and metric on one day."""

    variant = serializers.CharField(source="variant.key", help_text="The variant's key.")
    metric = serializers.IntegerField(source="metric.metric_id", help_text="The id of a metric of the plan.")

    class Meta:
        model = Entry
        fields = ["variant", "metric", "date", "withdrawn", *SUMS]
        read_only_fields = fields


class StandingSerializer(serializers.Serializer):
    results = EntryRowSerializer(many=True)


class EntryFilters(django_filters.FilterSet):
    variant = django_filters.CharFilter(field_name="variant__key", max_length=40, help_text="The variant's key.")
    metric = IdFilter(field_name="metric__metric")
    date_from = DayFilter(field_name="date", lookup_expr="gte", help_text="This day or later.")
    date_to = DayFilter(field_name="date", lookup_expr="lte", help_text="This day or earlier.")


class EntriesView(Part, ListModelMixin):
    """What has been entered for an experiment."""

    needs = Permission.EXPERIMENT_EDIT
    serializer_class = EntryRowSerializer
    filterset_class = EntryFilters
    ordering = ("date", "pk")

    def get_queryset(self) -> QuerySet[Entry]:
        if getattr(self, "swagger_fake_view", False):
            return Entry.objects.none()
        return standing(get_object_or_404(experiments_of(self.actor), pk=self.kwargs["pk"]))

    @extend_schema(operation_id="experiments_results_list", responses={200: EntryRowSerializer(many=True)})
    def get(self, request, pk: int) -> Response:
        """Current results, by date. A correction replaces what was there; the site shows both."""
        check_parameters(request, self.filterset_class)
        return self.list(request)

    @extend_schema(
        operation_id="experiments_results_add", request=EntriesSerializer, responses={200: StandingSerializer}
    )
    def post(self, request, pk: int) -> Response:
        """Enter results: all or, where one is wrong, none. A second one for the same place is a correction.

        Answers what stands now in the places that were sent.
        """
        experiment = self.experiment()
        asked = EntriesSerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        cells = cells_of(experiment, asked.validated_data["results"])
        record_results(by=self.actor, experiment=experiment, cells=cells, source=EntrySource.API)
        keys = {cell.key for cell in cells}
        rows = standing(experiment).filter(date__in={cell.date for cell in cells}).order_by("date", "pk")
        found = [row for row in rows if (row.variant_id, row.metric_id, row.date) in keys]
        return Response(StandingSerializer({"results": found}).data)


def standing(experiment: Experiment) -> QuerySet[Entry]:
    rows = Entry.objects.filter(experiment=experiment, current=True, withdrawn=False)
    return rows.select_related("variant", "metric")


def cells_of(experiment: Experiment, rows: list[dict[str, Any]]) -> list[Cell]:
    """Raises ValidationError naming the rows whose variant or metric is not in the plan."""
    variants = {variant.key: variant for variant in experiment.variants.all()}
    metrics = {planned.metric_id: planned for planned in experiment.planned_metrics.all()}
    errors: dict[str, Any] = {}
    cells = []
    for number, row in enumerate(rows):
        wrong = {
            name: [_("This is not in the plan.")]
            for name, known in [("variant", variants), ("metric", metrics)]
            if row[name] not in known
        }
        if wrong:
            errors[str(number)] = wrong
            continue
        sums = {name: row[name] for name in SUMS if row.get(name) is not None}
        given = None if row["withdrawn"] else sums
        cells.append(
            Cell(variants[row["variant"]], metrics[row["metric"]], row["date"], given, place=f"results.{number}")
        )
    if errors:
        raise serializers.ValidationError({"results": errors})
    return cells
