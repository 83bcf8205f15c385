"""The kinds of metrics, and a variant's summary from plain numbers."""

from collections.abc import Collection, Container, Iterable, Mapping
from enum import StrEnum
from typing import Any

from experiments.stats.inputs import Covariate, Mean, Proportion, Ratio, Summary
from experiments.stats.limits import InvalidInput
from teams.words import gettext_noop


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


NEEDS = {
    Kind.PROPORTION: gettext_noop("A proportion needs this."),
    Kind.MEAN: gettext_noop("A mean needs this."),
    Kind.RATIO: gettext_noop("A ratio needs this."),
}
LACKS = {
    Kind.PROPORTION: gettext_noop("A proportion does not have this."),
    Kind.MEAN: gettext_noop("A mean does not have this."),
    Kind.RATIO: gettext_noop("A ratio does not have this."),
}


def wrong_names(kind: Kind, given: Collection[str], needed: Iterable[str], allowed: Container[str]) -> dict[str, str]:
    """The sentences of what is missing and of what is too much among the `given` names."""
    missing = {name: NEEDS[kind] for name in needed if name not in given}
    return missing | {name: LACKS[kind] for name in given if name not in allowed}


def summary_of(kind: Kind, numbers: Mapping[str, Any]) -> Summary:
    """Of exactly the numbers that the kind has; a covariate whole or not at all. Raises InvalidInput."""
    given = {name: value for name, value in numbers.items() if value is not None}
    with_covariate = any(name in given for name in COVARIATE) and kind is not Kind.RATIO
    needed = NEEDED[kind] + (COVARIATE if with_covariate else ())
    if errors := wrong_names(kind, given, needed, ALLOWED[kind]):
        raise InvalidInput(errors)
    if kind is Kind.RATIO:
        return Ratio(**given)
    known = Covariate(*(given.pop(name) for name in COVARIATE)) if with_covariate else None
    return Proportion(**given, covariate=known) if kind is Kind.PROPORTION else Mean(**given, covariate=known)
