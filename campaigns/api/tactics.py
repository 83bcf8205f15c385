from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from campaigns.api.messages import MessageSerializer
from campaigns.content.tactics import BUILT_IN
from campaigns.enums import Position, StageKind
from campaigns.models import Message, Tactic
from campaigns.queries.campaigns import kept_campaigns_of
from campaigns.queries.messages import complete
from campaigns.queries.tactics import Shelved, shelf, tactics_of
from campaigns.services.tactics import (
    MOST_CHANNELS,
    add_tactic,
    edit_tactic,
    hide_tactic,
    remove_tactic,
    show_tactic,
    use_tactic,
)
from journeys.api.scopes import channels_of
from teams.api.fields import Choice, Day, Flag, Ref, Refs, Text
from teams.api.objects import CanAdd, CanChange, CanRemove, Endpoint, Single
from teams.api.serializers import ObjectSerializer, Strict
from teams.permissions import Permission


class TacticSerializer(ObjectSerializer):
    channels = Refs(scope=channels_of, most=MOST_CHANNELS)
    built_in = serializers.CharField(
        read_only=True, help_text="The built-in tactic whose place it takes; empty for none."
    )

    class Meta:
        model = Tactic
        fields = [
            *("id", "title", "stage", "position", "about", "content", "channels", "measured_by", "pitfalls"),
            *("built_in", "version"),
        ]


class NewTacticSerializer(TacticSerializer):
    built_in = Text(
        required=False, allow_blank=True, max_length=40, help_text="The built-in tactic whose place it takes."
    )


class Tactics(CanAdd, CanChange, CanRemove):
    """Tactics of the workspace's own. The built-in ones have an address of their own."""

    needs = Permission.CAMPAIGN_CONFIGURE
    serializer_class = TacticSerializer
    new_serializer_class = NewTacticSerializer

    def objects(self) -> QuerySet[Tactic]:
        return tactics_of(self.actor)

    def add(self, **fields) -> Tactic:
        return add_tactic(by=self.actor, **fields)

    def change(self, tactic: Tactic, seen: int | None, /, **fields) -> Tactic:
        return edit_tactic(by=self.actor, tactic=tactic, seen=seen, **fields)

    def remove(self, tactic: Tactic, seen: int | None) -> None:
        remove_tactic(by=self.actor, tactic=tactic, seen=seen)


class BuiltInTacticSerializer(serializers.Serializer):
    """As it lies on the workspace's shelf, in the reader's language."""

    slug = serializers.CharField(source="id")
    title = serializers.CharField()
    stage = serializers.ChoiceField(choices=StageKind.choices)
    position = serializers.ChoiceField(choices=Position.choices)
    about = serializers.CharField()
    content = serializers.CharField()
    channels = serializers.SerializerMethodField(help_text="The workspace's channels of these kinds.")
    measured_by = serializers.CharField()
    pitfalls = serializers.CharField()
    hidden = serializers.BooleanField(help_text="Whether the workspace has put it away.")

    def get_channels(self, tactic: Shelved) -> list[int]:
        return [channel.pk for channel in tactic.channels]


class BuiltInTacticListSerializer(serializers.Serializer):
    results = BuiltInTacticSerializer(many=True)


class HidingSerializer(Strict):
    slug = Choice(choices=[(slug, slug) for slug in BUILT_IN])
    hidden = Flag()


class BuiltInTacticsView(Single):
    """Tactics that come with Throughline."""

    needs = Permission.CAMPAIGN_CONFIGURE
    serializer_class = HidingSerializer
    done = {"200": "The built-in tactics as they are now."}

    @extend_schema(operation_id="tactics_built_in", responses={200: BuiltInTacticListSerializer})
    def get(self, request) -> Response:
        """All of them, but those whose place an own one has taken."""
        return Response(listed(self.actor))

    @extend_schema(
        operation_id="tactics_built_in_hide", request=HidingSerializer, responses={200: BuiltInTacticListSerializer}
    )
    def post(self, request) -> Response:
        """Put one away for the workspace, or lay it back."""
        asked = self.body()
        change = hide_tactic if asked["hidden"] else show_tactic
        change(by=self.actor, slug=asked["slug"])
        return Response(listed(self.actor))


def listed(actor) -> dict:
    found = [tactic for tactic in shelf(actor, hidden=True) if tactic.own is None]
    return BuiltInTacticListSerializer({"results": found}).data


class UseSerializer(Strict):
    tactic = Text(max_length=40, help_text="A built-in one's slug, or an own one's id as text.")
    campaign = Ref(scope=kept_campaigns_of)
    starts_on = Day(required=False, allow_null=True)


class TacticUseView(Endpoint):
    """Tactics as drafts of messages."""

    needs = Permission.CAMPAIGN_EDIT
    serializer_class = UseSerializer
    done = {"201": "The new message."}

    @extend_schema(operation_id="tactics_use", request=UseSerializer, responses={201: MessageSerializer})
    def post(self, request) -> Response:
        """Add a message to a campaign as a tactic describes it."""
        serializer = UseSerializer(data=request.data, context={"request": request})
        serializer.is_valid(raise_exception=True)
        asked = {"starts_on": None} | serializer.validated_data
        made = use_tactic(by=self.actor, **asked)
        whole = complete(Message.objects.all()).get(pk=made.pk)
        data = MessageSerializer(whole, context={"request": request}).data
        return Response(data, status=201, headers={"Location": f"/api/v1/messages/{made.pk}/"})
