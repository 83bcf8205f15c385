"""Sizes for the always-valid verdict, held against the interval itself, and the curve around an effect."""

import math

import pytest
from scipy.special import ndtri

from experiments.stats import always_valid, size
from experiments.stats.effects import difference
from experiments.stats.estimates import Estimate
from experiments.stats.limits import InvalidInput
from experiments.stats.needed import ROWS, curve, needed, rows, watching
from experiments.stats.size import Question

SHARE = Question(baseline=0.1, alpha=0.05, power=0.8, allocation=(0.5, 0.5))
MEAN = Question(baseline=4.2, alpha=0.01, power=0.9, allocation=(0.5, 0.5), sd=6.0)


@pytest.mark.parametrize("alpha", [0.001, 0.05, 0.2])
@pytest.mark.parametrize("power", [0.5, 0.8, 0.95])
def test_interval_leaves_zero_out_as_often_as_planned(alpha, power):
    """At the planned end the effect lies so far from 0 that the interval's near end is z(power) errors beyond it."""
    question = watching(Question(baseline=4.2, alpha=alpha, power=power, allocation=(0.5, 0.5), sd=6.0))
    found = size.sample_size(question, minimum_effect=0.02)
    gap = difference(*(Estimate(n, value, 36.0) for n, value in zip(found.per_variant, (4.2, 4.2 * 1.02), strict=True)))
    test = always_valid.sequence(gap, alpha=alpha, planned=found.total)

    assert test.interval[0] / gap.error == pytest.approx(ndtri(power), abs=0.01)


def test_looking_every_day_costs_about_twice_as_many_users():
    found = needed(SHARE, effect=0.05, daily_traffic=1000)

    assert (found.once.total, found.once_days) == (115_526, 116)
    assert found.watched.total / found.once.total == pytest.approx(1.91, abs=0.01)
    assert found.watched_days == math.ceil(found.watched.total / 1000)


def test_detectable_effect_is_the_reverse_for_both():
    for question in (SHARE, MEAN, watching(SHARE), watching(MEAN)):
        found = size.sample_size(question, minimum_effect=0.04)
        assert size.detectable_effect(question, total=found.total) == pytest.approx(0.04, rel=1e-3)


def test_curve_falls_and_has_the_effect_in_question():
    points = curve(MEAN, effect=0.05, daily_traffic=10)

    assert [point.effect for point in points] == sorted(point.effect for point in points)
    assert [point.once.total for point in points] == sorted((point.once.total for point in points), reverse=True)
    assert needed(MEAN, effect=0.05, daily_traffic=10) in points
    assert [row.effect for row in rows(MEAN, effect=0.05)] == pytest.approx([0.05 * factor for factor in ROWS])


def test_curve_leaves_out_what_is_not_possible():
    half = Question(baseline=0.5, alpha=0.05, power=0.8, allocation=(0.5, 0.5))

    assert max(point.effect for point in curve(half, effect=0.6)) < 1
    assert [row.effect for row in rows(half, effect=0.9)] == pytest.approx([0.54, 0.72, 0.9])
    with pytest.raises(InvalidInput):
        needed(half, effect=1)
