"""Less variance by a covariate from before the start (CUPED).

Deng, Xu, Kohavi, Walker (2013), "Improving the Sensitivity of Online Controlled Experiments by Utilizing Pre-Experiment
Data": Y − θ(X − X̄) with θ = cov(X, Y)/var X, pooled over the variants by n − 1. X̄ is the mean of all users.
"""

import math
from collections.abc import Sequence

from experiments.stats.estimates import Estimate
from experiments.stats.inputs import Covariate

Known = tuple[Estimate, Covariate]


def adjusted(known: Sequence[Known]) -> list[Estimate]:
    """The estimates without what the covariate explains; units as before. As they were where it explains nothing."""
    users = sum(estimate.n for estimate, _covariate in known)
    center = math.fsum(estimate.n * covariate.mean for estimate, covariate in known) / users if users else 0.0
    slope = theta(known)
    return [without(estimate, covariate, slope, center) for estimate, covariate in known]


def theta(known: Sequence[Known]) -> float:
    """Σ(nᵢ − 1)·covᵢ / Σ(nᵢ − 1)·sdᵢ², in units of the metric per unit of the covariate; 0 for a constant covariate."""
    several = [(estimate.n - 1, covariate) for estimate, covariate in known if estimate.n > 1]
    spread = math.fsum(weight * covariate.sd * covariate.sd for weight, covariate in several)
    return math.fsum(weight * covariate.covariance for weight, covariate in several) / spread if spread else 0.0


def without(estimate: Estimate, covariate: Covariate, slope: float, center: float) -> Estimate:
    value = estimate.value - slope * (covariate.mean - center)
    if estimate.variance is None:
        return Estimate(estimate.n, value, None)
    moved = slope * covariate.sd
    rest = estimate.variance - 2 * slope * covariate.covariance + moved * moved
    return Estimate(estimate.n, value, rest if rest > 1e-12 * estimate.variance else 0.0)
