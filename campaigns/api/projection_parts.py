"""The parts of one projection: its result, its versions, its lock."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from campaigns.api.outcomes import ForecastIntervalSerializer, ForecastSerializer, ForecastSeriesSerializer
from campaigns.forecast.reasons import Reason
from campaigns.models import Projection, ProjectionVersion
from campaigns.queries.projections import projections_of, versions_of
from campaigns.services.projection_locks import lock_projection, unlock_projection
from teams.api.etags import seen_version
from teams.api.fields import BIGGEST, Flag, Whole
from teams.api.objects import Single
from teams.api.serializers import Strict
from teams.permissions import Permission


class ProjectionPart(Single):
    """Found through its projection, whose version is its version."""

    def projection(self) -> Projection:
        return get_object_or_404(projections_of(self.actor), pk=self.kwargs["pk"])


class ForecastDifferenceSerializer(serializers.Serializer):
    """A scenario minus the base, draw by draw."""

    customers = ForecastIntervalSerializer()
    revenue = ForecastIntervalSerializer()
    cost = ForecastIntervalSerializer()
    gain = ForecastIntervalSerializer()
    chance = serializers.FloatField(help_text="The share of draws in which its gain is larger.")


class ScenarioResultSerializer(ForecastSerializer):
    name = serializers.CharField(help_text="Empty: the base.")
    entered = ForecastSeriesSerializer(help_text="Who comes in before the first stage.")
    difference = ForecastDifferenceSerializer(allow_null=True)


class ProjectionResultSerializer(serializers.Serializer):
    number = serializers.IntegerField()
    made_at = serializers.DateTimeField()
    made_by = serializers.CharField(source="made_by_name")
    locked_at = serializers.DateTimeField(allow_null=True)
    locked_by = serializers.CharField(source="locker_name")
    scenarios = ScenarioResultSerializer(many=True)


class ProjectionVersionSerializer(serializers.ModelSerializer):
    made_by = serializers.CharField(source="made_by_name")
    locked_by = serializers.CharField(source="locker_name", help_text="Empty unless it was approved.")

    class Meta:
        model = ProjectionVersion
        fields = ["number", "made_at", "made_by", "locked_at", "locked_by", "unlocked_at"]
        read_only_fields = fields


class ProjectionVersionsSerializer(serializers.Serializer):
    results = ProjectionVersionSerializer(many=True)


class LockSerializer(Strict):
    locked = Flag(help_text="True approves the latest version; false unlocks it and makes a new one.")


class LockStateSerializer(serializers.Serializer):
    locked = serializers.BooleanField()
    number = serializers.IntegerField()


NUMBER = OpenApiParameter(
    "number", {"type": "integer", "minimum": 1, "maximum": BIGGEST}, description="Of a version; without it the latest."
)


class ProjectionResultView(ProjectionPart):
    """What comes out of a projection: the base and its scenarios, with the same draws."""

    serializer_class = ProjectionResultSerializer

    @extend_schema(operation_id="projections_result", parameters=[NUMBER])
    def get(self, request, pk: int) -> Response:
        projection = self.projection()
        number = asked_number(request.query_params, projection.number)
        version = get_object_or_404(projection.versions, number=number)
        version.scenarios = [result_of(one) for one in version.answer["scenarios"]]  # type: ignore[attr-defined]
        return self.reply(ProjectionResultSerializer(version).data, projection.version)


def asked_number(query: Any, usual: int) -> int:
    for name in query:
        if name != "number":
            raise serializers.ValidationError({name: [_("There is no such parameter here.")]})
    text = query.get("number")
    return usual if text is None else Whole(min_value=1, max_value=BIGGEST).run_validation(whole(text))


def whole(text: str) -> Any:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else text


def result_of(scenario: dict[str, Any]) -> dict[str, Any]:
    """A kept answer in the words of `projections/calculate/`."""
    reason = "\n".join(Reason(code).line for code in scenario["reasons"]) or None
    return scenario | {"needed": None, "reason": reason}


class ProjectionVersionsView(ProjectionPart):
    """The versions of a projection, newest first."""

    serializer_class = ProjectionVersionsSerializer

    @extend_schema(operation_id="projections_versions")
    def get(self, request, pk: int) -> Response:
        projection = self.projection()
        data = ProjectionVersionsSerializer({"results": versions_of(projection)[:1000]}).data
        return self.reply(data, projection.version)


class ProjectionLockView(ProjectionPart):
    """Whether a projection is locked."""

    needs = Permission.PROJECTION_APPROVE
    serializer_class = LockStateSerializer

    @extend_schema(operation_id="projections_lock", request=LockSerializer)
    def put(self, request, pk: int) -> Response:
        """Approve the latest version, which locks it, or unlock it. A person approves, with a session: no program."""
        projection = self.projection()
        seen = seen_version(request, projection.version)
        serializer = LockSerializer(data=request.data, context={"request": request})
        serializer.is_valid(raise_exception=True)
        change = lock_projection if serializer.validated_data["locked"] else unlock_projection
        return self.answer(change(by=self.actor, projection=projection, seen=seen))
