import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.weightstats import ttost_ind

from experiments.stats.equivalence import margin, two_one_sided
from experiments.stats.reasons import Reason
from tests.experiments.numbers import estimated, gap, mean_of, shares


@pytest.mark.parametrize("distance", [0.1, 0.5, 2.0])
def test_as_statsmodels_has_it(distance):
    random = np.random.default_rng(8)
    before, after = random.normal(10, 2, 80), random.normal(10.2, 3, 120)
    expected = ttost_ind(after, before, -distance, distance, usevar="unequal")[0]
    assert two_one_sided(gap(mean_of(before), mean_of(after)), margin=distance) == pytest.approx(expected, abs=1e-9)


@given(st.integers(0, 1000), st.integers(0, 1000), st.floats(0.0001, 0.5))
def test_control_and_treatment_may_change_places(one, other, distance):
    if {one, other} <= {0, 1000}:
        return
    there, back = shares((one, 1000), (other, 1000)), shares((other, 1000), (one, 1000))
    assert two_one_sided(there, margin=distance) == pytest.approx(two_one_sided(back, margin=distance), abs=1e-12)
    assert two_one_sided(there, margin=distance / 2) >= two_one_sided(there, margin=distance)


def test_margin_is_relative_to_the_control():
    control = estimated(mean_of([9.0, 10.0, 11.0]))
    assert margin(control, 0.02) == pytest.approx(0.2)
    assert margin(control, None) is Reason.NO_MINIMUM_EFFECT
    assert margin(estimated(mean_of([-1.0, 0.0, 1.0])), 0.02) is Reason.CONTROL_NOT_POSITIVE
