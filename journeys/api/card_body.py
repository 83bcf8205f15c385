"""A card as the API shows and takes it."""

from django.utils.translation import gettext as _
from rest_framework import serializers

from insights.queries import metrics_of
from journeys.api.scopes import channels_of, lanes_of, personas_of, stages_of
from journeys.api.stages import LAST_PLACE
from journeys.models import Card, Emotion, Source
from journeys.models.map import MOST_PERSONAS
from journeys.queries.maps import maps_of
from journeys.services.card_rules import MOST_SOURCES
from teams.api.fields import Ref, Whole
from teams.api.serializers import ObjectSerializer
from teams.queries import members_of

MOST_STAGES = 1000


class SourceSerializer(ObjectSerializer):
    class Meta:
        model = Source
        fields = ["kind", "text", "url", "date"]


class EmotionSerializer(ObjectSerializer):
    persona = Ref(scope=personas_of)
    level = Whole(min_value=-2, max_value=2, help_text="From −2, very bad, to 2, very good.")

    class Meta:
        model = Emotion
        fields = ["persona", "level", "word"]


class CardSerializer(ObjectSerializer):
    stage = Ref(scope=stages_of)
    lane = Ref(scope=lanes_of)
    position = Whole(min_value=0, max_value=LAST_PLACE, required=False, help_text="In its cell; 0 is the first.")
    span = Whole(min_value=1, max_value=MOST_STAGES, required=False, help_text="How many stages it reaches over.")
    channel = Ref(scope=channels_of, required=False, allow_null=True)
    accountable = Ref(scope=members_of, required=False, allow_null=True)
    metric = Ref(scope=metrics_of, required=False, allow_null=True)
    sources = SourceSerializer(many=True, required=False, max_length=MOST_SOURCES)  # type: ignore[call-arg]
    emotions = EmotionSerializer(many=True, required=False, max_length=MOST_PERSONAS)  # type: ignore[call-arg]

    class Meta:
        model = Card
        fields = [
            "id",
            "uid",
            "map",
            "stage",
            "lane",
            "position",
            "span",
            "title",
            "body",
            "grade",
            "channel",
            "moment",
            "accountable",
            "metric",
            "sources",
            "emotions",
            "version",
            "created_at",
            "changed_at",
        ]
        read_only_fields = ["map", "changed_at"]

    def validate_emotions(self, emotions: list[dict]) -> list[tuple]:
        return [(emotion["persona"], emotion["level"], emotion.get("word", "")) for emotion in emotions]


class NewCardSerializer(CardSerializer):
    map = Ref(scope=maps_of, required=False, help_text="Known from the stage; where given, it must be its map.")

    class Meta(CardSerializer.Meta):
        read_only_fields = ["changed_at"]

    def validate(self, attrs: dict) -> dict:
        journey = attrs.pop("map", None)
        if journey is not None and journey.pk != attrs["stage"].map_id:
            raise serializers.ValidationError({"stage": [_("This stage is not in the map.")]})
        return attrs
