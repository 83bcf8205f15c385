import json
import math

import pytest
from django.test import Client

from campaigns.forecast.outcome import calculate
from campaigns.forecast.ranges import Range
from campaigns.forecast.reasons import Reason
from teams.enums import Role
from tests.api import Program, errors_of, program
from tests.campaigns.questions import channel, question, stage

pytestmark = pytest.mark.django_db

ADDRESS = "projections/calculate/"
SEARCH = {"channel": "Search", "volumes": [1000, 2000, 0, 500], "cost": [400, 400, 0, 100]}
ADS = {"channel": "Ads", "spend": [100, 100, 100, 100], "cost_per_visit": {"low": 0.5, "likely": 1, "high": 2}}
TRIAL = {"name": "Trial", "rate": {"low": 0.1, "likely": 0.2, "high": 0.4}, "lag_days": 15}
ORDER = {"name": "Order", "rate": 0.5, "lag_days": 15}
POINTS = [TRIAL | {"rate": 0.2}, ORDER]


def asked(**fields) -> dict:
    return {
        "start": "2027-01",
        "months": 4,
        "inputs": [SEARCH],
        "stages": [TRIAL, ORDER],
        "value": 120,
        "retention": 0.9,
        "draws": 200,
        "seed": 7,
    } | fields


@pytest.fixture
def caller(cast):
    return program(cast.workspace, Role.VIEWER)


def test_projection_as_answered(caller):
    answer = caller.post(ADDRESS, asked(stages=POINTS, retention=None))
    assert answer.status_code == 200
    body = answer.json()
    assert list(body) == [
        "months",
        "stages",
        "revenue",
        "cost",
        "cost_interval",
        "total",
        "payback_month",
        "sensitivity",
        "needed",
        "reason",
    ]
    assert body["months"] == ["2027-01", "2027-02", "2027-03", "2027-04"]
    trial, order = body["stages"]
    assert list(order) == ["name", "p10", "p50", "p90", "total", "beyond"]
    assert trial["name"] == "Trial"
    assert trial["p10"] == trial["p50"] == trial["p90"] == pytest.approx([100, 300, 200, 50])
    assert trial["beyond"]["p50"] == pytest.approx(50)
    assert order["p50"] == pytest.approx([0, 100, 200, 0], abs=1e-9)
    assert (order["total"]["p50"], order["beyond"]["p90"]) == pytest.approx((300, 50))
    assert body["revenue"]["p50"] == pytest.approx([0, 12_000, 24_000, 0], abs=1e-9)
    assert body["cost"] == body["cost_interval"]["p90"] == [400, 400, 0, 100]
    assert {name: part["p50"] for name, part in body["total"].items()} == pytest.approx(
        {"customers": 300, "revenue": 36_000, "cost": 900, "gain": 35_100, "roi": 39, "cost_per_customer": 3}
    )
    assert body["payback_month"] == {"p10": "2027-02", "p50": "2027-02", "p90": "2027-02", "chance": 1.0}
    assert (body["sensitivity"], body["needed"], body["reason"]) == ([], None, None)


def test_ranges_of_every_input(caller):
    """As the package has them, and what matters most first."""
    cells = [{"low": 80, "likely": 100, "high": 150}, 100, 100, 100]
    body = caller.post(
        ADDRESS,
        asked(
            inputs=[SEARCH | {"volumes": cells, "cost": cells}, ADS],
            stages=[TRIAL, ORDER | {"lag_days": {"low": 0, "likely": 10, "high": 30}}],
            value={"low": 100, "likely": 120, "high": 200},
            retention={"low": 0.5, "likely": 0.8, "high": 0.9},
        ),
    ).json()
    assert {(one["input"], one["field"]) for one in body["sensitivity"]} == {
        ("Search: volumes", "inputs.0.volumes"),
        ("Search: cost", "inputs.0.cost"),
        ("Ads: cost per visit", "inputs.1.cost_per_visit"),
        ("Trial: rate", "stages.0.rate"),
        ("Order: lag", "stages.1.lag_days"),
        ("value", "value"),
        ("retention", "retention"),
    }
    shares = [one["share"] for one in body["sensitivity"]]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1)
    for name in ["customers", "revenue", "cost", "gain", "roi", "cost_per_customer"]:
        part = body["total"][name]
        assert part["p10"] < part["p50"] < part["p90"], name


def test_answer_is_the_packages_and_the_same_each_time(caller):
    body = asked(stages=[TRIAL], retention=None)
    same = question(
        inputs=(channel(volumes=SEARCH["volumes"], cost=SEARCH["cost"]),),
        stages=(stage("Trial", Range(0.1, 0.2, 0.4), 15),),
        draws=200,
        seed=7,
    )
    first = caller.post(ADDRESS, body)
    assert first.json()["revenue"]["p90"] == list(calculate(same).revenue.p90)
    assert first.content == caller.post(ADDRESS, dict(reversed(body.items()))).content
    assert first.content != caller.post(ADDRESS, body | {"seed": 8}).content


def test_ranges_without_width_are_points(caller):
    """To the last bit, whatever the seed."""

    def wide(number):
        return {"low": number, "likely": number, "high": number}

    search = SEARCH | {name: [wide(cell) for cell in SEARCH[name]] for name in ("volumes", "cost")}
    stages = [one | {"rate": wide(one["rate"]), "lag_days": wide(one["lag_days"])} for one in POINTS]
    ranges = asked(inputs=[search], stages=stages, value=wide(120), retention=wide(0.9), seed=8)
    points = asked(stages=POINTS, seed=9)
    assert caller.post(ADDRESS, ranges).json() == caller.post(ADDRESS, points).json()


def test_least_that_can_be_asked(caller):
    body = {"start": "2027-12", "months": 1, "inputs": [{"channel": "Search", "volumes": [10]}], "value": 5}
    answer = caller.post(ADDRESS, body | {"stages": [{"name": "Order", "rate": 1}]})
    assert answer.status_code == 200, answer.content
    assert answer.json()["revenue"]["p50"] == [50]
    nulls = {"retention": None, "target": None}
    named = [{"channel": "Search", "volumes": [10], "cost": None, "spend": None, "cost_per_visit": None}]
    full = caller.post(
        ADDRESS, body | nulls | {"inputs": named, "stages": [{"name": "Order", "rate": 1, "lag_days": 0}]}
    )
    assert full.json() == answer.json()
    assert answer.json()["payback_month"] is None
    assert answer.json()["reason"] == Reason.NO_COST.line


def test_what_would_be_needed(caller):
    body = caller.post(ADDRESS, asked(stages=POINTS, target={"customers": 450})).json()
    assert body["needed"] == [
        {"input": "volumes", "field": "inputs", "now": 1.0, "needed": pytest.approx(1.5), "reason": None},
        {"input": "Trial: rate", "field": "stages.0.rate", "now": 0.2, "needed": pytest.approx(0.3), "reason": None},
        {"input": "Order: rate", "field": "stages.1.rate", "now": 0.5, "needed": pytest.approx(0.75), "reason": None},
    ]
    body = caller.post(ADDRESS, asked(stages=POINTS, target={"revenue": 1e9}, retention=None)).json()
    assert [lever["reason"] for lever in body["needed"]] == [None, *[Reason.ABOVE_ONE.line] * 2, None]
    assert body["needed"][3]["needed"] == pytest.approx(1e9 / 300)


def test_nothing_that_enters_is_no_error(caller):
    answer = caller.post(ADDRESS, asked(inputs=[SEARCH | {"volumes": [0, 0, 0, 0], "cost": None}]))
    assert answer.status_code == 200
    body = answer.json()
    assert body["sensitivity"] == []
    assert body["stages"][1]["p90"] == [0, 0, 0, 0]
    assert body["total"]["cost_per_customer"] is None
    codes = [line.partition(": ")[0] for line in body["reason"].split("\n")]
    assert codes == [Reason.NO_COST, Reason.NO_CUSTOMERS, Reason.NO_EFFECT]


def one(part: str, **fields) -> dict:
    """One of the inputs or of the stages with other fields."""
    first = {"inputs": SEARCH, "stages": TRIAL}[part]
    return {part: [first | fields]}


def ranged(low, likely, high) -> dict:
    return {"low": low, "likely": likely, "high": high}


BAD = [
    ({"start": "2027-13"}, "start"),
    ({"start": "2027-00"}, "start"),
    ({"start": "abc"}, "start"),
    ({"start": "2027-01-01"}, "start"),
    ({"start": "2027-01\n"}, "start"),
    ({"start": 202701}, "start"),
    ({"start": None}, "start"),
    ({"months": 0}, "months"),
    ({"months": 1000}, "months"),
    ({"months": "4"}, "months"),
    ({"months": True}, "months"),
    ({"months": 3.5}, "months"),
    ({"months": 5}, "inputs.0.volumes"),
    ({"inputs": []}, "inputs"),
    ({"inputs": None}, "inputs"),
    ({"inputs": {}}, "inputs"),
    ({"inputs": [7]}, "inputs.0"),
    ({"inputs": [SEARCH, SEARCH]}, "inputs.1.channel"),
    ({"inputs": [SEARCH | {"channel": f"{n}"} for n in range(51)]}, "inputs"),
    ({"inputs": [SEARCH | ADS]}, "inputs.0.volumes"),
    ({"inputs": [{"channel": "Ads", "spend": [1, 1, 1, 1]}]}, "inputs.0.cost_per_visit"),
    ({"inputs": [ADS | {"cost_per_visit": 0}]}, "inputs.0.cost_per_visit"),
    ({"inputs": [ADS | {"spend": [1, 1, 1]}]}, "inputs.0.spend"),
    (one("inputs", channel=""), "inputs.0.channel"),
    (one("inputs", channel=3), "inputs.0.channel"),
    (one("inputs", volumes=None), "inputs.0.volumes"),
    (one("inputs", volumes=[]), "inputs.0.volumes"),
    (one("inputs", volumes=[1, 1, 1, 1, 1]), "inputs.0.volumes"),
    (one("inputs", volumes=100), "inputs.0.volumes"),
    (one("inputs", volumes=[1, -1, 1, 1]), "inputs.0.volumes.1"),
    (one("inputs", volumes=[1, 1, 1, 1e300]), "inputs.0.volumes.3"),
    (one("inputs", volumes=[1, 1, 1, 10**400]), "inputs.0.volumes.3"),
    (one("inputs", volumes=[True, 1, 1, 1]), "inputs.0.volumes.0"),
    (one("inputs", volumes=["1", 1, 1, 1]), "inputs.0.volumes.0"),
    (one("inputs", volumes=[None, 1, 1, 1]), "inputs.0.volumes.0"),
    (one("inputs", volumes=[ranged(3, 2, 4), 1, 1, 1]), "inputs.0.volumes.0.low"),
    (one("inputs", cost=[1, 1, 1]), "inputs.0.cost"),
    (one("inputs", cost=[]), "inputs.0.cost"),
    (one("inputs", cost=[1, 1, 1, -1]), "inputs.0.cost.3"),
    (one("inputs", surprise=1), "inputs.0.surprise"),
    ({"stages": []}, "stages"),
    ({"stages": [TRIAL, ORDER, TRIAL]}, "stages.2.name"),
    ({"stages": [{"rate": 0.5}]}, "stages.0.name"),
    ({"stages": [{"name": "Trial"}]}, "stages.0.rate"),
    (one("stages", name=" "), "stages.0.name"),
    (one("stages", rate=1.01), "stages.0.rate"),
    (one("stages", rate=-0.01), "stages.0.rate"),
    (one("stages", rate=True), "stages.0.rate"),
    (one("stages", rate="0.2"), "stages.0.rate"),
    (one("stages", rate=None), "stages.0.rate"),
    (one("stages", rate=[0.1, 0.2, 0.3]), "stages.0.rate"),
    (one("stages", rate=ranged(0.3, 0.2, 0.4)), "stages.0.rate.low"),
    (one("stages", rate=ranged(0.1, 0.5, 0.4)), "stages.0.rate.likely"),
    (one("stages", rate=ranged(0.1, 0.2, 1.1)), "stages.0.rate.high"),
    (one("stages", rate=ranged(0.1, "0.2", 0.3)), "stages.0.rate.likely"),
    (one("stages", rate={"low": 0.1, "high": 0.3}), "stages.0.rate.likely"),
    (one("stages", rate=ranged(0.1, 0.2, 0.3) | {"mode": 0.2}), "stages.0.rate.mode"),
    (one("stages", lag_days=-1), "stages.0.lag_days"),
    (one("stages", lag_days=1e9), "stages.0.lag_days"),
    (one("stages", lag_days=None), "stages.0.lag_days"),
    ({"value": -1}, "value"),
    ({"value": 1e300}, "value"),
    ({"value": None}, "value"),
    ({"value": ranged(3, 2, 1)}, "value.low"),
    ({"retention": 1.1}, "retention"),
    ({"retention": "0.9"}, "retention"),
    ({"retention": ranged(0.5, 0.6, 1.7)}, "retention.high"),
    ({"draws": 0}, "draws"),
    ({"draws": 10**9}, "draws"),
    ({"draws": 0.5}, "draws"),
    ({"draws": False}, "draws"),
    ({"seed": -1}, "seed"),
    ({"seed": 2**64}, "seed"),
    ({"seed": "7"}, "seed"),
    ({"target": {}}, "target.revenue"),
    ({"target": {"revenue": 1, "customers": 1}}, "target.revenue"),
    ({"target": {"customers": 1e300}}, "target.customers"),
    ({"target": {"profit": 1}}, "target.profit"),
    ({"surprise": 1}, "surprise"),
]


def test_bad_field_is_named(caller):
    for fields, named in BAD:
        answer = caller.post(ADDRESS, asked(**fields))
        assert (fields, answer.status_code) == (fields, 400)
        assert named in errors_of(answer), (fields, answer.json())


def test_length_is_said(caller):
    answer = caller.post(ADDRESS, asked(months=12))
    assert errors_of(answer)["inputs.0.volumes"] == "Give 12 numbers, one a month; these are 4."


def test_work_is_bounded(caller):
    """Each number is allowed, all together are not."""
    long = {"channel": "Search", "volumes": [1] * 120}
    stages = [{"name": f"Stage {number}", "rate": 0.9} for number in range(30)]
    answer = caller.post(ADDRESS, asked(inputs=[long], months=120, stages=stages, draws=100_000))
    assert (answer.status_code, set(errors_of(answer))) == (400, {"draws"})


def test_field_that_is_missing(caller):
    for missing in ["start", "months", "inputs", "stages", "value"]:
        body = {name: value for name, value in asked().items() if name != missing}
        assert errors_of(caller.post(ADDRESS, body)).keys() == {missing}


def test_no_number_of_json(caller):
    for value in [math.nan, math.inf, -math.inf]:
        assert caller.post(ADDRESS, asked(**one("stages", rate=value))).status_code == 400


def test_body_that_is_no_object(caller):
    for body in [None, [], "x", 7]:
        assert caller.post(ADDRESS, None, raw=json.dumps(body).encode()).status_code == 400


def test_who_may_ask(cast, client_of):
    body, kind = asked(), "application/json"
    assert Program().post(ADDRESS, body).status_code == 401
    assert client_of(cast.viewer).post("/api/v1/" + ADDRESS, body, content_type=kind).status_code == 200
    careless = Client(enforce_csrf_checks=True)
    careless.force_login(cast.viewer.user, backend="django.contrib.auth.backends.ModelBackend")
    assert careless.post("/api/v1/" + ADDRESS, body, content_type=kind).status_code == 403
