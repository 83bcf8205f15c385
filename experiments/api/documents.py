"""Whole experiments as JSON documents. What is wrong in one is named by its JSON path, such as `$.plan.alpha`."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.response import Response

from experiments.api.experiments import ExperimentSerializer
from experiments.api.part import Part
from experiments.documents.create import import_experiment
from experiments.documents.export import export_experiment
from experiments.documents.reading import MOST_BYTES, read
from journeys.documents import problems
from teams.api.objects import Single
from teams.api.problems import TooLarge
from teams.permissions import Permission

DOCUMENT = {
    "type": "object",
    "description": "A document of an experiment. `docs/experiment.schema.json` (JSON Schema 2020-12) says all of it.",
    "required": ["format", "version", "title", "status", "hypothesis", "plan"],
    "additionalProperties": True,
}


@contextmanager
def refusals() -> Iterator[None]:
    """What the documents' own code refuses, as the API says it."""
    try:
        yield
    except problems.TooLarge as error:
        raise TooLarge(str(error)) from error
    except problems.DocumentError as error:
        raise serializers.ValidationError(
            {problem.path or "non_field_errors": [problem.reason] for problem in error.problems}
        ) from error


class DocumentParser(BaseParser):
    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None):
        with refusals():
            return read(stream.read(MOST_BYTES + 1))


class ExperimentDocument(Part):
    """An experiment as one document."""

    serializer_class = ExperimentSerializer

    @extend_schema(operation_id="experiments_document_retrieve", responses={200: DOCUMENT})
    def get(self, request, pk: int) -> Response:
        """The whole experiment. Scores are left out while the caller is to judge for themself first."""
        experiment = self.experiment()
        return self.reply(export_experiment(experiment, to=self.actor), experiment.version)


class LeftOutSerializer(serializers.Serializer):
    """A place of the document that this workspace does not know."""

    path = serializers.CharField()
    reason = serializers.CharField()


class ImportedSerializer(ExperimentSerializer):
    left_out = LeftOutSerializer(many=True, read_only=True)

    class Meta(ExperimentSerializer.Meta):
        fields = [*(name for name in ExperimentSerializer.Meta.fields if name != "deviation"), "left_out"]

    deviation = None


class ExperimentImport(Single):
    """A new experiment from a document."""

    needs = Permission.EXPERIMENT_CREATE
    parser_classes = [DocumentParser]
    serializer_class = ImportedSerializer

    @extend_schema(
        operation_id="experiments_import", request={"application/json": DOCUMENT}, responses={201: ImportedSerializer}
    )
    def post(self, request) -> Response:
        """Create an experiment whose document equals the one that is sent, but for what `left_out` names."""
        with refusals():
            imported = import_experiment(by=self.actor, document=request.data)
        experiment = imported.experiment
        experiment.left_out = imported.left_out  # type: ignore[attr-defined] # for the serializer alone
        return self.answer(experiment, 201, Location=f"{reverse('api:experiment-list')}{experiment.pk}/")
