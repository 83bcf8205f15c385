from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.stats import effects
from experiments.stats.advice import Advice, Measured, Role, Rule
from experiments.stats.analysis import Analysis, Comparison, Plan, Verdict, analyze, verdict
from experiments.stats.assessment import Assessment, Run, Status, assess
from experiments.stats.inputs import Goal, Proportion, Variant
from experiments.stats.notes import TEMPLATES, Code, note
from experiments.stats.reasons import Reason
from experiments.stats.sample_ratio import SampleRatio

MARGIN = 1.0
BETTER, WORSE, SAME, OPEN, FEW = (2, 4), (-4, -2), (-0.5, 0.5), (-3, 3), Reason.TOO_FEW_FOR_LOOKING
CLEAR = Run(Rule.CLEAR_SIGNALS, elapsed_days=20, minimum_days=14, planned_total=10_000, days_to_end=8, days_left=5)
HARMLESS = replace(CLEAR, rule=Rule.DO_NO_HARM)
ENDED = {"days_to_end": 0}


def compared(key, interval, goal=Goal.INCREASE, margin=MARGIN) -> Comparison:
    if isinstance(interval, Reason):
        return Comparison(key, "control", reasons=(interval,))
    return Comparison(
        key,
        "control",
        absolute_effect=sum(interval) / 2,
        always_valid=effects.Test(0.5, interval),
        margin=margin,
        verdict=verdict(interval, goal, margin),
        reasons=() if margin else (Reason.NO_MINIMUM_EFFECT,),
    )


def measured(metric, *intervals, role=Role.PRIMARY, goal=Goal.INCREASE, margin=MARGIN, users=1000, p_value=0.5):
    keys = "ABCDE"[: len(intervals)]
    comparisons = tuple(compared(key, interval, goal, margin) for key, interval in zip(keys, intervals, strict=True))
    counts = dict.fromkeys(["control", *keys], users)
    return Measured(metric, role, counts, Analysis(SampleRatio(p_value, p_value < 0.001), comparisons), goal)


def guard(metric, *intervals, **more):
    return measured(metric, *intervals, role=Role.GUARDRAIL, **more)


def said(found: Assessment):
    return found.status, found.advice, found.variant


def codes(found: Assessment):
    return [one.code for one in found.reasons]


RULES = [
    # one treatment, clear signals
    ([measured("m", BETTER)], {}, Advice.SHIP, "A"),
    ([measured("m", WORSE)], {}, Advice.ROLL_BACK, "A"),
    ([measured("m", SAME)], {}, Advice.KEEP, None),
    ([measured("m", OPEN)], {}, None, None),
    ([measured("m", OPEN)], ENDED, Advice.YOUR_CALL, None),
    ([measured("m", OPEN)], {"planned_total": 2000}, Advice.YOUR_CALL, None),
    ([measured("m", OPEN)], {"days_left": 0}, Advice.YOUR_CALL, None),
    ([measured("m", BETTER), measured("k", OPEN)], {}, Advice.SHIP, "A"),
    ([measured("m", BETTER), measured("k", WORSE)], {}, Advice.ROLL_BACK, "A"),
    ([measured("m", SAME), measured("k", OPEN)], {}, None, None),
    ([measured("m", SAME), measured("k", SAME)], {}, Advice.KEEP, None),
    ([measured("m", BETTER), measured("k", WORSE, role=Role.SECONDARY)], {}, Advice.SHIP, "A"),
    ([measured("m", BETTER), guard("g", OPEN)], {}, Advice.SHIP, "A"),
    ([measured("m", Reason.NO_VARIATION)], ENDED, Advice.YOUR_CALL, None),
    # several
    ([measured("m", BETTER, (3, 6))], {}, Advice.SHIP, "B"),
    ([measured("m", OPEN, BETTER, WORSE)], {}, Advice.SHIP, "B"),
    ([measured("m", WORSE, WORSE)], {}, Advice.ROLL_BACK, None),
    ([measured("m", WORSE, OPEN)], {}, None, None),
    ([measured("m", WORSE, SAME)], {}, Advice.KEEP, None),
    ([measured("m", WORSE, OPEN)], ENDED, Advice.YOUR_CALL, None),
]
NO_HARM = [
    ([measured("m", BETTER)], {}, None, None),
    ([measured("m", BETTER)], ENDED, Advice.SHIP, "A"),
    ([measured("m", SAME)], ENDED, Advice.SHIP, "A"),
    ([measured("m", (-0.9, 3))], ENDED, Advice.SHIP, "A"),
    ([measured("m", OPEN)], ENDED, Advice.YOUR_CALL, None),
    ([measured("m", OPEN, margin=None)], ENDED, Advice.SHIP, "A"),
    ([measured("m", OPEN, margin=None)], {"planned_total": 2000}, Advice.SHIP, "A"),
    ([measured("m", OPEN, margin=None)], {"days_left": 0}, None, None),
    ([measured("m", SAME), guard("g", OPEN)], ENDED, Advice.YOUR_CALL, None),
    ([measured("m", SAME), guard("g", (-0.9, 3))], ENDED, Advice.SHIP, "A"),
    ([measured("m", (-3, 0.9), goal=Goal.DECREASE)], ENDED, Advice.SHIP, "A"),
    ([measured("m", (-0.9, 3), goal=Goal.DECREASE)], ENDED, Advice.YOUR_CALL, None),
    ([measured("m", WORSE)], {}, Advice.ROLL_BACK, "A"),
    ([measured("m", WORSE, SAME)], ENDED, Advice.SHIP, "B"),
    ([measured("m", Reason.NO_VARIATION)], ENDED, Advice.YOUR_CALL, None),
]


@pytest.mark.parametrize(
    ("metrics", "run", "advice", "variant"),
    [(metrics, replace(CLEAR, **run), *rest) for metrics, run, *rest in RULES]
    + [(metrics, replace(HARMLESS, **run), *rest) for metrics, run, *rest in NO_HARM],
)
def test_what_the_rule_says(metrics, run, advice, variant):
    found = assess(metrics, run)
    assert said(found) == (Status.READY if advice else Status.RUNNING, advice, variant)
    assert found.days_left == (0 if advice else run.days_left)
    early = assess(metrics, replace(run, minimum_days=23))
    assert said(early) == (Status.RUNNING, None, None)
    assert codes(early)[-1] is Code.MINIMUM_RUN
    assert early.days_left >= 3
    assert all(one.sentence for one in found.reasons)


def test_reasons_name_metric_and_variant():
    found = assess([measured("Orders", BETTER), guard("Refunds", OPEN, goal=Goal.DECREASE)], CLEAR)
    assert found.reasons == (note(Code.BETTER, metric="Orders", variant="A"),)
    assert [one.sentence for one in found.reasons] == ["A is better in Orders."]
    call = assess([measured("Orders", OPEN), measured("Visits", Reason.NO_VARIATION)], replace(CLEAR, **ENDED))
    assert codes(call) == [Code.UNDECIDED, Reason.NO_VARIATION, Code.END_REACHED, Code.MORE_DAYS]
    assert call.reasons[-1].sentence == (
        "Days until the interval is as narrow as the smallest effect that matters: about 5."
    )


def test_best_of_several_and_who_may_be_as_good():
    found = assess([measured("m", (2, 4), (3, 6), (7, 9))], CLEAR)
    assert (found.variant, codes(found)) == ("C", [Code.BETTER])
    close = assess([measured("m", (2, 4), (3.5, 6), OPEN, WORSE)], CLEAR)
    assert close.variant == "B"
    assert close.reasons[1:] == (note(Code.NOT_TOLD_APART, variant="B", other="A"),)
    fall = assess([measured("m", (-4, -2), (-6, -3), goal=Goal.DECREASE)], CLEAR)
    assert fall.variant == "B"


def test_guardrail_harmed_is_said_at_any_time():
    metrics = [measured("m", OPEN), guard("g", WORSE)]
    for elapsed in (1, 20):
        found = assess(metrics, replace(CLEAR, elapsed_days=elapsed))
        assert said(found) == (Status.GUARDRAIL_HARMED, Advice.ROLL_BACK, "A")
        assert found.reasons == (note(Code.GUARDRAIL_HARMED, metric="g", variant="A"),)
    up = [measured("m", OPEN), guard("g", BETTER, goal=Goal.DECREASE)]
    assert assess(up, CLEAR).status is Status.GUARDRAIL_HARMED


def test_guardrail_harmed_by_one_of_several():
    one = [measured("m", BETTER, OPEN), guard("g", WORSE, OPEN)]
    assert said(assess(one, CLEAR)) == (Status.GUARDRAIL_HARMED, Advice.ROLL_BACK, "A")
    both = [measured("m", OPEN, OPEN), guard("g", WORSE, WORSE)]
    assert said(assess(both, CLEAR)) == (Status.GUARDRAIL_HARMED, Advice.ROLL_BACK, None)
    other = [measured("m", BETTER, BETTER), guard("g", WORSE, OPEN)]
    assert said(assess(other, CLEAR)) == (Status.GUARDRAIL_HARMED, Advice.SHIP, "B")
    early = replace(CLEAR, elapsed_days=1)
    assert said(assess(other, early)) == (Status.GUARDRAIL_HARMED, Advice.ROLL_BACK, "A")


def users(metric: Measured, **counts) -> Measured:
    return replace(metric, users={**metric.users, **counts})


M, G = measured("m", BETTER), guard("g", OPEN)
EMPTY = Measured("g", Role.GUARDRAIL, {"control": 0, "A": 0}, None)
UNHEALTHY = [
    ([measured("m", BETTER, p_value=1e-4), G], {}, [Code.SAMPLE_RATIO]),
    ([measured("m", BETTER, p_value=1e-4), guard("g", WORSE)], {}, [Code.SAMPLE_RATIO, Code.GUARDRAIL_HARMED]),
    ([users(M, A=0), users(G, A=0)], {}, [Code.NO_USERS]),
    ([M, users(G, A=900)], {}, [Code.USERS_DIFFER]),
    ([M, EMPTY], {}, [Code.RESULTS_MISSING]),
    ([M, G], {"silent_days": 10}, [Code.SILENT]),
    ([M, EMPTY], {"silent_days": 10}, [Code.RESULTS_MISSING, Code.SILENT]),
]


@pytest.mark.parametrize(("metrics", "run", "expected"), UNHEALTHY)
def test_unhealthy_says_why_at_any_time(metrics, run, expected):
    for elapsed in (1, 20):
        found = assess(metrics, replace(CLEAR, elapsed_days=elapsed, **run))
        assert said(found) == (Status.UNHEALTHY, None, None)
        assert codes(found) == expected


def test_harm_outweighs_what_is_only_missing():
    secondary = Measured("s", Role.SECONDARY, {"control": 0, "A": 0}, None)
    found = assess([M, guard("g", WORSE), secondary], CLEAR)
    assert said(found) == (Status.GUARDRAIL_HARMED, Advice.ROLL_BACK, "A")
    assert codes(found) == [Code.GUARDRAIL_HARMED, Code.RESULTS_MISSING]
    alone = assess([replace(EMPTY, metric="m", role=Role.PRIMARY), guard("g", WORSE)], CLEAR)
    assert alone.status is Status.GUARDRAIL_HARMED


HEALTHY = [
    ([M, G], {"silent_days": 9}),
    ([M, G], {"silent_days": 99, "days_to_end": -90}),
    ([M, users(G, A=995)], {}),
    ([users(M, control=20, A=0), users(G, control=20, A=0)], {}),
]


@pytest.mark.parametrize(("metrics", "run"), HEALTHY)
def test_not_unhealthy(metrics, run):
    assert assess(metrics, replace(CLEAR, **run)).status is Status.READY


def test_needs_data():
    few = assess([measured("m", FEW), guard("g", FEW)], CLEAR)
    assert said(few) == (Status.NEEDS_DATA, None, None)
    assert few.reasons == (note(FEW, metric="m", variant="A"),)
    assert few.reasons[0].sentence == FEW.sentence
    assert codes(assess([EMPTY, replace(EMPTY, role=Role.PRIMARY)], CLEAR)) == [Code.NO_RESULTS]
    assert codes(assess([G], CLEAR)) == [Code.NO_PRIMARY]
    assert codes(assess([], CLEAR)) == [Code.NO_PRIMARY]


DAYS = [
    (5, 8, 20, 5, []),
    (12, 8, 20, 8, [Code.PLANNED_END]),
    (12, None, 20, 12, []),
    (Reason.NO_RATE, 8, 20, 8, [Reason.NO_RATE, Code.PLANNED_END]),
    (Reason.NO_RATE, None, 20, None, [Reason.NO_RATE]),
    (Reason.NO_RATE, None, 1, None, [Reason.NO_RATE, Code.MINIMUM_RUN]),
    (5, 80, 1, 13, [Code.MINIMUM_RUN]),
]


@pytest.mark.parametrize(("left", "to_end", "elapsed", "days", "expected"), DAYS)
def test_days_left_while_it_runs(left, to_end, elapsed, days, expected):
    run = replace(CLEAR, days_left=left, days_to_end=to_end, elapsed_days=elapsed)
    found = assess([measured("m", OPEN)], run)
    assert (found.status, found.days_left, codes(found)) == (Status.RUNNING, days, expected)


intervals = st.sampled_from([BETTER, WORSE, SAME, OPEN, (-0.9, 3), FEW, Reason.NO_VARIATION])


@given(st.lists(st.tuples(intervals, intervals, intervals), min_size=1, max_size=4), st.sampled_from(Rule), st.data())
def test_order_of_treatments_does_not_matter(rows, rule, data):
    columns = zip(*rows, strict=True)
    metrics = [
        measured(name, *column, role=role)
        for name, role, column in zip("mkg", (Role.PRIMARY, Role.PRIMARY, Role.GUARDRAIL), columns, strict=True)
    ]
    order = data.draw(st.permutations(range(len(rows))))
    turned = [
        replace(one, analysis=replace(one.analysis, comparisons=tuple(one.analysis.comparisons[n] for n in order)))
        for one in metrics
    ]
    run = replace(CLEAR, rule=rule, days_to_end=data.draw(st.sampled_from([0, 8])))
    there, back = assess(metrics, run), assess(turned, run)
    assert said(there)[:2] == said(back)[:2]
    if there.advice is Advice.SHIP:
        findings = [one for m in metrics for one in m.analysis.comparisons if one.variant == there.variant]
        assert all(one.verdict is not Verdict.WORSE for one in findings)


def test_every_code_has_a_template():
    assert set(TEMPLATES) == set(Code)


def test_from_sums_to_status():
    variants = [Variant("control", 0.5, Proportion(10_000, 1000)), Variant("A", 0.5, Proportion(10_000, 1300))]
    analysis = analyze(variants, Plan(minimum_effect=0.02, planned_total=40_000))
    counts = {one.key: one.summary.n for one in variants}
    found = assess([Measured("Sign-ups", Role.PRIMARY, counts, analysis)], replace(CLEAR, planned_total=40_000))
    assert said(found) == (Status.READY, Advice.SHIP, "A")
    assert analysis.comparisons[0].margin == pytest.approx(0.002)
