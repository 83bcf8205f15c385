import django_filters
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from experiments.enums import LearningState
from experiments.models import Learning
from experiments.queries.decisions import learnings_of
from experiments.services.learnings import accept_learning, refuse_learning
from teams.api.etags import seen_version
from teams.api.fields import Choice, Text
from teams.api.filters import IdFilter
from teams.api.objects import Objects, Single
from teams.api.serializers import ObjectSerializer, Strict
from teams.permissions import Permission

ACCEPT, REFUSE = "accept", "refuse"


class LearningSerializer(ObjectSerializer):
    experiment = serializers.IntegerField(source="decision.experiment_id", read_only=True)
    learned = serializers.CharField(source="decision.learned", read_only=True)
    answered_by = serializers.CharField(source="answerer_name", read_only=True, help_text="Empty while it waits.")

    class Meta:
        model = Learning
        fields = [
            *("id", "experiment", "decision", "learned", "stage", "card", "state"),
            *("answered_by", "answered_at", "answer", "version"),
        ]
        read_only_fields = fields


class LearningFilters(django_filters.FilterSet):
    experiment = IdFilter(field_name="decision__experiment")
    stage = IdFilter()
    card = IdFilter()
    state = django_filters.ChoiceFilter(choices=LearningState.choices)


class Learnings(Objects):
    """What decisions left on the maps: written there, or suggested to the owner of the stage."""

    serializer_class = LearningSerializer
    filterset_class = LearningFilters

    def objects(self) -> QuerySet[Learning]:
        return learnings_of(self.actor)


class LearningAnswerSerializer(Strict):
    answer = Choice(choices=[ACCEPT, REFUSE])
    why = Text(required=False, allow_blank=True, max_length=500, help_text="Needed to refuse it.")


class LearningAnswerView(Single):
    """The answer of a stage's owner to what is suggested."""

    needs = Permission.STAGE_EDIT
    serializer_class = LearningSerializer

    @extend_schema(operation_id="learnings_answer", request=LearningAnswerSerializer)
    def put(self, request, pk: int) -> Response:
        """Write what was learned onto the map, or keep it off with a reason."""
        learning = get_object_or_404(learnings_of(self.actor), pk=pk)
        seen = seen_version(request, learning.version)
        serializer = LearningAnswerSerializer(data=request.data, context={"request": request})
        serializer.is_valid(raise_exception=True)
        asked = serializer.validated_data
        if asked["answer"] == ACCEPT:
            answered = accept_learning(by=self.actor, learning=learning, seen=seen)
        else:
            answered = refuse_learning(by=self.actor, learning=learning, why=asked.get("why", ""), seen=seen)
        return self.answer(answered)
