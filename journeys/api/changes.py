from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from journeys.models import Change
from journeys.queries.maps import maps_of
from teams.api.fields import BIGGEST
from teams.api.objects import Endpoint

MOST = 500
USUAL = 100
RANGES = {"after": (0, BIGGEST), "limit": (1, MOST)}
DEFAULTS = {"after": 0, "limit": USUAL}


def number(name: str) -> dict:
    least, most = RANGES[name]
    return {"type": "integer", "minimum": least, "maximum": most, "default": DEFAULTS[name]}


class TargetSerializer(serializers.Serializer):
    kind = serializers.CharField(source="target_kind", help_text="map, stage, lane, card or path.")
    id = serializers.CharField(source="target_uid", help_text="Its id in the map's document; empty for the map.")
    label = serializers.CharField(source="target_label")  # type: ignore[assignment]


class ChangeSerializer(serializers.ModelSerializer):
    actor = serializers.CharField(source="actor_name")
    target = TargetSerializer(source="*")

    class Meta:
        model = Change
        fields = ["revision", "at", "actor", "verb", "target", "before", "after"]


class ChangesSerializer(serializers.Serializer):
    results = ChangeSerializer(many=True)
    next_after = serializers.IntegerField(help_text="What to ask for next: `after` of the following page.")


class Changes(Endpoint):
    """The changes of a map after a revision, in order: ask again with `next_after` and nothing is missed."""

    serializer_class = ChangesSerializer

    @extend_schema(
        operation_id="maps_changes",
        parameters=[
            OpenApiParameter("after", number("after"), description="Changes later than this revision."),
            OpenApiParameter("limit", number("limit"), description="How many at most."),
        ],
    )
    def get(self, request, pk: int) -> Response:
        journey = get_object_or_404(maps_of(self.actor), pk=pk)
        asked = given(request.query_params)
        changes = list(journey.changes.filter(revision__gt=asked["after"])[: asked["limit"]])
        last = changes[-1].revision if changes else asked["after"]
        return Response(ChangesSerializer({"results": changes, "next_after": last}).data)


def given(query: QueryDict) -> dict[str, int]:
    """`after` and `limit` as asked for. Raises ValidationError for anything else."""
    values = dict(DEFAULTS)
    for name in query:
        text = str(query[name])
        if name not in RANGES:
            raise serializers.ValidationError({name: [_("There is no such parameter here.")]})
        least, most = RANGES[name]
        asked = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else -1
        if not least <= asked <= most:
            message = _("Give a whole number from %(least)d to %(most)d.") % {"least": least, "most": most}
            raise serializers.ValidationError({name: [message]})
        values[name] = asked
    return values
