"""What decided experiments offer to a projection, and taking it over."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from campaigns.api.projection_parts import ProjectionPart
from campaigns.models import Projection
from campaigns.queries.projection_offers import BASE, SCENARIO, Silence, heard_of
from campaigns.queries.projections import latest_version
from campaigns.services.projection_offers import take_offer
from teams.api.etags import seen_version
from teams.api.fields import BIGGEST, Choice, Text, Whole
from teams.api.serializers import Strict
from teams.permissions import Permission

LONGEST_PLACE = 40
PLACES = [(BASE, BASE), (SCENARIO, SCENARIO)]


class OfferedChangeSerializer(serializers.Serializer):
    """An input that the effect may be laid on."""

    place = serializers.CharField(source="input.place", help_text="To name it by when it is taken over.")
    input = serializers.ChoiceField(source="input.name", choices=["rate", "value", "retention"])
    stage = serializers.CharField(source="input.stage", help_text="Of a rate; empty otherwise.")
    rest = serializers.BooleanField(help_text="The effect is laid on 1 − the number: on those who are lost.")
    before = serializers.JSONField(source="input.before", help_text="The number as it is.")
    after = serializers.JSONField(help_text="The number with the effect on it.")


class OfferSerializer(serializers.Serializer):
    """What a decided experiment offers."""

    experiment = serializers.IntegerField(source="decision.experiment_id")
    title = serializers.CharField(source="decision.experiment.title")
    effect = serializers.ListField(child=serializers.FloatField(), help_text="Relative: low, likely, high.")
    changes = OfferedChangeSerializer(many=True, help_text="One of them can be taken over.")
    into = serializers.ListField(
        child=serializers.ChoiceField(choices=PLACES), help_text="Where: what goes on in another round, in a scenario."
    )


class SilentSerializer(serializers.Serializer):
    """A decided experiment that offers nothing."""

    experiment = serializers.IntegerField(source="decision.experiment_id")
    title = serializers.CharField(source="decision.experiment.title")
    reason = serializers.ChoiceField(source="silence", choices=[code.value for code in Silence])


class OffersSerializer(serializers.Serializer):
    offers = OfferSerializer(many=True)
    silent = SilentSerializer(many=True)


class TakenOfferSerializer(Strict):
    experiment = Whole(min_value=1, max_value=BIGGEST, help_text="Whose effect is taken over.")
    place = Text(max_length=LONGEST_PLACE, required=False, help_text="Of which change; else of the first.")
    into = Choice(choices=PLACES, required=False, help_text="Else where it may go first.")


class OffersView(ProjectionPart):
    """What decided experiments offer to a projection."""

    needs = Permission.PROJECTION_EDIT
    serializer_class = OffersSerializer

    @extend_schema(operation_id="projections_offers_list")
    def get(self, request, pk: int) -> Response:
        """What may be taken over, and which decided experiments offer nothing, and why."""
        projection = self.projection()
        return self.reply(answered(projection), projection.version)

    @extend_schema(operation_id="projections_offers_take", request=TakenOfferSerializer)
    def put(self, request, pk: int) -> Response:
        """Take an experiment's effect over: a number becomes what it found, in a new version."""
        projection = self.projection()
        seen = seen_version(request, projection.version)
        serializer = TakenOfferSerializer(data=request.data, context={"request": request})
        serializer.is_valid(raise_exception=True)
        saved = take_offer(by=self.actor, projection=projection, seen=seen, **serializer.validated_data)
        return self.reply(answered(saved), saved.version)


def answered(projection: Projection) -> dict[str, Any]:
    heard = heard_of(projection, latest_version(projection).document)
    parts = {
        "offers": [offer for offer in heard if offer.changes],
        "silent": [offer for offer in heard if not offer.changes],
    }
    return OffersSerializer(parts).data
