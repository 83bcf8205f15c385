from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from experiments.api.experiments import SignalFactsSerializer
from experiments.api.part import Part
from experiments.api.results import AnalysisSerializer
from experiments.models import Experiment
from experiments.queries.analysis import Measured, analysis_of
from experiments.queries.assessment import assess_now
from experiments.services.signals import facts


class LackSerializer(serializers.Serializer):
    """A day that cannot be counted yet."""

    date = serializers.DateField()
    missing = serializers.ListField(
        child=serializers.CharField(), help_text="Keys of the variants that have no results for it."
    )


class MetricAnalysisSerializer(serializers.Serializer):
    metric = serializers.IntegerField()
    name = serializers.CharField()
    role = serializers.CharField()
    analysis = AnalysisSerializer(
        allow_null=True, help_text="Null without results, and where they contradict themselves."
    )
    until = serializers.DateField(
        allow_null=True, help_text="The last day that all variants have results for; later ones do not count yet."
    )
    waiting = LackSerializer(allow_null=True, help_text="The first day with results that does not count yet.")
    refused = serializers.CharField(help_text="How the sums contradict themselves; empty where they do not.")


class ReadoutSerializer(serializers.Serializer):
    signal = serializers.CharField(help_text="Empty before the start.")
    facts = SignalFactsSerializer()
    until = serializers.DateField(allow_null=True, help_text="The last day that counts in any metric.")
    metrics = MetricAnalysisSerializer(many=True)


class ReadoutView(Part):
    """What an experiment has shown so far."""

    serializer_class = ReadoutSerializer

    @extend_schema(operation_id="experiments_analysis")
    def get(self, request, pk: int) -> Response:
        """Each metric of the plan analyzed on its current results, corrected as one family, and what follows.

        A metric counts up to the last day that all variants have results for.
        """
        experiment = self.experiment()
        return self.reply(readout(experiment), experiment.version)


def readout(experiment: Experiment) -> dict[str, Any]:
    found = analysis_of(experiment)
    judged = assess_now(experiment, found) if experiment.started_on else None
    return {
        "signal": judged.status.value if judged else "",
        "facts": facts(judged) if judged else {},
        "until": found.until,
        "metrics": [measured(one) for one in found.measured],
    }


def measured(one: Measured) -> dict[str, Any]:
    analysis = AnalysisSerializer(one.analysis).data if one.analysis else None
    return {
        "metric": one.planned.metric_id,
        "name": one.name,
        "role": one.role,
        "analysis": analysis,
        "until": one.until,
        "waiting": one.waiting and {"date": one.waiting.day, "missing": list(one.waiting.missing)},
        "refused": one.refused,
    }
