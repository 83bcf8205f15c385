import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from campaigns.forecast.pert import quantiles, table
from campaigns.forecast.ranges import Range, point
from campaigns.forecast.streams import positions

EVEN = (np.arange(20_000) + 0.5) / 20_000


@given(st.tuples(*[st.floats(-1e6, 1e6)] * 3).map(sorted).filter(lambda ends: ends[2] - ends[0] > 1e-6))
def test_quantiles_are_those_of_beta(ends):
    low, likely, high = ends
    width = high - low
    known = beta(1 + 4 * (likely - low) / width, 1 + 4 * (high - likely) / width, loc=low, scale=width)
    found = quantiles(Range(*ends), EVEN)
    assert np.abs(found - known.ppf(EVEN)).max() < 1e-5 * width
    assert found.mean() == pytest.approx((low + 4 * likely + high) / 6, abs=1e-5 * width)
    assert found.mean() == pytest.approx(known.mean(), abs=1e-5 * width)
    assert found.std() == pytest.approx(known.std(), abs=1e-4 * width)
    assert (np.diff(found) >= 0).all()
    assert low <= found[0]
    assert found[-1] <= high


def test_most_likely_is_most_frequent():
    found = quantiles(Range(0, 2, 10), EVEN)
    counts, edges = np.histogram(found, bins=50)
    assert edges[counts.argmax()] == pytest.approx(2, abs=0.2)


def test_ends_are_reached_and_kept():
    assert quantiles(Range(0.1, 0.1, 0.3), np.array([0.0, 1.0])).tolist() == [0.1, 0.3]


def test_points_need_no_draws():
    assert table([point(3), point(4)], EVEN).tolist() == [[3], [4]]
    mixed = table([point(3), Range(1, 2, 3)], np.array([0.0, 1.0]))
    assert mixed.tolist() == [[3, 3], [1, 3]]


@pytest.mark.parametrize("draws", [1, 2, 7, 1000])
def test_draws_fill_the_strata_evenly(draws):
    ascending, order = positions(7, "value", draws)
    assert (ascending * draws).astype(int).tolist() == sorted(order) == list(range(draws))


def taken(seed: int, name: str, draws: int) -> list[float]:
    ascending, order = positions(seed, name, draws)
    return ascending[order].tolist()


def test_streams_are_known_by_name_and_seed():
    """The very numbers: should a new numpy draw others, forecasts that were recorded could not be computed again."""
    assert taken(7, "value", 3) == pytest.approx(
        [0.8017096394841219, 0.09399706842893629, 0.6155643352790406], abs=1e-15
    )
    assert taken(8, "value", 3) != taken(7, "value", 3) != taken(7, "retention", 3)


def test_streams_have_nothing_to_do_with_one_another():
    one, other = (taken(7, name, 10_000) for name in ("Trial: rate", "Order: rate"))
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.03
