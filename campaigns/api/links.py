from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from campaigns.models import Link
from campaigns.naming.rules import LONGEST_LINK, LONGEST_VALUE
from campaigns.queries.links import any_links_of, having_words
from campaigns.services.links import Built, archive_link, build_link
from teams.api.fields import Ref, Text
from teams.api.filters import FlagFilter, IdFilter
from teams.api.objects import CanAdd, CanRemove
from teams.api.serializers import ObjectSerializer, Strict
from teams.permissions import Permission

MOST_PARAMETERS = 100


class Parameters(serializers.DictField):
    """What each tracking parameter says, by its name."""

    child = Text(max_length=LONGEST_VALUE, allow_blank=True)

    def to_internal_value(self, data: Any) -> dict[str, str]:
        found = super().to_internal_value(data)
        if len(found) > MOST_PARAMETERS:
            raise serializers.ValidationError([_("At most %(most)d parameters.") % {"most": MOST_PARAMETERS}])
        return found


class LinkSerializer(ObjectSerializer):
    parameters = Parameters(read_only=True)
    archived_at = serializers.DateTimeField(source="removed_at", read_only=True, allow_null=True)

    class Meta:
        model = Link
        fields = [
            "id", "url", "destination", "parameters", "replaces", "built_by", "built_by_name", "built_at",
            "archived_at", "version",
        ]  # fmt: skip
        read_only_fields = fields


class NewLinkSerializer(Strict):
    url = Text(max_length=LONGEST_LINK, trim_whitespace=False, help_text="The address that the link leads to.")
    parameters = Parameters(required=False, help_text="They take the place of those that the address has.")
    replaces = Ref(scope=any_links_of, required=False, allow_null=True)


class LinkFilters(django_filters.FilterSet):
    source = django_filters.CharFilter(max_length=LONGEST_VALUE)
    medium = django_filters.CharFilter(max_length=LONGEST_VALUE)
    campaign = django_filters.CharFilter(max_length=LONGEST_VALUE)
    built_by = IdFilter()
    replaces = IdFilter()
    archived = FlagFilter(method="in_archive", help_text="`true`: archived links instead.")
    q = django_filters.CharFilter(method="search", max_length=200, help_text="Words, or parts of them.")

    def filter_queryset(self, queryset: QuerySet[Link]) -> QuerySet[Link]:
        self.form.cleaned_data["archived"] = self.form.cleaned_data["archived"] or "false"
        return super().filter_queryset(queryset)

    def in_archive(self, links: QuerySet[Link], name: str, text: str) -> QuerySet[Link]:
        return links.filter(removed_at__isnull=text == "false")

    def search(self, links: QuerySet[Link], name: str, text: str) -> QuerySet[Link]:
        return having_words(links, text)


class Links(CanAdd, CanRemove):
    """Tracked links, newest first. They never change: add another, and say which one it replaces."""

    needs = Permission.LINK_CREATE
    serializer_class = LinkSerializer
    new_serializer_class = NewLinkSerializer
    filterset_class = LinkFilters
    ordering = ("-pk",)

    def objects(self) -> QuerySet[Link]:
        return any_links_of(self.actor)

    @extend_schema(request=NewLinkSerializer, responses={200: LinkSerializer, 201: LinkSerializer})
    def create(self, request) -> Response:
        built = self.add(**self.body())
        location = f"{request.path}{built.link.pk}/"
        return self.answer_saved(built.link, 201 if built.new else 200, Location=location)

    def add(self, **fields) -> Built:  # type: ignore[override]
        return build_link(by=self.actor, **fields)

    def remove(self, link: Link, seen: int | None) -> None:
        archive_link(by=self.actor, link=link, seen=seen)
