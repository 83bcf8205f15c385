from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from experiments.api.part import Part
from experiments.models import Experiment, Score
from experiments.queries.scores import scores_of
from experiments.services.scores import give_score
from teams.api.etags import seen_version
from teams.api.fields import Number, Text
from teams.api.serializers import ObjectSerializer, Strict
from teams.permissions import Permission


class ScoreSerializer(ObjectSerializer):
    scorer = serializers.CharField(source="scorer_name", read_only=True)
    values = serializers.DictField(child=serializers.FloatField(), read_only=True)

    class Meta:
        model = Score
        fields = ["scorer", "model", "values", "total", "chance", "expected_effect", "note", "version", "changed_at"]
        read_only_fields = fields


class SpreadSerializer(serializers.Serializer):
    """Of the totals in the score model that was used last."""

    n = serializers.IntegerField()
    least = serializers.FloatField()
    median = serializers.FloatField()
    most = serializers.FloatField()


class ScoresSerializer(serializers.Serializer):
    """`blind`: before the start, who may score and has not yet sees how many scored, and nothing else."""

    count = serializers.IntegerField()
    blind = serializers.BooleanField()
    spread = SpreadSerializer(allow_null=True)
    mine = ScoreSerializer(allow_null=True)
    scores = ScoreSerializer(many=True, source="shown")


class GivenScoreSerializer(Strict):
    values = serializers.DictField(
        child=serializers.FloatField(), help_text="The parts of the workspace's score model: impact, confidence …"
    )
    chance = Number(required=False, allow_null=True, help_text="0 to 1: that the treatment turns out better.")
    expected_effect = Number(required=False, allow_null=True, help_text="Relative: 0.05 is 5 % more.")
    note = Text(required=False, allow_blank=True, max_length=300)


class ScoresView(Part):
    """What people expect of an experiment."""

    needs = Permission.EXPERIMENT_SCORE
    serializer_class = ScoresSerializer

    def found(self, experiment: Experiment) -> Response:
        scores = scores_of(experiment, to=self.actor)
        version = scores.mine.version if scores.mine else 0
        return self.reply(ScoresSerializer(scores).data, version)

    @extend_schema(operation_id="experiments_scores_retrieve")
    def get(self, request, pk: int) -> Response:
        """The scores, as far as the caller may see them. The ETag is about the caller's own."""
        return self.found(self.experiment())

    @extend_schema(operation_id="experiments_scores_give", request=GivenScoreSerializer)
    def put(self, request, pk: int) -> Response:
        """Give one's own score, or another instead of it. Only people score, and only before the start."""
        experiment = self.experiment()
        mine = scores_of(experiment, to=self.actor).mine
        seen = seen_version(request, mine.version if mine else 0)
        serializer = GivenScoreSerializer(data=request.data, context={"request": request})
        serializer.is_valid(raise_exception=True)
        give_score(by=self.actor, experiment=experiment, seen=seen, **serializer.validated_data)  # type: ignore[arg-type]
        return self.found(self.experiment())
