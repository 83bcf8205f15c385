"""What really came: entered in every way, held against the plan, scored; and the record of all forecasts."""

import datetime
import time

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from campaigns.models import Actual, ForecastScore
from campaigns.queries.actuals import current_actuals, totals_of
from campaigns.queries.projections import latest_version
from campaigns.services.actuals import Cell, record_actuals
from campaigns.services.projection_locks import lock_projection, unlock_projection
from campaigns.services.projection_scores import score_projection
from campaigns.services.projections import edit_projection
from campaigns.tasks import score_forecasts
from teams.errors import Conflict
from tests.campaigns.projecting import date_back, make_actuals, make_projection
from tests.factories import make_metric
from tests.threads import at_once

pytestmark = pytest.mark.django_db
JANUARY = {
    ("2026-01", "entered", ""): 1000.0,
    ("2026-01", "passed", "Try"): 250.0,
    ("2026-01", "passed", "Buy"): 0.0,
    ("2026-01", "revenue", ""): 0.0,
}
FEBRUARY = {
    ("2026-02", "entered", ""): 1100.0,
    ("2026-02", "passed", "Try"): 230.0,
    ("2026-02", "passed", "Buy"): 120.0,
    ("2026-02", "revenue", ""): 13_000.0,
    ("2026-02", "spend", ""): 500.0,
}


@pytest.fixture
def made(cast):
    projection = make_projection(cast.marketing)
    date_back(projection)
    return projection


def page_of(made, name=""):
    return f"/w/here/projections/{made.pk}/actuals/{name}"


def test_corrections_are_new_entries(cast, made):
    make_actuals(cast.marketing, made, {("2026-01", "entered", ""): 900})
    make_actuals(cast.admin, made, {("2026-01", "entered", ""): 950})
    make_actuals(cast.admin, made, {("2026-01", "entered", ""): 950})
    assert list(Actual.objects.order_by("pk").values_list("value", "current", "actor_name")) == [
        (900, False, "Marketing Editor"),
        (950, True, "Adam Admin"),
    ]


def test_database_keeps_one_current_number_for_a_place(cast, made):
    [entry] = make_actuals(cast.marketing, made, {("2026-01", "entered", ""): 900})
    entry.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": -1.0},
        {"measure": "clicks"},
        {"source": "dream"},
        {"month": datetime.date(2026, 1, 2)},
        {"stage": "abc"},
        {"measure": "passed"},
    ],
)
def test_database_refuses_what_is_no_number_of_a_month(cast, made, wrong):
    given = {"month": datetime.date(2026, 1, 1), "measure": "entered", "value": 1.0, "actor_name": "x"} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        Actual.objects.create(projection=made, **given)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (("2025-12", "entered", "", "", 1.0), "not in the projection"),
        (("2026-01", "clicks", "", "", 1.0), "nothing that is counted"),
        (("2026-01", "passed", "", "", 1.0), "Name the stage"),
        (("2026-01", "passed", "nowhere", "", 1.0), "no such stage"),
        (("2026-01", "entered", "", "nowhere", 1.0), "no such channel"),
        (("2026-01", "entered", "", "", -1.0), "from 0"),
        (("2026-01", "entered", "", "", float("nan")), "from 0"),
    ],
)
def test_wrong_numbers_are_refused(cast, made, cell, words):
    with pytest.raises(ValidationError, match=words):
        record_actuals(by=cast.marketing, projection=made, cells=[Cell(*cell)])


def test_month_to_come_is_refused(cast):
    later = make_projection(cast.marketing, start="2199-01")
    with pytest.raises(ValidationError, match="still to come"):
        make_actuals(cast.marketing, later, {("2199-01", "entered", ""): 1})


def test_faster_colleague_is_not_overwritten(cast, made):
    [seen] = make_actuals(cast.marketing, made, {("2026-01", "entered", ""): 900})
    make_actuals(cast.admin, made, {("2026-01", "entered", ""): 950})
    with pytest.raises(Conflict):
        record_actuals(
            by=cast.marketing, projection=made, cells=[Cell("2026-01", "entered", "", "", 910.0, seen=seen.pk)]
        )


def test_number_of_all_channels_counts_instead_of_their_own(cast, made):
    key = latest_version(made).document["inputs"][0]["key"]
    cells = [Cell("2026-01", "entered", "", key, 700.0), Cell("2026-02", "entered", "", key, 600.0)]
    record_actuals(by=cast.marketing, projection=made, cells=cells)
    make_actuals(cast.marketing, made, {("2026-01", "entered", ""): 900})
    totals = totals_of(current_actuals(made))
    assert totals == {("2026-01", "entered", ""): 900, ("2026-02", "entered", ""): 600}


def test_month_that_is_over_is_scored(cast, made):
    make_actuals(cast.marketing, made, JANUARY)
    scores = {(one.measure, one.label): one for one in ForecastScore.objects.all()}
    assert scores["entered", ""].inside is False
    assert scores["entered", ""].p50 == 1200
    assert scores["entered", ""].percentage == -20
    assert scores["passed", "Try"].inside is True
    assert scores["passed", "Buy"].percentage is None
    assert scores["passed", "Buy"].reason == "nothing-happened"


def test_scoring_again_changes_nothing(cast, made):
    make_actuals(cast.marketing, made, JANUARY)
    before = list(ForecastScore.objects.order_by("pk").values())
    assert score_projection(made) == 0
    assert score_forecasts() == 0
    assert list(ForecastScore.objects.order_by("pk").values()) == before


@pytest.mark.django_db(transaction=True)
def test_month_is_scored_once_by_two_at_once(cast, made):
    make_actuals(cast.marketing, made, JANUARY)
    ForecastScore.objects.all().delete()
    entered = lambda: make_actuals(cast.marketing, made, FEBRUARY)  # noqa: E731
    found = at_once([score_forecasts, score_forecasts, entered])
    assert not [one for one in found if isinstance(one, Exception)]
    assert ForecastScore.objects.count() == len(JANUARY) + len(FEBRUARY)


def test_number_taken_out_has_no_score(cast, made):
    make_actuals(cast.marketing, made, JANUARY)
    make_actuals(cast.marketing, made, {("2026-01", "entered", ""): None})
    assert not ForecastScore.objects.filter(measure="entered").exists()


def test_forecast_that_was_made_afterwards_is_not_scored(cast):
    late = make_projection(cast.marketing)
    make_actuals(cast.marketing, late, JANUARY)
    assert not ForecastScore.objects.exists()


def test_locked_version_is_scored_although_a_later_one_stood(cast, made):
    lock_projection(by=cast.sales, projection=made)
    made.versions.filter(number=1).update(locked_at="2025-12-02T12:00:00Z")
    unlock_projection(by=cast.sales, projection=made)
    made.versions.filter(number=1).update(unlocked_at="2026-01-15T12:00:00Z")
    edit_projection(
        by=cast.marketing, projection=made, document={"stages": [{"name": "Buy", "rate": 0.5}], "scenarios": []}
    )
    made.versions.filter(number=2).update(made_at="2025-12-20T12:00:00Z")
    made.versions.filter(number=3).update(made_at="2026-01-20T12:00:00Z")
    make_actuals(cast.marketing, made, {("2026-01", "entered", ""): 1000, ("2026-02", "entered", ""): 1000})
    assert list(ForecastScore.objects.order_by("month").values_list("version__number", flat=True)) == [1, 3]


def test_schedule_scores_what_became_over(cast, made, client_of):
    make_actuals(cast.marketing, made, JANUARY)
    ForecastScore.objects.all().delete()
    assert score_forecasts() == 1
    assert ForecastScore.objects.count() == 4
    assert "its forecast was held against what came" in client_of(cast.marketing).get("/w/here/inbox/").text


def test_page_explains_the_gap_in_parts(cast, made, client_of):
    make_actuals(cast.marketing, made, JANUARY | FEBRUARY)
    answer = client_of(cast.viewer).get(page_of(made))
    found = answer.context["compared"].explained
    assert found.months == ("2026-01", "2026-02")
    assert found.total == pytest.approx(sum(part.amount for part in found.parts))
    assert [part.kind for part in found.parts] == ["volume", "rate", "rate", "value"]
    for words in (
        "Why it differs",
        "How many came in",
        "Rate of “Try”",
        "What a customer was worth",
        "the interval held",
    ):
        assert words in answer.text


def test_gap_that_cannot_be_computed_says_why(cast, made, client_of):
    make_actuals(cast.marketing, made, JANUARY | {("2026-01", "passed", "Try"): 0.0, ("2026-01", "passed", "Buy"): 7.0})
    assert "Some passed a stage before which nobody was seen" in client_of(cast.viewer).get(page_of(made)).text


def test_page_costs_the_same_whatever_is_entered(cast, made, client_of, django_assert_max_num_queries):
    client = client_of(cast.viewer)
    make_actuals(cast.marketing, made, JANUARY)
    client.get(page_of(made))
    with django_assert_max_num_queries(9):
        client.get(page_of(made))
    make_actuals(cast.marketing, made, FEBRUARY)
    with django_assert_max_num_queries(9):
        client.get(page_of(made))


def test_empty_page_teaches(cast, made, client_of):
    assert "Nothing entered yet" in client_of(cast.viewer).get(page_of(made)).text


def field(month, number):
    return f"a-{month}-{number}"


def test_grid_enters_what_was_changed_and_takes_it_back(cast, made, client_of):
    client = client_of(cast.marketing)
    answer = client.post(page_of(made, "enter/"), {field("2026-01", 0): "1,000", field("2026-02", 1): ""}, follow=True)
    assert "1 number entered." in answer.text
    entry = Actual.objects.get()
    assert (entry.value, entry.measure) == (1000, "entered")
    client.post(page_of(made, f"undone/{entry.pk}/{entry.pk}/"))
    assert totals_of(current_actuals(made)) == {}
    assert "taken out" in client.get(page_of(made, "history/")).text
    answer = client.post(page_of(made, f"undone/{entry.pk}/{entry.pk}/"), follow=True)
    assert "nothing to take back" in answer.text


def test_grid_names_the_field_and_keeps_what_was_typed(cast, made, client_of):
    answer = client_of(cast.marketing).post(
        page_of(made, "enter/"), {field("2026-01", 0): "-5", field("2026-01", 1): "7"}
    )
    assert answer.status_code == 422
    assert 'href="#a-2026-01-0">Came in, Jan 2026</a>: Give a number from 0' in answer.text
    assert 'value="-5"' in answer.text
    assert 'value="7"' in answer.text
    assert not Actual.objects.exists()


def test_grid_shows_what_somebody_else_entered(cast, made, client_of):
    make_actuals(cast.admin, made, {("2026-01", "entered", ""): 950})
    data = {field("2026-01", 0): "910", "seen-2026-01-0": "0", "was-2026-01-0": ""}
    answer = client_of(cast.marketing).post(page_of(made, "enter/"), data)
    assert answer.status_code == 409
    assert "Theirs (Adam Admin)" in answer.text
    entry = Actual.objects.get()
    data |= {"seen-2026-01-0": str(entry.pk), "was-2026-01-0": "950"}
    assert client_of(cast.marketing).post(page_of(made, "enter/"), data).status_code == 302


def test_csv_is_previewed_imported_and_exported(cast, made, client_of):
    client = client_of(cast.marketing)
    text = (
        "month;what;stage;channel;value\n2026-01;entered;;Search;900,5\n2026-01;passed;try;;\n2026-01;passed;Try;;210\n"
    )
    answer = client.post(page_of(made, "import/"), {"text": text})
    assert "Import 2 numbers" in answer.text
    assert "the later one counts" in answer.text
    assert not Actual.objects.exists()
    client.post(page_of(made, "import/"), {"text": text, "confirm": "all"})
    assert sorted(Actual.objects.values_list("value", flat=True)) == [210, 900.5]
    exported = b"".join(client.get(page_of(made, "actuals.csv")).streaming_content).decode("utf-8-sig")
    assert exported.splitlines() == [
        "month,what,stage,channel,value",
        "2026-01,entered,,Search,900.5",
        "2026-01,passed,Try,,210.0",
    ]
    assert "There is nothing new in these lines." in client.post(page_of(made, "import/"), {"text": exported}).text


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("2026-13,entered,,,1", "is no month"),
        ("2026-05,entered,,,1", "not in the projection"),
        ("2026-01,clicks,,,1", "is one of: entered"),
        ("2026-01,passed,,,1", "Name the stage"),
        ("2026-01,passed,Nowhere,,1", "no stage “Nowhere”"),
        ("2026-01,entered,,Nowhere,1", "no channel “Nowhere”"),
        ("2026-01,entered,,,many", "is not a number"),
        ("2026-01,entered,,,-3", "Give a number from 0"),
        ("2026-01,entered,,,1,2", "6 cells where the first line names 5"),
    ],
)
def test_wrong_line_is_named_and_nothing_is_imported(cast, made, client_of, line, words):
    text = f"month,what,stage,channel,value\n2026-01,entered,,,1\n{line}\n"
    answer = client_of(cast.marketing).post(page_of(made, "import/"), {"text": text, "confirm": "all"})
    assert answer.status_code == 422
    assert words in answer.text
    assert "<td>3</td>" in answer.text
    assert not Actual.objects.exists()


def test_hundred_thousand_lines_with_one_wrong(cast, made, client_of):
    lines = [f"2026-0{number % 3 + 1},entered,,Search,{number}" for number in range(100_000)]
    lines[77_776] = "2026-01,entered,,Search,none"
    file = SimpleUploadedFile("actual.csv", "\n".join(["month,what,stage,channel,value", *lines]).encode())
    begin = time.monotonic()
    answer = client_of(cast.marketing).post(page_of(made, "import/"), {"file": file, "confirm": "all"})
    assert time.monotonic() - begin < 30
    assert "<td>77778</td>" in answer.text
    assert not Actual.objects.exists()


def test_readings_of_a_metric_become_numbers(cast, made, client_of):
    visits = make_metric(cast.workspace, "Visits", kind="count")
    for date, value in (("2026-01-07", 400), ("2026-01-14", 350), ("2026-02-07", 500), ("2025-06-01", 9)):
        visits.readings.create(date=date, value=value)
    data = {"metric": visits.pk, "column": "0", "channel": "", "how": "sum"}
    client_of(cast.marketing).post(page_of(made, "fill/"), data)
    assert totals_of(current_actuals(made)) == {("2026-01", "entered", ""): 750, ("2026-02", "entered", ""): 500}
    assert set(Actual.objects.values_list("source", "metric")) == {("metric", visits.pk)}
    empty = make_metric(cast.workspace, "Silent", kind="count")
    answer = client_of(cast.marketing).post(page_of(made, "fill/"), data | {"metric": empty.pk})
    assert answer.status_code == 422
    assert "It has no reading in the months of this projection." in answer.text


def test_record_of_all_forecasts_has_their_calibration(cast, made, client_of, django_assert_num_queries):
    client = client_of(cast.viewer)
    assert "No forecast has been scored yet" in client.get("/w/here/projections/record/").text
    make_actuals(cast.marketing, made, JANUARY | FEBRUARY)
    with django_assert_num_queries(5):
        answer = client.get("/w/here/projections/record/")
    found = answer.context["record"]
    assert (found.n, found.inside) == (9, ForecastScore.objects.filter(inside=True).count())
    assert "Intervals that held" in answer.text
    assert "version 1" in answer.text


def test_editor_without_a_part_enters_nothing(cast, made, client_of):
    client = client_of(cast.sales)
    for name in ("enter/", "import/", "fill/"):
        assert client.post(page_of(made, name), {}).status_code == 403
