import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from experiments.stats.limits import InvalidInput
from experiments.stats.reasons import Reason
from experiments.stats.sample_ratio import sample_ratio


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 100)), min_size=2, max_size=8))
def test_as_scipy_has_it(parts):
    users, shares = zip(*parts, strict=True)
    weights = [share / sum(shares) for share in shares]
    found = sample_ratio(users, weights)
    if sum(users) == 0:
        assert (found.p_value, found.suspect, found.reason) == (None, None, Reason.NOBODY)
    else:
        expected = stats.chisquare(users, [sum(users) * weight for weight in weights], sum_check=False)
        assert found.p_value == pytest.approx(expected.pvalue, abs=1e-9)


def test_as_tabulated():
    """3.841459 is the 5 % point of chi-square with one degree of freedom; 10.827566 that of 0.1 %."""
    half = (3.841459 * 10_000) ** 0.5 / 2
    assert sample_ratio([5000 + half, 5000 - half], [0.5, 0.5]).p_value == pytest.approx(0.05, abs=1e-6)
    half = (10.827566 * 10_000) ** 0.5 / 2
    assert sample_ratio([5000 + half - 0.1, 5000 - half + 0.1], [0.5, 0.5]).suspect is False
    assert sample_ratio([5000 + half + 0.1, 5000 - half - 0.1], [0.5, 0.5]).suspect is True


def test_weight_of_zero_without_users_is_no_degree_of_freedom():
    assert sample_ratio([510, 490, 0], [0.5, 0.5, 0.0]) == sample_ratio([510, 490], [0.5, 0.5])


def test_weight_of_zero_with_users():
    with pytest.raises(InvalidInput) as refused:
        sample_ratio([510, 490, 1], [0.5, 0.5, 0.0])
    assert refused.value.errors.keys() == {"variants.2.weight"}


def test_one_weight_alone():
    found = sample_ratio([100, 0], [1.0, 0.0])
    assert (found.p_value, found.suspect, found.reason) == (None, None, Reason.ONE_WEIGHT)
