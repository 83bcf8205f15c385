from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from campaigns.enums import StageKind
from campaigns.forms.matrix import usual_range
from campaigns.matching.grid import EMPTY, Spot, State
from campaigns.models.campaign import on_calendar
from campaigns.queries.campaigns import campaigns_of
from campaigns.queries.matrix import Matrix, kind_at, matrix_of_map
from journeys.queries.maps import maps_of
from teams.api.fields import BIGGEST, MISSING
from teams.api.objects import Endpoint


class MatrixQuery(serializers.Serializer):
    map = serializers.IntegerField(
        required=False, min_value=1, max_value=BIGGEST, help_text="Left out: the map changed last."
    )
    campaign = serializers.IntegerField(
        required=False, min_value=1, max_value=BIGGEST, help_text="Messages of this campaign alone."
    )
    first = serializers.DateField(required=False, validators=[on_calendar], help_text="Left out: today.")
    last = serializers.DateField(required=False, validators=[on_calendar], help_text="Left out: ninety days later.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "first" in attrs and "last" in attrs and attrs["last"] < attrs["first"]:
            raise serializers.ValidationError({"last": [_("It ends before it starts.")]})
        return attrs


class MatrixStageSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(
        choices=StageKind.choices, allow_null=True, help_text="What it is for; null where that cannot be told."
    )


class MatrixNameSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()


class MatrixClashSerializer(serializers.Serializer):
    messages = serializers.ListField(child=serializers.IntegerField())
    first = serializers.DateField(help_text="The first day on which all of them go.")
    days = serializers.IntegerField(help_text="On how many days they do.")


class MatrixCellSerializer(serializers.Serializer):
    stage = serializers.IntegerField()
    persona = serializers.IntegerField(allow_null=True, help_text="Null: messages for all personas.")
    channel = serializers.IntegerField()
    state = serializers.ChoiceField(
        choices=[state.value for state in State], help_text="`covered`: by a message for all personas."
    )
    messages = serializers.ListField(child=serializers.IntegerField())
    clashes = MatrixClashSerializer(many=True)


class MatrixSerializer(serializers.Serializer):
    map = serializers.IntegerField(allow_null=True, help_text="Null where there is no map yet.")
    first = serializers.DateField()
    last = serializers.DateField()
    stages = MatrixStageSerializer(many=True)
    personas = MatrixNameSerializer(many=True)
    channels = MatrixNameSerializer(many=True)
    cells = MatrixCellSerializer(many=True)
    unplaced = serializers.ListField(child=serializers.IntegerField(), help_text="Messages without stage or channel.")


class MatrixView(Endpoint):
    """Messages by stage, persona and channel: what is filled, empty, doubled."""

    serializer_class = MatrixSerializer

    @extend_schema(operation_id="matrix", parameters=[MatrixQuery], responses={200: MatrixSerializer})
    def get(self, request) -> Response:
        """The messages of a map that go in a range of days, without those of cancelled campaigns."""
        asked = given(request.query_params)
        first, last = usual_range(asked.get("first"), asked.get("last"), timezone.localdate())
        maps, campaign = maps_of(self.actor), None
        journey = found(maps, asked["map"], "map") if "map" in asked else maps.first()
        if "campaign" in asked:
            campaign = found(campaigns_of(self.actor), asked["campaign"], "campaign")
        answer: dict[str, Any] = {"map": journey.pk if journey else None, "first": first, "last": last}
        matrix = Matrix([], [], [], {}, {})
        if journey:
            matrix = matrix_of_map(self.actor, journey, first=first, last=last, campaign=campaign)
        return Response(MatrixSerializer(answer | described(matrix)).data)


def given(params: QueryDict) -> dict[str, Any]:
    """What was asked for; what cannot be is refused."""
    unknown = {name: [_("There is no such parameter here.")] for name in params if name not in MatrixQuery().fields}
    if unknown:
        raise serializers.ValidationError(unknown)
    query = MatrixQuery(data=params.dict())
    query.is_valid(raise_exception=True)
    return query.validated_data


def found(rows, pk: int, name: str):
    thing = rows.filter(pk=pk).first()
    if thing is None:
        raise serializers.ValidationError({name: [MISSING]})
    return thing


def described(matrix: Matrix) -> dict[str, Any]:
    """All places in order, empty ones too."""
    return {
        "stages": [{"id": stage.pk, "name": stage.name, "kind": kind_at(stage)} for stage in matrix.stages],
        "personas": [{"id": persona.pk, "name": persona.name} for persona in matrix.personas],
        "channels": [{"id": channel.pk, "name": channel.name} for channel in matrix.channels],
        "cells": [
            cell_of(matrix, Spot(stage.pk, persona, channel.pk))
            for persona in [None, *(persona.pk for persona in matrix.personas)]
            for channel in matrix.channels
            for stage in matrix.stages
        ],
        "unplaced": [message.pk for message in matrix.unplaced],
    }


def cell_of(matrix: Matrix, spot: Spot) -> dict[str, Any]:
    cell = matrix.cells.get(spot, EMPTY)
    clashes = [clash._asdict() for clash in cell.clashes]
    return spot._asdict() | {"state": cell.state, "messages": cell.messages, "clashes": clashes}
