import django_filters
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from experiments.api.scopes import experiments_of
from experiments.enums import Outcome, Result
from experiments.models import Decision, Variant
from experiments.queries.decisions import decisions_of
from experiments.services.decisions import confirm_decision, propose_decision, return_decision
from teams.api.etags import seen_version
from teams.api.fields import Choice, Ref, Text
from teams.api.filters import FlagFilter, IdFilter
from teams.api.objects import CanAdd, Single
from teams.api.serializers import ObjectSerializer, Strict
from teams.permissions import Permission

CONFIRM, RETURN = "confirm", "return"


class DecisionSerializer(ObjectSerializer):
    proposed_by = serializers.CharField(source="proposer_name", read_only=True)
    confirmed_by = serializers.CharField(source="confirmer_name", read_only=True, help_text="Empty while it waits.")
    returned_by = serializers.CharField(source="returner_name", read_only=True)
    variant = serializers.CharField(source="variant.key", default=None, read_only=True, allow_null=True)

    class Meta:
        model = Decision
        fields = [
            "id",
            "experiment",
            "outcome",
            "result",
            "variant",
            "why",
            "learned",
            "effect",
            "follow_up_on",
            "proposed_by",
            "proposed_at",
            "confirmed_by",
            "confirmed_at",
            "returned_by",
            "returned_at",
            "returned_why",
            "version",
        ]
        read_only_fields = ["experiment", "effect", "proposed_at", "confirmed_at", "returned_at", "returned_why"]


class NewDecisionSerializer(DecisionSerializer):
    experiment = Ref(scope=experiments_of)
    result = Choice(
        choices=Result.choices,
        required=False,
        help_text="Without it, the verdict on the first primary metric gives it.",
    )
    variant = Text(required=False, allow_null=True, max_length=40, help_text="The key of the variant it is about.")

    class Meta(DecisionSerializer.Meta):
        read_only_fields = [name for name in DecisionSerializer.Meta.read_only_fields if name != "experiment"]

    def validate(self, attrs: dict) -> dict:
        key = attrs.pop("variant", None)
        if key is not None:
            attrs["variant"] = Variant.objects.filter(experiment=attrs["experiment"], key=key).first()
            if attrs["variant"] is None:
                raise serializers.ValidationError({"variant": [Ref.default_error_messages["does_not_exist"]]})
        return attrs


class DecisionFilters(django_filters.FilterSet):
    experiment = IdFilter()
    outcome = django_filters.ChoiceFilter(choices=Outcome.choices)
    result = django_filters.ChoiceFilter(choices=Result.choices)
    confirmed = FlagFilter(method="answered")

    def answered(self, rows: QuerySet[Decision], name: str, value: str) -> QuerySet[Decision]:
        return rows.filter(confirmed_at__isnull=value != "true")


class Decisions(CanAdd):
    """Decisions about experiments: proposed by one, confirmed by another person."""

    needs = Permission.EXPERIMENT_EDIT
    serializer_class = DecisionSerializer
    new_serializer_class = NewDecisionSerializer
    filterset_class = DecisionFilters

    def objects(self) -> QuerySet[Decision]:
        return decisions_of(self.actor)

    def add(self, **fields) -> Decision:
        return propose_decision(by=self.actor, **fields)


class DecisionAnswerSerializer(Strict):
    answer = Choice(choices=[CONFIRM, RETURN])
    why = Text(required=False, allow_blank=True, max_length=500, help_text="Needed to send it back.")


class DecisionAnswerView(Single):
    """The answer to a proposed decision."""

    needs = Permission.EXPERIMENT_CONFIRM
    serializer_class = DecisionSerializer

    @extend_schema(operation_id="decisions_answer", request=DecisionAnswerSerializer)
    def put(self, request, pk: int) -> Response:
        """Confirm a proposal, which a person other than the proposer does, or send it back with a reason."""
        decision = get_object_or_404(decisions_of(self.actor), pk=pk)
        seen = seen_version(request, decision.version)
        serializer = DecisionAnswerSerializer(data=request.data, context={"request": request})
        serializer.is_valid(raise_exception=True)
        asked = serializer.validated_data
        if asked["answer"] == CONFIRM:
            answered = confirm_decision(by=self.actor, decision=decision, seen=seen)
        else:
            answered = return_decision(by=self.actor, decision=decision, why=asked.get("why", ""), seen=seen)
        return self.answer(answered)
