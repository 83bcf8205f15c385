import math

import pytest

from campaigns.forecast.limits import InvalidInput
from campaigns.forecast.ranges import Range, point
from tests.campaigns.questions import cells, channel, question, stage


def fields_of(call, *args, **kwargs) -> set[str]:
    with pytest.raises(InvalidInput) as refused:
        call(*args, **kwargs)
    assert all(refused.value.errors.values())
    assert str(refused.value)
    return set(refused.value.errors)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (-0.1, "rate"),
        (1.1, "rate"),
        (math.nan, "rate.low"),
        (math.inf, "rate"),
        (True, "rate"),
        ("0.2", "rate"),
        (None, "rate"),
        (Range(0.3, 0.2, 0.4), "rate.low"),
        (Range(0.1, 0.5, 0.4), "rate.likely"),
        (Range(-0.1, 0.2, 0.4), "rate.low"),
        (Range(0.1, 0.2, 1.4), "rate.high"),
        (Range(0.1, "0.2", 0.4), "rate.likely"),
        (Range(0.1, 0.2, math.nan), "rate.high"),
    ],
)
def test_rate_that_cannot_be(given, field):
    assert field in fields_of(stage, "Trial", given)


def test_stage_that_cannot_be():
    assert fields_of(stage, " ", 0.2) == fields_of(stage, "x" * 101, 0.2) == fields_of(stage, 7, 0.2) == {"name"}
    assert fields_of(stage, "Trial", 0.2, -1) == fields_of(stage, "Trial", 0.2, 3651) == {"lag_days"}
    assert fields_of(stage, "Trial", 0.2, Range(1, 2, 4000)) == {"lag_days.high"}


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"name": ""}, "channel"),
        ({"volumes": [1, -1]}, "volumes.1"),
        ({"volumes": [1, Range(3, 2, 4)]}, "volumes.1.low"),
        ({"volumes": [1e300]}, "volumes.0"),
        ({"cost": [-5]}, "cost.0"),
        ({"volumes": ()}, "volumes"),
        ({"spend": cells(5)}, "volumes"),
        ({"volumes": (), "spend": cells(5)}, "cost_per_visit"),
        ({"cost_per_visit": point(1)}, "cost_per_visit"),
        ({"volumes": (), "spend": cells(5), "cost_per_visit": point(0)}, "cost_per_visit"),
        ({"volumes": (), "spend": cells(5), "cost_per_visit": Range(0, 1, 2)}, "cost_per_visit.low"),
        ({"volumes": (), "spend": cells(-5), "cost_per_visit": point(1)}, "spend.0"),
    ],
)
def test_channel_that_cannot_be(fields, named):
    assert fields_of(channel, **fields) == {named}


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"start": "2027-13"}, "start"),
        ({"start": "abc"}, "start"),
        ({"start": "2027-01\n"}, "start"),
        ({"start": "20२7-01"}, "start"),
        ({"start": 202701}, "start"),
        ({"months": 0}, "months"),
        ({"months": 121}, "months"),
        ({"months": 2.0}, "months"),
        ({"months": 5}, "inputs.0.volumes"),
        ({"inputs": (channel(cost=[1.0]),)}, "inputs.0.cost"),
        ({"inputs": (channel(), channel())}, "inputs.1.channel"),
        ({"inputs": ()}, "inputs"),
        ({"inputs": tuple(channel(str(n)) for n in range(51))}, "inputs"),
        ({"stages": ()}, "stages"),
        ({"stages": (stage("Trial", 0.1), stage("Order", 0.1), stage("Trial", 0.2))}, "stages.2.name"),
        ({"value": -1}, "value"),
        ({"value": 1e13}, "value"),
        ({"value": Range(5, 4, 6)}, "value.low"),
        ({"retention": 1.1}, "retention"),
        ({"retention": Range(0.5, 0.8, 1.1)}, "retention.high"),
        ({"draws": 0}, "draws"),
        ({"draws": 10**9}, "draws"),
        ({"draws": True}, "draws"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**63}, "seed"),
        ({"draws": 100_000, "inputs": (channel(volumes=[1.0] * 120),)}, "draws"),
    ],
)
def test_question_that_cannot_be(fields, named):
    assert fields_of(question, **fields) == {named}


def test_length_is_said():
    with pytest.raises(InvalidInput, match=r"Give 5 numbers, one a month; these are 6\."):
        question(months=5)


def test_largest_work_that_is_done():
    most = question(inputs=(channel(volumes=[1.0] * 24),), draws=100_000)
    assert most.work_wrong() is None
