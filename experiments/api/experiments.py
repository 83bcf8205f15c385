import django_filters
from django.db.models import Q, QuerySet
from rest_framework import serializers

from experiments.api import scopes
from experiments.api.fields import DeviationField
from experiments.enums import Outcome, Result, Signal, Status
from experiments.models import Evidence, Experiment
from experiments.queries.experiments import complete, experiments_of
from experiments.queries.log import with_words
from experiments.services.experiments import MOST_EVIDENCE, create_experiment, edit_experiment, remove_experiment
from teams.api.fields import Ref
from teams.api.filters import IdFilter
from teams.api.objects import CanAdd, CanChange, CanRemove
from teams.api.serializers import ObjectSerializer
from teams.permissions import Permission


class EvidenceSerializer(ObjectSerializer):
    class Meta:
        model = Evidence
        fields = ["kind", "text", "url", "date"]


class ReasonNoteSerializer(serializers.Serializer):
    """Why an experiment has its signal: a code, and the values that its sentence names."""

    code = serializers.CharField()
    values = serializers.DictField()


class SignalFactsSerializer(serializers.Serializer):
    """Empty while there is no signal."""

    advice = serializers.CharField(required=False, allow_null=True, help_text="ship, keep, roll-back or your-call.")
    variant = serializers.CharField(required=False, allow_null=True, help_text="The key of the variant it is about.")
    days_left = serializers.IntegerField(required=False, allow_null=True)
    reasons = ReasonNoteSerializer(many=True, required=False)


class ExperimentSerializer(ObjectSerializer):
    owner = Ref(scope=scopes.members_of, required=False)
    team = Ref(scope=scopes.teams_of, required=False, allow_null=True)
    persona = Ref(scope=scopes.personas_of, required=False, allow_null=True)
    metric = Ref(scope=scopes.metrics_of, required=False, allow_null=True)
    reason = Ref(scope=scopes.reasons_of, required=False, allow_null=True)
    stage = Ref(scope=scopes.stages_of, required=False, allow_null=True, help_text="Of a card, leave it to the card.")
    card = Ref(scope=scopes.cards_of, required=False, allow_null=True)
    opportunity = Ref(scope=scopes.cards_of, required=False, allow_null=True)
    evidence = EvidenceSerializer(many=True, required=False, max_length=MOST_EVIDENCE)  # type: ignore[call-arg]
    signal = serializers.ChoiceField(
        choices=Signal.choices, allow_blank=True, read_only=True, help_text="Empty unless it runs or has run."
    )
    signal_facts = SignalFactsSerializer(read_only=True)
    deviation = DeviationField(write_only=True, help_text="Why the hypothesis changes; needed after the start.")

    class Meta:
        model = Experiment
        fields = [
            "id",
            "title",
            "status",
            "owner",
            "team",
            "change",
            "audience",
            "persona",
            "metric",
            "goal",
            "expected_effect",
            "because",
            "reason",
            "stage",
            "card",
            "opportunity",
            "evidence",
            "started_on",
            "ended_on",
            "signal",
            "signal_facts",
            "signal_at",
            "deviation",
            "version",
            "created_at",
            "changed_at",
        ]
        read_only_fields = ["status", "started_on", "ended_on", "signal", "signal_at", "changed_at"]


class NewExperimentSerializer(ExperimentSerializer):
    class Meta(ExperimentSerializer.Meta):
        fields = [name for name in ExperimentSerializer.Meta.fields if name != "deviation"]

    deviation = None


class ExperimentFilters(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(choices=Status.choices)
    signal = django_filters.ChoiceFilter(choices=Signal.choices)
    owner = IdFilter()
    team = IdFilter()
    persona = IdFilter()
    metric = IdFilter()
    reason = IdFilter()
    stage = IdFilter(method="at_stage")
    card = IdFilter()
    outcome = django_filters.ChoiceFilter(choices=Outcome.choices, method="decided")
    result = django_filters.ChoiceFilter(choices=Result.choices, method="decided")
    q = django_filters.CharFilter(method="search", max_length=200, help_text="Words, or how they begin.")

    def at_stage(self, rows: QuerySet[Experiment], name: str, stage: int) -> QuerySet[Experiment]:
        return rows.filter(Q(stage=stage) | Q(card__stage=stage))

    def decided(self, rows: QuerySet[Experiment], name: str, value: str) -> QuerySet[Experiment]:
        return rows.filter(**{f"decisions__{name}": value, "decisions__confirmed_at__isnull": False})

    def search(self, rows: QuerySet[Experiment], name: str, text: str) -> QuerySet[Experiment]:
        return rows.filter(with_words(self.request.actor, text))


class Experiments(CanAdd, CanChange, CanRemove):
    """Experiments: their hypotheses. Plan, status, results and decisions have addresses of their own."""

    needs = Permission.EXPERIMENT_EDIT
    serializer_class = ExperimentSerializer
    new_serializer_class = NewExperimentSerializer
    filterset_class = ExperimentFilters

    def objects(self) -> QuerySet[Experiment]:
        return complete(experiments_of(self.actor))

    def add(self, **fields) -> Experiment:
        return create_experiment(by=self.actor, **fields)

    def change(self, experiment: Experiment, seen: int | None, /, **fields) -> Experiment:
        return edit_experiment(by=self.actor, experiment=experiment, seen=seen, **fields)

    def remove(self, experiment: Experiment, seen: int | None) -> None:
        remove_experiment(by=self.actor, experiment=experiment, seen=seen)
