from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from experiments.api.refusals import refusals
from experiments.api.results import AnalysisSerializer
from experiments.stats import limits
from experiments.stats.analysis import Plan, analyze
from experiments.stats.corrections import Correction
from experiments.stats.inputs import Goal, Variant
from experiments.stats.kinds import KINDS, Kind, summary_of
from teams.api.fields import Choice, Number, Text, Whole
from teams.api.objects import Endpoint
from teams.api.serializers import Strict


def amount(words: str, *, least: float | None = None, most: float = limits.MOST_VALUE) -> Number:
    """A number of one kind of metric; null says the same as leaving it out."""
    bottom = -most if least is None else least
    return Number(required=False, allow_null=True, min_value=bottom, max_value=most, help_text=words)


class VariantSerializer(Strict):
    key = Text(max_length=100, help_text="Its name in the answer.")
    weight = Number(min_value=0, max_value=1, help_text="The share of users planned for it; all together are 1.")
    n = Whole(min_value=0, max_value=limits.MOST_USERS, help_text="Users; each counts once.")
    successes = Whole(
        required=False, allow_null=True, min_value=0, max_value=limits.MOST_USERS, help_text="A proportion: at most n."
    )
    mean = amount("A mean: over all users.")
    sd = amount("A mean: the standard deviation of the sample, with n − 1.", least=0)
    sum_numerator = amount("A ratio: the sum of what is above the line.", most=limits.MOST_SUM)
    sum_denominator = amount("A ratio: the sum of what is below the line.", most=limits.MOST_SUM)
    sum_numerator_squares = amount("A ratio: of each user's value, squared.", least=0, most=limits.MOST_SQUARES)
    sum_denominator_squares = amount("A ratio: of each user's value, squared.", least=0, most=limits.MOST_SQUARES)
    sum_product = amount("A ratio: of each user's two values, multiplied.", most=limits.MOST_SQUARES)
    covariate_mean = amount("With a covariate, for a proportion or a mean: its mean.")
    covariate_sd = amount("With a covariate: its standard deviation, with n − 1.", least=0)
    covariance = amount("With a covariate: its covariance with the metric, with n − 1.", most=limits.MOST_VALUE**2)


class AnalysisRequestSerializer(Strict):
    kind = Choice(choices=KINDS)
    goal = Choice(choices=[goal.value for goal in Goal], default=Goal.INCREASE.value)
    alpha = Number(
        default=0.05, min_value=limits.LEAST_ALPHA, max_value=limits.MOST_ALPHA, help_text="The share of false alarms."
    )
    minimum_effect = amount("The smallest effect that matters, relative to the control: 0.02 is 2 %.", least=0)
    correction = Choice(
        choices=[correction.value for correction in Correction],
        default=Correction.NONE.value,
        help_text="For several treatments. With one, always-valid intervals of all of them hold at once.",
    )
    planned_total = Whole(
        required=False,
        allow_null=True,
        min_value=2,
        max_value=limits.MOST_USERS,
        help_text="Users of all variants at the planned end, fixed before the start. No verdict without it.",
    )
    variants = serializers.ListField(
        child=VariantSerializer(), min_length=2, max_length=limits.MOST_VARIANTS, help_text="The control comes first."
    )


class AnalysisView(Endpoint):
    """Analyze an experiment: each variant against the first, from sums alone; nothing is kept."""

    serializer_class = AnalysisRequestSerializer
    done = {"200": "What the numbers say."}

    @extend_schema(
        operation_id="statistics_analysis", request=AnalysisRequestSerializer, responses={200: AnalysisSerializer}
    )
    def post(self, request) -> Response:
        serializer = AnalysisRequestSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        asked = serializer.validated_data
        with refusals():
            plan = plan_of(asked)
        variants = variants_of(Kind(asked["kind"]), asked["variants"])
        with refusals():
            return Response(AnalysisSerializer(analyze(variants, plan)).data)


def plan_of(asked: dict[str, Any]) -> Plan:
    return Plan(
        goal=Goal(asked["goal"]),
        alpha=asked["alpha"],
        minimum_effect=asked.get("minimum_effect"),
        correction=Correction(asked["correction"]),
        planned_total=asked.get("planned_total"),
    )


def variants_of(kind: Kind, given: list[dict[str, Any]]) -> list[Variant]:
    """Raises ValidationError with the ways to the fields of the first variant that is wrong."""
    found = []
    for number, numbers in enumerate(given):
        with refusals("variants", number):
            own = {name: value for name, value in numbers.items() if name not in {"key", "weight"}}
            found.append(Variant(numbers["key"], numbers["weight"], summary_of(kind, own)))
    return found
