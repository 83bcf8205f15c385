import pytest

from insights.models import Reading
from teams.enums import Role
from tests.api import errors_of, program
from tests.factories import make_metric

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(cast):
    return program(cast.workspace, Role.EDITOR)


@pytest.fixture
def metric(cast):
    return make_metric(cast.workspace, "Activation")


def test_reading_is_recorded_corrected_and_deleted(caller, metric):
    body = {"metric": metric.pk, "date": "2026-01-31", "value": 0.5, "n": 120}
    added = caller.post("readings/", body)
    assert added.status_code == 201
    answer = added.json()
    recorded_at = answer.pop("recorded_at")
    assert recorded_at.startswith("20")
    assert answer == {"id": answer["id"], **body, "recorded_by": None, "version": 1}
    address = f"readings/{answer['id']}/"
    changed = caller.patch(address, {"value": 0.55, "n": None}, seen=added["ETag"])
    assert (changed.json()["value"], changed.json()["n"], changed.json()["version"]) == (0.55, None, 2)
    assert caller.delete(address, seen=added["ETag"]).status_code == 412
    assert caller.delete(address, seen=changed["ETag"]).status_code == 204
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"date": "2026-1-31"}, "date"),
        ({"date": "31.01.2026"}, "date"),
        ({"date": "20260131"}, "date"),
        ({"date": "2026-02-30"}, "date"),
        ({"date": "2999-01-01"}, "date"),
        ({"date": 20260131}, "date"),
        ({"value": 2}, "value"),
        ({"value": "0.5"}, "value"),
        ({"value": None}, "value"),
        ({"n": 0}, "n"),
        ({"n": 1.5}, "n"),
        ({"n": 2**63}, "n"),
        ({"n": True}, "n"),
        ({"metric": 999_999}, "metric"),
        ({"recorded_by": 1}, "recorded_by"),
    ],
)
def test_reading_refused(caller, metric, change, field):
    answer = caller.post("readings/", {"metric": metric.pk, "date": "2026-01-31", "value": 0.5} | change)
    assert answer.status_code == 400
    assert errors_of(answer).keys() == {field}
    assert not Reading.objects.exists()


def test_second_reading_of_a_day_is_refused(caller, metric):
    body = {"metric": metric.pk, "date": "2026-01-31", "value": 0.5}
    caller.post("readings/", body)
    assert errors_of(caller.post("readings/", body | {"value": 0.6})).keys() == {"date"}


def test_metric_of_strangers_is_refused(cast, caller):
    foreign = make_metric(cast.elsewhere)
    answer = caller.post("readings/", {"metric": foreign.pk, "date": "2026-01-31", "value": 0.5})
    assert errors_of(answer).keys() == {"metric"}


def test_metric_of_a_reading_stays(cast, caller, metric):
    other = make_metric(cast.workspace)
    reading = caller.post("readings/", {"metric": metric.pk, "date": "2026-01-31", "value": 0.5}).json()
    assert errors_of(caller.patch(f"readings/{reading['id']}/", {"metric": other.pk})).keys() == {"metric"}


@pytest.fixture
def year(metric):
    return Reading.objects.bulk_create(
        Reading(metric=metric, date=f"2026-{month:02}-01", value=month / 100) for month in range(1, 13)
    )


@pytest.mark.parametrize(
    ("query", "months"),
    [
        ("date_from=2026-11-01", [12, 11]),
        ("date_to=2026-02-01", [2, 1]),
        ("date_from=2026-05-02&date_to=2026-06-30", [6]),
        ("", [*range(12, 0, -1)]),
    ],
)
def test_readings_of_some_days_newest_first(caller, metric, year, query, months):
    results = caller.get(f"readings/?metric={metric.pk}&{query}").json()["results"]
    assert [int(reading["date"][5:7]) for reading in results] == months


def test_readings_come_in_pages(cast, caller, metric, year):
    other = make_metric(cast.workspace)
    Reading.objects.bulk_create(Reading(metric=other, date=reading.date, value=0.1) for reading in year)
    page, ids = caller.get("readings/?page_size=5").json(), []
    while True:
        ids += [reading["id"] for reading in page["results"]]
        if page["next"] is None:
            break
        page = caller.client.get(page["next"]).json()
    assert sorted(ids) == sorted(Reading.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(
    "query", ["date_from=soon", "date_to=", "date_to=10/25/2026", "metric=all", "cursor=cD1oZWxsbw=="]
)
def test_readings_filtered_by_nonsense(caller, query):
    assert errors_of(caller.get(f"readings/?{query}")).keys() == {query.split("=")[0]}


def test_list_asks_as_much_of_the_database_for_many(caller, year, django_assert_num_queries):
    with django_assert_num_queries(2):  # the key, the readings with their metrics
        caller.get("readings/")
