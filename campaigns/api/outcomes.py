"""How a projection is answered. What could not be computed is null, and `reason` says why."""

from rest_framework import serializers

from campaigns.forecast.reasons import Reason

CODES = ", ".join(f"`{reason.value}`" for reason in Reason)


def number(words: str = "") -> serializers.FloatField:
    return serializers.FloatField(help_text=words)


def numbers(words: str = "", source: str | None = None) -> serializers.ListField:
    return serializers.ListField(child=serializers.FloatField(), source=source, help_text=words)


def month() -> serializers.CharField:
    return serializers.CharField(allow_null=True)


def sentence(words: str, source: str | None = None) -> serializers.CharField:
    return serializers.CharField(allow_null=True, source=source, help_text=words)


class ForecastIntervalSerializer(serializers.Serializer):
    """The median, and the ends between which 80 % of the draws lie."""

    p10 = number()
    p50 = number()
    p90 = number()


class ForecastSeriesSerializer(serializers.Serializer):
    """The same by month."""

    p10 = numbers()
    p50 = numbers()
    p90 = numbers()


class ForecastStageOutcomeSerializer(serializers.Serializer):
    """Who passes the stage, by month."""

    name = serializers.CharField()
    p10 = numbers(source="months.p10")
    p50 = numbers(source="months.p50")
    p90 = numbers(source="months.p90")
    total = ForecastIntervalSerializer(help_text="Of all months.")
    beyond = ForecastIntervalSerializer(help_text="Who has entered and passes the stage after the last month.")


class ForecastTotalSerializer(serializers.Serializer):
    """Over all months."""

    customers = ForecastIntervalSerializer()
    revenue = ForecastIntervalSerializer()
    cost = ForecastIntervalSerializer()
    gain = ForecastIntervalSerializer(help_text="Revenue − cost.")
    roi = ForecastIntervalSerializer(allow_null=True, help_text="The gain as a share of the cost.")
    cost_per_customer = ForecastIntervalSerializer(allow_null=True)


class ForecastPaybackSerializer(serializers.Serializer):
    """The first month in which revenue so far covers cost so far; null where it is none of these."""

    p10 = month()
    p50 = month()
    p90 = month()
    chance = number("The share of draws in which it is one of these months.")


class ForecastShareSerializer(serializers.Serializer):
    input = serializers.CharField(help_text="Such as `Trial: rate`.")
    field = serializers.CharField(help_text="The way to it in what was sent, such as `stages.0.rate`.")
    share = number("Of the variance of total revenue, or of customers where they are worth nothing; together 1.")


class ForecastLeverSerializer(serializers.Serializer):
    input = serializers.CharField(source="name", help_text="`volumes`, a rate, or `value`.")
    field = serializers.CharField(help_text="The way to it in what was sent.")
    now = number("The likely one; of volumes the factor 1.")
    needed = serializers.FloatField(
        allow_null=True, help_text="What brings the median to the target, all else as it is; of volumes a factor."
    )
    reason = sentence("Why nothing does: a code, a colon and a sentence.", source="reason.line")


class ForecastSerializer(serializers.Serializer):
    months = serializers.ListField(child=serializers.CharField())
    stages = ForecastStageOutcomeSerializer(many=True)
    revenue = ForecastSeriesSerializer()
    cost = numbers("The median, by month.", source="cost.p50")
    cost_interval = ForecastSeriesSerializer(source="cost")
    total = ForecastTotalSerializer(source="totals")
    payback_month = ForecastPaybackSerializer(source="payback", allow_null=True)
    sensitivity = ForecastShareSerializer(many=True, help_text="All ranges, the most important first.")
    needed = ForecastLeverSerializer(many=True, allow_null=True, help_text="Null without a target.")
    reason = sentence(f"Why something is null, one a line: a code, a colon and a sentence. Codes: {CODES}.")
