"""What is known of each variant: sums and moments over its users, checked on the way in.

A user counts once. `sd` and `covariance` are of the sample, with n − 1. Raises InvalidInput with the field's name.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from experiments.stats import limits
from experiments.stats.limits import InvalidInput, between, raise_all, whole
from experiments.stats.ratio import moments_wrong
from teams.words import Sentence, gettext_noop

ROUNDING = 1e-9  # relative: what decimals of a hand-written sum may leave out


class Goal(StrEnum):
    INCREASE = "increase"
    DECREASE = "decrease"


@dataclass(frozen=True)
class Covariate:
    """A number per user from before the start: its mean, its sd, and its covariance with the metric."""

    mean: float
    sd: float
    covariance: float

    def __post_init__(self) -> None:
        most = limits.MOST_VALUE
        raise_all(
            {
                "covariate_mean": between(self.mean, -most, most),
                "covariate_sd": between(self.sd, 0, most),
                "covariance": between(self.covariance, -most * most, most * most),
            }
        )


@dataclass(frozen=True)
class Proportion:
    """A share: `successes` of `n` users."""

    n: int
    successes: int
    covariate: Covariate | None = None

    def __post_init__(self) -> None:
        wrong = whole(self.n, 0, limits.MOST_USERS)
        raise_all({"n": wrong, "successes": None if wrong else whole(self.successes, 0, self.n)})
        check_covariance(self.n, self.sd, self.covariate)

    @property
    def sd(self) -> float:
        """Of the 0/1 values: √(p(1 − p)·n/(n − 1)); 0 with fewer than two users."""
        failures = self.n - self.successes
        return math.sqrt(self.successes / self.n * (failures / (self.n - 1))) if self.n > 1 else 0.0


@dataclass(frozen=True)
class Mean:
    """A mean over users, in the metric's unit. `winsorized`: the percentile, between 0 and 1, to which larger values
    were set before; it is only noted."""

    n: int
    mean: float
    sd: float
    covariate: Covariate | None = None
    winsorized: float | None = None

    def __post_init__(self) -> None:
        raise_all(
            {
                "winsorized": percentile_wrong(self.winsorized),
                "n": whole(self.n, 0, limits.MOST_USERS),
                "mean": between(self.mean, -limits.MOST_VALUE, limits.MOST_VALUE),
                "sd": between(self.sd, 0, limits.MOST_VALUE),
            }
        )
        check_covariance(self.n, self.sd, self.covariate)


@dataclass(frozen=True)
class Ratio:
    """A ratio of two sums over the same users, like revenue per order. No covariate; `winsorized` as in a Mean."""

    n: int
    sum_numerator: float
    sum_denominator: float
    sum_numerator_squares: float
    sum_denominator_squares: float
    sum_product: float
    winsorized: float | None = None

    def __post_init__(self) -> None:
        most, squares = limits.MOST_SUM, limits.MOST_SQUARES
        raise_all(
            {
                "n": whole(self.n, 0, limits.MOST_USERS),
                "sum_numerator": between(self.sum_numerator, -most, most),
                "sum_denominator": between(self.sum_denominator, -most, most),
                "sum_numerator_squares": between(self.sum_numerator_squares, 0, squares),
                "sum_denominator_squares": between(self.sum_denominator_squares, 0, squares),
                "sum_product": between(self.sum_product, -squares, squares),
                "winsorized": percentile_wrong(self.winsorized),
            }
        )
        raise_all(moments_wrong(self))


Summary = Proportion | Mean | Ratio


@dataclass(frozen=True)
class Variant:
    """`weight` is the share of users that the plan sends here, 0 to 1."""

    key: str
    weight: float
    summary: Summary

    def __post_init__(self) -> None:
        raise_all({"weight": between(self.weight, 0, 1)})
        if self.weight == 0 and self.summary.n:
            raise InvalidInput({"weight": gettext_noop("A variant with users cannot have the weight 0.")})


def percentile_wrong(percentile: float | None) -> str | None:
    if percentile is None:
        return None
    return limits.above_zero(percentile, 1) or (gettext_noop("Give a number below 1.") if percentile >= 1 else None)


def check_covariance(n: int, sd: float, covariate: Covariate | None) -> None:
    """Cauchy and Schwarz: a covariance is at most the product of both sds."""
    if covariate and n > 1 and abs(covariate.covariance) > sd * covariate.sd * (1 + ROUNDING):
        raise InvalidInput({"covariance": gettext_noop("A covariance cannot be larger than the product of both sds.")})


def check_variants(variants: list[Variant]) -> None:
    """Two or more variants of one kind, each with its own key, weights adding up to 1, a covariate for all or none, and
    winsorized alike."""
    if not 2 <= len(variants) <= limits.MOST_VARIANTS:
        raise InvalidInput(
            {
                "variants": Sentence(
                    gettext_noop("Give from 2 to %(most)s variants, the control first."), most=limits.MOST_VARIANTS
                )
            }
        )
    if len({type(variant.summary) for variant in variants}) > 1:
        raise InvalidInput({"variants": gettext_noop("All variants must be of one kind.")})
    keys = [variant.key for variant in variants]
    weights = limits.weights_wrong([variant.weight for variant in variants])
    known = [getattr(variant.summary, "covariate", None) is not None for variant in variants]
    errors: dict[str, str | None] = {}
    for number, key in enumerate(keys):
        errors[f"variants.{number}.key"] = (
            gettext_noop("Another variant has this key.") if key in keys[:number] else None
        )
        errors[f"variants.{number}.weight"] = weights
        if getattr(variants[number].summary, "winsorized", None) != getattr(variants[0].summary, "winsorized", None):
            errors[f"variants.{number}.winsorized"] = gettext_noop("Winsorize all variants alike.")
        if any(known) and not known[number]:
            errors[f"variants.{number}.covariate_mean"] = gettext_noop(
                "Give the covariate for all variants or for none."
            )
    raise_all(errors)
