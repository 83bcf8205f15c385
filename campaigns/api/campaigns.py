from decimal import Decimal
from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field

from campaigns.enums import CampaignStatus
from campaigns.models import Attachment, BudgetLine, Campaign
from campaigns.queries.campaign_list import among, speaking_at, with_words
from campaigns.queries.campaigns import campaigns_of, complete, templates_of
from campaigns.queries.segments import segments_of
from campaigns.services.campaigns import (
    MOST_ATTACHMENTS,
    MOST_BUDGET_LINES,
    MOST_LINKED,
    create_campaign,
    edit_campaign,
    remove_campaign,
)
from experiments.api.scopes import members_of, metrics_of, personas_of, stages_of, teams_of
from journeys.queries.channels import channels_of
from teams.api.fields import Number, Ref, Refs
from teams.api.filters import DayFilter, IdFilter
from teams.api.objects import CanAdd, CanChange, CanRemove, Objects
from teams.api.serializers import ObjectSerializer
from teams.permissions import Permission


@extend_schema_field({"type": "number", "minimum": 0})
class Money(Number):
    """An amount with at most two decimals, which the service holds it to."""

    def to_internal_value(self, data: Any) -> Decimal:
        return Decimal(repr(super().to_internal_value(data)))

    def to_representation(self, value: Any) -> float:
        return float(value)


class BudgetLineSerializer(ObjectSerializer):
    """`month` is any day of it; it is kept as the first. Without a channel the money is for all of them."""

    channel = Ref(scope=channels_of, required=False, allow_null=True)
    planned = Money(required=False)
    spent = Money(required=False)

    class Meta:
        model = BudgetLine
        fields = ["channel", "month", "planned", "spent"]


class AttachmentSerializer(ObjectSerializer):
    class Meta:
        model = Attachment
        fields = ["title", "url"]


class CampaignSerializer(ObjectSerializer):
    owner = Ref(scope=members_of, required=False)
    team = Ref(scope=teams_of, required=False, allow_null=True)
    metric = Ref(scope=metrics_of, required=False, allow_null=True)
    stages = Refs(
        scope=stages_of, ids=lambda held: [row.stage_id for row in held.campaign_stages.all()], most=MOST_LINKED
    )
    personas = Refs(scope=personas_of, most=MOST_LINKED)
    segments = Refs(scope=segments_of, most=MOST_LINKED)
    channels = Refs(scope=channels_of, most=MOST_LINKED)
    budget = BudgetLineSerializer(  # type: ignore[call-arg]
        many=True, required=False, max_length=MOST_BUDGET_LINES, source="budget_lines"
    )
    attachments = AttachmentSerializer(many=True, required=False, max_length=MOST_ATTACHMENTS)  # type: ignore[call-arg]

    class Meta:
        model = Campaign
        fields = [
            *("id", "title", "status", "owner", "team", "starts_on", "ends_on", "goal", "metric", "target"),
            *("audience", "offer", "tone", "key_message", "next_step", "priority", "currency"),
            *("stages", "personas", "segments", "channels", "budget", "attachments"),
            *("approved_at", "version", "created_at", "changed_at"),
        ]
        read_only_fields = ["status", "approved_at", "changed_at"]


class CampaignFilters(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(choices=CampaignStatus.choices)
    owner = IdFilter()
    team = IdFilter()
    channel = IdFilter(field_name="channels", method="linked")
    persona = IdFilter(field_name="personas", method="linked")
    segment = IdFilter(field_name="segments", method="linked")
    stage = IdFilter(field_name="stages", method="linked")
    since = DayFilter(field_name="ends_on", lookup_expr="gte", help_text="Those that end on this day or later.")
    until = DayFilter(field_name="starts_on", lookup_expr="lte", help_text="Those that start on this day or earlier.")
    q = django_filters.CharFilter(method="search", max_length=200, help_text="Words, or how they begin.")

    LINKED = {
        "channels": among("channels", "channel_id"),
        "personas": among("personas", "persona_id"),
        "segments": among("segments", "segment_id"),
        "stages": speaking_at("stage_id"),
    }

    def linked(self, rows: QuerySet[Campaign], name: str, pk: int) -> QuerySet[Campaign]:
        return rows.filter(self.LINKED[name](str(pk)))

    def search(self, rows: QuerySet[Campaign], name: str, text: str) -> QuerySet[Campaign]:
        return rows.filter(with_words(self.request.actor, text))


def as_given(fields: dict[str, Any]) -> dict[str, Any]:
    """With the names that services use."""
    if "budget_lines" in fields:
        fields["budget"] = fields.pop("budget_lines")
    return fields


class Campaigns(CanAdd, CanChange, CanRemove):
    """Campaigns: their briefs, budgets and attachments. Status, approval and checklist have addresses of their own."""

    needs = Permission.CAMPAIGN_EDIT
    serializer_class = CampaignSerializer
    filterset_class = CampaignFilters

    def objects(self) -> QuerySet[Campaign]:
        return complete(campaigns_of(self.actor))

    def add(self, **fields: Any) -> Campaign:
        return create_campaign(by=self.actor, **as_given(fields))

    def change(self, campaign: Campaign, seen: int | None, /, **fields: Any) -> Campaign:
        return edit_campaign(by=self.actor, campaign=campaign, seen=seen, **as_given(fields))

    def remove(self, campaign: Campaign, seen: int | None) -> None:
        remove_campaign(by=self.actor, campaign=campaign, seen=seen)


class CampaignTemplates(Objects):
    """Templates of the workspace; a copy of one is a campaign."""

    serializer_class = CampaignSerializer

    def objects(self) -> QuerySet[Campaign]:
        return complete(templates_of(self.actor))
