import json
import math

import pytest
from django.test import Client
from scipy import stats

from experiments.stats.kinds import ALLOWED
from experiments.stats.reasons import Reason
from teams.enums import Role
from tests.api import Program, errors_of, program

pytestmark = pytest.mark.django_db

ADDRESS = "statistics/analysis/"
SHARE = {"key": "control", "weight": 0.5, "n": 1000, "successes": 100}
MEAN = {"key": "control", "weight": 0.5, "n": 1000, "mean": 20.0, "sd": 5.0}
RATIO = {
    "key": "control",
    "weight": 0.5,
    "n": 1000,
    "sum_numerator": 20_000.0,
    "sum_denominator": 2000.0,
    "sum_numerator_squares": 500_000.0,
    "sum_denominator_squares": 5000.0,
    "sum_product": 45_000.0,
}
COVARIATE = {"covariate_mean": 19.0, "covariate_sd": 4.0, "covariance": 12.0}
SHARES = [SHARE, {"key": "b", "weight": 0.5, "n": 1010, "successes": 130}]
COMPARISON = {
    "variant": None,
    "control": None,
    "absolute_effect": None,
    "relative_effect": None,
    "fixed": {"p_value", "p_value_adjusted", "interval"},
    "relative_interval": None,
    "always_valid": {"p_value", "interval"},
    "bayes": {"chance_to_beat", "interval", "expected_loss"},
    "equivalence": {"p_value"},
    "verdict": None,
    "reason": None,
}


def asked(variants=SHARES, **fields) -> dict:
    return {
        "kind": "proportion",
        "goal": "increase",
        "alpha": 0.05,
        "minimum_effect": 0.02,
        "correction": "none",
        "planned_total": 20_000,
        "variants": variants,
    } | fields


def twice(variant: dict, **fields) -> list[dict]:
    return [variant, variant | {"key": "b"} | fields]


@pytest.fixture
def caller(cast):
    return program(cast.workspace, Role.VIEWER)


def test_analysis_as_answered(caller):
    answer = caller.post(ADDRESS, asked())
    assert answer.status_code == 200
    body = answer.json()
    assert body.keys() == {"sample_ratio", "comparisons"}
    assert body["sample_ratio"] == {"p_value": pytest.approx(stats.chisquare([1000, 1010]).pvalue), "suspect": False}
    (comparison,) = body["comparisons"]
    assert list(comparison) == list(COMPARISON)
    for name, inner in COMPARISON.items():
        assert inner is None or set(comparison[name]) == inner
    assert (comparison["variant"], comparison["control"]) == ("b", "control")
    assert comparison["absolute_effect"] == pytest.approx(130 / 1010 - 0.1)
    assert comparison["relative_effect"] == pytest.approx(1300 / 1010 - 1)
    assert comparison["fixed"]["p_value"] == comparison["fixed"]["p_value_adjusted"] == pytest.approx(0.043097088)
    assert comparison["fixed"]["interval"] == pytest.approx([0.000892366, 0.056533376], abs=1e-8)
    assert (comparison["verdict"], comparison["reason"]) == ("undecided", None)


@pytest.mark.parametrize(
    ("kind", "variants"),
    [
        ("proportion", SHARES),
        ("mean", twice(MEAN, mean=24.0)),
        ("mean", twice(MEAN | COVARIATE, mean=24.0)),
        ("proportion", twice(SHARE | {"covariate_mean": 0.1, "covariate_sd": 0.3, "covariance": 0.05}, successes=160)),
        ("ratio", twice(RATIO, sum_numerator=21_000.0)),
    ],
)
def test_every_kind_is_computed(caller, kind, variants):
    answer = caller.post(ADDRESS, asked(variants, kind=kind))
    assert answer.status_code == 200, answer.content
    (comparison,) = answer.json()["comparisons"]
    assert comparison["reason"] is None
    assert comparison["bayes"]["chance_to_beat"] > 0.5
    assert comparison["always_valid"]["interval"][0] < comparison["fixed"]["interval"][0]


def test_least_that_can_be_asked(caller):
    answer = caller.post(ADDRESS, {"kind": "proportion", "variants": SHARES})
    (comparison,) = answer.json()["comparisons"]
    assert comparison["fixed"]["p_value"] == pytest.approx(0.043097088)
    assert comparison["verdict"] == "not computable"
    assert [line.partition(": ")[0] for line in comparison["reason"].split("\n")] == [
        Reason.NO_MINIMUM_EFFECT,
        Reason.NO_PLANNED_TOTAL,
    ]


def test_null_says_the_same_as_nothing(caller):
    full = [variant | {"mean": None, "sd": None, "covariance": None} for variant in SHARES]
    assert caller.post(ADDRESS, asked(full)).json() == caller.post(ADDRESS, asked()).json()


@pytest.mark.parametrize(
    "variants",
    [
        twice(SHARE | {"n": 0, "successes": 0}),
        twice(SHARE | {"n": 1, "successes": 1}),
        twice(SHARE, n=0, successes=0),
        twice(SHARE | {"successes": 0}),
        twice(SHARE | {"successes": 1000}),
    ],
)
def test_nothing_to_compute_is_null_with_a_reason(caller, variants):
    answer = caller.post(ADDRESS, asked(variants))
    assert answer.status_code == 200
    (comparison,) = answer.json()["comparisons"]
    assert comparison["fixed"] == {"p_value": None, "p_value_adjusted": None, "interval": None}
    assert comparison["always_valid"] == {"p_value": None, "interval": None}
    assert comparison["bayes"] == {"chance_to_beat": None, "interval": None, "expected_loss": None}
    assert comparison["equivalence"] == {"p_value": None}
    assert comparison["relative_interval"] is None
    assert comparison["verdict"] == "not computable"
    assert comparison["reason"]


def test_split_of_nobody(caller):
    body = caller.post(ADDRESS, asked(twice(SHARE | {"n": 0, "successes": 0}))).json()
    assert body["sample_ratio"] == {"p_value": None, "suspect": None}


def test_split_that_is_suspect(caller):
    body = caller.post(ADDRESS, asked(twice(SHARE, n=1300))).json()
    assert body["sample_ratio"]["suspect"] is True


def bad(number: int, **fields) -> list[dict]:
    return [variant | fields if place == number else variant for place, variant in enumerate(SHARES)]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"kind": "median"}, "kind"),
        ({"goal": "up"}, "goal"),
        ({"correction": "bonferroni"}, "correction"),
        ({"alpha": 0}, "alpha"),
        ({"alpha": 1}, "alpha"),
        ({"alpha": -0.05}, "alpha"),
        ({"alpha": "0.05"}, "alpha"),
        ({"alpha": None}, "alpha"),
        ({"minimum_effect": 0}, "minimum_effect"),
        ({"minimum_effect": -0.02}, "minimum_effect"),
        ({"planned_total": 0}, "planned_total"),
        ({"planned_total": 10**15}, "planned_total"),
        ({"planned_total": 1.5}, "planned_total"),
        ({"surprise": 1}, "surprise"),
        ({"variants": []}, "variants"),
        ({"variants": [SHARE]}, "variants"),
        ({"variants": None}, "variants"),
        ({"variants": [SHARE, 7]}, "variants.1"),
        ({"variants": bad(1, n=-1)}, "variants.1.n"),
        ({"variants": bad(1, n=10**15)}, "variants.1.n"),
        ({"variants": bad(1, n=10**400)}, "variants.1.n"),
        ({"variants": bad(1, n=None)}, "variants.1.n"),
        ({"variants": bad(0, n=True)}, "variants.0.n"),
        ({"variants": bad(0, n="1000")}, "variants.0.n"),
        ({"variants": bad(1, successes=1011)}, "variants.1.successes"),
        ({"variants": bad(1, successes=-1)}, "variants.1.successes"),
        ({"variants": bad(1, successes=None)}, "variants.1.successes"),
        ({"variants": bad(1, successes=1.5)}, "variants.1.successes"),
        ({"variants": bad(1, mean=1.0)}, "variants.1.mean"),
        ({"variants": bad(1, surprise=1)}, "variants.1.surprise"),
        ({"variants": bad(1, key="control")}, "variants.1.key"),
        ({"variants": bad(1, key="")}, "variants.1.key"),
        ({"variants": bad(1, key=3)}, "variants.1.key"),
        ({"variants": bad(1, weight=-0.5)}, "variants.1.weight"),
        ({"variants": bad(1, weight=0)}, "variants.1.weight"),
        ({"variants": bad(1, weight="NaN")}, "variants.1.weight"),
        ({"variants": bad(1, covariate_mean=1.0)}, "variants.1.covariate_sd"),
        ({"kind": "mean", "variants": twice(MEAN, sd=-1.0)}, "variants.1.sd"),
        ({"kind": "mean", "variants": twice(MEAN, mean=10**400)}, "variants.1.mean"),
        ({"kind": "mean", "variants": [MEAN | COVARIATE, MEAN | {"key": "b"}]}, "variants.1.covariate_mean"),
        ({"kind": "mean", "variants": twice(MEAN | COVARIATE, covariance=99.0)}, "variants.1.covariance"),
        ({"kind": "mean", "variants": SHARES}, "variants.0.mean"),
        ({"kind": "ratio", "variants": twice(RATIO, covariance=1.0)}, "variants.1.covariance"),
        ({"kind": "ratio", "variants": twice(RATIO, sum_numerator_squares=1.0)}, "variants.1.sum_numerator_squares"),
        ({"kind": "ratio", "variants": twice(RATIO, sum_product=None)}, "variants.1.sum_product"),
    ],
)
def test_bad_field_is_named(caller, fields, named):
    answer = caller.post(ADDRESS, asked(**fields))
    assert answer.status_code == 400
    assert named in errors_of(answer)


@pytest.mark.parametrize("weights", [(0.5, 0.4), (0.6, 0.5), (1.0, 1.0)])
def test_weights_that_do_not_add_up(caller, weights):
    variants = [variant | {"weight": weight} for variant, weight in zip(SHARES, weights, strict=True)]
    assert errors_of(caller.post(ADDRESS, asked(variants))).keys() == {"variants.0.weight", "variants.1.weight"}


@pytest.mark.parametrize("missing", ["kind", "variants"])
def test_field_that_is_missing(caller, missing):
    body = {name: value for name, value in asked().items() if name != missing}
    assert errors_of(caller.post(ADDRESS, body)).keys() == {missing}


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_no_number_of_json(caller, value):
    answer = caller.post(ADDRESS, asked(bad(1, weight=value)))
    assert answer.status_code == 400


@pytest.mark.parametrize("body", [None, [], "x", 7])
def test_body_that_is_no_object(caller, body):
    assert caller.post(ADDRESS, None, raw=json.dumps(body).encode()).status_code == 400


def test_nobody_is_told_to_say_who(db):
    assert Program().post(ADDRESS, asked()).status_code == 401


def test_person_who_is_signed_in_may_ask(cast, client_of):
    answer = client_of(cast.viewer).post("/api/v1/" + ADDRESS, asked(), content_type="application/json")
    assert answer.status_code == 200


def test_person_sends_the_csrf_token(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.viewer.user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/api/v1/" + ADDRESS, asked(), content_type="application/json")
    assert answer.status_code == 403


def test_description_knows_every_number_of_every_kind():
    from experiments.api.analysis import VariantSerializer

    assert set(VariantSerializer().fields) == {"key", "weight"}.union(*ALLOWED.values())
