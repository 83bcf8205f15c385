import math
from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.stats.inputs import Covariate, Proportion, Summary
from experiments.stats.kinds import Kind
from experiments.stats.limits import InvalidInput
from experiments.stats.sums import (
    ALLOWED,
    COVARIATE,
    NEEDED,
    MeanSums,
    RatioSums,
    ShareSums,
    Sums,
    between,
    nothing,
    sums_of,
    total,
)
from tests.experiments.numbers import mean_of, ratio_of

User = tuple[float, float]  # value and covariate, or numerator and denominator
kinds = st.sampled_from([(kind, known) for kind in Kind for known in (False, True) if kind is not Kind.RATIO or known])
value = st.integers(-(10**9), 10**9).map(lambda thousandths: thousandths / 1000)
days = st.lists(st.lists(st.tuples(value, value), max_size=12), min_size=1, max_size=8)


def entered(kind: Kind, users: list[User], known: bool = True) -> Sums:
    """A share asks whether the value is above 0."""
    values = [float(value > 0) if kind is Kind.PROPORTION else value for value, _other in users]
    others = [other for _value, other in users]
    own, squares, other, other_squares, product = (
        math.fsum(one * another for one, another in zip(*pair, strict=True))
        for pair in [
            (values, [1.0] * len(users)),
            (values, values),
            (others, [1.0] * len(users)),
            (others, others),
            (values, others),
        ]
    )
    if kind is Kind.RATIO:
        return RatioSums(len(users), own, other, squares, other_squares, product)
    cross = (other, other_squares, product) if known else ()
    if kind is Kind.PROPORTION:
        return ShareSums(len(users), int(own), *cross)
    return MeanSums(len(users), own, squares, *cross)


def fields_of(call, *args) -> set[str]:
    with pytest.raises(InvalidInput) as refused:
        call(*args)
    assert all(refused.value.errors.values())
    return set(refused.value.errors)


def numbers(summary: Summary) -> list[float]:
    parts = [part for part in astuple(summary) if part is not None]
    return [number for part in parts for number in (part if isinstance(part, tuple) else [part])]


def test_summaries_are_those_of_the_users():
    draw = np.random.default_rng(7)
    before = draw.gamma(2.0, 20.0, 500)
    values = before / 2 + draw.normal(0, 9, 500)
    users = list(zip(values.tolist(), before.tolist(), strict=True))
    mean, share, ratio = (entered(kind, users).summary() for kind in (Kind.MEAN, Kind.PROPORTION, Kind.RATIO))
    assert numbers(mean) == pytest.approx(numbers(mean_of(values, before)), rel=1e-9)
    assert numbers(ratio) == pytest.approx(numbers(ratio_of(values, before)), rel=1e-9)
    expected = mean_of((values > 0).astype(float), before)
    assert (share.n, share.successes / share.n, share.sd) == pytest.approx((500, expected.mean, expected.sd))
    assert astuple(share.covariate) == pytest.approx(astuple(expected.covariate), rel=1e-9)


def test_small_spread_far_from_zero_is_not_lost():
    """Σx² − (Σx)²/n in floats would leave nothing, or less."""
    values = [1e7 + step for step in range(100)]
    sums = MeanSums(100, math.fsum(values), math.fsum(value * value for value in values))
    assert sums.summary().sd == pytest.approx(float(np.std(values, ddof=1)), rel=1e-3)
    assert MeanSums(100, int(sum(values)), sum(int(value) ** 2 for value in values)).summary().sd == pytest.approx(
        float(np.std(values, ddof=1)), rel=1e-9
    )


@pytest.mark.parametrize("value", [0.1, 1 / 3, 1e9 + 0.1, 1e-9])
def test_equal_values_have_no_spread(value):
    """Whatever rounding made of their sums."""
    sums = MeanSums(7, 7 * value, 7 * value * value, 7 * value, 7 * value * value, 7 * value * value)
    assert sums.summary().sd == 0
    assert sums.summary().covariate == Covariate(sums.sum_covariate / 7, 0.0, 0.0)


@given(kinds, days, st.randoms())
def test_order_of_days_does_not_matter(kind_known, days, random):
    kind, known = kind_known
    there = [entered(kind, users, known) for users in days]
    back = random.sample(there, len(there))
    assert total(kind, there) == total(kind, back)


@given(kinds, days)
def test_splitting_a_day_changes_nothing(kind_known, days):
    kind, known = kind_known
    whole = entered(kind, [user for users in days for user in users], known)
    parts = [entered(kind, users, known) for users in days]
    together, added = total(kind, parts), nothing(kind)
    for part in parts:
        added = added + part
    for other in (together, added):
        assert numbers_of(other) == pytest.approx(numbers_of(whole), rel=1e-9, abs=1e-3)


def numbers_of(sums: Sums) -> list[float]:
    return [number or 0.0 for number in astuple(sums)]


@given(kinds, days)
def test_totals_to_date_give_the_days_back(kind_known, days):
    kind, known = kind_known
    first, then = (entered(kind, [(round(a), round(b)) for a, b in users], known) for users in (days[0], days[-1]))
    assert numbers_of(between(first + then, first)) == numbers_of(then)


@given(kinds, days)
def test_sums_of_users_are_never_refused_and_never_negative(kind_known, days):
    """Nor what rounded totals to date leave of a day, however small it is beside them."""
    kind, known = kind_known
    first, then = (entered(kind, users, known) for users in (days[0], days[-1]))
    for sums in (first, then, between(first + then, first)):
        assert getattr(sums.summary(), "sd", 0.0) >= 0


def test_scale_moves_the_summary_with_it():
    one = MeanSums(10, 30.0, 120.0, 20.0, 50.0, 70.0).summary()
    thousand = MeanSums(10, 30e3, 120e6, 20.0, 50.0, 70e3).summary()
    assert (thousand.mean, thousand.sd) == pytest.approx((1e3 * one.mean, 1e3 * one.sd))
    assert thousand.covariate.covariance == pytest.approx(1e3 * one.covariate.covariance)


WRONG = [
    (ShareSums, (10, 11), "successes"),
    (ShareSums, (10, -1), "successes"),
    (ShareSums, (10, 1.5), "successes"),
    (ShareSums, (-1, 0), "n"),
    (ShareSums, (math.nan, 0), "n"),
    (ShareSums, (True, 0), "n"),
    (ShareSums, (10**15, 0), "n"),
    (ShareSums, (0, 1), "n"),
    (ShareSums, (10, 3, 20.0, 30.0, 5.0), "sum_covariate_squares"),
    (ShareSums, (10, 3, 20.0, 60.0, 50.0), "sum_product"),
    (ShareSums, (10, 3, 20.0, math.inf, 5.0), "sum_covariate_squares"),
    (MeanSums, (0, 1.0, 0.0), "n"),
    (MeanSums, (0, 0.0, 0.0, 1.0, 1.0, 0.0), "n"),
    (MeanSums, (2.5, 0.0, 0.0), "n"),
    (MeanSums, (10, math.nan, 1.0), "sum"),
    (MeanSums, (10, 1e17, 1e30), "sum"),
    (MeanSums, (10, 30.0, math.inf), "sum_squares"),
    (MeanSums, (10, 30.0, 89.0), "sum_squares"),
    (MeanSums, (10, 30.0, -1.0), "sum_squares"),
    (MeanSums, (10, "30", 90.0), "sum"),
    (MeanSums, (10, 30.0, 120.0, 20.0, 39.0, 60.0), "sum_covariate_squares"),
    (MeanSums, (10, 30.0, 120.0, 20.0, 50.0, 78.0), "sum_product"),
    (MeanSums, (10, 30.0, 120.0, 20.0, 50.0, -1e300), "sum_product"),
    (MeanSums, (10, 30.0, 120.0, math.nan, 50.0, 60.0), "sum_covariate"),
    (RatioSums, (10, 20.0, 10.0, 39.0, 12.0, 20.0), "sum_numerator_squares"),
    (RatioSums, (10, 20.0, 10.0, 60.0, 12.0, 29.0), "sum_product"),
    (RatioSums, (0, 1.0, 0.0, 1.0, 0.0, 0.0), "n"),
]


@pytest.mark.parametrize(("made", "given", "field"), WRONG)
def test_sums_that_no_users_can_have(made, given, field):
    assert fields_of(made, *given) == {field}


def test_covariate_is_whole_or_not_at_all():
    assert fields_of(ShareSums, 10, 3, 20.0) == {"sum_covariate_squares", "sum_product"}
    with_one, without = ShareSums(10, 3, 20.0, 60.0, 5.0), ShareSums(10, 3)
    for call in (lambda: with_one + without, lambda: total(Kind.PROPORTION, [without, with_one])):
        assert fields_of(call) == {"sum_covariate"}
    assert with_one + ShareSums(0, 0) == with_one == ShareSums(0, 0) + with_one


def test_rounded_sums_still_pass():
    """Three users of value 1/3, written with nine decimals."""
    assert MeanSums(3, 1.0, 0.333333333).summary().sd == 0
    with pytest.raises(InvalidInput):
        MeanSums(3, 1.0, 0.333)


def test_one_user_and_nobody():
    alone = MeanSums(1, 5.0, 25.0, 2.0, 4.0, 10.0).summary()
    assert (alone.sd, alone.covariate) == (0.0, Covariate(2.0, 0.0, 0.0))
    assert nothing(Kind.PROPORTION).summary() == Proportion(0, 0)
    for kind in Kind:
        assert nothing(kind) == total(kind, []) == total(kind, [nothing(kind)])
        assert nothing(kind).summary().n == 0


@pytest.mark.parametrize("kind", Kind)
def test_sums_of_plain_numbers(kind):
    given = dict(zip(ALLOWED[kind], (10, 3, 20, 60, 50, 20), strict=False))
    if kind is Kind.PROPORTION:
        given |= dict(zip(COVARIATE, (20.0, 60.0, 5.0), strict=True))
    if kind is Kind.MEAN:
        given |= dict(zip(COVARIATE, (20.0, 60.0, 7.0), strict=True))
    made = sums_of(kind, given)
    assert (made.kind, made.numbers) == (kind, given)
    for name in NEEDED[kind]:
        assert fields_of(sums_of, kind, given | {name: None}) == {name}
    assert fields_of(sums_of, kind, given | {"mean": 1.0}) == {"mean"}


FELL = [
    (ShareSums(10, 3), ShareSums(11, 3), "n"),
    (ShareSums(12, 3), ShareSums(11, 4), "successes"),
    (ShareSums(12, 8), ShareSums(11, 4), "successes"),
    (ShareSums(11, 5), ShareSums(11, 4), "n"),
    (MeanSums(12, 3.0, 5.0), MeanSums(11, 3.0, 6.0), "sum_squares"),
    (MeanSums(12, 9.0, 12.0), MeanSums(11, 3.0, 6.0), "sum_squares"),
    (MeanSums(12, 3.0, 5.0), ShareSums(11, 3), "kind"),
    (MeanSums(12, 3.0, 5.0), MeanSums(11, 3.0, 5.0, 1.0, 1.0, 0.0), "sum_covariate"),
]


@pytest.mark.parametrize(("now", "before", "field"), FELL)
def test_totals_to_date_that_fell(now, before, field):
    assert fields_of(between, now, before) == {field}


def test_totals_to_date_that_stayed():
    now = MeanSums(12, 3.0, 5.0)
    assert between(now, now) == nothing(Kind.MEAN)
    assert between(now, nothing(Kind.MEAN)) == now
