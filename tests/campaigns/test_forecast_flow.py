"""The arithmetic with points, where every draw is the same."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from campaigns.forecast.outcome import calculate
from campaigns.forecast.ranges import Range
from tests.campaigns.questions import cells, channel, question, stage

counts = st.floats(0, 1e6)
rates = st.floats(0, 1)


def asked(volumes, stages, **fields):
    numbered = tuple(stage(f"Stage {number}", *one) for number, one in enumerate(stages))
    return question(inputs=(channel(volumes=volumes),), stages=numbered, draws=3, **fields)


def medians(outcome) -> list[list[float]]:
    return [list(one.months.p50) for one in outcome.stages]


@given(
    volumes=st.lists(counts, min_size=1, max_size=24),
    stages=st.lists(st.tuples(rates, st.integers(0, 5)), min_size=1, max_size=5),
)
def test_whole_months_are_rates_multiplied_and_shifted(volumes, stages):
    outcome = calculate(asked(volumes, [(rate, 30 * late) for rate, late in stages]))
    rate, late = 1.0, 0
    for found, (own_rate, own_late) in zip(outcome.stages, stages, strict=True):
        rate, late = rate * own_rate, late + own_late
        expected = [volumes[month - late] * rate if month >= late else 0.0 for month in range(len(volumes))]
        assert found.months.p50 == pytest.approx(expected, rel=1e-9, abs=1e-9)
        assert found.months.p10 == found.months.p50 == found.months.p90


def day_by_day(volumes: list[float], stages: list[tuple[float, int]]) -> tuple[list[list[float]], list[float]]:
    """Slow, and written apart: each day's people walk on alone. By stage: who came by month, who came too late."""
    came, too_late = [], []
    rate, days = 1.0, 0
    for own_rate, own_days in stages:
        rate, days = rate * own_rate, days + own_days
        months, late = [0.0] * len(volumes), 0.0
        for month, count in enumerate(volumes):
            for day in range(30):
                arrival = (30 * month + day + days) // 30
                if arrival < len(volumes):
                    months[arrival] += count / 30 * rate
                else:
                    late += count / 30 * rate
        came.append(months)
        too_late.append(late)
    return came, too_late


@given(
    volumes=st.lists(counts, min_size=1, max_size=12),
    stages=st.lists(st.tuples(rates, st.integers(0, 100)), min_size=1, max_size=4),
)
@example(volumes=[900.0, 0.0, 0.0], stages=[(1.0, 15), (1.0, 15)])
def test_days_are_spread_as_if_everybody_was_followed(volumes, stages):
    outcome = calculate(asked(volumes, stages))
    came, too_late = day_by_day(volumes, stages)
    for found, months, late in zip(outcome.stages, came, too_late, strict=True):
        assert found.months.p50 == pytest.approx(months, rel=1e-9, abs=1e-6)
        assert found.beyond.p50 == pytest.approx(late, rel=1e-9, abs=1e-6)
        assert found.total.p50 == pytest.approx(math.fsum(months), rel=1e-9, abs=1e-6)


def test_half_a_month_twice_is_one_month():
    """Nothing is spread a second time."""
    once, twice = medians(calculate(asked([900.0, 0.0, 0.0], [(1.0, 15), (1.0, 15)])))
    assert once == pytest.approx([450, 450, 0])
    assert twice == [0, 900, 0]


def test_lag_beyond_the_last_month_is_said():
    outcome = calculate(asked([100.0, 100.0], [(0.5, 45), (0.5, 3650)]))
    assert medians(outcome) == [[0.0, pytest.approx(25)], [0.0, 0.0]]
    assert [one.beyond.p50 for one in outcome.stages] == pytest.approx([75, 50])


def test_lag_that_is_a_fraction_of_a_day():
    assert medians(calculate(asked([300.0, 0.0], [(1.0, 0.3)]))) == [pytest.approx([297, 3])]


def test_channels_come_together():
    outcome = calculate(question(inputs=(channel(volumes=[1, 2]), channel("Mail", volumes=[10, 20]))))
    assert medians(outcome) == [pytest.approx([2.2, 4.4]), pytest.approx([1.1, 2.2])]


def test_money_buys_visits():
    ads = channel("Ads", volumes=(), spend=cells(300, 600), cost_per_visit=cells(1.5)[0], cost=[10, 20])
    outcome = calculate(question(inputs=(ads,)))
    assert medians(outcome)[0] == pytest.approx([40, 80])
    assert outcome.cost.p50 == (310, 620)


@pytest.mark.parametrize(
    ("retention", "revenue"),
    [
        (None, [100, 0, 200]),
        (0.0, [100, 0, 200]),
        (0.5, [100, 50, 225]),
        (1.0, [100, 100, 300]),
    ],
)
def test_cohorts_are_worth_what_retention_leaves(retention, revenue):
    asked = question(inputs=(channel(volumes=[10, 0, 20]),), stages=(stage("Order", 1),), value=10, retention=retention)
    assert calculate(asked).revenue.p50 == pytest.approx(revenue)


@given(retention=rates, volumes=st.lists(counts, min_size=1, max_size=24))
def test_revenue_is_the_sum_over_cohorts(retention, volumes):
    asked = question(inputs=(channel(volumes=volumes),), stages=(stage("Order", 0.5),), value=3, retention=retention)
    expected = [
        3 * math.fsum(0.5 * count * retention ** (month - cohort) for cohort, count in enumerate(volumes[: month + 1]))
        for month in range(len(volumes))
    ]
    assert calculate(asked).revenue.p50 == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_lag_that_differs_by_draw():
    """Each draw has its own lag: the intervals are those of the lag's two ends."""
    outcome = calculate(question(inputs=(channel(volumes=[100, 0]),), stages=(stage("Order", 1, Range(0, 15, 30)),)))
    assert outcome.stages[0].months.p50 == pytest.approx((50, 50), rel=1e-2)
    assert outcome.stages[0].months.p10[0] == pytest.approx(100 - outcome.stages[0].months.p90[1])
    assert outcome.stages[0].total.p10 == pytest.approx(100)
