"""What matters most, what would be needed, and scenarios side by side."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import beta

from campaigns.forecast.backwards import Target, needed
from campaigns.forecast.compare import compare
from campaigns.forecast.limits import InvalidInput
from campaigns.forecast.outcome import calculate
from campaigns.forecast.ranges import Range, point
from campaigns.forecast.reasons import Reason
from campaigns.forecast.sensitivity import sensitivity
from tests.campaigns.questions import cells, channel, question, stage


def spread(low: float, likely: float, high: float) -> float:
    """The squared coefficient of variation of a PERT distribution."""
    width = high - low
    known = beta(1 + 4 * (likely - low) / width, 1 + 4 * (high - likely) / width, loc=low, scale=width)
    return float(known.var() / known.mean() ** 2)


def test_shares_are_those_of_a_product():
    """Of a product, the first-order effects are as the squared coefficients of variation."""
    ends = {"Trial: rate": (0.1, 0.2, 0.4), "Order: rate": (0.4, 0.5, 0.55), "value": (80, 120, 130)}
    stages = (stage("Trial", Range(*ends["Trial: rate"])), stage("Order", Range(*ends["Order: rate"])))
    found = sensitivity(question(stages=stages, value=Range(*ends["value"]), draws=1))
    total = math.fsum(spread(*one) for one in ends.values())
    assert {one.input: one.share for one in found} == pytest.approx(
        {name: spread(*one) / total for name, one in ends.items()}, rel=1e-2
    )
    assert [one.input for one in found] == ["Trial: rate", "value", "Order: rate"]
    assert [one.field for one in found] == ["stages.0.rate", "value", "stages.1.rate"]


def test_all_kinds_of_ranges_are_ranked():
    asked = question(
        inputs=(
            channel("Search", volumes=[Range(50, 100, 150)] * 3, cost=[Range(5, 6, 7)] * 3),
            channel("Ads", volumes=(), spend=cells(*[Range(50, 60, 90)] * 3), cost_per_visit=Range(1, 2, 3)),
        ),
        stages=(stage("Order", 0.5, Range(0, 10, 40)),),
        retention=Range(0.1, 0.5, 0.6),
    )
    found = {one.input: one.share for one in sensitivity(asked)}
    assert set(found) == {
        "Search: volumes",
        "Search: cost",
        "Ads: spend",
        "Ads: cost per visit",
        "Order: lag",
        "retention",
    }
    assert found["Search: cost"] == 0.0  # revenue does not depend on it
    assert min(share for name, share in found.items() if name != "Search: cost") > 0.001
    assert math.fsum(found.values()) == pytest.approx(1)


def test_of_customers_where_they_are_worth_nothing():
    (found,) = sensitivity(question(stages=(stage("Order", Range(0.1, 0.2, 0.3)),), value=0))
    assert (found.input, found.share) == ("Order: rate", 1.0)


def test_nothing_is_ranked_where_nothing_varies():
    assert sensitivity(question()) == ()
    ranged = (stage("Order", Range(0.1, 0.2, 0.3)),)
    assert sensitivity(question(stages=ranged, inputs=(channel(volumes=[0, 0]),))) == ()


RANGED = question(
    inputs=(channel(cost=[500] * 6),), stages=(stage("Trial", Range(0.1, 0.2, 0.4), 20), stage("Order", 0.5)), draws=999
)


@pytest.mark.parametrize("target", [Target(revenue=90_000), Target(customers=700), Target(customers=10)])
def test_what_is_needed_reaches_the_target(target):
    """Each lever, put into the question, brings the median to the target."""
    volumes, trial, order, *value = needed(RANGED, target)
    (first, second), (given,) = RANGED.stages, RANGED.inputs
    changed = {
        "inputs": replace(RANGED, inputs=(replace(given, volumes=cells(*[1000 * volumes.needed] * 6)),)),
        "stages.0.rate": replace(RANGED, stages=(replace(first, rate=point(trial.needed)), second)),
        "stages.1.rate": replace(RANGED, stages=(first, replace(second, rate=point(order.needed)))),
    }
    if value:
        changed["value"] = replace(RANGED, value=point(value[0].needed))
    assert [lever.field for lever in (volumes, trial, order, *value)] == list(changed)
    for one in changed.values():
        totals = calculate(one).totals
        reached = totals.customers.p50 if target.revenue is None else totals.revenue.p50
        assert reached == pytest.approx(target.revenue or target.customers, rel=1e-9)


def test_now_is_what_is_likely():
    assert [lever.now for lever in needed(RANGED, Target(revenue=1))] == [1.0, 0.2, 0.5, 120.0]
    assert [lever.name for lever in needed(RANGED, Target(revenue=1))] == [
        "volumes",
        "Trial: rate",
        "Order: rate",
        "value",
    ]


def test_what_cannot_be_needed_has_a_reason():
    found = {lever.field: lever for lever in needed(question(), Target(customers=2000))}
    assert found["inputs"].needed == pytest.approx(2000 / 600)
    assert found["stages.0.rate"].needed == pytest.approx(2 / 3)
    assert (found["stages.1.rate"].needed, found["stages.1.rate"].reason) == (None, Reason.ABOVE_ONE)
    nothing = needed(question(inputs=(channel(volumes=[0]),)), Target(revenue=5))
    assert {(lever.needed, lever.reason) for lever in nothing} == {(None, Reason.NOTHING_COMES)}
    worthless = needed(question(value=0), Target(revenue=1200))
    assert [lever.needed for lever in worthless] == [None, None, None, pytest.approx(2)]
    tiny = needed(question(stages=(stage("Order", 1e-30),)), Target(revenue=5))
    assert [lever.reason for lever in tiny] == [Reason.OUT_OF_RANGE, None, Reason.OUT_OF_RANGE]


@pytest.mark.parametrize("given", [{}, {"revenue": 1, "customers": 1}, {"revenue": -1}, {"customers": math.nan}])
def test_target_that_cannot_be(given):
    with pytest.raises(InvalidInput) as refused:
        Target(**given)
    assert set(refused.value.errors) == ({"customers"} if "customers" in given and len(given) == 1 else {"revenue"})


def test_scenarios_share_their_draws():
    """What both have is the same in each draw, so a small difference shows through wide intervals."""
    better = replace(RANGED, stages=(RANGED.stages[0], stage("Order", 0.51)), seed=99, draws=5)
    first, second = compare({"As now": RANGED, "Shorter form": better})
    assert (first.name, first.difference, second.name) == ("As now", None, "Shorter form")
    assert first.outcome == calculate(RANGED)
    assert second.difference.chance == 1.0
    assert second.difference.cost.p90 == 0
    assert second.difference.customers.p50 == pytest.approx(first.outcome.totals.customers.p50 * 0.02, rel=1e-6)
    assert second.difference.gain == second.difference.revenue
    assert np.sign(second.difference.revenue.p10) == 1


def test_scenarios_of_the_same_months():
    with pytest.raises(InvalidInput) as refused:
        compare({"A": question(), "B": question(start="2027-02"), "C": question(inputs=(channel(volumes=[1]),))})
    assert set(refused.value.errors) == {"B", "C"}
    with pytest.raises(InvalidInput):
        compare({})
