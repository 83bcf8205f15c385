from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from experiments.api.experiments import ExperimentSerializer
from experiments.api.fields import DeviationField
from experiments.api.part import Part
from experiments.enums import Status
from experiments.services.steps import take_step, unarchive
from teams.api.etags import seen_version
from teams.api.fields import Choice, Day
from teams.api.serializers import Strict
from teams.permissions import Permission


class StepSerializer(Strict):
    status = Choice(choices=Status.choices, help_text="Where it goes next.")
    on = Day(required=False, allow_null=True, help_text="The day of the start or the end; today without it.")
    deviation = DeviationField(help_text="Why it stops before its minimum run time.")


class StatusView(Part):
    """The status of an experiment: a step forward, or back."""

    needs = Permission.EXPERIMENT_EDIT
    serializer_class = ExperimentSerializer

    @extend_schema(operation_id="experiments_status_set", request=StepSerializer)
    def put(self, request, pk: int) -> Response:
        """Take a step: idea, planned, running, deciding. Decisions decide; archived comes back to where it stood."""
        experiment = self.experiment()
        seen = seen_version(request, experiment.version)
        serializer = StepSerializer(data=request.data, context={"request": request})
        serializer.is_valid(raise_exception=True)
        asked = serializer.validated_data
        if experiment.status == Status.ARCHIVED:
            unarchive(by=self.actor, experiment=experiment, seen=seen, to=asked["status"])
        else:
            take_step(
                by=self.actor,
                experiment=experiment,
                seen=seen,
                to=asked["status"],
                on=asked.get("on"),
                deviation=asked.get("deviation", ""),
            )
        return self.answer(self.experiment())
