import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import linregress

from experiments.stats.calibration import Forecast, Outcome, by_person, calibration
from experiments.stats.limits import InvalidInput
from experiments.stats.notes import Code
from experiments.stats.reasons import Reason
from experiments.stats.shares import share

HELD = [
    (Forecast("ada", 0.9, 0.10), Outcome(True, 0.04, (0.01, 0.07))),
    (Forecast("ada", 0.8, 0.05), Outcome(False, -0.02, (-0.04, 0.0))),
    (Forecast("ada", 0.5), Outcome(True, 0.03, (0.0, 0.06))),
    (Forecast("bo", 0.2, 0.00), Outcome(False, -0.02, (-0.04, 0.0))),
    (Forecast("bo", 1.0, 0.20), Outcome(True, 0.04, (0.01, 0.07))),
    (Forecast("bo", 0.7, 0.02), Outcome(None, 0.01, (-0.03, 0.05))),
]


def test_scores_by_hand():
    found = calibration(HELD)
    assert (found.n, found.direction.n) == (6, 5)
    assert found.direction.brier == pytest.approx((0.01 + 0.64 + 0.25 + 0.04 + 0.0) / 5)
    assert found.direction.reference == pytest.approx(0.6 * 0.4)
    assert found.direction.skill == pytest.approx(1 - 0.188 / 0.24)
    assert found.direction.hits == share(3, 4)
    errors = [0.06, 0.07, 0.02, 0.16, 0.01]
    assert (found.size.n, found.size.mean, found.size.median) == (
        5,
        pytest.approx(sum(errors) / 5),
        pytest.approx(0.06),
    )
    assert found.size.within == share(2, 5)
    expected, observed = [0.1, 0.05, 0.0, 0.2, 0.02], [0.04, -0.02, -0.02, 0.04, 0.01]
    assert found.size.slope == pytest.approx(linregress(expected, observed).slope, rel=1e-9)


def test_undecided_results_count_for_size_alone_and_that_is_said():
    (one,) = calibration(HELD).notes
    assert (one.code, one.values) == (Code.UNDECIDED_RESULTS, {"count": 1})
    only = calibration(HELD[-1:])
    assert only.direction is None
    assert (only.size.n, only.size.slope, only.size.reason) == (1, None, Reason.TOO_FEW_FORECASTS)
    assert calibration(HELD[:1]).notes == ()


def test_each_person_alone():
    found = by_person(HELD)
    assert list(found) == ["ada", "bo"]
    assert found["ada"] == calibration(HELD[:3])
    assert found["bo"] == calibration(HELD[3:])


def test_all_results_alike_leave_no_skill():
    found = calibration([(Forecast("ada", 0.9), Outcome(True)), (Forecast("ada", 0.4), Outcome(True))])
    assert (found.direction.reference, found.direction.skill, found.direction.reason) == (0, None, Reason.ALL_ALIKE)
    assert found.size is None


def test_nothing_to_hold_against():
    found = calibration([])
    assert (found.n, found.direction, found.size, found.notes) == (0, None, None, ())
    assert by_person([]) == {}


def test_everybody_expecting_the_same_has_no_slope():
    found = calibration([(Forecast("ada", 0.6, 0.1), Outcome(True, effect)) for effect in (0.1, 0.2, 0.3, 0.0, 0.1)])
    assert (found.size.slope, found.size.reason) == (None, Reason.ALL_ALIKE)
    assert found.size.within.reason is Reason.NOTHING_COUNTED


chances = st.floats(0, 1)


@given(st.lists(st.tuples(chances, st.booleans()), min_size=1, max_size=40), st.randoms())
def test_bins_hold_every_forecast_and_order_does_not_matter(pairs, random):
    held = [(Forecast("ada", chance), Outcome(better)) for chance, better in pairs]
    found, back = calibration(held).direction, calibration(random.sample(held, len(held))).direction
    assert (found.brier, found.hits) == (pytest.approx(back.brier), back.hits)
    assert sum(one.better.total for one in found.bins) == len(pairs)
    assert sum(one.better.count for one in found.bins) == sum(better for _chance, better in pairs)
    assert all(one.low <= one.chance + 1e-12 and one.chance <= one.high + 1e-12 for one in found.bins)


@given(st.lists(st.tuples(chances, st.booleans()), min_size=1, max_size=20))
def test_score_is_symmetric(pairs):
    """Betting on the control is the same bet."""
    there, back = (
        calibration(
            [(Forecast("a", 1 - chance if turn else chance), Outcome(better != turn)) for chance, better in pairs]
        )
        for turn in (False, True)
    )
    assert there.direction.brier == pytest.approx(back.direction.brier)
    assert there.direction.reference == pytest.approx(back.direction.reference)


def test_honest_forecaster_gains_from_knowing():
    """Chances drawn, and results by them: bins come true as often as they say, and the skill is above 0."""
    draw = np.random.default_rng(4)
    drawn = draw.uniform(0, 1, 4000)
    came = draw.uniform(0, 1, 4000) < drawn
    found = calibration([(Forecast("ada", float(p)), Outcome(bool(y))) for p, y in zip(drawn, came, strict=True)])
    assert found.direction.brier == pytest.approx(1 / 6, abs=0.01)  # ∫ p(1 − p) dp
    assert found.direction.skill == pytest.approx(1 / 3, abs=0.04)
    for one in found.direction.bins:
        assert one.better.interval[0] - 0.03 <= one.chance <= one.better.interval[1] + 0.03


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: Forecast("ada", 1.1), "chance"),
        (lambda: Forecast("ada", -0.1), "chance"),
        (lambda: Forecast("ada", math.nan), "chance"),
        (lambda: Forecast("ada", True), "chance"),
        (lambda: Forecast("ada", 0.5, math.inf), "effect"),
        (lambda: Outcome(True, math.nan), "effect"),
        (lambda: Outcome(True, 0.1, (0.0, math.inf)), "interval"),
        (lambda: Outcome(True, 0.1, (0.2, 0.0)), "interval"),
    ],
)
def test_what_cannot_be_foreseen_or_come(call, field):
    with pytest.raises(InvalidInput) as refused:
        call()
    assert refused.value.errors.keys() == {field}
