import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from journeys.api.scopes import personas_of, scenarios_of, sources_of
from journeys.content.templates import TEMPLATES
from journeys.enums import MapKind, MapStatus
from journeys.models import Map
from journeys.queries.maps import list_maps, maps_of
from journeys.services.maps import create_map, edit_map, remove_map
from journeys.services.starts import start_from_map, start_map
from teams.api.fields import Choice, Ref, Refs
from teams.api.filters import IdFilter
from teams.api.objects import CanAdd, CanChange, CanRemove
from teams.api.serializers import ObjectSerializer
from teams.permissions import Permission
from teams.queries import members_of


class MapSerializer(ObjectSerializer):
    owner = Ref(scope=members_of, required=False)
    personas = Refs(
        scope=personas_of,
        ids=lambda journey: [link.persona_id for link in journey.map_personas.all()],
        most=5,
        help_text="In order: the map is for the first.",
    )
    scenario = Ref(scope=scenarios_of, required=False, allow_null=True, help_text="One of the first persona's.")
    to_be = Ref(scope=maps_of, required=False, allow_null=True, help_text="Of an as-is map: the map it shall become.")

    class Meta:
        model = Map
        fields = [
            "id",
            "title",
            "description",
            "kind",
            "status",
            "owner",
            "personas",
            "scenario",
            "to_be",
            "revision",
            "version",
            "created_at",
            "changed_at",
        ]
        read_only_fields = ["revision", "changed_at"]


class NewMapSerializer(MapSerializer):
    template = Choice(
        choices=list(TEMPLATES), required=False, write_only=True, help_text="A built-in template to start from."
    )
    copy_of = Ref(scope=sources_of, required=False, write_only=True, help_text="A map or saved template to copy.")

    class Meta(MapSerializer.Meta):
        fields = [*MapSerializer.Meta.fields, "template", "copy_of"]

    def validate(self, attrs: dict) -> dict:
        if "template" in attrs and "copy_of" in attrs:
            raise serializers.ValidationError({"copy_of": [_("Start from a template or from a map, not from both.")]})
        return attrs


class MapFilters(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(choices=MapStatus.choices)
    kind = django_filters.ChoiceFilter(choices=MapKind.choices)
    owner = IdFilter()
    persona = IdFilter(field_name="map_personas__persona")
    q = django_filters.CharFilter(method="search", max_length=200, help_text="Words, or how they begin.")

    def search(self, maps: QuerySet[Map], name: str, text: str) -> QuerySet[Map]:
        return maps.filter(pk__in=list_maps(self.request.actor, text=text).values("pk"))


class Maps(CanAdd, CanChange, CanRemove):
    """Journey maps: their own fields. Stages, lanes, cards and paths have addresses of their own."""

    needs = Permission.MAP_EDIT
    serializer_class = MapSerializer
    new_serializer_class = NewMapSerializer
    filterset_class = MapFilters

    def objects(self) -> QuerySet[Map]:
        return maps_of(self.actor).prefetch_related("map_personas")

    def add(self, *, template: str = "", copy_of: Map | None = None, **fields) -> Map:
        if template:
            return start_map(by=self.actor, template=template, **fields)
        if copy_of is not None:
            return start_from_map(by=self.actor, source=copy_of, **fields)
        return create_map(by=self.actor, **fields)

    def change(self, journey: Map, seen: int | None, /, **fields) -> Map:
        return edit_map(by=self.actor, map=journey, seen=seen, **fields)

    def remove(self, journey: Map, seen: int | None) -> None:
        remove_map(by=self.actor, map=journey, seen=seen)
