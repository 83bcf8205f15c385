import datetime

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from insights.models import Reading
from insights.services.readings import edit_reading, record_reading

HTMX = {"HX-Request": "true"}


@pytest.fixture
def at(share):
    return lambda path="": f"/w/here/metrics/{share.pk}/{path}"


@pytest.fixture
def reading(cast, share, yesterday) -> Reading:
    return record_reading(by=cast.product, metric=share, date=yesterday, value=0.48, n=1912)


def undo_of(response) -> str:
    return next(message.extra_tags for message in get_messages(response.wsgi_request))


def given(day, value="48 %", n="1912", **more) -> dict:
    return {"date": day.isoformat(), "value": value, "n": n} | more


def test_record(client_of, cast, at, share, yesterday):
    answer = client_of(cast.sales).post(at("readings/"), given(yesterday))
    assert answer.url == at()
    assert share.readings.values_list("date", "value", "n").get() == (yesterday, 0.48, 1912)


def test_record_by_htmx_answers_the_body_and_the_message(client_of, cast, at, yesterday):
    answer = client_of(cast.sales).post(at("readings/"), given(yesterday), headers=HTMX)
    assert answer.status_code == 200
    assert answer.text.strip().startswith('<div class="stack loose" id="metric-body">')
    assert "48\u00a0%" in answer.text
    assert "Recorded." in answer.text
    assert 'hx-swap-oob="beforeend:#toasts"' in answer.text


def test_record_a_day_again_corrects_it(client_of, cast, at, reading):
    answer = client_of(cast.sales).post(at("readings/"), given(reading.date, "50 %", ""))
    assert "corrected" in str(next(iter(get_messages(answer.wsgi_request))))
    reading.refresh_from_db()
    assert (reading.value, reading.n, reading.version) == (0.5, None, 2)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"value": "48"}, "Write it as 48 % or 0.48"),
        ({"value": ""}, "required"),
        ({"value": "<b>"}, "is not a number"),
        ({"n": "0"}, "greater than or equal to 1"),
        ({"n": "1" * 30}, "n is a whole number"),
        ({"n": "some"}, "whole number"),
        ({"date": "31.01.2026x"}, "valid date"),
        ({"date": "1969-01-01"}, "1970"),
        ({"date": "2999-01-01"}, "not come yet"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_record_with_bad_input_keeps_what_was_typed(client_of, cast, at, yesterday, wrong, says, headers):
    answer = client_of(cast.sales).post(at("readings/"), given(yesterday) | wrong, headers=headers)
    assert answer.status_code == 422
    assert says in answer.text
    assert not Reading.objects.exists()
    if wrong.get("value") == "48":
        assert 'value="48"' in answer.text


def test_correct(client_of, cast, at, reading):
    client = client_of(cast.sales)
    page = client.get(at(f"readings/{reading.pk}/"))
    for text in ["Correct a reading", 'value="48 %"', 'value="1912"', 'name="seen" value="1"']:
        assert text in page.text
    answer = client.post(at(f"readings/{reading.pk}/"), given(reading.date, "0.5", seen=1))
    assert answer.url == at()
    reading.refresh_from_db()
    assert (reading.value, reading.version, reading.recorded_by) == (0.5, 2, cast.sales)


def test_correct_when_somebody_was_faster(client_of, cast, at, reading):
    edit_reading(by=cast.product, reading=reading, value=0.6)
    client = client_of(cast.sales)
    answer = client.post(at(f"readings/{reading.pk}/"), given(reading.date, "50 %", seen=1))
    assert answer.status_code == 409
    for text in ["60 %", 'value="50 %"', "Save mine", 'name="seen" value="2"']:
        assert text in answer.text
    assert client.post(at(f"readings/{reading.pk}/"), given(reading.date, "50 %", seen=2)).status_code == 302


def test_correct_to_a_day_that_has_one(client_of, cast, at, share, reading):
    record_reading(by=cast.sales, metric=share, date=timezone.localdate(), value=0.5)
    answer = client_of(cast.sales).post(at(f"readings/{reading.pk}/"), given(timezone.localdate(), seen=1))
    assert answer.status_code == 422
    assert "already a reading for this day" in answer.text


def test_reading_under_another_metric_is_not_found(client_of, cast, count, reading):
    assert client_of(cast.sales).get(f"/w/here/metrics/{count.pk}/readings/{reading.pk}/").status_code == 404


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_delete_and_undo(client_of, cast, at, share, reading, headers):
    client = client_of(cast.sales)
    answer = client.post(at(f"readings/{reading.pk}/delete/"), headers=headers)
    assert not Reading.objects.exists()
    if not headers:
        assert client.post(undo_of(answer)).url == at()
        assert share.readings.values_list("date", "value", "n").get() == (reading.date, 0.48, 1912)
    else:
        assert "is deleted" in answer.text
        assert "readings/restore/" in answer.text


def test_undo_leaves_what_was_recorded_meanwhile(client_of, cast, at, share, reading):
    client = client_of(cast.sales)
    answer = client.post(at(f"readings/{reading.pk}/delete/"))
    record_reading(by=cast.product, metric=share, date=reading.date, value=0.1)
    client.post(undo_of(answer))
    assert share.readings.get().value == 0.1


def test_undo_of_another_metric_is_refused(client_of, cast, at, count, reading):
    client = client_of(cast.sales)
    undo = undo_of(client.post(at(f"readings/{reading.pk}/delete/")))
    token = undo.rstrip("/").rpartition("/")[2]
    assert client.post(f"/w/here/metrics/{count.pk}/readings/restore/{token}/").status_code == 404


CSV = "date,value,n\n2026-01-31,48 %,1912\n2026-02-28,50 %,\n"


def test_import_previews_then_writes(client_of, cast, at, share):
    record_reading(by=cast.sales, metric=share, date=datetime.date(2026, 1, 31), value=0.4)
    client = client_of(cast.sales)
    assert client.get(at("import/")).status_code == 200
    preview = client.post(at("import/"), {"text": CSV})
    assert preview.status_code == 200
    assert (len(preview.context["plan"].new), len(preview.context["plan"].changed)) == (1, 1)
    assert "2026-01-31,48 %,1912" in preview.text
    assert Reading.objects.count() == 1
    assert client.post(at("import/"), {"text": CSV, "confirm": "all"}).url == at()
    assert list(share.readings.order_by("date").values_list("value", "n")) == [(0.48, 1912), (0.5, None)]


def test_import_of_a_file_puts_its_text_on_the_page(client_of, cast, at):
    file = SimpleUploadedFile("readings.csv", b"\xef\xbb\xbfdate;value\r\n2026-01-31;0,48\r\n")
    preview = client_of(cast.sales).post(at("import/"), {"file": file})
    assert "2026-01-31;0,48" in preview.text
    assert not preview.context["sheet"].faults


def test_import_names_wrong_lines_and_waits(client_of, cast, at, share):
    text = CSV + "2026-03-31,95,\n<script>,1,\n"
    client = client_of(cast.sales)
    for confirm in [{}, {"confirm": "all"}]:
        preview = client.post(at("import/"), {"text": text} | confirm)
        assert [fault.number for fault in preview.context["faults"]] == [4, 5]
        assert "Import the 2 good lines" in preview.text
        assert "<script>,1" not in preview.text
        assert not Reading.objects.exists()
    client.post(at("import/"), {"text": text, "confirm": "good"})
    assert share.readings.count() == 2


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"text": ""}, "nothing to read"),
        ({"text": "when,how much\n"}, "Missing: date, value"),
        ({"file": SimpleUploadedFile("a.csv", "ž".encode("cp1250"))}, "UTF-8"),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "nothing to read"),
        ({"file": SimpleUploadedFile("a.csv", b"x" * (5 * 1024 * 1024 + 1))}, "larger than 5 MB"),
    ],
)
def test_import_of_what_cannot_be_read(client_of, cast, at, given, says):
    for file in [given["file"]] if "file" in given else []:
        file.seek(0)
    answer = client_of(cast.sales).post(at("import/"), given)
    assert answer.status_code == 422
    assert says in answer.text


def test_import_of_several_metrics(client_of, cast, share, count):
    text = "metric,date,value\nOrders,2026-01-31,12\nset-up finished,2026-01-31,48 %\nSecret,2026-01-31,1\n"
    client = client_of(cast.sales)
    preview = client.post("/w/here/metrics/import/", {"text": text})
    assert [fault.number for fault in preview.context["faults"]] == [4]
    assert client.post("/w/here/metrics/import/", {"text": text, "confirm": "good"}).url == "/w/here/metrics/"
    assert (count.readings.get().value, share.readings.get().value) == (12, 0.48)


def test_export_is_what_the_import_reads(client_of, cast, at, share, reading):
    record_reading(by=cast.sales, metric=share, date=datetime.date(2026, 1, 31), value=1.0)
    client = client_of(cast.sales)
    export = client.get(at("readings.csv"))
    text = export.content.decode()
    assert text == f"date,value,n\r\n2026-01-31,1,\r\n{reading.date},0.48,1912\r\n"
    assert "set-up-finished-readings.csv" in export["Content-Disposition"]
    plan = client.post(at("import/"), {"text": text}).context["plan"]
    assert (plan.new, plan.changed, plan.unchanged) == ([], [], 2)
