"""Plan against actual: the gap in parts, and what forecasts were worth."""

import math
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from campaigns.forecast.gap import Numbers, gap
from campaigns.forecast.intervals import Interval
from campaigns.forecast.limits import InvalidInput
from campaigns.forecast.reasons import Reason
from campaigns.forecast.scores import Calibration, record, score

PLAN = Numbers(volume=1000, passed=(200, 100), revenue=12_000)
FORECAST = Interval(80, 100, 130)


def numbers(volume: float, rates: list[float], value: float) -> Numbers:
    passed = [volume * math.prod(rates[: stage + 1]) for stage in range(len(rates))]
    return Numbers(volume, tuple(passed), passed[-1] * value)


def over_all_orders(before: list[float], after: list[float]) -> list[float]:
    """Slow, and from the definition: what each factor changes at its turn, averaged over all orders."""
    found = [0.0] * len(before)
    orders = list(permutations(range(len(before))))
    for order in orders:
        state = list(before)
        for place in order:
            product = math.prod(state)
            state[place] = after[place]
            found[place] += (math.prod(state) - product) / len(orders)
    return found


@given(st.lists(st.tuples(st.floats(0.01, 1), st.floats(0.01, 1)), min_size=3, max_size=5))
def test_parts_are_the_average_over_all_orders(pairs):
    before, after = ([100 * a, *rest, 50 * b] for a, *rest, b in zip(*pairs, strict=True))
    found = gap(numbers(before[0], before[1:-1], before[-1]), numbers(after[0], after[1:-1], after[-1]))
    parts = [found.volume, *found.rates, found.value]
    assert parts == pytest.approx(over_all_orders(before, after), rel=1e-9, abs=1e-9)


amounts = st.lists(st.floats(0, 1e6).filter(lambda n: n == 0 or n > 1e-3), min_size=4, max_size=4)


@given(amounts, amounts)
def test_parts_add_up_to_the_gap(plan, actual):
    """Whatever the numbers, unless somebody comes from nobody."""
    found = gap(*(Numbers(volume, tuple(passed), revenue) for volume, *passed, revenue in (plan, actual)))
    if any(after and not before for chain in (plan, actual) for before, after in pairwise(chain)):
        assert found is Reason.NOBODY_BEFORE
    else:
        parts = [found.volume, *found.rates, found.value]
        rounding = 1e-12 * max(1, *map(abs, parts))
        assert math.fsum(parts) == pytest.approx(found.total, rel=1e-12, abs=rounding)
        assert found.total == actual[-1] - plan[-1]


def test_one_cause_takes_the_whole_gap():
    fewer = gap(PLAN, Numbers(500, (100, 50), 6000))
    assert (fewer.total, fewer.volume, fewer.rate, fewer.value) == pytest.approx((-6000, -6000, 0, 0))
    worse = gap(PLAN, Numbers(1000, (200, 60), 7200))
    assert worse.rates == pytest.approx((0, -4800))
    cheaper = gap(PLAN, Numbers(1000, (200, 100), 9000))
    assert (cheaper.volume, cheaper.rate, cheaper.value) == pytest.approx((0, 0, -3000))


def test_gap_of_customers():
    found = gap(Numbers(1000, (200,)), Numbers(1100, (200,)))
    assert (found.total, found.value) == (0, 0)
    assert found.volume == pytest.approx(-found.rate)
    assert found.volume > 0


def test_rate_that_nobody_saw_explains_nothing():
    found = gap(PLAN, Numbers(1000, (0, 0), 0))
    assert (found.volume, found.rates, found.value) == (0, (-12_000, 0), 0)


@pytest.mark.parametrize(
    ("actual", "field"),
    [
        ({"volume": -1, "passed": (1, 1), "revenue": 1}, "volume"),
        ({"volume": 1, "passed": (1, math.nan), "revenue": 1}, "passed.1"),
        ({"volume": 1, "passed": (1,), "revenue": 1}, "passed"),
        ({"volume": 1, "passed": (1, 1)}, "revenue"),
        ({"volume": 1, "passed": (1, 1), "revenue": 1e300}, "revenue"),
    ],
)
def test_actual_that_cannot_be(actual, field):
    with pytest.raises(InvalidInput) as refused:
        gap(PLAN, Numbers(**actual))
    assert set(refused.value.errors) == {field}


def test_gap_of_numbers_too_small():
    assert gap(Numbers(1, (1e-320,), 1e10), Numbers(1, (1,), 1)) is Reason.OUT_OF_RANGE


@pytest.mark.parametrize(
    ("actual", "error", "percentage", "inside"),
    [(125, 25, 20, True), (80, -20, -25, True), (130, 30, 30 / 1.3, True), (79.9, -20.1, -20.1 / 0.799, False)],
)
def test_score(actual, error, percentage, inside):
    found = score(FORECAST, actual)
    assert (found.error, found.percentage) == pytest.approx((error, percentage))
    assert (found.inside, found.reason) == (inside, None)


def test_score_of_nothing():
    found = score(FORECAST, 0)
    assert (found.error, found.percentage, found.inside, found.reason) == (-100, None, False, Reason.NOTHING_HAPPENED)
    assert score(FORECAST, 5e-324).reason is Reason.OUT_OF_RANGE
    with pytest.raises(InvalidInput):
        score(FORECAST, math.nan)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_record_as_statsmodels_has_it(counts):
    inside, n = counts
    found = record([score(FORECAST, 100 if number < inside else 200) for number in range(n)])
    low, high = proportion_confint(inside, n, method="wilson")
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-12)
    assert (found.n, found.inside, found.share) == (n, inside, inside / n)
    assert found.percentage_error == pytest.approx(50 * (n - inside) / n)


@pytest.mark.parametrize(
    ("inside", "n", "verdict"),
    [
        (4, 5, Calibration.HOLDS),
        (80, 100, Calibration.HOLDS),
        (60, 100, Calibration.TOO_NARROW),
        (100, 100, Calibration.TOO_WIDE),
        (3, 3, Calibration.HOLDS),  # three hits say nothing yet
    ],
)
def test_calibration(inside, n, verdict):
    assert record([score(FORECAST, 100 if number < inside else 500) for number in range(n)]).calibration is verdict


def test_record_of_nothing():
    assert record([]).reason is Reason.NO_SCORES
    assert record([score(FORECAST, 0)]).percentage_error is None
