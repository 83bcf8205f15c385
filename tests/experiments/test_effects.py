import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from experiments.stats.effects import difference, relative_effect, relative_interval, welch
from experiments.stats.estimates import Estimate
from experiments.stats.inputs import Mean, Proportion
from experiments.stats.reasons import Reason
from tests.experiments.numbers import estimated, gap, mean_of, shares

estimates = st.builds(
    Estimate,
    n=st.integers(2, 10**9),
    value=st.floats(-1e6, 1e6),
    variance=st.floats(1e-3, 1e6),
)


def test_welch_of_means_is_that_of_scipy_and_statsmodels():
    random = np.random.default_rng(1)
    before, after = random.normal(10, 2, 40), random.exponential(11, 65)
    test = welch(gap(mean_of(before), mean_of(after)), alpha=0.05)
    other = stats.ttest_ind(after, before, equal_var=False)
    assert test.p_value == pytest.approx(other.pvalue, abs=1e-9)
    assert test.interval == pytest.approx(tuple(other.confidence_interval(0.95)), abs=1e-9)
    third = CompareMeans(DescrStatsW(after), DescrStatsW(before)).tconfint_diff(alpha=0.05, usevar="unequal")
    assert test.interval == pytest.approx(third, abs=1e-9)


def test_welch_of_shares_is_that_of_zeros_and_ones():
    before, after = np.repeat([1.0, 0.0], [100, 900]), np.repeat([1.0, 0.0], [130, 880])
    test = welch(shares((100, 1000), (130, 1010)), alpha=0.1)
    other = stats.ttest_ind(after, before, equal_var=False)
    assert test.p_value == pytest.approx(other.pvalue, abs=1e-12)
    assert test.interval == pytest.approx(tuple(other.confidence_interval(0.9)), abs=1e-12)


def test_welch_as_tabulated():
    """Welch's t of 2.2 with equal variances and 10 users each: t with 18 degrees of freedom, 5 % at 2.100922."""
    found = gap(Mean(10, 0.0, 1.0), Mean(10, 2.100922040 * math.sqrt(0.2), 1.0))
    assert found.freedom == pytest.approx(18)
    assert welch(found, alpha=0.05).p_value == pytest.approx(0.05, abs=1e-9)


def test_relative_interval_by_the_delta_method():
    found = shares((1000, 10_000), (1100, 10_000))
    interval = relative_interval(found, alpha=0.05)
    before, after = 0.1, 0.11
    var_before, var_after = (p * (1 - p) / 9_999 for p in (before, after))
    error = math.sqrt(var_after / before**2 + after**2 * var_before / before**4)
    half = stats.t.isf(0.025, found.freedom) * error
    assert interval == pytest.approx((0.1 - half, 0.1 + half), abs=1e-12)


def test_relative_interval_where_the_control_may_be_zero():
    assert relative_interval(shares((2, 1000), (9, 1000)), alpha=0.05) is Reason.CONTROL_NEAR_ZERO


@pytest.mark.parametrize("mean", [0.0, -3.0])
def test_relative_effect_of_a_control_that_is_not_positive(mean):
    control, treatment = Mean(100, mean, 1.0), Mean(100, 2.0, 1.0)
    assert relative_effect(estimated(control), estimated(treatment)) is Reason.CONTROL_NOT_POSITIVE
    assert relative_interval(gap(control, treatment), alpha=0.05) is Reason.CONTROL_NOT_POSITIVE


@pytest.mark.parametrize("n", [1, 0])
def test_difference_with_too_few_users(n):
    one = Estimate(n, 1.0, None)
    assert difference(one, Estimate(100, 1.0, 2.0)) is Reason.TOO_FEW_USERS
    assert difference(Estimate(100, 1.0, 2.0), one) is Reason.TOO_FEW_USERS


@pytest.mark.parametrize("successes", [0, 50])
def test_difference_where_nobody_differs(successes):
    one = estimated(Proportion(50, successes))
    assert difference(one, one) is Reason.NO_VARIATION


@given(estimates, estimates)
def test_difference_is_symmetric(one, other):
    there, back = difference(one, other), difference(other, one)
    assert there.value == -back.value
    assert there.freedom == pytest.approx(back.freedom)
    assert welch(there, alpha=0.05).p_value == pytest.approx(welch(back, alpha=0.05).p_value, rel=1e-6)
    low, high = welch(back, alpha=0.05).interval
    assert welch(there, alpha=0.05).interval == pytest.approx((-high, -low), rel=1e-6)


@given(estimates, estimates, st.floats(1e-3, 1e3))
def test_unit_does_not_matter(one, other, scale):
    def scaled(found: Estimate) -> Estimate:
        return Estimate(found.n, found.value * scale, found.variance * scale * scale)

    plain, in_other_unit = difference(one, other), difference(scaled(one), scaled(other))
    assert in_other_unit.value / in_other_unit.error == pytest.approx(plain.value / plain.error, rel=1e-6, abs=1e-6)


@given(st.integers(2, 10**6), st.integers(1, 10**6), st.floats(0.1, 10))
def test_more_users_narrow_the_interval(n, more, sd):
    def width(users: int) -> float:
        low, high = welch(gap(Mean(users, 1.0, sd), Mean(users, 1.5, sd)), alpha=0.05).interval
        return high - low

    assert width(n + more) < width(n)
