"""CSV texts of readings: what is read, which lines are wrong, what an import does."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from insights.models import Metric, Reading
from insights.services.csv_table import decode
from insights.services.imports import import_readings, plan_import
from insights.services.readings import record_reading
from insights.services.sheets import read_sheet

SHARE = Metric(pk=1, name="Set-up finished", kind="share")


def read(text: str, metric: Metric = SHARE):
    return read_sheet(text, metrics={}, metric=metric)


def said(sheet) -> list[tuple]:
    return [(line.number, line.date.isoformat(), line.value, line.n) for line in sheet.lines]


@pytest.mark.parametrize(
    "text",
    [
        "date,value,n\n2026-01-31,48 %,1912\n2026-02-28,0.5,\n",
        "\ufeffN;Value;DATE\r\n1912;0,48;2026-01-31\r\n;0,5;2026-02-28",
        "value\tdate\tn\n48%\t2026-01-31\t1912\n50 %\t2026-02-28\n",
        '"date","value","n"\r"2026-01-31","48 %","1912"\r"2026-02-28","50 %",""',
        "\n\ndate , value, n ,remark\n2026-01-31,0.48,1912,good\n\n,,\n2026-02-28,0.50\n",
    ],
)
def test_read(text):
    sheet = read(text)
    assert sheet.faults == []
    assert [line[1:] for line in said(sheet)] == [("2026-01-31", 0.48, 1912), ("2026-02-28", 0.5, None)]


def test_ignored_columns_are_told():
    assert read("date,value,remark\n2026-01-31,0.5,good").ignored == ["remark"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "nothing to read"),
        (" \n \n", "nothing to read"),
        ("2026-01-31,0.5", "Missing: date, value"),
        ("date;n\n", "Missing: value"),
        ("date,value,date\n", "twice"),
    ],
)
def test_header_refused(text, says):
    with pytest.raises(ValidationError, match=says):
        read(text)


def test_wrong_lines_are_named_with_number_and_reason():
    sheet = read(
        "date,value,n\n"
        "2026-01-31,0.5,\n"
        "31.01.2026,0.5,\n"
        "2026-02-28,48,\n"
        '2026-02-28,"0.5,\n'
        "2026-03-31,0,48,20\n"
        "2026-04-30,0.5,0\n"
        "2026-05-31,0.5,7\n"
    )
    assert [line.number for line in sheet.lines] == [2, 8]
    assert [(fault.number, fault.reason.split(".")[0]) for fault in sheet.faults] == [
        (3, "“31"),
        (4, "A share lies between nothing and all of it"),
        (5, "A quotation mark is opened and not closed"),
        (6, "4 cells where the first line names 3"),
        (7, "n is a whole number from 1"),
    ]
    assert sheet.faults[0].text == "31.01.2026,0.5,"


def test_later_line_of_a_day_counts():
    sheet = read("date,value\n2026-01-31,0.4\n2026-01-31,0.5\n")
    assert said(sheet) == [(3, "2026-01-31", 0.5, None)]
    assert sheet.repeated == [3]


def test_metrics_by_name():
    metrics = {"set-up finished": SHARE, "orders": Metric(pk=2, kind="count")}
    sheet = read_sheet("metric,date,value\nORDERS,2026-01-31,12\nNPS,2026-01-31,4\n", metrics=metrics)
    assert [line.metric.pk for line in sheet.lines] == [2]
    assert [(fault.number, fault.reason) for fault in sheet.faults] == [(3, "There is no metric “NPS”.")]


def test_text_of_files():
    assert decode("date;value\nž".encode("utf-8-sig")) == "date;value\nž"
    assert decode("date;value".encode("utf-16")) == "date;value"
    with pytest.raises(ValidationError, match="UTF-8"):
        decode("ž".encode("cp1250"))


@pytest.mark.parametrize("row", ['"' * 3000, "x" * 100_000, "\x00,\x00", "\u202e,1", "<script>,0.5", '"a"b,0.5'])
def test_odd_lines_are_wrong_lines(row):
    sheet = read(f"date,value\n{row}\n2026-01-31,0.5")
    assert [fault.number for fault in sheet.faults] == [2]
    assert [line.number for line in sheet.lines] == [3]


def test_hundred_thousand_lines_with_a_wrong_one(cast, count):
    first = datetime.date(1990, 1, 1)
    days = [(first + datetime.timedelta(days=number % 12_000)).isoformat() for number in range(100_000)]
    rows = [f"{day},{number}" for number, day in enumerate(days)]
    rows[70_000] = "2026-13-01,5"
    sheet = read("date,value\n" + "\n".join(rows), count)
    plan = import_readings(by=cast.sales, lines=sheet.lines)
    assert [fault.number for fault in sheet.faults] == [70_002]
    assert len(plan.new) == 12_000


def test_plan_says_new_changed_unchanged(cast, share, django_assert_num_queries):
    record_reading(by=cast.sales, metric=share, date=datetime.date(2026, 1, 31), value=0.4)
    record_reading(by=cast.sales, metric=share, date=datetime.date(2026, 2, 28), value=0.5, n=7)
    sheet = read("date,value,n\n2026-01-31,0.4,\n2026-02-28,0.6,7\n2026-03-31,0.7,\n", share)
    with django_assert_num_queries(1):
        plan = plan_import(sheet.lines)
    assert [line.number for line in plan.new] == [4]
    assert [(line.number, held.value) for line, held in plan.changed] == [(3, 0.5)]
    assert plan.unchanged == 1
    assert Reading.objects.count() == 2


def test_import_adds_and_corrects(cast, share):
    record_reading(by=cast.product, metric=share, date=datetime.date(2026, 2, 28), value=0.5)
    lines = read("date,value,n\n2026-02-28,0.6,7\n2026-03-31,0.7,\n", share).lines
    import_readings(by=cast.sales, lines=lines)
    kept = [(r.date.month, r.value, r.n, r.version, r.recorded_by) for r in share.readings.order_by("date")]
    assert kept == [(2, 0.6, 7, 2, cast.sales), (3, 0.7, None, 1, cast.sales)]
    again = import_readings(by=cast.sales, lines=lines)
    assert (len(again.new), len(again.changed), again.unchanged) == (0, 0, 2)


def test_import_without_the_right(cast, share):
    lines = read("date,value\n2026-02-28,0.6\n", share).lines
    for who in [cast.viewer, cast.stranger]:
        with pytest.raises(PermissionDenied):
            import_readings(by=who, lines=lines)
    assert not Reading.objects.exists()
