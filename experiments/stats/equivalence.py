"""No difference that matters, as opposed to "we do not know yet"."""

from scipy.special import stdtr

from experiments.stats.effects import Difference
from experiments.stats.estimates import Estimate
from experiments.stats.reasons import Reason


def margin(control: Estimate, minimum_effect: float | None) -> float | Reason:
    """The smallest effect that matters, relative as planned, in the metric's unit. Needs a control above 0."""
    if minimum_effect is None:
        return Reason.NO_MINIMUM_EFFECT
    return minimum_effect * control.value if control.value > 0 else Reason.CONTROL_NOT_POSITIVE


def two_one_sided(found: Difference, *, margin: float) -> float:
    """Schuirmann (1987): the larger p-value of the two one-sided tests against −margin and +margin, by Welch's t.

    Small: the difference is closer to 0 than the margin, which is taken as known.
    """
    below = stdtr(found.freedom, -(found.value + margin) / found.error)
    above = stdtr(found.freedom, (found.value - margin) / found.error)
    return float(max(below, above))
