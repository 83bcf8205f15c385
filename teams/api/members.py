import re

import django_filters
from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers

from teams import queries
from teams.api.fields import MISSING, Refs
from teams.api.filters import IdFilter
from teams.api.objects import CanChange, CanRemove
from teams.api.serializers import ObjectSerializer
from teams.enums import Role
from teams.models import Membership
from teams.permissions import Permission
from teams.services.members import edit_member, remove_member

ID = re.compile(r"\A[0-9]{1,18}\Z")


class MemberSerializer(ObjectSerializer):
    name = serializers.CharField(source="label", read_only=True)
    email = serializers.EmailField(source="user.email", read_only=True)
    teams = Refs(scope=queries.teams_of)

    class Meta:
        model = Membership
        fields = ["id", "name", "email", "role", "teams", "version", "created_at"]


class MemberFilters(django_filters.FilterSet):
    role = django_filters.ChoiceFilter(choices=Role.choices)
    team = IdFilter(field_name="teams")
    email = django_filters.CharFilter(field_name="user__email", lookup_expr="iexact")


class Members(CanChange, CanRemove):
    """Members: people in the workspace, their roles and teams. Invite new ones on the site."""

    needs = Permission.MEMBER_MANAGE
    serializer_class = MemberSerializer
    filterset_class = MemberFilters

    def objects(self) -> QuerySet[Membership]:
        return queries.members_of(self.actor)

    def change(self, member: Membership, seen: int | None, /, **fields) -> Membership:
        return edit_member(by=self.actor, member=member, seen=seen, **fields)

    def remove(self, member: Membership, seen: int | None) -> None:
        remove_member(by=self.actor, member=member, receiver=self.receiver(), seen=seen)

    def receiver(self) -> Membership | None:
        """Who takes over what the removed member owns."""
        given = self.request.query_params.get("receiver")
        if given is None:
            return None
        found = self.objects().filter(pk=int(given)) if ID.match(given) else None
        if not found:
            raise serializers.ValidationError({"receiver": [MISSING]})
        return found[0]

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "receiver", OpenApiTypes.INT, description="The member who takes over what the removed one owns."
            )
        ]
    )
    def destroy(self, request, pk):
        """Take a member out of the workspace."""
        return super().destroy(request, pk)
