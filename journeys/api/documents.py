"""Whole maps as JSON documents. What is wrong in one is named by its JSON path, such as `$.stages[0].name`."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.response import Response

from journeys.api.maps import MapSerializer
from journeys.documents import problems
from journeys.documents.create import create_from_document
from journeys.documents.export import export_document
from journeys.documents.parse import MOST_BYTES, parse
from journeys.documents.replace import replace_document
from journeys.models import Map
from journeys.queries.maps import maps_of
from teams.api.etags import seen_version
from teams.api.objects import Single
from teams.api.problems import Stale, TooLarge
from teams.errors import Conflict
from teams.permissions import Permission

DOCUMENT = {
    "type": "object",
    "description": "A map document. `docs/map.schema.json` (JSON Schema 2020-12) says all of it.",
    "required": ["format", "title", "kind", "status", "owner", "stages", "lanes", "cards", "paths"],
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
            return parse(stream.read(MOST_BYTES + 1))


class MapDocument(Single):
    """A map as one document. Its ETag is about the map's revision: any edit of any card makes it stale."""

    needs = Permission.MAP_EDIT
    parser_classes = [DocumentParser]

    def journey(self) -> Map:
        return get_object_or_404(maps_of(self.actor), pk=self.kwargs["pk"])

    def answer_document(self, journey: Map) -> Response:
        return self.reply(export_document(journey), journey.revision)

    @extend_schema(operation_id="maps_document_retrieve", responses={200: DOCUMENT})
    def get(self, request, pk: int) -> Response:
        """The whole map: an equal map comes of importing it."""
        return self.answer_document(self.journey())

    @extend_schema(
        operation_id="maps_document_replace", request={"application/json": DOCUMENT}, responses={200: DOCUMENT}
    )
    def put(self, request, pk: int) -> Response:
        """Make the map equal to the document. Parts are matched by their ids; only what differs is changed."""
        journey = self.journey()
        seen = seen_version(request, journey.revision)
        try:
            with refusals():
                journey = replace_document(by=self.actor, map=journey, document=request.data, seen=seen)
        except Conflict as error:
            raise Stale(error.current.revision) from error  # type: ignore[attr-defined]
        return self.answer_document(journey)


class MapImport(Single):
    """A new map from a document."""

    needs = Permission.MAP_CREATE
    parser_classes = [DocumentParser]
    serializer_class = MapSerializer

    @extend_schema(operation_id="maps_import", request={"application/json": DOCUMENT}, responses={201: MapSerializer})
    def post(self, request) -> Response:
        """Create a map whose document equals the one that is sent."""
        with refusals():
            journey = create_from_document(by=self.actor, document=request.data)
        return self.answer(journey, 201, Location=f"{reverse('api:map-list')}{journey.pk}/")
