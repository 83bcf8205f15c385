from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from campaigns.enums import Position
from campaigns.flag_words import sentence
from campaigns.matching.flags import Code, Flag
from campaigns.models import Message, MessageText
from campaigns.queries.campaigns import kept_campaigns_of
from campaigns.queries.flags import flags_of
from campaigns.queries.links import links_of
from campaigns.queries.message_lists import with_words
from campaigns.queries.messages import complete, messages_of
from campaigns.queries.segments import segments_of
from campaigns.services.messages import MOST_SEGMENTS, MOST_TEXTS, add_message, edit_message, remove_message
from journeys.api.scopes import channels_of, personas_of, stages_of
from teams.api.fields import Ref, Refs, Whole
from teams.api.filters import DayFilter, IdFilter
from teams.api.objects import CanAdd, CanChange, CanRemove
from teams.api.serializers import ObjectSerializer
from teams.permissions import Permission


class Clock(serializers.RegexField):
    """A time of day as `HH:MM`."""

    def __init__(self, **kwargs):
        super().__init__(r"^([01][0-9]|2[0-3]):[0-5][0-9]$", **kwargs)

    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)

    def to_representation(self, value) -> str:
        return f"{value:%H:%M}"


class MessageTextSerializer(ObjectSerializer):
    """What a message says in one language."""

    class Meta:
        model = MessageText
        fields = ["language", "subject", "text"]


class MessageFlagSerializer(serializers.Serializer):
    """What does not fit about a message."""

    code = serializers.ChoiceField(choices=[code.value for code in Code])
    gap = serializers.BooleanField(help_text="Whether it is something that is not there yet.")
    detail = serializers.SerializerMethodField(help_text="The reason, in a sentence.")

    def get_detail(self, flag: Flag) -> str:
        return sentence(flag)


class MessageSerializer(ObjectSerializer):
    channel = Ref(scope=channels_of, required=False, allow_null=True)
    stage = Ref(scope=stages_of, required=False, allow_null=True)
    persona = Ref(scope=personas_of, required=False, allow_null=True, help_text="Null: all personas.")
    segments = Refs(scope=segments_of, most=MOST_SEGMENTS)
    at = Clock(required=False, allow_null=True, help_text="`HH:MM`; null: any time of the day.")
    weekdays = serializers.ListField(
        child=Whole(min_value=1, max_value=7), max_length=7, required=False, help_text="ISO: 1 is Monday."
    )
    link = Ref(scope=links_of, required=False, allow_null=True, help_text="A tracked link.")
    texts = MessageTextSerializer(many=True, required=False, max_length=MOST_TEXTS)  # type: ignore[call-arg]
    flags = serializers.SerializerMethodField(help_text="What does not fit, and what is missing.")

    class Meta:
        model = Message
        fields = [
            *("id", "campaign", "title", "channel", "stage", "persona", "segments", "position", "lifecycle"),
            *("starts_on", "ends_on", "at", "zone", "cadence", "every", "weekdays", "priority", "transactional"),
            *("offer", "tone", "next_step", "link", "texts", "tactic", "flags", "version", "changed_at"),
        ]
        read_only_fields = ["campaign", "tactic", "changed_at"]
        extra_kwargs = {
            "ends_on": {"help_text": "Left out: that one day."},
            "zone": {"help_text": "Whose clock `at` is on; empty: each person's own."},
            "every": {"help_text": "Days from one to the next, where `cadence` is `every`."},
            "priority": {"help_text": "Null: that of the campaign."},
            "offer": {"help_text": "Empty: that of the campaign; so with tone and next_step."},
            "tactic": {"help_text": "The tactic it began as; empty for none."},
        }

    @extend_schema_field(MessageFlagSerializer(many=True))
    def get_flags(self, message: Message) -> list[dict[str, Any]]:
        found = self.context.get("flags")
        if found is None:
            rows = self.parent.instance if isinstance(self.parent, serializers.ListSerializer) else [message]
            found = self.context["flags"] = flags_of(list(rows))
        return list(MessageFlagSerializer(found[message.pk], many=True).data)


class NewMessageSerializer(MessageSerializer):
    campaign = Ref(scope=kept_campaigns_of)


class MessageFilters(django_filters.FilterSet):
    campaign = IdFilter()
    channel = IdFilter()
    stage = IdFilter()
    persona = IdFilter()
    segment = IdFilter(field_name="segments")
    position = django_filters.ChoiceFilter(choices=Position.choices)
    first = DayFilter(field_name="ends_on", lookup_expr="gte", help_text="Those that go on this day or later.")
    last = DayFilter(field_name="starts_on", lookup_expr="lte", help_text="Those that go on this day or before.")
    q = django_filters.CharFilter(method="search", max_length=200, help_text="Words, or how they begin.")

    def search(self, rows: QuerySet[Message], name: str, text: str) -> QuerySet[Message]:
        return rows.filter(with_words(self.request.actor, text))


class Messages(CanAdd, CanChange, CanRemove):
    """Messages of campaigns: one piece of content to one audience by one channel."""

    needs = Permission.CAMPAIGN_EDIT
    serializer_class = MessageSerializer
    new_serializer_class = NewMessageSerializer
    filterset_class = MessageFilters

    def objects(self) -> QuerySet[Message]:
        return complete(messages_of(self.actor))

    def add(self, **fields) -> Message:
        return add_message(by=self.actor, **fields)

    def change(self, message: Message, seen: int | None, /, **fields) -> Message:
        return edit_message(by=self.actor, message=message, seen=seen, **fields)

    def remove(self, message: Message, seen: int | None) -> None:
        remove_message(by=self.actor, message=message, seen=seen)
