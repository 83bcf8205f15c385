import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import multivariate_normal, norm
from statsmodels.stats.meta_analysis import combine_effects

from experiments.stats.limits import InvalidInput
from experiments.stats.notes import Code
from experiments.stats.reasons import Reason
from experiments.stats.shrinkage import Effect, Impact, error_of, impact, shrunk

# Rubin's eight schools, as in Gelman and others, "Bayesian Data Analysis", table 5.2, with smaller errors
VALUES = [28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0]
ERRORS = [5.0, 4.0, 6.0, 4.0, 3.0, 4.0, 4.0, 7.0]


def of(values=VALUES, errors=ERRORS, shipped=lambda number: number % 2 == 0) -> list[Effect]:
    return [Effect(str(n), y, s, shipped(n)) for n, (y, s) in enumerate(zip(values, errors, strict=True))]


def codes(found) -> list[Code]:
    return [one.code for one in found.notes]


def slowly(row: np.ndarray) -> tuple[Callable[[Callable], float], Callable]:
    """Written out with matrices: what μ̂ leaves of y has the likelihood of its contrasts, and s₀²/(s₀² + τ²) is uniform.

    Answers with the mean of a function of τ² over its posterior, and with mean and sd of row·θ given τ².
    """
    y, errors, size = np.array(VALUES), np.diag(np.square(ERRORS)), len(VALUES)
    typical = 1 / np.mean(1 / np.square(ERRORS))
    contrasts = np.eye(size)[1:] - np.eye(size)[:-1]

    def likelihood(shrinking: float) -> float:
        whole = errors + typical * (1 - shrinking) / shrinking * np.eye(size)
        return multivariate_normal(np.zeros(size - 1), contrasts @ whole @ contrasts.T).pdf(contrasts @ y)

    def given(spread: float) -> tuple[float, float]:
        inverse = np.linalg.inv(errors + spread * np.eye(size))
        ones = np.ones(size)
        of_mean = 1 / (ones @ inverse @ ones)
        mean = of_mean * (ones @ inverse @ y)
        gain = spread * inverse
        pulled = row @ (np.eye(size) - gain) @ ones
        variance = row @ (gain @ errors) @ row + pulled**2 * of_mean
        return row @ (gain @ y) + pulled * mean, variance**0.5

    def integral(what: Callable[[float], float]) -> float:
        return quad(lambda b: likelihood(b) * what(typical * (1 - b) / b), 0, 1, epsabs=0, epsrel=1e-9)[0]

    def mean_of(what: Callable[[float], float]) -> float:
        return integral(what) / integral(lambda spread: 1.0)

    return mean_of, given


@pytest.mark.parametrize("row", [[1, 0, 1, 0, 1, 0, 1, 0], [0, 0, 1, 0, 0, 0, 0, 0]])
def test_posterior_as_integrated_with_matrices(row):
    found = impact(of(shipped=lambda number: bool(row[number])), alpha=0.1)
    mean_of, given = slowly(np.array(row, dtype=float))
    assert found.total == pytest.approx(mean_of(lambda spread: given(spread)[0]), rel=1e-6)
    for end, share in zip(found.interval, (0.05, 0.95), strict=True):
        assert mean_of(lambda spread, end=end: norm.cdf(end, *given(spread))) == pytest.approx(share, abs=1e-6)
    assert found.sd == pytest.approx(mean_of(math.sqrt), rel=1e-6)
    assert found.raw == pytest.approx(np.dot(row, VALUES))
    if sum(row) == 1:
        one = shrunk(of(), alpha=0.1)[2]
        assert (one.value, one.interval) == (pytest.approx(found.total), pytest.approx(found.interval))
        kept = mean_of(lambda spread: spread / (spread + ERRORS[2] ** 2))
        assert one.weight == pytest.approx(kept, rel=1e-6)


def test_many_experiments_find_what_statsmodels_finds():
    """With many the prior does not matter, and the posterior of τ gathers about Paule and Mandel's estimate."""
    draw = np.random.default_rng(3)
    errors = draw.uniform(0.01, 0.03, 500)
    values = draw.normal(0.01, np.hypot(0.02, errors))
    expected = combine_effects(values, errors**2, method_re="iterated")
    found = impact(of(values.tolist(), errors.tolist()))
    assert found.sd == pytest.approx(math.sqrt(expected.tau2), rel=0.05)
    assert found.mean == pytest.approx(expected.mean_effect_re, rel=0.05)
    weight = expected.tau2 / (expected.tau2 + errors[0] ** 2)
    assert shrunk(of(values.tolist(), errors.tolist()))[0].weight == pytest.approx(weight, rel=0.05)


@pytest.mark.parametrize(("spread", "count"), [(0.02, 6), (0.01, 20)])
def test_picked_winners_are_summed_for_what_they_are(spread, count):
    """Simulated: what looks good is shipped. The raw sum says too much; the interval of the shrunk one holds."""
    draw = np.random.default_rng(11)
    raw, total, covered = [], [], []
    for _run in range(100):
        truth, errors = draw.normal(0.0, spread, count), draw.uniform(0.01, 0.03, count)
        seen = draw.normal(truth, errors)
        picked = seen > errors
        if not picked.any():
            continue
        found = impact(of(seen.tolist(), errors.tolist(), shipped=lambda number, picked=picked: bool(picked[number])))
        true = float(truth[picked].sum())
        raw.append(found.raw - true)
        total.append(found.total - true)
        covered.append(found.interval[0] <= true <= found.interval[1])
    assert abs(np.mean(total)) < np.mean(raw) / 2
    assert np.mean(covered) > 0.9


numbers = st.lists(
    st.tuples(st.integers(-1000, 1000).map(lambda n: n / 1000), st.integers(1, 500).map(lambda n: n / 1000)),
    min_size=2,
    max_size=12,
)


@given(numbers, st.randoms(), st.sampled_from([1e-3, 7.0, 1e6]))
def test_order_scale_and_sign(pairs, random, factor):
    effects = of(*zip(*pairs, strict=True))
    found = impact(effects)
    shuffled = impact(random.sample(effects, len(effects)))
    assert (shuffled.total, shuffled.interval) == (pytest.approx(found.total), pytest.approx(found.interval))
    scaled = impact([replace(one, value=-factor * one.value, error=factor * one.error) for one in effects])
    assert scaled.total == pytest.approx(-factor * found.total, rel=1e-6, abs=1e-9 * factor)
    low, high = min(one.value for one in effects), max(one.value for one in effects)
    for one in shrunk(effects):
        assert low - 1e-9 <= one.value <= high + 1e-9
        assert one.interval[0] < one.value < one.interval[1]


def test_few_experiments_say_so():
    assert codes(impact(of(VALUES[:4], ERRORS[:4]))) == [Code.WINNERS_CURSE, Code.FEW_EXPERIMENTS]
    assert Code.ONLY_SHIPPED in codes(impact(of(shipped=lambda number: True)))
    assert all("%" not in one.sentence for one in impact(of(VALUES[:4], ERRORS[:4])).notes)
    alone = of(VALUES[:1], ERRORS[:1])
    assert impact(alone) == Impact(VALUES[0], 1, reason=Reason.TOO_FEW_EXPERIMENTS)
    assert shrunk(alone) is shrunk([]) is Reason.TOO_FEW_EXPERIMENTS


def test_nothing_shipped_sums_to_nothing():
    for effects in ([], of(shipped=lambda number: False)):
        assert impact(effects) == Impact(0.0, 0, reason=Reason.NOTHING_COUNTED)


def test_effects_of_any_size():
    """Errors as far apart as numbers go."""
    effects = [Effect("a", 1e15, 1e15), Effect("b", 1e-15, 1e-100), Effect("c", -1e15, 1.0), Effect("d", 0.0, 1e-50)]
    found = impact(effects)
    assert all(map(math.isfinite, [found.total, *found.interval, found.mean, found.sd]))


@pytest.mark.parametrize(
    ("value", "error", "field"),
    [
        (math.nan, 1.0, "value"),
        (math.inf, 1.0, "value"),
        (1e16, 1.0, "value"),
        (None, 1.0, "value"),
        (1.0, 0.0, "error"),
        (1.0, -1.0, "error"),
        (1.0, math.nan, "error"),
        (1.0, 1e-101, "error"),
    ],
)
def test_effect_that_cannot_be(value, error, field):
    with pytest.raises(InvalidInput) as refused:
        impact([*of(), Effect("wrong", value, error)])
    assert refused.value.errors.keys() == {f"effects.8.{field}"}


def test_error_of_an_interval():
    assert error_of(norm.interval(0.9, loc=3, scale=0.7), alpha=0.1) == pytest.approx(0.7)


def test_alpha_that_cannot_be():
    with pytest.raises(InvalidInput) as refused:
        impact(of(), alpha=0.0)
    assert refused.value.errors.keys() == {"alpha"}
