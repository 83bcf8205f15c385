import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import samplesize_proportions_2indep_onetail

from experiments.stats.limits import InvalidInput
from experiments.stats.size import Question, days, detectable_effect, sample_size

HALVES = (0.5, 0.5)


def question(**fields) -> Question:
    return Question(**{"baseline": 0.1, "alpha": 0.05, "power": 0.8, "allocation": HALVES} | fields)


@pytest.mark.parametrize(
    ("baseline", "effect", "power", "n"),
    [
        (0.10, 0.5, 0.8, 686),  # Fleiss, Levin, Paik: 10 % against 15 %, without the correction for continuity
        (0.10, 0.5, 0.9, 918),
        (0.20, 0.5, 0.8, 294),  # 20 % against 30 %
        (0.50, 0.2, 0.8, 388),  # 50 % against 60 %
    ],
)
def test_shares_as_tabulated(baseline, effect, power, n):
    assert sample_size(question(baseline=baseline, power=power), minimum_effect=effect).per_variant == (n, n)


@pytest.mark.parametrize("baseline", [0.01, 0.1, 0.4])
@pytest.mark.parametrize("effect", [0.02, 0.2, 0.9])
@pytest.mark.parametrize("control", [0.5, 0.8, 0.3])
def test_shares_as_statsmodels_has_them(baseline, effect, control):
    found = sample_size(question(baseline=baseline, allocation=(control, 1 - control)), minimum_effect=effect)
    expected = samplesize_proportions_2indep_onetail(
        baseline * effect, baseline, 0.8, ratio=control / (1 - control), alpha=0.05, alternative="two-sided"
    )
    # statsmodels counts the first sample's users, the treatment's, and the ratio is control to treatment
    assert found.per_variant[1] == pytest.approx(math.ceil(expected), abs=1)


@pytest.mark.parametrize("control", [0.5, 0.8])
def test_means_as_statsmodels_has_them(control):
    found = sample_size(question(baseline=50.0, sd=40.0, allocation=(control, 1 - control)), minimum_effect=0.05)
    expected = NormalIndPower().solve_power(2.5 / 40, power=0.8, alpha=0.05, ratio=(1 - control) / control)
    assert found.per_variant[0] == pytest.approx(math.ceil(expected), abs=1)


def test_several_variants_wait_for_the_smallest():
    pair = sample_size(question(allocation=(0.5, 0.5)), minimum_effect=0.2)
    three = sample_size(question(allocation=(0.25, 0.25, 0.5)), minimum_effect=0.2)
    assert three.per_variant == (*pair.per_variant, pytest.approx(pair.total, abs=1))
    assert three.total == sum(three.per_variant)


effects = st.floats(0.01, 2)
baselines = st.floats(0.001, 0.3)


@given(baselines, effects, st.floats(1.01, 3))
def test_larger_effects_need_fewer_users(baseline, effect, factor):
    few = sample_size(question(baseline=baseline, power=0.9), minimum_effect=min(effect * factor, 2.2)).total
    assert few <= sample_size(question(baseline=baseline, power=0.9), minimum_effect=effect).total


@given(baselines, st.floats(0.05, 0.8), st.floats(0.01, 0.19))
def test_more_power_needs_more_users(baseline, power, more):
    least, most = (
        sample_size(question(baseline=baseline, alpha=0.01, power=p), minimum_effect=0.1).total
        for p in (power, power + more)
    )
    assert least <= most


@given(baselines, effects, st.sampled_from([HALVES, (0.2, 0.8), (0.4, 0.3, 0.3)]), st.sampled_from([None, 0.7]))
def test_detectable_effect_is_the_reverse(baseline, effect, allocation, sd):
    asked = question(baseline=baseline, allocation=allocation, sd=sd)
    total = sample_size(asked, minimum_effect=effect).total
    if total < 10_000:  # whole users hide what is left
        return
    found = detectable_effect(asked, total=total)
    assert found == pytest.approx(effect, rel=1e-3)
    assert found <= effect * (1 + 1e-9)


def test_detectable_effect_of_too_few_users():
    assert detectable_effect(question(baseline=0.9), total=20) is None


def test_days_are_whole():
    assert days(1000, daily_traffic=100) == 10
    assert days(1001, daily_traffic=100) == 11
    assert days(3, daily_traffic=0.5) == 6


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"baseline": 0.0}, "baseline"),
        ({"baseline": 1.0}, "baseline"),
        ({"baseline": math.nan}, "baseline"),
        ({"baseline": math.inf}, "baseline"),
        ({"sd": 0.0}, "sd"),
        ({"sd": -1.0}, "sd"),
        ({"alpha": 0.0}, "alpha"),
        ({"alpha": 1.0}, "alpha"),
        ({"power": 1.0}, "power"),
        ({"power": 0.05}, "power"),
        ({"allocation": (1.0,)}, "allocation"),
        ({"allocation": (0.5, 0.6)}, "allocation"),
        ({"allocation": (1.0, 0.0)}, "allocation.1"),
        ({"allocation": (0.5, math.nan)}, "allocation.1"),
    ],
)
def test_question_that_makes_no_sense(fields, field):
    with pytest.raises(InvalidInput) as refused:
        question(**fields)
    assert refused.value.errors.keys() == {field}


@pytest.mark.parametrize("effect", [0.0, -0.1, math.nan, math.inf, 9.0, 1e-9, 1e-300])
def test_effect_that_cannot_be(effect):
    with pytest.raises(InvalidInput) as refused:
        sample_size(question(), minimum_effect=effect)
    assert refused.value.errors.keys() == {"minimum_effect"}


@pytest.mark.parametrize("traffic", [0.0, -1.0, math.nan, 1e-300])
def test_traffic_that_never_ends(traffic):
    with pytest.raises(InvalidInput) as refused:
        days(1000, daily_traffic=traffic)
    assert refused.value.errors.keys() == {"daily_traffic"}
