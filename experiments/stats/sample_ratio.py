"""Do the variants have the share of users that was planned? If not, something is broken: do not trust effects."""

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import chdtrc

from experiments.stats.limits import InvalidInput
from experiments.stats.reasons import Reason
from teams.words import gettext_noop

SUSPECT = 0.001


@dataclass(frozen=True)
class SampleRatio:
    """`suspect` below a p-value of 0.001. Both None with a reason where there is nothing to test."""

    p_value: float | None
    suspect: bool | None
    reason: Reason | None = None


def sample_ratio(users: Sequence[int], weights: Sequence[float]) -> SampleRatio:
    """Pearson's chi-square, Σ(n − N·w)²/(N·w), with one degree of freedom less than there are weights above 0.

    Raises InvalidInput for users where the weight is 0.
    """
    errors = {
        f"variants.{number}.weight": gettext_noop("A variant with users cannot have the weight 0.")
        for number, (n, weight) in enumerate(zip(users, weights, strict=True))
        if weight == 0 and n
    }
    if errors:
        raise InvalidInput(errors)
    total, whole = sum(users), sum(weights)
    parts = [(n, total * weight / whole) for n, weight in zip(users, weights, strict=True) if weight > 0]
    if total == 0:
        return SampleRatio(None, None, Reason.NOBODY)
    if len(parts) < 2:
        return SampleRatio(None, None, Reason.ONE_WEIGHT)
    p_value = float(chdtrc(len(parts) - 1, sum((n - expected) * (n - expected) / expected for n, expected in parts)))
    return SampleRatio(p_value, p_value < SUSPECT)
