"""Several comparisons at once: p-values adjusted so that each may be held against alpha itself."""

from collections.abc import Sequence
from enum import StrEnum


class Correction(StrEnum):
    NONE = "none"
    HOLM = "holm"
    BENJAMINI_HOCHBERG = "benjamini-hochberg"


def adjusted(p_values: Sequence[float], correction: Correction) -> list[float]:
    """In the order given, each at least the p-value itself and at most 1."""
    if correction is Correction.HOLM:
        return holm(p_values)
    if correction is Correction.BENJAMINI_HOCHBERG:
        return benjamini_hochberg(p_values)
    return list(p_values)


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm (1979): keeps the chance of any false alarm at alpha. The i-th smallest of m counts (m − i + 1) times."""
    found, highest, count = [0.0] * len(p_values), 0.0, len(p_values)
    for rank, place in enumerate(sorted(range(count), key=p_values.__getitem__)):
        highest = max(highest, min(1.0, (count - rank) * p_values[place]))
        found[place] = highest
    return found


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Benjamini and Hochberg (1995): keeps the share of false ones among alarms at alpha. p·m/i, from above."""
    found, lowest, count = [0.0] * len(p_values), 1.0, len(p_values)
    for rank, place in reversed(list(enumerate(sorted(range(count), key=p_values.__getitem__), 1))):
        lowest = min(lowest, p_values[place] * (count / rank))
        found[place] = lowest
    return found
