import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from teams import queries
from teams.api.fields import Flag
from teams.api.filters import FlagFilter
from teams.api.objects import CanChange
from teams.api.serializers import ObjectSerializer
from teams.models import Notification
from teams.permissions import Permission
from teams.services.notifications import mark, sentence


class ReadField(Flag):
    """Whether one has read it."""

    def get_attribute(self, instance: Notification) -> bool:
        return instance.read_at is not None


class NotificationSerializer(ObjectSerializer):
    object = serializers.IntegerField(source="object_id", read_only=True)
    sentence = serializers.SerializerMethodField(help_text="What happened, in the reader's language.")
    path = serializers.SerializerMethodField(help_text="The page that it is about.")
    read = ReadField()

    class Meta:
        model = Notification
        fields = [
            "id",
            "verb",
            "kind",
            "object",
            "actor",
            "actor_name",
            "sentence",
            "path",
            "times",
            "read",
            "created_at",
            "version",
        ]
        read_only_fields = ["verb", "kind", "actor", "actor_name", "times", "created_at"]

    def get_sentence(self, notification: Notification) -> str:
        return sentence(notification)

    def get_path(self, notification: Notification) -> str:
        return f"/w/{self.context['request'].actor.workspace.slug}/{notification.path}"


class NotificationFilters(django_filters.FilterSet):
    read = FlagFilter(method="is_read")

    def is_read(self, notifications: QuerySet[Notification], name: str, value: str) -> QuerySet[Notification]:
        return notifications.filter(read_at__isnull=value == "false")


class Notifications(CanChange):
    """Notifications: what a signed-in member should know, newest first. A program has none."""

    needs = Permission.WORKSPACE_VIEW
    serializer_class = NotificationSerializer
    filterset_class = NotificationFilters
    ordering = ("-created_at", "-pk")

    def objects(self) -> QuerySet[Notification]:
        return queries.notifications_of(self.actor)

    def change(self, notification: Notification, seen: int | None, /, **fields) -> Notification:
        read = fields.get("read", notification.read_at is not None)
        return mark(by=self.actor, notification=notification, read=read, seen=seen)
