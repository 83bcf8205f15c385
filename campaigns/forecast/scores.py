"""How good a forecast was once its month is over, and how honest all of them together are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scipy.special import ndtri

from campaigns.forecast import limits
from campaigns.forecast.intervals import Interval
from campaigns.forecast.limits import between, raise_all
from campaigns.forecast.reasons import Reason

PROMISED = 0.8  # of actual numbers lie between p10 and p90
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Score:
    """`inside`: whether the interval held. `error` is actual − median, and `percentage` that of the actual number
    (Hyndman, Koehler 2006, "Another look at measures of forecast accuracy"); None with a reason."""

    error: float
    percentage: float | None
    inside: bool
    reason: Reason | None = None


class Calibration(StrEnum):
    HOLDS = "holds"
    TOO_NARROW = "too narrow"
    TOO_WIDE = "too wide"


@dataclass(frozen=True)
class Record:
    """`share` is that of `n` scores which lay inside; `low` to `high` is its 95 % interval by Wilson (1927), "Probable
    inference, the law of succession, and statistical inference", which the calibration is judged by. `percentage_error`
    is the mean of percentages without their signs. None without scores."""

    n: int
    inside: int
    share: float | None
    low: float | None
    high: float | None
    percentage_error: float | None
    calibration: Calibration | None
    reason: Reason | None = None


def score(forecast: Interval, actual: float) -> Score:
    most = limits.MOST_MONEY * limits.MOST_MONTHS
    raise_all({"actual": between(actual, -most, most)})
    error = actual - forecast.p50
    inside = forecast.p10 <= actual <= forecast.p90
    if not actual:
        return Score(error, None, inside, Reason.NOTHING_HAPPENED)
    percentage = 100 * error / abs(actual)
    if math.isinf(percentage):
        return Score(error, None, inside, Reason.OUT_OF_RANGE)
    return Score(error, percentage, inside)


def record(scores: Sequence[Score]) -> Record:
    if not scores:
        return Record(0, 0, None, None, None, None, None, Reason.NO_SCORES)
    n, inside = len(scores), sum(score.inside for score in scores)
    low, high = wilson(inside, n)
    sizes = [abs(score.percentage) for score in scores if score.percentage is not None]
    mean = math.fsum(sizes) / len(sizes) if sizes else None
    return Record(n, inside, inside / n, low, high, mean, calibration(low, high))


def wilson(successes: int, n: int) -> tuple[float, float]:
    z = float(ndtri((1 + CONFIDENCE) / 2))
    share, more = successes / n, z * z / n
    center = (share + more / 2) / (1 + more)
    half = z * math.sqrt(share * (1 - share) / n + more / n / 4) / (1 + more)
    return max(0.0, center - half), min(1.0, center + half)


def calibration(low: float, high: float) -> Calibration:
    if high < PROMISED:
        return Calibration.TOO_NARROW
    return Calibration.TOO_WIDE if low > PROMISED else Calibration.HOLDS
