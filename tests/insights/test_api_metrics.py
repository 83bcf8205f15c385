import pytest

from insights.models import Metric
from teams.enums import Role
from tests.api import errors_of, program
from tests.factories import make_metric

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(cast):
    return program(cast.workspace, Role.EDITOR)


def test_metric_is_defined_changed_and_removed(cast, caller):
    body = {"name": "Activation", "kind": "share", "direction": "up", "target": 0.6, "owner": cast.product.pk}
    added = caller.post("metrics/", body)
    assert added.status_code == 201
    address = added["Location"].removeprefix("/api/v1/")
    answer = caller.get(address).json()
    created_at = answer.pop("created_at")
    assert created_at.startswith("20")
    assert answer == {"id": answer["id"], **body, "definition": "", "unit": "", "version": 1}
    changed = caller.patch(address, {"target": None, "owner": None}, seen=added["ETag"]).json()
    assert (changed["target"], changed["owner"], changed["version"]) == (None, None, 2)
    assert caller.delete(address, seen='"2"').status_code == 204
    assert caller.get(address).status_code == 404
    assert Metric.objects.get(name="Activation").removed_at is not None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "a" * 121}, "name"),
        ({"name": "NPS"}, "name"),
        ({"name": "A", "kind": "vote"}, "kind"),
        ({"name": "A", "target": "0.5"}, "target"),
        ({"name": "A", "target": True}, "target"),
        ({"name": "A", "target": 10**400}, "target"),
        ({"name": "A", "target": 1.5}, "target"),
        ({"name": "A", "owner": 999_999}, "owner"),
        ({"name": "A", "owner": "1"}, "owner"),
        ({"name": "A", "owner": 10**30}, "owner"),
        ({"name": "A", "owner": 1.0}, "owner"),
        ({"name": "A", "kind": "duration"}, "unit"),
    ],
)
def test_metric_refused(cast, caller, body, field):
    make_metric(cast.workspace, "NPS", kind="score")
    answer = caller.post("metrics/", body)
    assert answer.status_code == 400
    assert field in errors_of(answer)
    assert Metric.objects.count() == 1


def test_owner_of_strangers_is_refused(cast, caller):
    assert errors_of(caller.post("metrics/", {"name": "A", "owner": cast.stranger.pk})).keys() == {"owner"}


def test_metrics_found_and_filtered(cast, caller):
    for name, kind in [("Repeat purchase", "share"), ("Time to value", "duration")]:
        caller.post("metrics/", {"name": name, "kind": kind, "unit": "d" if kind == "duration" else ""})
    make_metric(cast.elsewhere, "Repeat elsewhere")

    def names(query: str) -> list[str]:
        return [metric["name"] for metric in caller.get(f"metrics/?{query}").json()["results"]]

    assert names("q=rep") == ["Repeat purchase"]
    assert names("q=value&kind=duration") == ["Time to value"]
    assert names("q=value&kind=share") == []
    assert names(f"owner={cast.owner.pk}") == []
    assert names("") == ["Repeat purchase", "Time to value"]


def test_list_asks_as_much_of_the_database_for_many(cast, caller, django_assert_num_queries):
    for _ in range(12):
        make_metric(cast.workspace, owner=cast.product)
    with django_assert_num_queries(2):  # the key, the metrics
        caller.get("metrics/")
