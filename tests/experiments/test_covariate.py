import numpy as np
import pytest

from experiments.stats.covariate import adjusted, theta
from experiments.stats.effects import difference, welch
from experiments.stats.inputs import Covariate, Mean
from tests.experiments.numbers import estimated, mean_of


def people(seed: int = 3):
    """Two variants: what users did before, and what they do now."""
    random = np.random.default_rng(seed)
    before = [random.normal(20, 5, 400), random.normal(20.4, 5, 500)]
    after = [0.8 * x + random.normal(gain, 2, len(x)) for x, gain in zip(before, [4.0, 4.5], strict=True)]
    return before, after


def known(summaries):
    return [(estimated(summary), summary.covariate) for summary in summaries]


def test_adjusted_is_what_raw_values_say():
    before, after = people()
    found = adjusted(known([mean_of(y, x) for x, y in zip(before, after, strict=True)]))
    slope = sum((len(x) - 1) * np.cov(x, y)[0, 1] for x, y in zip(before, after, strict=True)) / sum(
        (len(x) - 1) * x.var(ddof=1) for x in before
    )
    center = np.concatenate(before).mean()
    for one, x, y in zip(found, before, after, strict=True):
        rest = y - slope * (x - center)
        assert one.value == pytest.approx(rest.mean(), abs=1e-9)
        assert one.variance == pytest.approx(rest.var(ddof=1), abs=1e-9)


def test_covariate_narrows_the_interval_by_its_correlation():
    before, after = people()
    summaries = [mean_of(y, x) for x, y in zip(before, after, strict=True)]
    plain = difference(*(estimated(summary) for summary in summaries))
    less = difference(*adjusted(known(summaries)))
    correlation = np.corrcoef(before[0], after[0])[0, 1]
    assert (less.error / plain.error) ** 2 == pytest.approx(1 - correlation**2, rel=0.05)
    low, high = welch(less, alpha=0.05).interval
    assert low < 0.5 < high


@pytest.mark.parametrize("covariate", [Covariate(3.0, 0.0, 0.0), Covariate(3.0, 2.0, 0.0)])
def test_covariate_that_explains_nothing(covariate):
    summaries = [Mean(100, 5.0, 2.0, covariate), Mean(120, 6.0, 2.5, covariate)]
    assert theta(known(summaries)) == 0
    assert adjusted(known(summaries)) == [estimated(summary) for summary in summaries]


def test_covariate_that_explains_everything():
    summaries = [Mean(100, 5.0, 2.0, Covariate(5.0, 2.0, 4.0)), Mean(120, 6.0, 2.5, Covariate(6.0, 2.5, 6.25))]
    assert [one.variance for one in adjusted(known(summaries))] == [0.0, 0.0]
