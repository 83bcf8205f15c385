"""How an analysis is answered. What could not be computed is null, and `reason` says why."""

from rest_framework import serializers

from experiments.stats.analysis import Analysis, Comparison, Verdict
from experiments.stats.effects import Test
from experiments.stats.reasons import Reason

CODES = ", ".join(f"`{reason.value}`" for reason in Reason)


def number(words: str = "") -> serializers.FloatField:
    return serializers.FloatField(allow_null=True, help_text=words)


def interval(words: str = "From, to.") -> serializers.ListField:
    return serializers.ListField(
        child=serializers.FloatField(), min_length=2, max_length=2, allow_null=True, help_text=words
    )


class SampleRatioSerializer(serializers.Serializer):
    p_value = number("Chi-square; null while there is nothing to test.")
    suspect = serializers.BooleanField(allow_null=True, help_text="The p-value is below 0.001: do not trust effects.")


class FixedSerializer(serializers.Serializer):
    """Welch's t, for those who look once, at the planned end."""

    p_value = number()
    p_value_adjusted = number("By the correction; hold it against alpha.")
    interval = interval()


class AlwaysValidSerializer(serializers.Serializer):
    """A confidence sequence: holds however often one looks."""

    p_value = number()
    interval = interval()


class BayesSerializer(serializers.Serializer):
    """Posterior: Beta(1, 1) before shares, flat before differences of means and ratios."""

    chance_to_beat = number("That the variant is better than the control, in the goal's direction.")
    interval = interval()
    expected_loss = number("What choosing the variant costs on average, in the metric's unit.")


class EquivalenceSerializer(serializers.Serializer):
    p_value = number("Two one-sided tests against the smallest effect that matters.")


class ComparisonSerializer(serializers.Serializer):
    """Intervals are at 1 − alpha and of the absolute difference, unless they are named relative."""

    variant = serializers.CharField()
    control = serializers.CharField()
    absolute_effect = number("The variant minus the control, in the metric's unit.")
    relative_effect = number("Relative to the control: 0.02 is 2 % more.")
    fixed = FixedSerializer()
    relative_interval = interval("By the delta method, at a fixed horizon.")
    always_valid = AlwaysValidSerializer()
    bayes = BayesSerializer()
    equivalence = EquivalenceSerializer()
    verdict = serializers.ChoiceField(
        choices=[verdict.value for verdict in Verdict], help_text="By the always-valid interval."
    )
    reason = serializers.CharField(
        allow_null=True,
        help_text=f"Why something is null, one a line: a code, a colon and a sentence. Codes: {CODES}.",
    )

    def to_representation(self, instance: Comparison) -> dict:
        posterior = instance.posterior
        fixed = {"p_value_adjusted": instance.p_value_adjusted, **tested(instance.fixed)}
        return {
            "variant": instance.variant,
            "control": instance.control,
            "absolute_effect": instance.absolute_effect,
            "relative_effect": instance.relative_effect,
            "fixed": {name: fixed[name] for name in ["p_value", "p_value_adjusted", "interval"]},
            "relative_interval": instance.relative_interval,
            "always_valid": tested(instance.always_valid),
            "bayes": {name: getattr(posterior, name, None) for name in ["chance_to_beat", "interval", "expected_loss"]},
            "equivalence": {"p_value": instance.equivalence},
            "verdict": instance.verdict.value,
            "reason": "\n".join(reason.line for reason in instance.reasons) or None,
        }


class AnalysisSerializer(serializers.Serializer):
    sample_ratio = SampleRatioSerializer()
    comparisons = ComparisonSerializer(many=True)

    def to_representation(self, instance: Analysis) -> dict:
        ratio = instance.sample_ratio
        comparison = self.fields["comparisons"].child
        return {
            "sample_ratio": {"p_value": ratio.p_value, "suspect": ratio.suspect},
            "comparisons": [comparison.to_representation(one) for one in instance.comparisons],
        }


def tested(found: Test | None) -> dict:
    return {"p_value": found and found.p_value, "interval": found and found.interval}
