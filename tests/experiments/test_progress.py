import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.stats.analysis import Plan, analyze
from experiments.stats.corrections import Correction
from experiments.stats.inputs import Mean, Proportion, Variant
from experiments.stats.progress import days_left, longest, until_total, users_a_day
from experiments.stats.reasons import Reason

PLAN = Plan(minimum_effect=0.1, planned_total=20_000)


def variants(*summaries, weights=None):
    weights = weights or [1 / len(summaries)] * len(summaries)
    return [
        Variant(f"v{number}", weight, one) for number, (weight, one) in enumerate(zip(weights, summaries, strict=True))
    ]


def left(several, plan=PLAN, a_day=100.0):
    return days_left(several, plan, analyze(several, plan), a_day=a_day)


def half(several, plan) -> float:
    looked = analyze(several, plan).comparisons[0].always_valid
    return (looked.interval[1] - looked.interval[0]) / 2


@pytest.mark.parametrize("correction", [Correction.NONE, Correction.HOLM])
@pytest.mark.parametrize("weights", [(0.5, 0.5), (0.8, 0.2)])
@pytest.mark.parametrize("lift", [1.0, 1.08])
def test_interval_is_narrow_enough_just_after_so_many_days(weights, correction, lift):
    """With users a thousand times as many the sums are those of the same shares, so the analysis itself can say."""
    plan = Plan(minimum_effect=0.1, planned_total=20_000, correction=correction)

    def at(total: float):
        counts = [round(total * weight) for weight in weights]
        return variants(Mean(counts[0], 10.0, 9.0), Mean(counts[1], 10.0 * lift, 9.0), weights=list(weights))

    now = 1000
    days = left(at(now), plan, a_day=7.0)
    assert half(at(now), plan) > 1.0
    assert half(at(now + 7.0 * days + 2), plan) <= 1.0 < half(at(now + 7.0 * (days - 1) - 2), plan)


def test_lift_does_not_matter():
    same, better = (variants(Mean(500, 10.0, 9.0), Mean(500, mean, 9.0)) for mean in (10.0, 14.0))
    assert left(same) == left(better) > 0


@given(st.integers(30, 10**6), st.floats(0.01, 0.5), st.floats(1.0, 10_000.0), st.floats(1.01, 5.0))
def test_more_users_a_day_or_a_larger_effect_never_take_longer(n, effect, a_day, factor):
    several = variants(Proportion(n, n // 2), Proportion(n, n // 2))
    plan = Plan(minimum_effect=effect, planned_total=20_000)
    days = left(several, plan, a_day)
    assert days >= 0
    assert left(several, plan, a_day * factor) <= days
    assert left(several, Plan(minimum_effect=effect * factor, planned_total=20_000), a_day) <= days


def test_nothing_is_left_when_the_width_is_reached_even_without_a_rate():
    several = variants(Proportion(10**6, 500_000), Proportion(10**6, 500_000))
    assert left(several) == 0
    assert left(several, a_day=Reason.NO_RATE) == 0


def test_width_that_rounding_leaves_nothing_of():
    assert left(variants(Mean(500, 1.0, 1e-3), Mean(500, 1e15, 1e-3))) == 0


def test_slowest_treatment_is_waited_for():
    noisy = variants(Mean(500, 10.0, 9.0), Mean(500, 10.0, 9.0), Mean(500, 10.0, 30.0))
    alone = variants(Mean(500, 10.0, 9.0), Mean(500, 10.0, 30.0), weights=[0.5, 0.5])
    plan = Plan(minimum_effect=0.1, planned_total=30_000)
    assert left(noisy, plan, 150.0) == left(alone, PLAN, 100.0)


REASONS = [
    (variants(Proportion(20, 10), Proportion(20, 10)), PLAN, 100.0, Reason.TOO_FEW_FOR_LOOKING),
    (variants(Proportion(0, 0), Proportion(20, 10)), PLAN, 100.0, Reason.TOO_FEW_USERS),
    (variants(Mean(500, 1.0, 0.0), Mean(500, 1.0, 0.0)), PLAN, 100.0, Reason.NO_VARIATION),
    (variants(Mean(500, -1.0, 1.0), Mean(500, 1.0, 1.0)), PLAN, 100.0, Reason.CONTROL_NOT_POSITIVE),
    (variants(Proportion(500, 50), Proportion(500, 50)), Plan(planned_total=9), 100.0, Reason.NO_MINIMUM_EFFECT),
    (variants(Proportion(500, 50), Proportion(500, 50)), Plan(minimum_effect=0.1), 100.0, Reason.NO_PLANNED_TOTAL),
    (variants(Proportion(500, 50), Proportion(500, 50)), PLAN, Reason.NO_RATE, Reason.NO_RATE),
    (variants(Proportion(500, 50), Proportion(500, 50)), PLAN, 0.0, Reason.NO_RATE),
    (
        variants(Proportion(500, 2), Proportion(500, 50)),
        Plan(minimum_effect=1e-9, planned_total=10),
        1.0,
        Reason.OUT_OF_RANGE,
    ),
    (variants(Mean(500, 1e-300, 1.0), Mean(500, 1e-300, 1.0)), PLAN, 1.0, Reason.OUT_OF_RANGE),
]


@pytest.mark.parametrize(("several", "plan", "a_day", "reason"), REASONS)
def test_why_nobody_can_tell(several, plan, a_day, reason):
    assert left(several, plan, a_day) is reason


def test_longest_of_several():
    assert longest([3, 8, 0]) == 8
    assert longest([3, Reason.NO_VARIATION]) is Reason.NO_VARIATION
    assert longest([]) is Reason.NO_RATE


def test_days_until_the_planned_total():
    assert until_total(1000, 400, a_day=100.0) == 6
    assert until_total(1000, 399, a_day=100.0) == 7
    assert until_total(1000, 1200, a_day=Reason.NO_RATE) == 0
    assert until_total(1000, 400, a_day=Reason.NO_RATE) is Reason.NO_RATE


def test_users_a_day_are_of_the_last_two_weeks():
    until = date(2026, 3, 31)
    days = {until - timedelta(days=back): 100 if back < 14 else 9999 for back in range(30)}
    assert users_a_day(days, start=date(2026, 3, 1), until=until) == 100
    assert users_a_day(days, start=date(2026, 3, 30), until=until) == 100
    weekly = {until: 700, until - timedelta(days=7): 700}
    assert users_a_day(weekly, start=date(2026, 3, 1), until=until) == 100
    assert users_a_day(weekly, start=date(2026, 3, 28), until=until) == 175
    assert users_a_day({}, start=date(2026, 3, 1), until=until) is Reason.NO_RATE
    assert users_a_day(weekly, start=date(2026, 4, 1), until=until) is Reason.NO_RATE
    assert math.isclose(users_a_day({until: 1}, start=until, until=until), 1)
