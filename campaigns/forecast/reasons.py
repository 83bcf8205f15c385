"""Why something is not computed: a code for programs, a sentence for people."""

from enum import StrEnum

from teams.words import gettext_noop


class Reason(StrEnum):
    NO_CUSTOMERS = "no-customers"
    NO_COST = "no-cost"
    NO_PAYBACK = "no-payback"
    NO_EFFECT = "no-effect"
    NOTHING_COMES = "nothing-comes"
    ABOVE_ONE = "above-one"
    NOBODY_BEFORE = "nobody-before"
    NOTHING_HAPPENED = "nothing-happened"
    NO_SCORES = "no-scores"
    OUT_OF_RANGE = "out-of-range"

    @property
    def sentence(self) -> str:
        return SENTENCES[self]

    @property
    def line(self) -> str:
        """The code, a colon and the sentence."""
        return f"{self.value}: {self.sentence}"


SENTENCES = {
    Reason.NO_CUSTOMERS: gettext_noop(
        "Nobody passes the last stage within these months, so there is no cost per customer."
    ),
    Reason.NO_COST: gettext_noop("Nothing is spent, so there is nothing to pay back and no return on it."),
    Reason.NO_PAYBACK: gettext_noop("In some draws the cost is not earned back within these months."),
    Reason.NO_EFFECT: gettext_noop("No range changes the result, so none matters more than another."),
    Reason.NOTHING_COMES: gettext_noop("Something else is 0, so nothing comes out whatever this is."),
    Reason.ABOVE_ONE: gettext_noop("It would take a rate above 100 %."),
    Reason.NOBODY_BEFORE: gettext_noop(
        "Some passed a stage before which nobody was seen; look at more months at once."
    ),
    Reason.NOTHING_HAPPENED: gettext_noop("The actual number is 0, so there is no percentage of it."),
    Reason.NO_SCORES: gettext_noop("No forecast has been scored yet."),
    Reason.OUT_OF_RANGE: gettext_noop("The numbers are too large or too small to compute with."),
}
