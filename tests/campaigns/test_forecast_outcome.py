from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from campaigns.forecast.intervals import Interval, Series
from campaigns.forecast.outcome import calculate
from campaigns.forecast.question import Question
from campaigns.forecast.ranges import Range, Source, SourceKind, point
from campaigns.forecast.reasons import SENTENCES, Reason
from tests.campaigns.questions import cells, channel, question, stage

RANGED = {
    "inputs": (
        channel("Search", volumes=[Range(800, 1000, 1500)] * 4, cost=[Range(90, 100, 200)] * 4),
        channel("Ads", volumes=(), spend=cells(*[500] * 4), cost_per_visit=Range(0.8, 1.0, 1.6)),
    ),
    "stages": (stage("Trial", Range(0.1, 0.2, 0.4), 10), stage("Order", Range(0.4, 0.5, 0.55), Range(0, 20, 50))),
    "value": Range(80, 120, 200),
    "retention": Range(0.5, 0.8, 0.9),
    "draws": 4000,
    "seed": 7,
}


def random_pert(chance: np.random.Generator, low: float, likely: float, high: float, size: int) -> np.ndarray:
    width = high - low
    shape = beta(1 + 4 * (likely - low) / width, 1 + 4 * (high - likely) / width)
    return low + width * shape.rvs(size=size, random_state=chance)


def test_intervals_are_those_of_a_simulation_written_apart():
    chance, size = np.random.default_rng(1), 200_000
    trial, order = random_pert(chance, 0.1, 0.2, 0.4, size), random_pert(chance, 0.4, 0.5, 0.55, size)
    bought = 500 / random_pert(chance, 0.8, 1.0, 1.6, size)
    entered = random_pert(chance, 800, 1000, 1500, size) + bought
    late = (10 + random_pert(chance, 0, 20, 50, size)) / 30
    worth, kept = random_pert(chance, 80, 120, 200, size), random_pert(chance, 0.5, 0.8, 0.9, size)
    won = [entered * trial * order * (np.clip(m + 1 - late, 0, None) - np.clip(m - late, 0, None)) for m in range(4)]
    expected = sum(worth * kept ** (m - c) * won[c] for m in range(4) for c in range(m + 1))
    found = calculate(question(**RANGED)).totals.revenue
    assert [found.p10, found.p50, found.p90] == pytest.approx(np.quantile(expected, [0.1, 0.5, 0.9]), rel=0.02)


def test_same_seed_same_answer():
    one = question(**RANGED)
    assert calculate(one) == calculate(replace(one))
    assert calculate(one).revenue != calculate(replace(one, seed=8)).revenue


def test_another_channel_leaves_the_draws_as_they_were():
    """Nor does the order matter, nor what is in front."""
    one = question(**RANGED)
    silent = channel("Silent", volumes=[Range(0, 0, 0)] * 4, cost=[Range(0, 5, 9)] * 4)
    more = calculate(replace(one, inputs=(silent, *reversed(one.inputs))))
    assert [found.total.p50 for found in more.stages] == pytest.approx([s.total.p50 for s in calculate(one).stages])
    assert more.totals.revenue.p10 == pytest.approx(calculate(one).totals.revenue.p10, rel=1e-12)


def test_source_changes_no_number():
    named = replace(point(120.0), source=Source(SourceKind.MEASURED, "Order value"))
    assert calculate(question(value=named)) == calculate(question(value=120.0))


@settings(max_examples=50)
@given(
    low=st.floats(0, 0.3),
    width=st.floats(0.001, 0.3),
    mode=st.floats(0, 1),
    more=st.floats(1.01, 1.6),
    seed=st.integers(0),
)
def test_higher_rate_never_brings_less(low, width, mode, more, seed):
    rate = Range(low, low + mode * width, low + width)
    higher = Range(rate.low * more, rate.likely * more, rate.high * more)
    before, after = (
        calculate(question(stages=(stage("Trial", one, 40),), draws=50, seed=seed % 2**63)) for one in (rate, higher)
    )
    for name in ("p10", "p50", "p90"):
        assert getattr(after.totals.customers, name) >= getattr(before.totals.customers, name)
        assert all(a >= b for a, b in zip(getattr(after.revenue, name), getattr(before.revenue, name), strict=True))
    assert after.totals.customers.p50 > before.totals.customers.p50


def ordered(found: Interval | Series) -> bool:
    return bool((np.diff([np.array(found.p10), np.array(found.p50), np.array(found.p90)], axis=0) >= 0).all())


@settings(max_examples=40)
@given(draws=st.integers(1, 60), seed=st.integers(0, 2**63 - 1))
def test_ends_are_in_order(draws, seed):
    found = calculate(question(**RANGED | {"draws": draws, "seed": seed}))
    totals = [one for one in vars(found.totals).values() if one]
    assert len(totals) == 6
    assert all(map(ordered, [*totals, found.revenue, found.cost, *(one.months for one in found.stages)]))


def test_totals_and_payback_of_points():
    found = calculate(
        question(inputs=(channel(volumes=[10] * 4, cost=[400, 0, 0, 50]),), stages=(stage("Order", 0.1),))
    )
    assert found.months == ("2027-01", "2027-02", "2027-03", "2027-04")
    assert found.revenue.p50 == pytest.approx((120,) * 4)
    assert found.cost.p50 == (400, 0, 0, 50)
    totals = found.totals
    assert (totals.customers.p50, totals.revenue.p50, totals.cost.p50) == pytest.approx((4, 480, 450))
    assert (totals.gain.p50, totals.roi.p50, totals.cost_per_customer.p50) == pytest.approx((30, 30 / 450, 112.5))
    assert found.payback.p50 == "2027-04"
    assert (found.payback.chance, found.reasons, found.sensitivity) == (1.0, (), ())


def test_payback_waits_for_the_first_cost():
    """Before anything is spent, 0 of 0 is not a payback."""
    found = calculate(question(inputs=(channel(volumes=[0, 0, 100, 100], cost=[0, 0, 1200, 0]),)))
    assert found.payback.p50 == "2027-03"


def test_payback_that_some_draws_miss():
    asked = question(
        inputs=(channel(volumes=[100], cost=[100]),), stages=(stage("Order", Range(0, 0.01, 0.02)),), value=100
    )
    found = calculate(asked)
    assert (found.payback.p10, found.payback.p50, found.payback.p90) == ("2027-01", "2027-01", None)
    assert found.payback.chance == pytest.approx(0.5, abs=0.01)
    assert found.reasons == (Reason.NO_PAYBACK,)


@pytest.mark.parametrize(
    ("fields", "missing", "reasons"),
    [
        ({}, {"roi", "payback"}, {Reason.NO_COST}),
        (
            {"inputs": (channel(volumes=[0.0]),)},
            {"roi", "payback", "cost_per_customer"},
            {Reason.NO_COST, Reason.NO_CUSTOMERS},
        ),
        (
            {"inputs": (channel(volumes=[0.0], cost=[5]),), "value": Range(1, 2, 3)},
            {"cost_per_customer"},
            {Reason.NO_CUSTOMERS, Reason.NO_PAYBACK, Reason.NO_EFFECT},
        ),
        (
            {"inputs": (channel(volumes=[1e-200], cost=[1e12]),), "stages": (stage("Order", 1e-110),)},
            {"cost_per_customer"},
            {Reason.OUT_OF_RANGE, Reason.NO_PAYBACK},
        ),
    ],
)
def test_nothing_to_compute_is_none_with_a_reason(fields, missing, reasons):
    found = calculate(question(**fields))
    parts = vars(found.totals) | {"payback": found.payback}
    assert {name for name, part in parts.items() if part is None} == missing
    assert set(found.reasons) == reasons


def test_every_reason_has_a_sentence():
    assert set(SENTENCES) == set(Reason)


def test_months_over_the_turn_of_a_year():
    assert calculate(question(start="2199-11", months=6)).months[:3] == ("2199-11", "2199-12", "2200-01")


def test_largest_numbers_stay_finite():
    most = [1e12] * 120
    inputs = tuple(channel(f"Channel {n}", volumes=most, cost=most) for n in range(50))
    asked = question(inputs=inputs, stages=(stage("Order", Range(0, 1, 1)),), value=Range(0, 1e12, 1e12), retention=1)
    found = calculate(asked)
    assert np.isfinite(found.revenue.p90).all()
    assert np.isfinite(found.totals.roi.p90)
    assert sum(one.share for one in found.sensitivity) == pytest.approx(1)


def test_question_is_frozen():
    with pytest.raises(AttributeError):
        question().draws = 3  # type: ignore[misc]
    assert isinstance(question(), Question)
