import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad
from scipy.special import betaln

from experiments.stats import bayes, beta
from experiments.stats.bayes import BetaPrior, NormalPrior
from experiments.stats.beta import Shape
from experiments.stats.inputs import Goal, Mean, Proportion
from experiments.stats.limits import InvalidInput
from tests.experiments.numbers import gap

PAIRS = [
    ((100, 1000), (130, 1010)),
    ((0, 50), (3, 40)),
    ((50, 50), (48, 50)),
    ((5, 20), (2000, 10_000)),
    ((90_000, 1_000_000), (905, 10_000)),
    ((1, 2), (1, 2)),
]


def posterior(control, treatment, goal=Goal.INCREASE, alpha=0.05, **more):
    return bayes.shares(
        *(Proportion(n, successes) for successes, n in (control, treatment)), goal=goal, alpha=alpha, **more
    )


def exact_chance(control, treatment) -> float:
    """Evan Miller's sum for P(B > A) with whole parameters."""
    a, b = control[0] + 1, control[1] - control[0] + 1
    c, d = treatment[0] + 1, treatment[1] - treatment[0] + 1
    i = np.arange(c)
    return float(np.exp(betaln(a + i, b + d) - np.log(d + i) - betaln(1 + i, d) - betaln(a, b)).sum())


def distributions(control, treatment):
    return [stats.beta(successes + 1, n - successes + 1) for successes, n in (control, treatment)]


@pytest.mark.parametrize("pair", PAIRS)
def test_chance_to_beat_is_the_exact_sum(pair):
    assert posterior(*pair).chance_to_beat == pytest.approx(exact_chance(*pair), abs=1e-7)


@pytest.mark.parametrize("pair", PAIRS)
def test_expected_loss_is_the_integral(pair):
    """E max(A − B, 0) = ∫ P(A > s)·P(B < s) ds."""
    before, after = distributions(*pair)
    points = sorted({d.ppf(q) for d in (before, after) for q in (1e-9, 0.01, 0.5, 0.99, 1 - 1e-9)})
    loss = sum(quad(lambda s: before.sf(s) * after.cdf(s), a, b, epsabs=1e-13)[0] for a, b in pairwise(points))
    assert posterior(*pair).expected_loss == pytest.approx(loss, abs=1e-8)


@pytest.mark.parametrize("pair", PAIRS)
def test_interval_leaves_out_half_of_alpha_on_each_side(pair):
    before, after = distributions(*pair)
    wide, narrow = (after, before) if after.std() > before.std() else (before, after)
    for step, share in zip(posterior(*pair).interval, [0.025, 0.975], strict=True):

        def below(x, step=step):
            other = after.cdf(x + step) if narrow is before else before.sf(x - step)
            return narrow.pdf(x) * other

        points = [narrow.ppf(q) for q in (1e-12, 1e-4, 0.5, 1 - 1e-4, 1 - 1e-12)]
        points = sorted({*points, *(np.clip([-step, 1 - step], points[0], points[-1]))})
        found = sum(quad(below, a, b, epsabs=1e-12, limit=200)[0] for a, b in pairwise(points))
        assert found == pytest.approx(share, abs=1e-6)
    assert wide is not narrow


@pytest.mark.parametrize("pair", PAIRS)
def test_goal_turns_the_question(pair):
    up, down = posterior(*pair), posterior(*pair, goal=Goal.DECREASE)
    before, after = distributions(*pair)
    assert down.chance_to_beat == pytest.approx(1 - up.chance_to_beat, abs=1e-12)
    assert down.expected_loss - up.expected_loss == pytest.approx(after.mean() - before.mean(), abs=1e-12)
    assert down.interval == up.interval


shares = st.integers(2, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(deadline=None, max_examples=60)
@given(shares, shares)
def test_posterior_is_symmetric(one, other):
    there, back = posterior(one, other), posterior(other, one)
    assert there.chance_to_beat == pytest.approx(1 - back.chance_to_beat, abs=1e-7)
    assert there.interval == pytest.approx((-back.interval[1], -back.interval[0]), abs=1e-7)
    assert 0 <= there.chance_to_beat <= 1
    assert there.interval[0] < there.interval[1]
    assert there.expected_loss >= 0


def test_many_users_pass_smoothly_into_a_normal():
    below, above = int(beta.LARGE) - 10, int(beta.LARGE) + 10
    exact, normal = (posterior((n, 2 * n), (n + 40_000, 2 * n)) for n in (below, above))
    assert exact.chance_to_beat == pytest.approx(normal.chance_to_beat, abs=1e-6)
    assert exact.interval == pytest.approx(normal.interval, rel=1e-4)
    assert exact.expected_loss == pytest.approx(normal.expected_loss, rel=1e-4)


def test_prior_of_shares_counts_as_users():
    before = posterior((100, 1000), (130, 1000), prior=BetaPrior(11, 91))
    same = posterior((110, 1100), (140, 1100))
    assert before.interval == same.interval


smooth = st.builds(Shape, st.floats(beta.SMOOTH, 1e6), st.floats(beta.SMOOTH, 1e6))


@settings(deadline=None, max_examples=60)
@given(smooth, smooth, st.floats(1e-4, 0.5))
def test_steps_from_a_good_guess_end_where_the_search_does(one, other, alpha):
    narrow, wide = sorted((one, other), key=lambda shape: shape.variance)
    sd = math.sqrt(narrow.variance + wide.variance)
    searched = [beta.root(narrow, wide, sd, share, 0.0) for share in (alpha / 2, 1 - alpha / 2)]
    assert beta.tails(narrow, wide, alpha) == pytest.approx(searched, abs=1e-6 * sd)


def test_prior_is_stated_with_what_follows_from_it():
    found = gap(Mean(100, 10.0, 3.0), Mean(120, 10.5, 4.0))
    stated = NormalPrior(0.0, 0.2)
    for prior in (None, stated):
        assert bayes.means(found, goal=Goal.INCREASE, alpha=0.05, prior=prior).prior is prior
    many = int(beta.LARGE) + 10
    for pair in (((100, 1000), (130, 1000)), ((many, 2 * many), (many, 2 * many))):
        assert posterior(*pair, prior=BetaPrior(11, 91)).prior == BetaPrior(11, 91)
        assert posterior(*pair).prior == BetaPrior(1, 1)


def test_prior_of_jeffreys():
    found = posterior((0, 40), (0, 40), prior=BetaPrior(0.5, 0.5))
    assert found.chance_to_beat == pytest.approx(0.5, abs=1e-6)


def test_means_have_a_normal_posterior():
    found = gap(Mean(100, 10.0, 3.0), Mean(120, 10.5, 4.0))
    answer = bayes.means(found, goal=Goal.INCREASE, alpha=0.05)
    normal = stats.norm(found.value, found.error)
    assert answer.chance_to_beat == pytest.approx(normal.sf(0), abs=1e-12)
    assert answer.interval == pytest.approx(normal.interval(0.95), abs=1e-12)
    assert answer.expected_loss == pytest.approx(quad(lambda d: -d * normal.pdf(d), -10, 0)[0], abs=1e-9)


def test_prior_of_means_pulls_towards_itself():
    found = gap(Mean(100, 10.0, 3.0), Mean(120, 10.5, 4.0))
    precision = 1 / found.error**2 + 1 / 0.2**2
    normal = stats.norm(found.value / found.error**2 / precision, math.sqrt(1 / precision))
    answer = bayes.means(found, goal=Goal.DECREASE, alpha=0.1, prior=NormalPrior(0.0, 0.2))
    assert answer.interval == pytest.approx(normal.interval(0.9), abs=1e-12)
    assert answer.chance_to_beat == pytest.approx(normal.cdf(0), abs=1e-12)


@pytest.mark.parametrize("values", [(0.0, 1.0), (1.0, math.nan), (math.inf, 1.0)])
def test_prior_that_is_none(values):
    with pytest.raises(InvalidInput):
        BetaPrior(*values)
    with pytest.raises(InvalidInput):
        NormalPrior(values[1], 0.0)


def test_shape_of_beta():
    assert Shape(3, 7).mean == pytest.approx(stats.beta(3, 7).mean())
    assert Shape(3, 7).variance == pytest.approx(stats.beta(3, 7).var())
    assert Shape(3, 7).fourth == pytest.approx(stats.beta(3, 7).stats("k") * stats.beta(3, 7).var() ** 2)
    assert Shape(3, 7).third == pytest.approx(stats.beta(3, 7).stats("s") * stats.beta(3, 7).std() ** 3)
