from typing import Any

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from campaigns.api.projection_documents import document_fields, kept
from campaigns.models import Projection
from campaigns.queries.campaigns import campaigns_of
from campaigns.queries.projections import projections_of, with_document
from campaigns.services.projection_lists import remove_projection
from campaigns.services.projections import create_projection, edit_projection
from journeys.queries.maps import maps_of
from teams.api.fields import Ref
from teams.api.filters import FlagFilter, IdFilter
from teams.api.objects import CanAdd, CanChange, CanRemove
from teams.api.serializers import ObjectSerializer
from teams.permissions import Permission
from teams.queries import members_of, teams_of
from teams.services import search


class ProjectionSerializer(ObjectSerializer):
    map = Ref(scope=maps_of, required=False, allow_null=True)
    campaign = Ref(scope=campaigns_of, required=False, allow_null=True)
    owner = Ref(scope=members_of, required=False)
    team = Ref(scope=teams_of, required=False, allow_null=True)
    number = serializers.IntegerField(read_only=True, help_text="Of the latest version: changes of numbers make one.")
    locked = serializers.BooleanField(read_only=True, help_text="Approved: nothing of it changes.")

    class Meta:
        model = Projection
        fields = [
            "id", "title", "map", "campaign", "owner", "team", "note", "number", "locked", "version",
            "created_at", "changed_at",
        ]  # fmt: skip
        read_only_fields = ["changed_at"]

    def get_fields(self) -> dict[str, Any]:
        return super().get_fields() | document_fields()


class ProjectionFilters(django_filters.FilterSet):
    owner = IdFilter()
    map = IdFilter()
    team = IdFilter()
    campaign = IdFilter()
    approved = FlagFilter(method="is_approved", help_text="`true`: those that are locked.")
    q = django_filters.CharFilter(method="search", max_length=200, help_text="Words, or how they begin.")

    def is_approved(self, rows: QuerySet[Projection], name: str, text: str) -> QuerySet[Projection]:
        return rows.filter(locked=text == "true")

    def search(self, rows: QuerySet[Projection], name: str, text: str) -> QuerySet[Projection]:
        return rows.filter(search.having(kind="projection", text=text))


class Projections(CanAdd, CanChange, CanRemove):
    """Projections: what is expected along the stages. What comes out of one is at `result`."""

    needs = Permission.PROJECTION_EDIT
    serializer_class = ProjectionSerializer
    filterset_class = ProjectionFilters

    def objects(self) -> QuerySet[Projection]:
        return with_document(projections_of(self.actor))

    def add(self, **fields) -> Projection:
        return create_projection(by=self.actor, document=kept(fields.pop("document")), **fields)

    def change(self, projection: Projection, seen: int | None, /, **fields) -> Projection:
        document = kept(fields.pop("document", {}))
        return edit_projection(by=self.actor, projection=projection, seen=seen, document=document, **fields)

    def remove(self, projection: Projection, seen: int | None) -> None:
        remove_projection(by=self.actor, projection=projection, seen=seen)
