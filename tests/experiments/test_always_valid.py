import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize_scalar

from experiments.stats.always_valid import sequence, tightest
from experiments.stats.effects import Difference
from experiments.stats.estimates import Estimate
from experiments.stats.reasons import Reason
from tests.experiments.numbers import shares

ALPHAS = st.floats(0.001, 0.3)


def of(value: float, users: int = 10_000, error: float = 1.0) -> Difference:
    half = Estimate(users // 2, 0.0, error * error * users / 4)
    return Difference(half, Estimate(users // 2, value, half.variance), value, error, users - 2.0)


def half_width(test) -> float:
    return (test.interval[1] - test.interval[0]) / 2


def test_sequence_is_the_boundary_of_the_paper():
    """Theorem 2.2: σ̂·√(2(tρ² + 1)/(t²ρ²)·log(√(tρ² + 1)/α)), σ̂² = t·se²."""
    found, t, planned, alpha = shares((100, 1000), (130, 1010)), 2010, 20_000, 0.05
    rho2 = tightest(alpha) / planned
    sigma = found.error * math.sqrt(t)
    half = sigma * math.sqrt(2 * (t * rho2 + 1) / (t * t * rho2) * math.log(math.sqrt(t * rho2 + 1) / alpha))
    test = sequence(found, alpha=alpha, planned=planned)
    assert test.interval == pytest.approx((found.value - half, found.value + half), abs=1e-12)


@pytest.mark.parametrize("alpha", [0.001, 0.01, 0.05, 0.1, 0.5])
def test_tightest_is_the_minimum(alpha):
    found = minimize_scalar(
        lambda x: (1 + 1 / x) * math.log((1 + x) / alpha**2),
        bounds=(0.1, 100),
        method="bounded",
        options={"xatol": 1e-9},
    )
    assert tightest(alpha) == pytest.approx(found.x, rel=1e-4)
    approximation = -2 * math.log(alpha) + math.log(1 - 2 * math.log(alpha))  # the paper's own
    assert tightest(alpha) == pytest.approx(approximation, rel=0.35)


@given(st.floats(0, 30), ALPHAS, st.integers(60, 10**6), st.integers(60, 10**6))
def test_p_value_is_below_alpha_just_when_zero_is_left_out(value, alpha, users, planned):
    test = sequence(of(value, users), alpha=alpha, planned=planned)
    if abs(test.p_value - alpha) > 1e-9:
        assert (test.p_value < alpha) == (test.interval[0] > 0)


def test_p_value_is_the_smallest_alpha_that_leaves_zero_out():
    """With ρ as the plan has it, whatever alpha is asked about."""
    found, x = of(4.0), tightest(0.05)

    def low(alpha: float) -> float:
        return found.value - found.error * math.sqrt((1 + 1 / x) * math.log((1 + x) / alpha**2))

    assert sequence(found, alpha=0.05, planned=10_000).p_value == pytest.approx(brentq(low, 1e-9, 0.5), abs=1e-9)


@given(st.floats(-30, 30), st.integers(60, 10**6))
def test_sequence_is_symmetric(value, users):
    there, back = (sequence(of(sign * value, users), alpha=0.05, planned=5_000) for sign in (1, -1))
    assert there.p_value == back.p_value
    assert there.interval == pytest.approx((-back.interval[1], -back.interval[0]))


@given(st.integers(30, 10**8), st.integers(1, 10**8))
def test_more_users_narrow_the_sequence(n, more):
    """The error of the difference falls with √n; the sequence falls more slowly, but it falls."""
    first, later = (
        half_width(sequence(of(0.0, 2 * users, 1 / math.sqrt(users)), alpha=0.05, planned=20_000))
        for users in (n, n + more)
    )
    assert later < first


def test_looking_costs_width():
    found = shares((1000, 10_000), (1000, 10_000))
    assert half_width(sequence(found, alpha=0.05, planned=20_000)) > 1.96 * found.error


def test_family_holds_at_once():
    alone, together = (sequence(of(4.0), alpha=alpha, planned=10_000) for alpha in (0.05 / 3, 0.05 / 3))
    family = sequence(of(4.0), alpha=0.05, planned=10_000, family=3)
    assert family.interval == alone.interval == together.interval
    assert family.p_value == pytest.approx(3 * alone.p_value)


def test_nothing_certain_is_ever_certain():
    test = sequence(of(0.0), alpha=0.05, planned=10_000)
    assert test.p_value == 1
    assert test.interval[0] < 0 < test.interval[1]


def test_sequence_of_few_users():
    assert sequence(of(1.0, users=58), alpha=0.05, planned=1000) is Reason.TOO_FEW_FOR_LOOKING
