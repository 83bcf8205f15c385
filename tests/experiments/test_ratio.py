from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from experiments.stats.effects import welch
from experiments.stats.inputs import Ratio
from experiments.stats.limits import InvalidInput
from experiments.stats.ratio import clearly_possible, in_floats, in_fractions, linearized, spread
from experiments.stats.reasons import Reason
from tests.experiments.numbers import estimated, gap, ratio_of


class Sums(NamedTuple):
    """Sums that nobody has checked."""

    n: int
    sum_numerator: float
    sum_denominator: float
    sum_numerator_squares: float
    sum_denominator_squares: float
    sum_product: float


def orders(seed: int, n: int = 300):
    random = np.random.default_rng(seed)
    below = 1.0 + random.poisson(2, n)
    return random.gamma(2 * below, 5.0), below


def test_ratio_is_the_mean_of_linearized_values():
    above, below = orders(1)
    found = estimated(ratio_of(above, below))
    ratio = above.sum() / below.sum()
    values = ratio + (above - ratio * below) / below.mean()
    assert found.value == pytest.approx(values.mean(), abs=1e-12)
    assert found.variance == pytest.approx(values.var(ddof=1), rel=1e-9)


def test_ratios_are_compared_as_linearized_values_are():
    lines = []
    for above, below in (orders(1), orders(2, 400)):
        ratio = above.sum() / below.sum()
        lines.append(ratio + (above - ratio * below) / below.mean())
    test = welch(gap(*(ratio_of(*orders(seed, n)) for seed, n in ((1, 300), (2, 400)))), alpha=0.05)
    other = stats.ttest_ind(lines[1], lines[0], equal_var=False)
    assert test.p_value == pytest.approx(other.pvalue, abs=1e-9)


def test_ratio_over_one_each_is_a_mean():
    above, _below = orders(4)
    found = estimated(ratio_of(above, np.ones(len(above))))
    assert (found.value, found.variance) == pytest.approx((above.mean(), above.var(ddof=1)))


def test_ratio_of_large_sums_loses_nothing():
    """Values that differ in the ninth place alone."""
    above = 1e9 + np.tile([0.0, 1.0], 50)
    n, total, squares = 100, int(above.sum()), sum(int(x) ** 2 for x in above)
    found = Ratio(n, float(total), 100.0, float(squares), 100.0, float(total))
    _value, variance = linearized(found)
    assert (
        variance == pytest.approx(25 / 99, rel=1e-9) or variance == 0.0
    )  # below what doubles hold: nothing, never noise


@pytest.mark.parametrize("below", [0.0, -5.0])
def test_ratio_without_a_denominator(below):
    assert linearized(Ratio(10, 5.0, below, 5.0, 10.0, 0.0)) is Reason.NO_DENOMINATOR


def test_ratio_with_a_denominator_near_zero():
    assert linearized(Ratio(100, 5.0, 1.0, 50.0, 50.0, 0.0)) is Reason.DENOMINATOR_NEAR_ZERO


@pytest.mark.parametrize(
    "sums",
    [
        (2, 1e27, 1e-300, 1e54, 0.0, 0.0),
        (1, 1e27, 1e-300, 1e54, 0.0, 0.0),
        (2, 0.0, 1e-300, 1e42, 0.0, 0.0),
    ],
)
def test_ratio_beyond_all_numbers(sums):
    assert linearized(Sums(*sums)) is Reason.OUT_OF_RANGE


def test_ratio_that_is_the_same_for_everybody():
    below = np.tile([1.0, 2.0, 3.0, 7.0], 20)
    assert estimated(ratio_of(3 * below, below)).variance == 0.0


@pytest.mark.parametrize(
    ("sums", "field"),
    [
        ((10, 100.0, 10.0, 999.0, 10.0, 100.0), "sum_numerator_squares"),
        ((10, 0.0, 100.0, 0.0, 999.0, 0.0), "sum_denominator_squares"),
        ((10, 10.0, 10.0, 20.0, 20.0, 40.0), "sum_product"),
        ((0, 1.0, 0.0, 1.0, 0.0, 0.0), "n"),
    ],
)
def test_sums_that_contradict_each_other(sums, field):
    with pytest.raises(InvalidInput) as refused:
        Ratio(*sums)
    assert field in refused.value.errors


amounts = st.floats(-1e6, 1e6).filter(lambda amount: amount == 0 or abs(amount) > 1e-6)
values = st.lists(st.tuples(amounts, st.floats(0.1, 1e6)), min_size=2, max_size=50)


@given(values)
def test_sums_of_real_values_are_never_refused(pairs):
    above, below = map(np.array, zip(*pairs, strict=True))
    found = linearized(ratio_of(above, below))
    assert isinstance(found, Reason) or found[1] >= 0


@given(values, st.integers(-9, 9), st.integers(-9, 9))
def test_floats_say_what_fractions_say(pairs, above_by, below_by):
    above, below = map(np.array, zip(*pairs, strict=True))
    sums = ratio_of(above * 10.0**above_by, below * 10.0**below_by)
    quick = in_floats(sums)
    assert quick is None or quick == pytest.approx(in_fractions(sums), rel=1e-9)


sum_of = st.floats(-100, 100)


@given(st.builds(Sums, st.integers(2, 20), sum_of, sum_of, st.floats(0, 1e4), st.floats(0, 1e4), sum_of))
def test_what_looks_possible_in_floats_is(sums):
    if not clearly_possible(sums):
        return
    numerator, denominator, both = (
        spread(sums.n, squares, one, other)
        for squares, one, other in [
            (sums.sum_numerator_squares, sums.sum_numerator, sums.sum_numerator),
            (sums.sum_denominator_squares, sums.sum_denominator, sums.sum_denominator),
            (sums.sum_product, sums.sum_numerator, sums.sum_denominator),
        ]
    )
    assert min(numerator, denominator) > 0
    assert both * both <= numerator * denominator
