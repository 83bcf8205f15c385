import pytest

from teams.enums import Role
from tests.api import Program, errors_of, program

pytestmark = pytest.mark.django_db

ADDRESS = "statistics/sample-size/"
ASKED = {
    "kind": "proportion",
    "baseline": 0.1,
    "minimum_effect": 0.5,
    "alpha": 0.05,
    "power": 0.8,
    "allocation": [0.5, 0.5],
    "daily_traffic": 100,
}


@pytest.fixture
def caller(cast):
    return program(cast.workspace, Role.VIEWER)


def test_size_as_answered(caller):
    answer = caller.post(ADDRESS, ASKED)
    assert answer.status_code == 200
    assert answer.json() == {"per_variant": [686, 686], "total": 1372, "days": 14}


def test_size_of_means_and_ratios(caller):
    body = ASKED | {"baseline": 50, "sd": 40, "minimum_effect": 0.05, "daily_traffic": None}
    answers = [caller.post(ADDRESS, body | {"kind": kind}).json() for kind in ("mean", "ratio")]
    assert answers == [{"per_variant": [4019, 4019], "total": 8038, "days": None}] * 2


def test_least_that_can_be_asked(caller):
    answer = caller.post(ADDRESS, {"kind": "proportion", "baseline": 0.1, "minimum_effect": 0.5})
    assert answer.json() == {"per_variant": [686, 686], "total": 1372, "days": None}


def test_several_variants(caller):
    found = caller.post(ADDRESS, ASKED | {"allocation": [0.4, 0.3, 0.3]}).json()
    assert len(found["per_variant"]) == 3
    assert found["per_variant"][1] == found["per_variant"][2] < found["per_variant"][0]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"kind": "median"}, "kind"),
        ({"kind": None}, "kind"),
        ({"baseline": 0}, "baseline"),
        ({"baseline": 1}, "baseline"),
        ({"baseline": -0.1}, "baseline"),
        ({"baseline": "0.1"}, "baseline"),
        ({"baseline": 10**400}, "baseline"),
        ({"minimum_effect": 0}, "minimum_effect"),
        ({"minimum_effect": -0.5}, "minimum_effect"),
        ({"minimum_effect": 9}, "minimum_effect"),
        ({"minimum_effect": 1e-12}, "minimum_effect"),
        ({"alpha": 0}, "alpha"),
        ({"alpha": 1}, "alpha"),
        ({"power": 0}, "power"),
        ({"power": 1}, "power"),
        ({"power": 0.01}, "power"),
        ({"allocation": [1]}, "allocation"),
        ({"allocation": []}, "allocation"),
        ({"allocation": [0.5, 0.4]}, "allocation"),
        ({"allocation": [1, 0]}, "allocation.1"),
        ({"allocation": [1.5, -0.5]}, "allocation.1"),
        ({"allocation": "half"}, "allocation"),
        ({"daily_traffic": 0}, "daily_traffic"),
        ({"daily_traffic": -1}, "daily_traffic"),
        ({"daily_traffic": 1e-300}, "daily_traffic"),
        ({"sd": 1}, "sd"),
        ({"kind": "mean"}, "sd"),
        ({"kind": "mean", "sd": 0}, "sd"),
        ({"kind": "mean", "sd": -1}, "sd"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_bad_field_is_named(caller, fields, named):
    answer = caller.post(ADDRESS, ASKED | fields)
    assert answer.status_code == 400
    assert named in errors_of(answer)


@pytest.mark.parametrize("missing", ["kind", "baseline", "minimum_effect"])
def test_field_that_is_missing(caller, missing):
    body = {name: value for name, value in ASKED.items() if name != missing}
    assert errors_of(caller.post(ADDRESS, body)).keys() == {missing}


def test_nobody_is_told_to_say_who(db):
    assert Program().post(ADDRESS, ASKED).status_code == 401
