import math
from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.stats.analysis import Plan, Verdict, analyze, analyze_together, verdict
from experiments.stats.bayes import BetaPrior, NormalPrior
from experiments.stats.corrections import Correction
from experiments.stats.inputs import Covariate, Goal, Mean, Proportion, Ratio, Variant
from experiments.stats.limits import InvalidInput
from experiments.stats.reasons import Reason

PLAN = Plan(minimum_effect=0.02, planned_total=20_000)


def of(*summaries, weights=None):
    weights = weights or [1 / len(summaries)] * len(summaries)
    return [Variant(f"v{number}", weights[number], summary) for number, summary in enumerate(summaries)]


def compared(*summaries, plan=PLAN):
    (comparison,) = analyze(of(*summaries), plan).comparisons
    return comparison


def numbers(value):
    """All floats of a result, however deep."""
    if isinstance(value, dict):
        return [one for inner in value.values() for one in numbers(inner)]
    if isinstance(value, list | tuple):
        return [one for inner in value for one in numbers(inner)]
    return [value] if isinstance(value, float) else []


@pytest.mark.parametrize(
    ("successes", "goal", "expected"),
    [
        (1300, Goal.INCREASE, Verdict.BETTER),
        (1300, Goal.DECREASE, Verdict.WORSE),
        (700, Goal.INCREASE, Verdict.WORSE),
        (700, Goal.DECREASE, Verdict.BETTER),
        (1040, Goal.INCREASE, Verdict.UNDECIDED),
    ],
)
def test_verdict_of_ten_thousand_users_each(successes, goal, expected):
    plan = Plan(goal=goal, minimum_effect=0.02, planned_total=20_000)
    assert compared(Proportion(10_000, 1000), Proportion(10_000, successes), plan=plan).verdict is expected


def test_no_difference_that_matters_is_not_the_same_as_not_knowing():
    plan = Plan(minimum_effect=0.05, planned_total=2_000_000)
    sure = compared(Proportion(1_000_000, 100_000), Proportion(1_000_000, 100_100), plan=plan)
    unsure = compared(Proportion(1000, 100), Proportion(1000, 100), plan=plan)
    assert (sure.verdict, unsure.verdict) == (Verdict.EQUIVALENT, Verdict.UNDECIDED)
    assert sure.equivalence < 0.05 < unsure.equivalence


@pytest.mark.parametrize(
    ("interval", "margin", "expected"),
    [
        (None, 0.1, Verdict.NOT_COMPUTABLE),
        ((-0.05, 0.05), None, Verdict.UNDECIDED),
        ((-0.05, 0.05), 0.1, Verdict.EQUIVALENT),
        ((0.01, 0.05), 0.1, Verdict.EQUIVALENT),
        ((0.01, 0.15), 0.1, Verdict.BETTER),
        ((-0.15, -0.01), 0.1, Verdict.WORSE),
        ((-0.1, 0.05), 0.1, Verdict.UNDECIDED),
    ],
)
def test_verdict_of_an_interval(interval, margin, expected):
    assert verdict(interval, Goal.INCREASE, margin) is expected


@pytest.mark.parametrize(
    ("control", "treatment", "reasons"),
    [
        (Proportion(0, 0), Proportion(0, 0), {Reason.TOO_FEW_USERS}),
        (Proportion(0, 0), Proportion(1000, 100), {Reason.TOO_FEW_USERS}),
        (Proportion(1, 1), Proportion(1, 0), {Reason.TOO_FEW_USERS}),
        (Proportion(1000, 0), Proportion(1000, 0), {Reason.CONTROL_NOT_POSITIVE, Reason.NO_VARIATION}),
        (Mean(100, 0.0, 0.0), Mean(100, 0.0, 0.0), {Reason.CONTROL_NOT_POSITIVE, Reason.NO_VARIATION}),
        (Mean(100, 3.0, 0.0), Mean(100, 4.0, 0.0), {Reason.NO_VARIATION}),
        (Proportion(10, 5), Proportion(10, 5), {Reason.TOO_FEW_FOR_LOOKING}),
        (Ratio(10, 0, 0, 0, 0, 0), Ratio(10, 0, 0, 0, 0, 0), {Reason.NO_DENOMINATOR}),
    ],
)
def test_what_cannot_be_computed_says_why(control, treatment, reasons):
    found = compared(control, treatment)
    assert set(found.reasons) == reasons
    assert found.verdict is Verdict.NOT_COMPUTABLE
    assert found.always_valid is None
    if reasons != {Reason.TOO_FEW_FOR_LOOKING}:
        assert (found.fixed, found.p_value_adjusted, found.posterior, found.equivalence) == (None,) * 4


def test_plan_without_a_total_or_an_effect():
    found = compared(Proportion(1000, 100), Proportion(1000, 130), plan=Plan())
    assert found.reasons == (Reason.NO_MINIMUM_EFFECT, Reason.NO_PLANNED_TOTAL)
    assert found.fixed
    assert found.posterior
    assert found.verdict is Verdict.NOT_COMPUTABLE


def test_control_near_zero_has_no_relative_interval():
    found = compared(Proportion(1000, 2), Proportion(1000, 30))
    assert found.relative_effect == pytest.approx(14)
    assert (found.relative_interval, found.reasons) == (None, (Reason.CONTROL_NEAR_ZERO,))


def test_covariate_narrows_every_interval():
    plain = compared(Mean(500, 10.0, 4.0), Mean(500, 10.4, 4.0))
    with_one = compared(Mean(500, 10.0, 4.0, Covariate(9, 3, 9)), Mean(500, 10.4, 4.0, Covariate(9, 3, 9)))
    for before, after in zip(
        [plain.fixed.interval, plain.always_valid.interval, plain.posterior.interval, plain.relative_interval],
        [
            with_one.fixed.interval,
            with_one.always_valid.interval,
            with_one.posterior.interval,
            with_one.relative_interval,
        ],
        strict=True,
    ):
        assert after[1] - after[0] < before[1] - before[0]


def test_covariate_of_a_share_takes_it_for_a_mean():
    covariate = Covariate(0.1, 0.3, 0.05)
    found = compared(Proportion(1000, 100, covariate), Proportion(1000, 130, covariate))
    assert found.posterior.interval == pytest.approx(found.fixed.interval, rel=0.01)


def test_winsorizing_is_noted_and_changes_nothing():
    plain = compared(Mean(500, 10.0, 4.0), Mean(500, 10.4, 4.0))
    cut = compared(Mean(500, 10.0, 4.0, winsorized=0.995), Mean(500, 10.4, 4.0, winsorized=0.995))
    (said,) = cut.notes
    assert said.sentence == "Values beyond percentile 99.5 were set to it (winsorized), in all variants alike."
    assert replace(cut, notes=()) == plain


def test_stated_priors_reach_the_posterior():
    share, normal = BetaPrior(10, 90), NormalPrior(0.0, 1.0)
    plan = Plan(planned_total=2000, share_prior=share, difference_prior=normal)
    assert compared(Proportion(1000, 100), Proportion(1000, 130), plan=plan).posterior.prior is share
    assert compared(Mean(500, 10.0, 4.0), Mean(500, 10.4, 4.0), plan=plan).posterior.prior is normal


def test_correction_of_several_treatments():
    four = of(*(Proportion(1000, successes) for successes in (100, 120, 130, 140)))
    plain, holm = (analyze(four, Plan(planned_total=4000, correction=c)) for c in (Correction.NONE, Correction.HOLM))
    assert [one.fixed for one in plain.comparisons] == [one.fixed for one in holm.comparisons]
    smallest = plain.comparisons[2].fixed.p_value
    assert holm.comparisons[2].p_value_adjusted == pytest.approx(3 * smallest)
    for one, other in zip(plain.comparisons, holm.comparisons, strict=True):
        assert one.p_value_adjusted == one.fixed.p_value
        assert other.always_valid.interval[0] < one.always_valid.interval[0]


def test_correction_of_several_metrics():
    variants = of(Proportion(1000, 100), Proportion(1000, 130))
    plan = Plan(planned_total=2000, correction=Correction.HOLM)
    (alone,) = analyze_together([(variants, plan)])
    first, second = analyze_together([(variants, plan), (variants, plan)])
    assert first == second
    assert first.comparisons[0].p_value_adjusted == pytest.approx(2 * alone.comparisons[0].p_value_adjusted)


def test_correction_leaves_out_what_is_not_computed():
    found = analyze(
        of(Proportion(1000, 100), Proportion(0, 0), Proportion(1000, 130)), Plan(correction=Correction.HOLM)
    )
    nothing, something = found.comparisons
    assert nothing.p_value_adjusted is None
    assert something.p_value_adjusted == something.fixed.p_value


def test_one_wrong_metric_refuses_all():
    with pytest.raises(InvalidInput):
        analyze_together([(of(Proportion(1000, 100), Proportion(1000, 130)), PLAN), ([], PLAN)])


@settings(deadline=None, max_examples=30)
@given(st.permutations(range(1, 5)))
def test_order_of_treatments_does_not_matter(order):
    five = of(*(Proportion(1000 + 10 * number, 100 + 9 * number) for number in range(5)))
    plan = Plan(minimum_effect=0.05, planned_total=5000, correction=Correction.HOLM)
    straight = {one.variant: one for one in analyze(five, plan).comparisons}
    assert {one.variant: one for one in analyze([five[0], *(five[n] for n in order)], plan).comparisons} == straight


counts = st.integers(0, 10**12)
wild = (
    st.tuples(counts, counts).map(lambda pair: Proportion(max(pair), min(pair))),
    st.builds(Mean, counts, st.floats(-1e15, 1e15), st.floats(0, 1e15)),
    st.floats(1e-300, 1e-5).map(lambda tiny: Mean(1000, tiny, tiny / 2)),
    st.builds(
        lambda n, up, down: Ratio(n, up * n, down * n, 2 * up * up * n, 1.5 * down * down * n, up * down * n),
        counts,
        st.floats(-1e10, 1e10).filter(lambda up: up == 0 or abs(up) > 1e-100),
        st.floats(1e-100, 1e10),
    ),
)
pairs = st.one_of(*(st.tuples(kind, kind) for kind in wild))


@settings(deadline=None, max_examples=150)
@given(pairs, st.floats(1e-6, 0.5), st.floats(1e-9, 1e15), st.integers(2, 10**12), st.sampled_from(Goal))
def test_whatever_the_numbers_nothing_is_infinite(pair, alpha, effect, total, goal):
    control, treatment = pair
    plan = Plan(goal=goal, alpha=alpha, minimum_effect=effect, planned_total=total)
    found = analyze(of(control, treatment), plan)
    assert all(math.isfinite(number) for number in numbers(asdict(found)))
    (comparison,) = found.comparisons
    missing = [comparison.fixed, comparison.always_valid, comparison.relative_interval, comparison.equivalence]
    assert (None in missing) == bool(comparison.reasons)
    for share in [comparison.equivalence, comparison.p_value_adjusted]:
        assert share is None or 0 <= share <= 1
