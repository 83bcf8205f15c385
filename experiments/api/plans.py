from typing import Any

from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from experiments.api.fields import DeviationField
from experiments.api.part import Part
from experiments.api.scopes import metrics_of
from experiments.models import Deviation, Experiment, Plan, PlannedMetric, Variant
from experiments.services.plans import MOST_METRICS, MOST_VARIANTS, set_plan
from experiments.services.states import PLAN_FIELDS
from teams.api.etags import seen_version
from teams.api.fields import Number, Ref
from teams.api.refusals import nested
from teams.api.serializers import ObjectSerializer
from teams.permissions import Permission


class VariantPlanSerializer(ObjectSerializer):
    """The first of them is the control."""

    weight = Number(min_value=0, max_value=1, help_text="The share of users; all together are 1.")

    class Meta:
        model = Variant
        fields = ["key", "name", "description", "weight"]


class MetricPlanSerializer(ObjectSerializer):
    metric = Ref(scope=metrics_of)

    class Meta:
        model = PlannedMetric
        fields = ["metric", "role", "kind", "goal", "minimum_effect", "baseline", "sd", "covariate", "winsorized"]


class DeviationSerializer(serializers.ModelSerializer):
    """`earlier_start`: the day of the start that it belongs to where that was taken back, null for the present one."""

    by = serializers.CharField(source="actor_name")

    class Meta:
        model = Deviation
        fields = ["at", "by", "reason", "before", "after", "earlier_start"]
        read_only_fields = fields


class PlanSerializer(ObjectSerializer):
    variants = VariantPlanSerializer(many=True, required=False, max_length=MOST_VARIANTS)  # type: ignore[call-arg]
    metrics = MetricPlanSerializer(  # type: ignore[call-arg]
        many=True, required=False, max_length=MOST_METRICS, source="planned_metrics"
    )
    deviations = DeviationSerializer(many=True, read_only=True)
    deviation = DeviationField(write_only=True, help_text="Why the plan changes; needed after the start.")

    class Meta:
        model = Plan
        fields = [*PLAN_FIELDS, "variants", "metrics", "frozen_at", "frozen", "deviations", "deviation"]
        read_only_fields = ["frozen_at", "frozen"]

    def to_representation(self, instance: Experiment) -> dict[str, Any]:  # type: ignore[override]
        plan = instance.plan
        for name in ["variants", "planned_metrics", "deviations"]:
            setattr(plan, name, getattr(instance, name))
        return super().to_representation(plan)


class PlanView(Part):
    """The plan of an experiment. Its ETag is the experiment's."""

    needs = Permission.EXPERIMENT_EDIT
    serializer_class = PlanSerializer

    @extend_schema(operation_id="experiments_plan_retrieve")
    def get(self, request, pk: int) -> Response:
        """The plan, with the frozen one as it was at the start and what has deviated from it since."""
        return self.answer(self.experiment())

    @extend_schema(operation_id="experiments_plan_change", request=PlanSerializer)
    def patch(self, request, pk: int) -> Response:
        """Change the plan: what is not given stays; variants and metrics are given as whole lists."""
        experiment = self.experiment()
        seen = seen_version(request, experiment.version)
        fields = self.body(instance=experiment.plan, partial=True)
        if "planned_metrics" in fields:
            fields["metrics"] = fields.pop("planned_metrics")
        return self.answer(planned(self.actor, experiment, seen, fields))


def planned(actor, experiment: Experiment, seen: int | None, fields: dict[str, Any]) -> Experiment:
    """`set_plan`, with what is wrong in a list nested as the list was sent."""
    try:
        return set_plan(by=actor, experiment=experiment, seen=seen, **fields)
    except ValidationError as error:
        raise serializers.ValidationError(nested(error.message_dict)) from error
