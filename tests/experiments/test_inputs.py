import math

import pytest

from experiments.stats.analysis import Plan
from experiments.stats.inputs import Covariate, Mean, Proportion, Ratio, Variant, check_variants
from experiments.stats.kinds import ALLOWED, Kind, summary_of
from experiments.stats.limits import InvalidInput
from experiments.stats.reasons import SENTENCES, Reason

NUMBERS = {
    Kind.PROPORTION: {"n": 10, "successes": 3},
    Kind.MEAN: {"n": 10, "mean": 3.0, "sd": 1.0},
    Kind.RATIO: {
        "n": 10,
        "sum_numerator": 20.0,
        "sum_denominator": 10.0,
        "sum_numerator_squares": 60.0,
        "sum_denominator_squares": 12.0,
        "sum_product": 21.0,
    },
}
COVARIATE = {"covariate_mean": 1.0, "covariate_sd": 2.0, "covariance": 0.5}


def fields_of(call, *args, **kwargs) -> set[str]:
    with pytest.raises(InvalidInput) as refused:
        call(*args, **kwargs)
    assert all(refused.value.errors.values())
    return set(refused.value.errors)


def test_every_reason_has_a_sentence():
    assert set(SENTENCES) == set(Reason)


@pytest.mark.parametrize(
    ("n", "successes", "field"),
    [
        (-1, 0, "n"),
        (10, 11, "successes"),
        (10, -1, "successes"),
        (10**15, 0, "n"),
        (math.nan, 0, "n"),
        (10.5, 0, "n"),
        (True, 0, "n"),
        (10, 1.5, "successes"),
    ],
)
def test_share_that_cannot_be(n, successes, field):
    assert fields_of(Proportion, n, successes) == {field}


@pytest.mark.parametrize(
    ("mean", "sd", "field"),
    [
        (1.0, -1.0, "sd"),
        (1.0, math.nan, "sd"),
        (math.inf, 1.0, "mean"),
        (math.nan, 1.0, "mean"),
        (-1e16, 1.0, "mean"),
        (None, 1.0, "mean"),
        (1.0, "1", "sd"),
    ],
)
def test_mean_that_cannot_be(mean, sd, field):
    assert fields_of(Mean, 10, mean, sd) == {field}


@pytest.mark.parametrize("name", NUMBERS[Kind.RATIO])
@pytest.mark.parametrize("value", [math.nan, math.inf, 1e60])
def test_ratio_that_cannot_be(name, value):
    assert fields_of(Ratio, **NUMBERS[Kind.RATIO] | {name: value}) == {name}


@pytest.mark.parametrize("percentile", [0.0, 1.0, -0.1, 1.1, math.nan, math.inf, "0.9", True])
def test_percentile_that_cannot_be(percentile):
    assert fields_of(Mean, 10, 1.0, 1.0, winsorized=percentile) == {"winsorized"}
    assert fields_of(Ratio, **NUMBERS[Kind.RATIO], winsorized=percentile) == {"winsorized"}


def test_covariance_larger_than_both_sds():
    assert fields_of(Mean, 10, 1.0, 2.0, Covariate(1.0, 3.0, 6.1)) == {"covariance"}
    assert fields_of(Mean, 10, 1.0, 2.0, Covariate(1.0, 3.0, -6.1)) == {"covariance"}
    assert Mean(10, 1.0, 2.0, Covariate(1.0, 3.0, 6.0)).covariate


@pytest.mark.parametrize("kind", Kind)
def test_summary_needs_its_numbers(kind):
    assert summary_of(kind, NUMBERS[kind]).n == 10
    for name in NUMBERS[kind]:
        assert fields_of(summary_of, kind, {**NUMBERS[kind], name: None}) == {name}


@pytest.mark.parametrize("kind", Kind)
def test_summary_takes_no_numbers_of_other_kinds(kind):
    others = set().union(*ALLOWED.values()) - set(ALLOWED[kind])
    for name in others:
        assert fields_of(summary_of, kind, {**NUMBERS[kind], name: 1}) == {name}


@pytest.mark.parametrize("kind", [Kind.PROPORTION, Kind.MEAN])
def test_summary_takes_a_covariate_whole(kind):
    for name in COVARIATE:
        rest = {key: value for key, value in COVARIATE.items() if key != name}
        assert fields_of(summary_of, kind, {**NUMBERS[kind], **rest}) == {name}


def variant(key="a", weight=0.5, summary=None) -> Variant:
    return Variant(key, weight, summary or Proportion(10, 3))


def test_zero_weight_with_users():
    assert fields_of(variant, weight=0.0) == {"weight"}
    assert variant(weight=0.0, summary=Proportion(0, 0)).weight == 0


@pytest.mark.parametrize("weight", [-0.1, 1.1, math.nan, math.inf])
def test_weight_out_of_range(weight):
    assert fields_of(variant, weight=weight) == {"weight"}


@pytest.mark.parametrize(
    ("variants", "fields"),
    [
        ([variant()], {"variants"}),
        ([], {"variants"}),
        ([variant(str(number), 0.02) for number in range(51)], {"variants"}),
        ([variant("a"), variant("a")], {"variants.1.key"}),
        ([variant("a", 0.5), variant("b", 0.4)], {"variants.0.weight", "variants.1.weight"}),
        ([variant("a"), variant("b", summary=Mean(10, 1.0, 1.0))], {"variants"}),
        (
            [variant("a", summary=Mean(9, 1.0, 1.0, winsorized=0.99)), variant("b", summary=Mean(9, 1.0, 1.0))],
            {"variants.1.winsorized"},
        ),
        (
            [variant("a", summary=Mean(9, 1.0, 1.0, Covariate(1, 1, 0))), variant("b", summary=Mean(9, 1.0, 1.0))],
            {"variants.1.covariate_mean"},
        ),
    ],
)
def test_variants_that_do_not_fit(variants, fields):
    assert fields_of(check_variants, variants) == fields


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"alpha": 0.0}, "alpha"),
        ({"alpha": 0.6}, "alpha"),
        ({"alpha": math.nan}, "alpha"),
        ({"minimum_effect": 0.0}, "minimum_effect"),
        ({"minimum_effect": -0.1}, "minimum_effect"),
        ({"minimum_effect": math.inf}, "minimum_effect"),
        ({"planned_total": 1}, "planned_total"),
        ({"planned_total": 10**15}, "planned_total"),
    ],
)
def test_plan_that_makes_no_sense(fields, name):
    assert fields_of(Plan, **fields) == {name}
