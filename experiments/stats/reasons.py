"""Why something is not computed: a code for programs, a sentence for people."""

from enum import StrEnum

from teams.words import gettext_noop


class Reason(StrEnum):
    TOO_FEW_USERS = "too-few-users"
    TOO_FEW_FOR_LOOKING = "too-few-for-looking"
    NO_VARIATION = "no-variation"
    CONTROL_NOT_POSITIVE = "control-not-positive"
    CONTROL_NEAR_ZERO = "control-near-zero"
    NO_DENOMINATOR = "no-denominator"
    DENOMINATOR_NEAR_ZERO = "denominator-near-zero"
    NO_PLANNED_TOTAL = "no-planned-total"
    NO_MINIMUM_EFFECT = "no-minimum-effect"
    NOBODY = "nobody"
    ONE_WEIGHT = "one-weight"
    OUT_OF_RANGE = "out-of-range"
    NO_RATE = "no-rate"
    NOTHING_COUNTED = "nothing-counted"
    TOO_FEW_EXPERIMENTS = "too-few-experiments"
    TOO_FEW_FORECASTS = "too-few-forecasts"
    ALL_ALIKE = "all-alike"

    @property
    def sentence(self) -> str:
        return SENTENCES[self]

    @property
    def line(self) -> str:
        """The code, a colon and the sentence."""
        return f"{self.value}: {self.sentence}"


SENTENCES = {
    Reason.TOO_FEW_USERS: gettext_noop("A variant has fewer than 2 users."),
    Reason.TOO_FEW_FOR_LOOKING: gettext_noop("The always-valid interval needs at least 30 users in each variant."),
    Reason.NO_VARIATION: gettext_noop("All values are the same, so nothing tells how far chance reaches."),
    Reason.CONTROL_NOT_POSITIVE: gettext_noop("A relative difference needs a control above 0."),
    Reason.CONTROL_NEAR_ZERO: gettext_noop("The control cannot be told from 0, so a relative interval has no end."),
    Reason.NO_DENOMINATOR: gettext_noop("A ratio needs a sum of denominators above 0."),
    Reason.DENOMINATOR_NEAR_ZERO: gettext_noop(
        "The mean denominator cannot be told from 0, so the ratio's error is not known."
    ),
    Reason.NO_PLANNED_TOTAL: gettext_noop(
        "The always-valid interval is tuned to the planned total, which was not given."
    ),
    Reason.NO_MINIMUM_EFFECT: gettext_noop(
        "Equivalence is judged by the smallest effect that matters, which was not given."
    ),
    Reason.NOBODY: gettext_noop("No variant has users."),
    Reason.ONE_WEIGHT: gettext_noop("Only one variant has a weight, so there is no split to check."),
    Reason.OUT_OF_RANGE: gettext_noop("The numbers are too large or too small to compute with."),
    Reason.NO_RATE: gettext_noop("No users came in the last 14 days, so nobody can tell how long it takes."),
    Reason.NOTHING_COUNTED: gettext_noop("There is nothing to count yet."),
    Reason.TOO_FEW_EXPERIMENTS: gettext_noop("Shrinking needs at least 2 decided experiments."),
    Reason.TOO_FEW_FORECASTS: gettext_noop("A slope needs at least 5 forecasts with an effect, of results with one."),
    Reason.ALL_ALIKE: gettext_noop("All of them are alike, so nothing can be held against them."),
}
