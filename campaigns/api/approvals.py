"""Approvals over all campaigns: what is open, for whom, and what was answered."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from campaigns.models import Approval
from campaigns.queries.approvals import approvals_of, concerning
from teams.api.filters import IdFilter
from teams.api.objects import Objects
from teams.api.serializers import ObjectSerializer
from teams.models import Membership
from teams.queries import members_of, named_id

ME = "me"
ANSWERED = ("approved", "refused")
STATUS = [("open", "open"), ("answered", "answered"), ("withdrawn", "withdrawn")]
SAID = [("open", "open"), *[(name, name) for name in ANSWERED], ("withdrawn", "withdrawn")]


class ListedApprovalSerializer(ObjectSerializer):
    campaign = serializers.IntegerField(source="request.campaign_id", read_only=True)
    title = serializers.CharField(source="request.campaign.title", read_only=True, help_text="The campaign's.")
    status = serializers.ChoiceField(
        choices=SAID, read_only=True, help_text="`withdrawn`: the request ended without this answer."
    )
    asked_by = serializers.CharField(source="request.actor_name", read_only=True)
    asked_at = serializers.DateTimeField(source="request.asked_at", read_only=True)
    answered_by = serializers.CharField(source="answerer_name", read_only=True, help_text="Empty while it waits.")
    version = serializers.IntegerField(
        read_only=True, help_text="The request's: what `campaigns/ID/approval/` wants in `If-Match`."
    )

    class Meta:
        model = Approval
        fields = [
            *("id", "campaign", "title", "status", "asks", "member", "team", "stages"),
            *("asked_by", "asked_at", "answered_by", "answered_at", "comment", "version"),
        ]
        read_only_fields = fields


class PersonField(forms.RegexField):
    def __init__(self, **kwargs):
        message = _("Give the id of a member, or “me”.")
        super().__init__(regex=r"\A(me|[1-9][0-9]{0,17})\Z", error_messages={"invalid": message}, **kwargs)


class PersonFilter(django_filters.CharFilter):
    """A member by id, or `me`: whoever is signed in. A program is nobody."""

    field_class = PersonField


class ApprovalFilters(django_filters.FilterSet):
    campaign = IdFilter(field_name="request__campaign")
    status = django_filters.ChoiceFilter(choices=STATUS, method="in_status")
    asked = PersonFilter(
        method="of_member", help_text="A member's id, or `me`: what that member may answer now, and has answered."
    )

    def in_status(self, rows: QuerySet[Approval], name: str, value: str) -> QuerySet[Approval]:
        return rows.filter(status__in=ANSWERED if value == "answered" else [value])

    def of_member(self, rows: QuerySet[Approval], name: str, value: str) -> QuerySet[Approval]:
        actor = self.request.actor
        me = actor if isinstance(actor, Membership) else None
        member = me if value == ME else members_of(actor).filter(pk=named_id(value)).first()
        return concerning(rows, member) if member is not None else rows.none()


class Approvals(Objects):
    """Approvals of campaigns, the latest first. They are given at `campaigns/ID/approval/`."""

    serializer_class = ListedApprovalSerializer
    filterset_class = ApprovalFilters
    ordering = ("-pk",)

    def objects(self) -> QuerySet[Approval]:
        return approvals_of(self.actor)
