from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from experiments.api.part import Part
from experiments.enums import EntrySource
from experiments.models import Entry, Experiment
from experiments.models.result import SUMS
from experiments.services.results import Cell, record_results
from experiments.stats import limits
from teams.api.fields import BIGGEST, Day, Flag, Number, Text, Whole
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


class EntryListSerializer(serializers.Serializer):
    results = EntrySerializer(many=True)


class EntriesView(Part):
    """What has been entered for an experiment."""

    needs = Permission.EXPERIMENT_EDIT
    serializer_class = EntriesSerializer

    @extend_schema(operation_id="experiments_results_list", responses={200: EntryListSerializer})
    def get(self, request, pk: int) -> Response:
        """All current results, by date. A correction replaces what was there; the site shows both."""
        experiment = self.experiment()
        return self.reply({"results": current(experiment)}, experiment.version)

    @extend_schema(
        operation_id="experiments_results_add", request=EntriesSerializer, responses={200: EntryListSerializer}
    )
    def post(self, request, pk: int) -> Response:
        """Enter results: all or, where one is wrong, none. A second one for the same place is a correction."""
        experiment = self.experiment()
        rows = self.body()["results"]
        cells = cells_of(experiment, rows)
        record_results(by=self.actor, experiment=experiment, cells=cells, source=EntrySource.API)
        return Response({"results": current(experiment)})


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


def current(experiment: Experiment) -> list[dict[str, Any]]:
    entries = Entry.objects.filter(experiment=experiment, current=True, withdrawn=False)
    rows = entries.select_related("variant", "metric").order_by("date", "metric__position", "variant__position")
    return [
        {
            "variant": row.variant.key,
            "metric": row.metric.metric_id,
            "date": row.date.isoformat(),
            "withdrawn": False,
            **{name: getattr(row, name) for name in SUMS},
        }
        for row in rows
    ]
