"""How the posterior of a difference is spread, held against integrals by scipy."""

import math

import pytest
from scipy import integrate, stats

from experiments.stats import bayes
from experiments.stats.beta import Shape
from experiments.stats.density import of_normal, of_shapes, spread
from experiments.stats.inputs import Goal, Mean, Proportion

SHARES = [
    (Proportion(1000, 100), Proportion(1000, 125)),
    (Proportion(10, 0), Proportion(12, 3)),
    (Proportion(900, 900), Proportion(1000, 990)),
    (Proportion(0, 0), Proportion(0, 0)),
    (Proportion(10**9, 10**8), Proportion(10**7, 10**6)),
]


def believed(control, treatment, alpha=0.05):
    found = bayes.shares(control, treatment, goal=Goal.INCREASE, alpha=alpha)
    return found, spread(control, treatment, found, alpha=alpha)


@pytest.mark.parametrize(("control", "treatment"), SHARES)
def test_spread_of_shares_agrees_with_the_posterior(control, treatment):
    found, spread_out = believed(control, treatment)
    whole = sum(density * spread_out.width for _value, density in spread_out.points)

    assert whole == pytest.approx(1, abs=1e-4)
    assert spread_out.above(0) == pytest.approx(found.chance_to_beat, abs=5e-4)
    assert [spread_out.above(end) for end in found.interval] == pytest.approx([0.975, 0.025], abs=5e-4)
    assert list(spread_out.below) == sorted(spread_out.below)


def test_density_of_shares_is_the_convolution_of_both_densities():
    control, treatment = Shape(5, 40), Shape(9, 30)
    before, after = stats.beta(control.a, control.b), stats.beta(treatment.a, treatment.b)
    for value, density in of_shapes(control, treatment).points[::20]:
        exact, _error = integrate.quad(lambda x, d=value: before.pdf(x) * after.pdf(x + d), 0, 1, limit=200)
        assert density == pytest.approx(exact, abs=0.003)


def test_spread_turns_with_its_variants():
    there, back = of_shapes(Shape(5, 40), Shape(9, 300)), of_shapes(Shape(9, 300), Shape(5, 40))

    assert (there.low, there.high) == pytest.approx((-back.high, -back.low), abs=1e-9)
    assert there.above(0.02) == pytest.approx(1 - back.above(-0.02), abs=1e-6)


def test_spread_of_means_is_the_normal_with_the_posteriors_interval():
    found = bayes.of_normal(1.5, 0.4, goal=Goal.DECREASE, alpha=0.1)
    drawn = spread(Mean(50, 3, 1), Mean(50, 4.5, 1), found, alpha=0.1)
    value, density = drawn.points[70]

    assert (drawn.low, drawn.high) == pytest.approx((1.5 - 1.6, 1.5 + 1.6))
    assert density == pytest.approx(stats.norm(1.5, 0.4).pdf(value), abs=1e-3)
    assert drawn.above(1.9) == pytest.approx(stats.norm.sf(1), abs=1e-3)


def test_chances_beyond_what_is_drawn_are_all_or_nothing():
    drawn = of_normal(0, 1)

    assert (drawn.above(-50), drawn.above(50)) == pytest.approx((1, 0), abs=1e-4)
    assert math.isclose(drawn.above(0), 0.5)
