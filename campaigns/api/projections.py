from dataclasses import fields
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from campaigns.api.outcomes import ForecastSerializer
from campaigns.api.ranges import Guess, Guesses
from campaigns.forecast import limits, months
from campaigns.forecast.backwards import Target, needed
from campaigns.forecast.limits import InvalidInput
from campaigns.forecast.outcome import calculate
from campaigns.forecast.question import AT_ONCE, Channel, Question, Stage
from teams.api.fields import Number, Text, Whole
from teams.api.objects import Endpoint
from teams.api.refusals import refusals
from teams.api.serializers import Strict
from teams.spoken import spoken

refused = partial(refusals, InvalidInput, say=spoken)


class MonthName(Text, serializers.RegexField):
    """A month as `YYYY-MM`."""

    default_error_messages = {"invalid": _("Give a month from 1900-01 to 2199-12, as 2027-01.")}

    def __init__(self, **kwargs):
        super().__init__(regex=months.NAME, trim_whitespace=False, **kwargs)


class ForecastChannelSerializer(Strict):
    """What enters by one channel: volumes, or spend and cost_per_visit."""

    channel = Text(max_length=limits.MOST_NAME, help_text="Its name, each once.")
    volumes = Guesses("People or visits that enter before the first stage, a number a month.", most=limits.MOST_PEOPLE)
    cost = Guesses("In money, a number a month; without it nothing.", most=limits.MOST_MONEY)
    spend = Guesses("Instead of volumes: money that buys visits. It is a cost, too.", most=limits.MOST_MONEY)
    cost_per_visit = Guess(
        least=limits.LEAST_PRICE, most=limits.MOST_MONEY, required=False, allow_null=True, help_text="With spend."
    )


class ForecastStageSerializer(Strict):
    """What becomes of those who come from the stage before, or who enter."""

    name = Text(max_length=limits.MOST_NAME, help_text="Each once.")
    rate = Guess(most=1, help_text="The share of those who come from before that passes this stage.")
    lag_days = Guess(
        most=limits.MOST_LAG_DAYS,
        required=False,
        help_text="How long that takes; 0 unless said otherwise. A month has 30 days: 30 are one month later, with 15 "
        "half of a month's people pass in the next one. Lags of stages add up.",
    )


class ForecastTargetSerializer(Strict):
    """Either of both, over all months."""

    revenue = Number(required=False, allow_null=True, min_value=0)
    customers = Number(required=False, allow_null=True, min_value=0)


class ForecastQuestionSerializer(Strict):
    """Numbers may be ranges of low, likely and high, which are PERT-distributed."""

    start = MonthName(help_text="The first month, such as 2027-01.")
    months = Whole(min_value=1, max_value=limits.MOST_MONTHS)
    inputs = serializers.ListField(child=ForecastChannelSerializer(), min_length=1, max_length=limits.MOST_CHANNELS)
    stages = serializers.ListField(
        child=ForecastStageSerializer(),
        min_length=1,
        max_length=limits.MOST_STAGES,
        help_text="In order; who passes the last one is a customer.",
    )
    value = Guess(most=limits.MOST_MONEY, help_text="Of one customer.")
    retention = Guess(
        most=1,
        required=False,
        allow_null=True,
        help_text="The share of a customer's value that is earned again each month after; null counts the value once.",
    )
    draws = Whole(default=limits.DRAWS, min_value=1, max_value=limits.MOST_DRAWS, help_text="Of each range.")
    seed = Whole(default=0, min_value=0, max_value=limits.MOST_SEED, help_text="The same draws for the same seed.")
    target = ForecastTargetSerializer(required=False, allow_null=True, help_text="Asks what would be needed for it.")


class ProjectionView(Endpoint):
    """Calculate a projection: what enters, along the stages, as intervals by month; nothing is kept."""

    serializer_class = ForecastQuestionSerializer
    done = {"200": "What is to be expected."}

    @extend_schema(
        operation_id="projections_calculate", request=ForecastQuestionSerializer, responses={200: ForecastSerializer}
    )
    def post(self, request) -> Response:
        serializer = ForecastQuestionSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        asked = {name: value for name, value in serializer.validated_data.items() if value is not None}
        target = target_of(asked.pop("target", None))
        question = question_of(asked)
        outcome = calculate(question)
        answer = {part.name: getattr(outcome, part.name) for part in fields(outcome)} | {
            "needed": target and needed(question, target),
            "reason": "\n".join(reason.line for reason in outcome.reasons) or None,
        }
        return Response(ForecastSerializer(answer).data)


def target_of(given: dict[str, float] | None) -> Target | None:
    with refused("target"):
        return None if given is None else Target(**given)


def question_of(asked: dict[str, Any]) -> Question:
    """Raises ValidationError with the ways to the fields of the first part that is wrong."""
    inputs, stages = [], []
    for number, given in enumerate(asked["inputs"]):
        with refused("inputs", number):
            inputs.append(channel_of(given))
    for number, given in enumerate(asked["stages"]):
        with refused("stages", number):
            stages.append(Stage(given["name"], given["rate"], given.get("lag_days", AT_ONCE)))
    with refused():
        return Question(**asked | {"inputs": tuple(inputs), "stages": tuple(stages)})


def channel_of(given: dict[str, Any]) -> Channel:
    cells = {name: tuple(given.get(name) or ()) for name in ("volumes", "cost", "spend")}
    return Channel(given["channel"], **cells, cost_per_visit=given.get("cost_per_visit"))
