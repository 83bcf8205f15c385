"""What is said beside numbers: a code for programs, a sentence with its values for people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from experiments.stats.reasons import Reason
from teams.words import gettext_noop


class Code(StrEnum):
    WINSORIZED = "winsorized"
    NO_PRIMARY = "no-primary"
    NO_RESULTS = "no-results"
    RESULTS_MISSING = "results-missing"
    VARIANT_MISSING = "variant-missing"
    INCOMPLETE = "incomplete"
    SAMPLE_RATIO = "sample-ratio"
    NO_USERS = "no-users"
    USERS_DIFFER = "users-differ"
    SILENT = "silent"
    GUARDRAIL_HARMED = "guardrail-harmed"
    MINIMUM_RUN = "minimum-run"
    PLANNED_END = "planned-end"
    END_REACHED = "end-reached"
    TOTAL_REACHED = "total-reached"
    WIDTH_REACHED = "width-reached"
    MORE_DAYS = "more-days"
    BETTER = "better"
    WORSE = "worse"
    EQUIVALENT = "equivalent"
    UNDECIDED = "undecided"
    HARM_EXCLUDED = "harm-excluded"
    HARM_POSSIBLE = "harm-possible"
    NOT_TOLD_APART = "not-told-apart"
    WINNERS_CURSE = "winners-curse"
    FEW_EXPERIMENTS = "few-experiments"
    ONLY_SHIPPED = "only-shipped"
    UNDECIDED_RESULTS = "undecided-results"


@dataclass(frozen=True)
class Note:
    """`template` has a place such as %(metric)s for each of `values`, so that it can be translated before it is filled.

    A Reason has no places; its values say where it holds.
    """

    code: Code | Reason
    values: Mapping[str, str | int | float] = field(default_factory=dict)

    @property
    def template(self) -> str:
        return self.code.sentence if isinstance(self.code, Reason) else TEMPLATES[self.code]

    @property
    def sentence(self) -> str:
        return self.template if isinstance(self.code, Reason) else self.template % self.values


def note(code: Code | Reason, **values: str | int | float) -> Note:
    return Note(code, values)


TEMPLATES = {
    Code.WINSORIZED: gettext_noop(
        "Values beyond percentile %(percentile)s were set to it (winsorized), in all variants alike."
    ),
    Code.NO_PRIMARY: gettext_noop("No primary metric has been chosen."),
    Code.NO_RESULTS: gettext_noop("No results have been entered yet."),
    Code.RESULTS_MISSING: gettext_noop("%(metric)s has no results yet."),
    Code.VARIANT_MISSING: gettext_noop("%(metric)s has no results of %(variant)s yet."),
    Code.INCOMPLETE: gettext_noop("For %(days)d days no day has had the results of all variants."),
    Code.SAMPLE_RATIO: gettext_noop(
        "In %(metric)s the variants do not have the share of users that was planned, so something is "
        "broken. Do not trust the effects before it is found."
    ),
    Code.NO_USERS: gettext_noop("%(variant)s has no users in %(metric)s."),
    Code.USERS_DIFFER: gettext_noop("Users of %(variant)s: %(users)d in %(metric)s, but %(other_users)d in %(other)s."),
    Code.SILENT: gettext_noop("No results have come for %(days)d days."),
    Code.GUARDRAIL_HARMED: gettext_noop("%(variant)s harms the guardrail %(metric)s."),
    Code.MINIMUM_RUN: gettext_noop("The plan’s minimum run in days: %(days)d. Still to go: %(left)d."),
    Code.PLANNED_END: gettext_noop("Days until the planned end: %(days)d."),
    Code.END_REACHED: gettext_noop("The planned end is reached."),
    Code.TOTAL_REACHED: gettext_noop("The planned total of %(users)d users is reached."),
    Code.WIDTH_REACHED: gettext_noop("The interval is as narrow as the smallest effect that matters."),
    Code.MORE_DAYS: gettext_noop(
        "Days until the interval is as narrow as the smallest effect that matters: about %(days)d."
    ),
    Code.BETTER: gettext_noop("%(variant)s is better in %(metric)s."),
    Code.WORSE: gettext_noop("%(variant)s is worse in %(metric)s."),
    Code.EQUIVALENT: gettext_noop("%(variant)s makes no difference that matters in %(metric)s."),
    Code.UNDECIDED: gettext_noop("%(variant)s is undecided in %(metric)s."),
    Code.HARM_EXCLUDED: gettext_noop("%(variant)s does no harm that matters in %(metric)s."),
    Code.HARM_POSSIBLE: gettext_noop("%(variant)s may still be worse in %(metric)s, by more than does not matter."),
    Code.NOT_TOLD_APART: gettext_noop("%(variant)s and %(other)s cannot be told apart yet."),
    Code.WINNERS_CURSE: gettext_noop(
        "What is shipped was picked because it looked good, and some of it looked better than it is: "
        "the winner's curse. The plain sum says too much; the shrunk one allows for that."
    ),
    Code.FEW_EXPERIMENTS: gettext_noop(
        "These are only %(count)d experiments, too few to know how much true effects differ. "
        "Take the shrunk sum for a rough guess."
    ),
    Code.ONLY_SHIPPED: gettext_noop(
        "Only shipped experiments are in, so what is learned about effects is too hopeful itself. "
        "Add those that were not shipped."
    ),
    Code.UNDECIDED_RESULTS: gettext_noop(
        "Forecasts of undecided results: %(count)d. They count for the size of effects, not for their direction."
    ),
}
