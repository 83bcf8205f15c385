from typing import Any

from django.db.models import QuerySet

from campaigns.models import SavedView
from campaigns.models.saved_view import LONGEST_QUERY
from campaigns.queries.saved_views import views_of
from campaigns.services.saved_views import edit_view, remove_view, save_view
from teams.api.fields import Flag, Text
from teams.api.objects import CanAdd, CanChange, CanRemove
from teams.api.serializers import ObjectSerializer
from teams.models import Membership
from teams.permissions import Permission


class SavedViewSerializer(ObjectSerializer):
    query = Text(
        max_length=LONGEST_QUERY,
        allow_blank=True,
        required=False,
        help_text="What the calendar's address says after the question mark; what means nothing there is left out.",
    )
    shared = Flag(required=False, help_text="Everybody in the workspace sees it. A program's views are all shared.")

    class Meta:
        model = SavedView
        fields = ["id", "name", "query", "shared", "position", "owner", "changed_at", "version"]
        read_only_fields = ["owner", "changed_at"]


class NewSavedViewSerializer(SavedViewSerializer):
    class Meta(SavedViewSerializer.Meta):
        fields = ["name", "query", "shared"]
        read_only_fields: list[str] = []


class SavedViews(CanAdd, CanChange, CanRemove):
    """Ways to look at the calendar that have a name: shared ones, and a person's own."""

    serializer_class = SavedViewSerializer
    new_serializer_class = NewSavedViewSerializer
    ordering = ("position", "pk")

    @property
    def needs(self) -> Permission:  # type: ignore[override]
        """Everybody keeps views of their own; a program has none."""
        own = isinstance(self.actor, Membership)
        return Permission.WORKSPACE_VIEW if own else Permission.CALENDAR_SHARE

    def objects(self) -> QuerySet[SavedView]:
        return views_of(self.actor)

    def add(self, **fields: Any) -> SavedView:
        return save_view(by=self.actor, **fields)

    def change(self, view: SavedView, seen: int | None, /, **fields: Any) -> SavedView:
        return edit_view(by=self.actor, view=view, seen=seen, **fields)

    def remove(self, view: SavedView, seen: int | None) -> None:
        remove_view(by=self.actor, view=view, seen=seen)
