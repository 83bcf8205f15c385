"""Why something is not computed: a code for programs, a sentence for people."""

from enum import StrEnum


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
    Reason.TOO_FEW_USERS: "A variant has fewer than 2 users.",
    Reason.TOO_FEW_FOR_LOOKING: "The always-valid interval needs at least 30 users in each variant.",
    Reason.NO_VARIATION: "All values are the same, so nothing tells how far chance reaches.",
    Reason.CONTROL_NOT_POSITIVE: "A relative difference needs a control above 0.",
    Reason.CONTROL_NEAR_ZERO: "The control cannot be told from 0, so a relative interval has no end.",
    Reason.NO_DENOMINATOR: "A ratio needs a sum of denominators above 0.",
    Reason.DENOMINATOR_NEAR_ZERO: "The mean denominator cannot be told from 0, so the ratio's error is not known.",
    Reason.NO_PLANNED_TOTAL: "The always-valid interval is tuned to the planned total, which was not given.",
    Reason.NO_MINIMUM_EFFECT: "Equivalence is judged by the smallest effect that matters, which was not given.",
    Reason.NOBODY: "No variant has users.",
    Reason.ONE_WEIGHT: "Only one variant has a weight, so there is no split to check.",
    Reason.OUT_OF_RANGE: "The numbers are too large or too small to compute with.",
    Reason.NO_RATE: "No users came in the last 14 days, so nobody can tell how long it takes.",
    Reason.NOTHING_COUNTED: "There is nothing to count yet.",
    Reason.TOO_FEW_EXPERIMENTS: "Shrinking needs at least 2 decided experiments.",
    Reason.TOO_FEW_FORECASTS: "A slope needs at least 5 forecasts with an effect, of results with one.",
    Reason.ALL_ALIKE: "All of them are alike, so nothing can be held against them.",
}
