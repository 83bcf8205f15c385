"""Shares of few cases with their intervals: wins, losses and the rest among decided experiments."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from scipy.special import ndtri

from experiments.stats import limits
from experiments.stats.estimates import Interval
from experiments.stats.limits import raise_all, whole
from experiments.stats.reasons import Reason

Key = TypeVar("Key", bound=str)


@dataclass(frozen=True)
class Share:
    """`count` of `total`, 0 to 1. Value and interval are None, with the reason, where there is nothing to count."""

    count: int
    total: int
    value: float | None = None
    interval: Interval | None = None
    reason: Reason | None = None


def share(count: int, total: int, *, alpha: float = 0.05) -> Share:
    """Wilson (1927), "Probable inference, the law of succession, and statistical inference": the shares p that a score
    test at alpha does not refuse, (p̂ + z²/2n ± z·√(p̂(1 − p̂)/n + z²/4n²))/(1 + z²/n). Raises InvalidInput."""
    wrong = whole(total, 0, limits.MOST_USERS)
    raise_all(
        {
            "total": wrong,
            "count": None if wrong else whole(count, 0, total),
            "alpha": limits.between(alpha, limits.LEAST_ALPHA, limits.MOST_ALPHA),
        }
    )
    if total == 0:
        return Share(0, 0, reason=Reason.NOTHING_COUNTED)
    z, value = -float(ndtri(alpha / 2)), count / total
    center = value + z * z / (2 * total)
    half = z * math.sqrt(value * (1 - value) / total + z * z / (4 * total * total))
    whole_of_it = 1 + z * z / total
    low = 0.0 if count == 0 else (center - half) / whole_of_it
    high = 1.0 if count == total else (center + half) / whole_of_it
    return Share(count, total, value, (low, high))


def shares(counts: Mapping[Key, int], *, alpha: float = 0.05) -> dict[Key, Share]:
    """Each of the counts among all of them, such as those of wins, losses, neutral and inconclusive results. Each
    interval holds by itself."""
    raise_all({f"counts.{key}": whole(count, 0, limits.MOST_USERS) for key, count in counts.items()})
    total = sum(counts.values())
    return {key: share(count, total, alpha=alpha) for key, count in counts.items()}
