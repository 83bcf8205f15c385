"""The kinds of metrics, and a variant's summary from plain numbers."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from experiments.stats.inputs import Covariate, Mean, Proportion, Ratio, Summary
from experiments.stats.limits import InvalidInput


class Kind(StrEnum):
    PROPORTION = "proportion"
    MEAN = "mean"
    RATIO = "ratio"


KINDS = [kind.value for kind in Kind]
COVARIATE = ("covariate_mean", "covariate_sd", "covariance")
NEEDED: dict[Kind, tuple[str, ...]] = {
    Kind.PROPORTION: ("n", "successes"),
    Kind.MEAN: ("n", "mean", "sd"),
    Kind.RATIO: (
        "n",
        "sum_numerator",
        "sum_denominator",
        "sum_numerator_squares",
        "sum_denominator_squares",
        "sum_product",
    ),
}
ALLOWED = {kind: names if kind is Kind.RATIO else (*names, *COVARIATE) for kind, names in NEEDED.items()}


def summary_of(kind: Kind, numbers: Mapping[str, Any]) -> Summary:
    """Of exactly the numbers that the kind has; a covariate whole or not at all. Raises InvalidInput."""
    given = {name: value for name, value in numbers.items() if value is not None}
    with_covariate = any(name in given for name in COVARIATE) and kind is not Kind.RATIO
    needed = NEEDED[kind] + (COVARIATE if with_covariate else ())
    errors = {name: f"A {kind.value} needs this." for name in needed if name not in given}
    errors |= {name: f"A {kind.value} does not have this." for name in given if name not in ALLOWED[kind]}
    if errors:
        raise InvalidInput(errors)
    if kind is Kind.RATIO:
        return Ratio(**given)
    known = Covariate(*(given.pop(name) for name in COVARIATE)) if with_covariate else None
    return Proportion(**given, covariate=known) if kind is Kind.PROPORTION else Mean(**given, covariate=known)
