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


class MetricAnalysisSerializer(serializers.Serializer):
    metric = serializers.IntegerField()
    name = serializers.CharField()
    role = serializers.CharField()
    analysis = AnalysisSerializer(
        allow_null=True, help_text="Null without results, and where they contradict themselves."
    )
    refused = serializers.CharField(help_text="How the sums contradict themselves; empty where they do not.")


class ReadoutSerializer(serializers.Serializer):
    signal = serializers.CharField(help_text="Empty before the start.")
    facts = SignalFactsSerializer()
    metrics = MetricAnalysisSerializer(many=True)


class ReadoutView(Part):
    """What an experiment has shown so far."""

    serializer_class = ReadoutSerializer

    @extend_schema(operation_id="experiments_analysis")
    def get(self, request, pk: int) -> Response:
        """Each metric of the plan analyzed on all current results, corrected as one family, and what follows."""
        experiment = self.experiment()
        return self.reply(readout(experiment), experiment.version)


def readout(experiment: Experiment) -> dict[str, Any]:
    found = analysis_of(experiment)
    judged = assess_now(experiment, found) if experiment.started_on else None
    return {
        "signal": judged.status.value if judged else "",
        "facts": facts(judged) if judged else {},
        "metrics": [measured(one) for one in found.measured],
    }


def measured(one: Measured) -> dict[str, Any]:
    analysis = AnalysisSerializer(one.analysis).data if one.analysis else None
    return {
        "metric": one.planned.metric_id,
        "name": one.name,
        "role": one.role,
        "analysis": analysis,
        "refused": one.refused,
    }
