import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.stats.analysis import Plan, analyze, analyze_together
from experiments.stats.corrections import Correction
from experiments.stats.inputs import Variant
from experiments.stats.kinds import Kind
from experiments.stats.limits import InvalidInput
from experiments.stats.looks import Entered, courses
from experiments.stats.reasons import Reason
from experiments.stats.sums import MeanSums, RatioSums, ShareSums, total

START = date(2026, 3, 2)
WEIGHTS = {"control": 0.5, "A": 0.25, "B": 0.25}
PLAN = Plan(minimum_effect=0.05, planned_total=20_000, correction=Correction.HOLM)


def day(number: int) -> date:
    return START + timedelta(days=number)


def shares(days: int = 20, seed: int = 3) -> list[Entered]:
    draw = np.random.default_rng(seed)
    return [
        Entered(day(number), key, ShareSums(n, int(draw.binomial(n, 0.3))))
        for number in range(days)
        for key, weight in WEIGHTS.items()
        for n in [int(400 * weight)]
    ]


def means(days: int = 5) -> list[Entered]:
    draw = np.random.default_rng(5)
    found = []
    for number in range(days):
        for key in WEIGHTS:
            before = draw.gamma(2.0, 20.0, 60)
            values = before + draw.normal(0, 5, 60)
            numbers = (values, values**2, before, before**2, values * before)
            found.append(Entered(day(number), key, MeanSums(60, *(float(one.sum()) for one in numbers))))
    return found


@pytest.mark.parametrize(("kind", "entries"), [(Kind.PROPORTION, shares()), (Kind.MEAN, means())])
def test_each_look_is_the_analysis_of_that_day(kind, entries):
    found = courses(kind, entries, WEIGHTS, PLAN, family=2)
    assert [one.variant for one in found] == ["A", "B"]
    for number in (0, 3, len(found[0].looks) - 1):
        until = [one for one in entries if one.day <= day(number)]
        variants = [
            Variant(key, weight, total(kind, [one.sums for one in until if one.variant == key]).summary())
            for key, weight in WEIGHTS.items()
        ]
        analysis = analyze(variants, PLAN)
        assert analysis.family == 2
        for course, comparison in zip(found, analysis.comparisons, strict=True):
            look = course.looks[number]
            assert look.day == day(number)
            assert look.users == variants[0].summary.n + sum(
                one.summary.n for one in variants if one.key == course.variant
            )
            assert (look.effect, look.margin) == pytest.approx((comparison.absolute_effect, comparison.margin))
            assert look.interval == pytest.approx(comparison.always_valid.interval)


def test_family_is_that_of_all_metrics():
    variants = [Variant("a", 0.5, ShareSums(100, 10).summary()), Variant("b", 0.5, ShareSums(100, 20).summary())]
    holm, none = Plan(correction=Correction.HOLM), Plan()
    assert [one.family for one in analyze_together([(variants, holm)] * 3)] == [3, 3, 3]
    assert [one.family for one in analyze_together([(variants, none)] * 3)] == [1, 1, 1]


@given(st.randoms(), st.integers(1, 99))
def test_order_and_splits_of_days_do_not_matter(random, first):
    entries = shares(days=4)
    shuffled = random.sample(entries, len(entries))
    one = shuffled.pop()
    part = ShareSums(first, min(first, one.sums.successes))
    rest = ShareSums(one.sums.n - part.n, one.sums.successes - part.successes)
    split = [*shuffled, Entered(one.day, one.variant, part), Entered(one.day, one.variant, rest)]
    assert courses(Kind.PROPORTION, split, WEIGHTS, PLAN) == courses(Kind.PROPORTION, entries, WEIGHTS, PLAN)


def test_common_interval_only_narrows_and_lies_in_all():
    for course in courses(Kind.PROPORTION, shares(), WEIGHTS, PLAN, family=2):
        low, high = -math.inf, math.inf
        for look in course.looks:
            low, high = max(low, look.interval[0]), min(high, look.interval[1])
            assert look.common == (low, high)


def test_effect_that_changed_leaves_nothing_in_common():
    weights = {"control": 0.5, "A": 0.5}
    numbers = [(5000, 3000), *[(5000, 1500)] * 9]
    entries = [
        Entered(day(at), key, ShareSums(5000, successes if key == "A" else 2500))
        for at, (_n, successes) in enumerate(numbers)
        for key in weights
    ]
    (course,) = courses(Kind.PROPORTION, entries, weights, Plan(planned_total=10_000))
    assert course.looks[0].common
    assert course.looks[-1].common is None
    assert course.looks[-1].interval


@pytest.mark.parametrize(
    ("control", "treatment", "plan", "reason"),
    [
        (ShareSums(0, 0), ShareSums(100, 10), PLAN, Reason.TOO_FEW_USERS),
        (ShareSums(100, 10), ShareSums(0, 0), PLAN, Reason.TOO_FEW_USERS),
        (ShareSums(20, 10), ShareSums(20, 9), PLAN, Reason.TOO_FEW_FOR_LOOKING),
        (ShareSums(100, 0), ShareSums(100, 0), PLAN, Reason.NO_VARIATION),
        (ShareSums(100, 10), ShareSums(100, 12), Plan(), Reason.NO_PLANNED_TOTAL),
        (RatioSums(50, 0, 0, 0, 0, 0), RatioSums(50, 0, 0, 0, 0, 0), PLAN, Reason.NO_DENOMINATOR),
    ],
)
def test_look_without_an_interval_says_why(control, treatment, plan, reason):
    entries = [Entered(day(0), "control", control), Entered(day(0), "A", treatment)]
    (course,) = courses(control.kind, entries, {"control": 0.5, "A": 0.5}, plan)
    (look,) = course.looks
    assert (look.interval, look.common, look.reason) == (None, None, reason)


def test_no_entries_no_looks():
    assert [one.looks for one in courses(Kind.MEAN, [], WEIGHTS, PLAN)] == [(), ()]
    assert courses(Kind.MEAN, [], {"control": 1.0}, PLAN) == ()


def test_entries_of_no_variant_or_another_kind():
    for one in (Entered(day(0), "C", ShareSums(10, 1)), Entered(day(0), "A", MeanSums(10, 1.0, 1.0))):
        with pytest.raises(InvalidInput) as refused:
            courses(Kind.PROPORTION, [one], WEIGHTS, PLAN)
        assert refused.value.errors.keys() == {"variant"}
