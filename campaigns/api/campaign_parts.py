"""What one campaign has at addresses of its own: its status, its approval, and a copy."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from campaigns.api.campaigns import CampaignSerializer
from campaigns.enums import CampaignStatus
from campaigns.models import Approval, ApprovalRequest, Campaign
from campaigns.queries.approvals import last_request
from campaigns.queries.campaigns import campaigns_of, complete, kept_campaigns_of
from campaigns.services.approvals import answer
from campaigns.services.campaign_copies import copy_campaign
from campaigns.services.campaign_steps import take_step
from teams.api.etags import seen_version
from teams.api.fields import Choice, Day, Text
from teams.api.objects import Single
from teams.api.serializers import Strict
from teams.permissions import Permission, require


class CampaignStepSerializer(Strict):
    status = Choice(choices=CampaignStatus.choices, help_text="Where it goes next.")


class CampaignStatusView(Single):
    """The status of a campaign: a step forward, or back."""

    needs = Permission.CAMPAIGN_EDIT
    serializer_class = CampaignSerializer

    @extend_schema(operation_id="campaigns_status_set", request=CampaignStepSerializer)
    def put(self, request, pk: int) -> Response:
        """Take a step. Where rules ask for approval, the answers make it approved."""
        campaign = get_object_or_404(complete(campaigns_of(self.actor)), pk=pk)
        seen = seen_version(request, campaign.version)
        serializer = CampaignStepSerializer(data=request.data, context={"request": request})
        serializer.is_valid(raise_exception=True)
        take_step(by=self.actor, campaign=campaign, seen=seen, to=serializer.validated_data["status"])
        return self.answer(get_object_or_404(complete(campaigns_of(self.actor)), pk=pk))


class CopySerializer(Strict):
    title = Text(required=False, max_length=160)
    starts_on = Day(required=False, allow_null=True, help_text="Messages, tasks and planned money move with it.")


class CampaignCopyView(Single):
    """A new campaign from another one."""

    needs = Permission.CAMPAIGN_CREATE
    serializer_class = CampaignSerializer

    @extend_schema(operation_id="campaigns_copy", request=CopySerializer, responses={201: CampaignSerializer})
    def post(self, request, pk: int) -> Response:
        """Copy a campaign or begin one from a template: brief, messages, checklist and planned money."""
        source = get_object_or_404(kept_campaigns_of(self.actor), pk=pk)
        require(self.actor, Permission.CAMPAIGN_CREATE)
        serializer = CopySerializer(data=request.data, context={"request": request})
        serializer.is_valid(raise_exception=True)
        return self.answer(copy_campaign(by=self.actor, campaign=source, **serializer.validated_data), 201)


class ApprovalSerializer(serializers.ModelSerializer):
    class Meta:
        model = Approval
        fields = ["asks", "member", "team", "stages", "state", "answerer_name", "answered_at", "comment"]
        read_only_fields = fields


class ApprovalRequestSerializer(serializers.ModelSerializer):
    """What was asked last; `document` is the brief with the messages as they were then."""

    asked_by = serializers.CharField(source="actor_name", read_only=True)
    document = serializers.DictField(read_only=True)
    approvals = ApprovalSerializer(many=True, read_only=True)

    class Meta:
        model = ApprovalRequest
        fields = ["id", "state", "asked_by", "asked_at", "settled_at", "approvals", "document", "version"]
        read_only_fields = ["id", "state", "asked_at", "settled_at", "version"]


class AnswerSerializer(Strict):
    answer = Choice(choices=[("approve", "approve"), ("refuse", "refuse")])
    comment = Text(required=False, allow_blank=True, max_length=1000, help_text="A refusal needs one.")


class CampaignApprovalView(Single):
    """What was asked last about a campaign, and answering it. 404 where nobody has asked yet."""

    needs = Permission.CAMPAIGN_CREATE
    serializer_class = ApprovalRequestSerializer

    def asked(self) -> tuple[Campaign, ApprovalRequest]:
        campaign = get_object_or_404(campaigns_of(self.actor), pk=self.kwargs["pk"])
        request = last_request(campaign)
        return campaign, request or get_object_or_404(ApprovalRequest.objects.none())

    @extend_schema(operation_id="campaigns_approval_retrieve")
    def get(self, request, pk: int) -> Response:
        return self.answer(self.asked()[1])

    @extend_schema(operation_id="campaigns_approval_answer", request=AnswerSerializer)
    def put(self, request, pk: int) -> Response:
        """Give all answers that are wanted of you. Programs approve nothing: sign in as a person."""
        campaign, asked = self.asked()
        seen = seen_version(request, asked.version)
        serializer = AnswerSerializer(data=request.data, context={"request": request})
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data
        answer(
            by=self.actor,
            campaign=campaign,
            approve=given["answer"] == "approve",
            comment=given.get("comment", ""),
            seen=None if seen is None else (asked.pk, seen),
        )
        return self.answer(self.asked()[1])
