import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from journeys.api.scopes import paths_of, stages_of
from journeys.enums import PathKind
from journeys.models import Path
from journeys.queries.maps import maps_of
from journeys.services.paths import add_path, delete_path, edit_path
from teams.api.fields import Number, Ref
from teams.api.filters import IdFilter
from teams.api.objects import CanAdd, CanChange, CanRemove
from teams.api.serializers import ObjectSerializer
from teams.permissions import Permission


class PathSerializer(ObjectSerializer):
    source = Ref(scope=stages_of, help_text="The stage that it leaves.")  # type: ignore[assignment]
    target = Ref(scope=stages_of, help_text="The stage that it leads to.")
    share = Number(
        min_value=0, max_value=1, required=False, allow_null=True, help_text="The fraction that goes this way."
    )

    class Meta:
        model = Path
        fields = ["id", "uid", "map", "source", "target", "kind", "share", "label", "version"]
        read_only_fields = ["map"]


class NewPathSerializer(PathSerializer):
    map = Ref(scope=maps_of, required=False, help_text="Known from the stages; where given, it must be their map.")

    class Meta(PathSerializer.Meta):
        read_only_fields: list[str] = []
        extra_kwargs = {"kind": {"required": False, "help_text": "Without one, what its direction makes it."}}

    def validate(self, attrs: dict) -> dict:
        journey = attrs.setdefault("map", attrs["source"].map)
        if journey.pk != attrs["source"].map_id:
            raise serializers.ValidationError({"source": [_("This stage is not in the map.")]})
        return attrs


class PathFilters(django_filters.FilterSet):
    map = IdFilter()
    source = IdFilter()
    target = IdFilter()
    kind = django_filters.ChoiceFilter(choices=PathKind.choices)


class Paths(CanAdd, CanChange, CanRemove):
    """Paths: the ways between stages. Forward, skip, back, pause and return."""

    needs = Permission.MAP_EDIT
    serializer_class = PathSerializer
    new_serializer_class = NewPathSerializer
    filterset_class = PathFilters

    def objects(self) -> QuerySet[Path]:
        return paths_of(self.actor)

    def add(self, **fields) -> Path:
        return add_path(by=self.actor, **fields)

    def change(self, path: Path, seen: int | None, /, **fields) -> Path:
        return edit_path(by=self.actor, path=path, seen=seen, **fields)

    def remove(self, path: Path, seen: int | None) -> None:
        delete_path(by=self.actor, path=path, seen=seen)
