from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from experiments.api.refusals import refusals
from experiments.stats import limits, size
from experiments.stats.kinds import KINDS, LACKS, NEEDS, Kind
from teams.api.fields import Choice, Number
from teams.api.objects import Endpoint
from teams.api.serializers import Strict


class SampleSizeRequestSerializer(Strict):
    kind = Choice(choices=KINDS)
    baseline = Number(
        min_value=0, max_value=limits.MOST_VALUE, help_text="The control's share, mean or ratio as it is now; above 0."
    )
    sd = Number(
        required=False,
        allow_null=True,
        min_value=0,
        max_value=limits.MOST_VALUE,
        help_text="Of one user's value, above 0: for a mean, and for a ratio of its linearized values.",
    )
    minimum_effect = Number(
        min_value=0,
        max_value=limits.MOST_VALUE,
        help_text="The smallest effect that matters, relative and above 0: 0.02 is 2 % more.",
    )
    alpha = Number(
        default=0.05,
        min_value=limits.LEAST_ALPHA,
        max_value=limits.MOST_ALPHA,
        help_text="Of one comparison: with several treatments, divide it by their number to keep it for all.",
    )
    power = Number(default=0.8, min_value=0, max_value=1, help_text="The chance to see an effect that is there.")
    allocation = serializers.ListField(
        child=Number(min_value=0, max_value=1),
        default=[0.5, 0.5],
        min_length=2,
        max_length=limits.MOST_VARIANTS,
        help_text="The share of users of each variant, the control first; all together are 1.",
    )
    daily_traffic = Number(
        required=False,
        allow_null=True,
        min_value=0,
        max_value=limits.MOST_USERS,
        help_text="Users a day of all variants together, above 0; without it `days` is null.",
    )


class SampleSizeSerializer(serializers.Serializer):
    per_variant = serializers.ListField(child=serializers.IntegerField(), help_text="Users, in the allocation's order.")
    total = serializers.IntegerField()
    days = serializers.IntegerField(allow_null=True, help_text="Whole days with the daily traffic.")


class SampleSizeView(Endpoint):
    """Plan an experiment's size: how many users show an effect, looked at once at the end; nothing is kept."""

    serializer_class = SampleSizeRequestSerializer
    done = {"200": "The users that are needed."}

    @extend_schema(
        operation_id="statistics_sample_size",
        request=SampleSizeRequestSerializer,
        responses={200: SampleSizeSerializer},
    )
    def post(self, request) -> Response:
        serializer = SampleSizeRequestSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        asked = serializer.validated_data
        check_sd(Kind(asked["kind"]), asked.get("sd"))
        with refusals():
            return Response(answer(asked))


def check_sd(kind: Kind, sd: float | None) -> None:
    with refusals():
        if kind is Kind.PROPORTION and sd is not None:
            raise limits.InvalidInput({"sd": LACKS[kind]})
        if kind is not Kind.PROPORTION and sd is None:
            raise limits.InvalidInput({"sd": NEEDS[kind]})


def answer(asked: dict) -> dict:
    question = size.Question(
        baseline=asked["baseline"],
        alpha=asked["alpha"],
        power=asked["power"],
        allocation=tuple(asked["allocation"]),
        sd=asked.get("sd"),
    )
    found = size.sample_size(question, minimum_effect=asked["minimum_effect"])
    traffic = asked.get("daily_traffic")
    return {
        "per_variant": list(found.per_variant),
        "total": found.total,
        "days": None if traffic is None else size.days(found.total, daily_traffic=traffic),
    }
