"""Maps in the admin site, to look things up in. Everything is written through services, which keep rules and log."""

from django.contrib import admin

from journeys.models import Card, Change, Lane, Map, Path, Stage
from teams.admin import ReadOnly


class PartOfMap(ReadOnly):
    """Found by its own words, its map's title, or its number in addresses and documents."""

    list_filter = ["map__workspace"]
    list_select_related = ["map__workspace"]
    ordering = ["map", "position"]

    @admin.display(ordering="map__workspace")
    def workspace(self, obj):
        return obj.map.workspace


@admin.register(Map)
class MapAdmin(ReadOnly):
    list_display = [
        "title",
        "workspace",
        "kind",
        "status",
        "owner",
        "is_template",
        "revision",
        "changed_at",
        "removed_at",
    ]
    list_filter = ["status", "kind", "is_template", ("removed_at", admin.EmptyFieldListFilter), "workspace"]
    list_select_related = ["workspace", "owner__user"]
    search_fields = ["title", "description", "owner__user__email"]
    date_hierarchy = "changed_at"


@admin.register(Stage)
class StageAdmin(PartOfMap):
    list_display = ["name", "map", "workspace", "position", "accountable_team", "accountable_person", "metric"]
    list_select_related = ["map__workspace", "accountable_team", "accountable_person__user", "metric"]
    search_fields = ["name", "uid", "map__title", "accountable_team__name", "accountable_person__user__email"]


@admin.register(Lane)
class LaneAdmin(PartOfMap):
    list_display = ["name", "kind", "map", "workspace", "position"]
    list_filter = ["kind", "map__workspace"]
    search_fields = ["name", "uid", "map__title"]


@admin.register(Card)
class CardAdmin(PartOfMap):
    list_display = ["title", "map", "workspace", "stage", "lane", "grade", "moment", "accountable", "metric"]
    list_filter = ["grade", ("moment", admin.EmptyFieldListFilter), "map__workspace"]
    list_select_related = ["map__workspace", "stage", "lane", "accountable__user", "metric"]
    search_fields = ["title", "uid", "moment", "map__title", "accountable__user__email"]
    ordering = ["-pk"]


@admin.register(Path)
class PathAdmin(PartOfMap):
    list_display = ["__str__", "kind", "share", "label", "map", "workspace"]
    list_filter = ["kind", "map__workspace"]
    list_select_related = ["map__workspace", "source", "target"]
    search_fields = ["label", "uid", "map__title", "source__name", "target__name"]
    ordering = ["map", "pk"]


@admin.register(Change)
class ChangeAdmin(PartOfMap):
    """The log is never edited: undo and diffs are readings of it."""

    list_display = ["at", "map", "workspace", "revision", "actor_name", "verb", "target_kind", "target_label"]
    list_filter = ["verb", "target_kind", "map__workspace"]
    search_fields = ["map__title", "actor_name", "target_label", "target_uid"]
    date_hierarchy = "at"
    ordering = ["-pk"]
