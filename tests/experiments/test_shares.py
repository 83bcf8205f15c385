import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from experiments.stats.limits import InvalidInput
from experiments.stats.reasons import Reason
from experiments.stats.shares import Share, share, shares


@pytest.mark.parametrize("alpha", [0.01, 0.05, 0.2])
def test_wilson_as_statsmodels_has_it(alpha):
    for count, total in [(0, 1), (1, 1), (0, 10), (3, 10), (10, 10), (29, 70), (1, 10**6), (999_999, 10**6)]:
        found = share(count, total, alpha=alpha)
        expected = proportion_confint(count, total, alpha=alpha, method="wilson")
        assert found.interval == pytest.approx(expected, abs=1e-9)
        assert found.value == count / total


@given(st.integers(1, 10**9), st.data())
def test_interval_holds_the_share_and_mirrors(total, data):
    count = data.draw(st.integers(0, total))
    there, back = share(count, total), share(total - count, total)
    assert 0 <= there.interval[0] <= there.value <= there.interval[1] <= 1
    assert there.interval == pytest.approx((1 - back.interval[1], 1 - back.interval[0]), abs=1e-12)


def test_more_cases_narrow_the_interval():
    widths = [found.interval[1] - found.interval[0] for found in (share(3 * n, 10 * n) for n in (1, 10, 100))]
    assert widths == sorted(widths, reverse=True)


def test_outcomes_of_experiments():
    found = shares({"win": 3, "loss": 2, "neutral": 1, "inconclusive": 0})
    assert {key: one.value for key, one in found.items()} == {
        "win": 0.5,
        "loss": 2 / 6,
        "neutral": 1 / 6,
        "inconclusive": 0,
    }
    assert found["win"] == share(3, 6)
    assert shares({"win": 0, "loss": 0})["win"] == Share(0, 0, reason=Reason.NOTHING_COUNTED)
    assert shares({}) == {}


@pytest.mark.parametrize(
    ("count", "total", "alpha", "field"),
    [
        (-1, 10, 0.05, "count"),
        (11, 10, 0.05, "count"),
        (1.5, 10, 0.05, "count"),
        (1, math.nan, 0.05, "total"),
        (1, -1, 0.05, "total"),
        (1, 10**15, 0.05, "total"),
        (1, 10, 0.0, "alpha"),
        (1, 10, math.nan, "alpha"),
    ],
)
def test_counts_that_cannot_be(count, total, alpha, field):
    with pytest.raises(InvalidInput) as refused:
        share(count, total, alpha=alpha)
    assert refused.value.errors.keys() == {field}


def test_wrong_count_among_several():
    with pytest.raises(InvalidInput) as refused:
        shares({"win": 1, "loss": -1})
    assert refused.value.errors.keys() == {"counts.loss"}
