"""An effect laid on an input, against simulation and against what is known for sure."""

import numpy as np
import pytest

from campaigns.forecast.effects import laid_on, laid_on_rest
from campaigns.forecast.ranges import Range, point


def test_sure_number_gets_the_effects_interval():
    assert laid_on(point(0.5), Range(0.01, 0.04, 0.07), 1) == Range(0.505, 0.52, 0.535)


def test_sure_effect_moves_the_range():
    assert laid_on(Range(0.1, 0.2, 0.3), point(0.5), 1) == Range(0.15, 0.3, 0.45)


def test_no_effect_changes_nothing():
    assert laid_on(Range(0.1, 0.2, 0.3), point(0), 1) == Range(0.1, 0.2, 0.3)
    assert laid_on_rest(Range(0.1, 0.2, 0.3), point(0)) == Range(0.1, 0.2, 0.3)


@pytest.mark.parametrize("effect", [Range(-2, -1.5, -1), Range(3, 6, 9)])
def test_no_share_leaves_its_bounds(effect):
    for found in (laid_on(Range(0.1, 0.2, 0.98), effect, 1), laid_on_rest(Range(0.1, 0.2, 0.98), effect)):
        assert 0 <= found.low <= found.likely <= found.high <= 1


def test_fewer_who_are_lost_are_more_who_pass():
    found = laid_on_rest(Range(0.15, 0.2, 0.25), Range(-0.12, -0.1, -0.08))
    assert found.likely == pytest.approx(0.28)
    assert laid_on_rest(point(1), Range(-0.2, -0.1, 0)) == point(1)
    assert laid_on_rest(point(0.8), point(0.5)) == point(0.7)


@pytest.mark.parametrize(("rate", "effect"), [((0.2, 0.01), (0.05, 0.02)), ((0.6, 0.015), (-0.1, 0.03))])
def test_interval_of_two_estimates_covers_as_theirs_do(rate, effect):
    """Two normal estimates with 95 % intervals: the product's 95 % interval by 2,000,000 draws."""
    chance = np.random.default_rng(7)
    draws = chance.normal(*rate, 2_000_000) * (1 + chance.normal(*effect, 2_000_000))
    low, high = np.quantile(draws, (0.025, 0.975))
    found = laid_on(interval(*rate), interval(*effect), 1)
    width = high - low
    assert found.low == pytest.approx(low, abs=0.02 * width)
    assert found.high == pytest.approx(high, abs=0.02 * width)


def interval(mean, error):
    return Range(mean - 1.96 * error, mean, mean + 1.96 * error)
