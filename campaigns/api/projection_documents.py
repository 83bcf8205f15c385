"""What a projection says, as programs send it and get it back."""

from typing import Any

from rest_framework import serializers

from campaigns.api.projections import MonthName
from campaigns.api.ranges import Guess, Guesses
from campaigns.forecast import limits
from campaigns.forecast.ranges import Range, SourceKind
from campaigns.models.actual import LONGEST_KEY
from campaigns.models.projection import MOST_MONTHS
from campaigns.services.projection_documents import (
    LONGEST_NOTE,
    MOST_CHANNELS,
    MOST_DRAWS,
    MOST_SCENARIOS,
    MOST_STAGES,
    MOST_TIMES,
)
from campaigns.services.projection_questions import plain
from teams.api.fields import BIGGEST, Choice, Flag, Number, Text, Whole
from teams.api.serializers import Strict

MOST_EARLIER = 1000
WRITTEN = frozenset({"kind", "metric", "experiment"})  # of a source: the rest is found out, and ignored when it is sent


def key() -> Text:
    words = "Stays when the name changes; ours, and only needed to rename."
    return Text(max_length=LONGEST_KEY, required=False, help_text=words)


class InputSourceSerializer(Strict):
    """Where a number comes from. Written are `kind` and `metric`; the rest says what was known then."""

    kind = Choice(choices=[(kind.value, kind.value) for kind in SourceKind])
    metric = Whole(min_value=1, max_value=BIGGEST, required=False, help_text="With measured: its id.")
    experiment = Whole(min_value=1, max_value=BIGGEST, required=False, help_text="Taken over from an offer.")
    decision = Whole(min_value=1, max_value=BIGGEST, required=False)
    of = Text(max_length=300, required=False, help_text="Who assumes it, or the metric's or experiment's name then.")
    at = Text(max_length=10, required=False, help_text="The day of it.")
    value = Number(required=False, help_text="With measured: the reading.")
    n = Whole(min_value=0, max_value=BIGGEST, required=False, allow_null=True)
    effect = serializers.ListField(
        child=Number(), required=False, max_length=3, help_text="Relative: low, likely, high."
    )
    before = Guess(most=limits.MOST_MONEY, required=False, help_text="What the effect was laid on.")
    rest = Flag(required=False, help_text="It was laid on 1 − the number.")
    earlier = serializers.ListField(
        child=Whole(min_value=1, max_value=BIGGEST),
        required=False,
        max_length=MOST_EARLIER,
        help_text="Experiments whose effects were in it before.",
    )


def source(**options: Any) -> InputSourceSerializer:
    return InputSourceSerializer(required=False, **options)


class ChannelSourcesSerializer(Strict):
    volumes, cost, spend, cost_per_visit, times = source(), source(), source(), source(), source()


class StageSourcesSerializer(Strict):
    rate, lag_days = source(), source()


class WholeSourcesSerializer(Strict):
    value, retention = source(), source()


class ChannelChangeSerializer(Strict):
    """What a scenario changes of a channel."""

    key = key()
    channel = Text(max_length=limits.MOST_NAME, required=False, help_text="Its name, where there is no key.")
    times = Number(
        min_value=0, max_value=MOST_TIMES, required=False, help_text="Multiplies what comes in, or the spend on it."
    )
    volumes = Guesses("Instead of the base's.", most=limits.MOST_PEOPLE)
    cost = Guesses("Instead of the base's.", most=limits.MOST_MONEY)
    spend = Guesses("Instead of the base's.", most=limits.MOST_MONEY)
    cost_per_visit = Guess(least=limits.LEAST_PRICE, most=limits.MOST_MONEY, required=False, allow_null=True)
    sources = ChannelSourcesSerializer(required=False)


class ProjectionChannelSerializer(ChannelChangeSerializer):
    """What enters by one channel: volumes, or spend and cost_per_visit."""

    channel = Text(max_length=limits.MOST_NAME, help_text="Its name, each once.")
    times = None


class StageChangeSerializer(Strict):
    """What a scenario changes of a stage."""

    key = key()
    name = Text(max_length=limits.MOST_NAME, required=False, help_text="Where there is no key.")
    rate = Guess(most=1, required=False, help_text="The share of those who come from before that passes this stage.")
    lag_days = Guess(most=limits.MOST_LAG_DAYS, required=False, help_text="A month has 30 days.")
    sources = StageSourcesSerializer(required=False)


class ProjectionStageSerializer(StageChangeSerializer):
    """What becomes of those who come from the stage before, or who enter."""

    name = Text(max_length=limits.MOST_NAME, help_text="Each once.")
    rate = Guess(most=1, help_text="The share of those who come from before that passes this stage.")
    stage = Whole(
        min_value=1, max_value=BIGGEST, required=False, allow_null=True, help_text="The id of a stage of the map."
    )


class ScenarioChangesSerializer(Strict):
    """What is otherwise than in the base; all else is as there."""

    name = Text(max_length=limits.MOST_NAME)
    note = Text(max_length=LONGEST_NOTE, required=False, allow_blank=True)
    inputs = serializers.ListField(child=ChannelChangeSerializer(), required=False, max_length=MOST_CHANNELS)
    stages = serializers.ListField(child=StageChangeSerializer(), required=False, max_length=MOST_STAGES)
    value = Guess(most=limits.MOST_MONEY, required=False)
    retention = Guess(most=1, required=False)
    sources = WholeSourcesSerializer(required=False)


def document_fields() -> dict[str, serializers.Field]:
    """The fields of a projection that are kept in its document."""
    return {
        "start": MonthName(source="document.start", help_text="The first month, such as 2027-01."),
        "months": Whole(source="document.months", min_value=1, max_value=MOST_MONTHS),
        "draws": Whole(source="document.draws", required=False, min_value=100, max_value=MOST_DRAWS),
        "seed": Whole(source="document.seed", required=False, min_value=0, max_value=limits.MOST_SEED),
        "inputs": serializers.ListField(
            source="document.inputs", child=ProjectionChannelSerializer(), min_length=1, max_length=MOST_CHANNELS
        ),
        "stages": serializers.ListField(
            source="document.stages", child=ProjectionStageSerializer(), min_length=1, max_length=MOST_STAGES
        ),
        "value": Guess(source="document.value", most=limits.MOST_MONEY, help_text="Of one customer."),
        "retention": Guess(
            source="document.retention",
            most=1,
            required=False,
            allow_null=True,
            help_text="The share of a customer's value that is earned again each month after; null counts it once.",
        ),
        "sources": WholeSourcesSerializer(source="document.sources", required=False),
        "scenarios": serializers.ListField(
            source="document.scenarios", child=ScenarioChangesSerializer(), required=False, max_length=MOST_SCENARIOS
        ),
    }


def kept(value: Any) -> Any:
    """What was sent as the document keeps it: ranges as plain values, sources with what a program may say of them."""
    if isinstance(value, Range):
        return plain(value)
    if isinstance(value, dict):
        names = value.keys() & WRITTEN if "kind" in value else value.keys()
        return {name: kept(value[name]) for name in value if name in names}
    return [kept(one) for one in value] if isinstance(value, list | tuple) else value
