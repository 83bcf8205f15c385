"""Results as CSV: the preview names every wrong line, the import is whole or nothing, the export goes in again."""

import pytest

from experiments.models import Entry
from experiments.services.result_sheets import read_results
from tests.experiments.made import enter_shares, make_running
from tests.factories import make_metric

pytestmark = pytest.mark.django_db


def url(experiment, what="import"):
    return f"/w/here/experiments/{experiment.pk}/results/{what}/"


def test_preview_then_import(cast, client_of):
    experiment, client = make_running(cast.product), client_of(cast.product)
    enter_shares(cast.product, experiment, (100, 10), (100, 12))
    day = experiment.started_on
    text = f"date;variant;n;successes;note\n{day};control;100;10;x\n{day};Delivery date first;120;12;\n"
    preview = client.post(url(experiment), {"text": text}).content.decode()
    assert "Columns that are not read:" in preview
    assert "Import 2 results" in preview
    assert Entry.objects.count() == 2
    done = client.post(url(experiment), {"text": text, "confirm": "all"}, follow=True).content.decode()
    assert "1 result entered." in done
    made = Entry.objects.latest("pk")
    assert (made.n, made.source, made.variant.key) == (120, "csv", "treatment")


def test_every_wrong_line_is_named(cast):
    experiment = make_running(cast.product)
    day = experiment.started_on
    lines = [
        "date,variant,n,successes,sum",
        f"{day},control,100,101,",
        f"{day},nobody,100,10,",
        f"{day},treatment,100,10,5",
        "2026-13-01,control,1,1,",
        f"{day},treatment,100,10,",
        f"{day},treatment,100,11,",
        f"{day},control,1.5,1,",
        f'{day},"control,1,1,',
        f"{day},control,1,1,,,7",
    ]
    sheet = read_results("\n".join(lines), experiment)
    assert [fault.number for fault in sheet.faults] == [2, 3, 4, 5, 7, 8, 9, 10]
    assert len(sheet.cells) == 1


def test_line_that_ends_before_its_date_is_named(cast):
    sheet = read_results("variant,n,successes,date\ncontrol,100,10\n", make_running(cast.product))
    assert [fault.number for fault in sheet.faults] == [2]
    assert sheet.cells == []


def test_wrong_files_are_refused_with_a_reason(cast, client_of):
    experiment, client = make_running(cast.product), client_of(cast.product)
    for text, words in [
        ("", "There is nothing to read"),
        ("date,n\n", "Missing: variant"),
        ("date,variant,n,n\n", "twice"),
        ("date,variant,n\n" + "x\n" * 100_002, "more than 100000 lines"),
    ]:
        answer = client.post(url(experiment), {"text": text})
        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_export_goes_in_again_and_runs_no_formula(cast, client_of):
    metric = make_metric(cast.workspace, "=cmd|calc")
    experiment, client = make_running(cast.product, metric=metric), client_of(cast.product)
    enter_shares(cast.product, experiment, (100, 10), (100, 12))
    answer = client.get(url(experiment, "export"))
    text = b"".join(answer.streaming_content).decode()
    assert ",'=cmd|calc," in text
    assert "attachment" in answer["Content-Disposition"]
    assert "There is nothing new in these lines." in client.post(url(experiment), {"text": text}).content.decode()
    assert client_of(cast.stranger).get(url(experiment, "export")).status_code == 404
