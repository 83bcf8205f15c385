import csv
import io
import json
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from journeys.documents.card_table import COLUMNS, armed, card_table, disarmed
from journeys.documents.create import create_from_document
from journeys.documents.export import export_document, load
from journeys.models import Map
from tests.journeys.document_examples import example, furnish


@pytest.fixture
def furnished(cast):
    furnish(cast.workspace)
    return cast


@pytest.fixture
def journey(furnished) -> Map:
    return create_from_document(by=furnished.owner, document=example())


def test_document_is_downloaded(furnished, journey, client_of):
    answer = client_of(furnished.viewer).get(f"/w/here/maps/{journey.pk}/document/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer["Content-Disposition"] == 'attachment; filename="buying-a-bicycle.json"'
    assert json.loads(answer.content) == example()


def test_pasted_document_is_imported(furnished, client_of):
    answer = client_of(furnished.sales).post("/w/here/maps/import/", {"text": json.dumps(example())})
    journey = Map.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/w/here/maps/{journey.pk}/")
    assert export_document(journey) == example()


def test_uploaded_document_is_imported(furnished, journey, client_of):
    client = client_of(furnished.sales)
    file = SimpleUploadedFile("map.json", client.get(f"/w/here/maps/{journey.pk}/document/").content)
    answer = client.post("/w/here/maps/import/", {"file": file})
    assert answer.status_code == 302
    assert export_document(Map.objects.latest("pk")) == example()


def test_refused_document_stays_in_the_field_with_all_that_is_wrong(furnished, client_of):
    text = json.dumps(example() | {"title": "", "owner": "stranger@elsewhere.example", "kind": "<b>"})
    answer = client_of(furnished.sales).post("/w/here/maps/import/", {"text": text})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "$.title" in page
    assert "$.kind" in page
    assert text in unescape(page)
    assert "<b>" not in page
    assert Map.objects.count() == 0


def test_uploaded_document_that_is_refused_can_be_mended_in_the_field(furnished, client_of):
    file = SimpleUploadedFile("map.json", b'\xef\xbb\xbf{"title": "A"}')
    answer = client_of(furnished.sales).post("/w/here/maps/import/", {"file": file})
    assert answer.status_code == 422
    assert '{"title": "A"}</textarea>' in unescape(answer.content.decode())


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff", b"[" * 100_000, b'"' + b"a" * (50 * 1024 * 1024) + b'"', b'"\x00"'], ids=range(6)
)
def test_what_is_no_document_is_refused(furnished, client_of, content):
    answer = client_of(furnished.sales).post("/w/here/maps/import/", {"file": SimpleUploadedFile("m.json", content)})
    assert answer.status_code == 422
    answer = client_of(furnished.sales).post("/w/here/maps/import/", {"text": content.decode("latin-1")})
    assert answer.status_code in (400, 413, 422)
    assert Map.objects.count() == 0


def test_import_page_is_for_those_who_create_maps(furnished, client_of):
    assert client_of(furnished.sales).get("/w/here/maps/import/").status_code == 200
    assert client_of(furnished.viewer).get("/w/here/maps/import/").status_code == 403
    assert client_of(furnished.viewer).post("/w/here/maps/import/", {"text": "{}"}).status_code == 403
    assert client_of(furnished.sales).put("/w/here/maps/import/").status_code == 405


@pytest.mark.parametrize("tail", ["document/", "cards.csv"])
def test_stranger_downloads_nothing(furnished, journey, client_of, tail):
    stranger = client_of(furnished.stranger)
    assert stranger.get(f"/w/here/maps/{journey.pk}/{tail}").status_code == 404
    assert stranger.get(f"/w/elsewhere/maps/{journey.pk}/{tail}").status_code == 404
    assert client_of(furnished.owner).post(f"/w/here/maps/{journey.pk}/{tail}").status_code == 405


def test_schema_can_be_read(furnished, client_of):
    answer = client_of(furnished.viewer).get("/w/here/maps/schema/")
    assert json.loads(answer.content)["title"] == "Throughline map"


def test_table_has_a_line_for_each_card(furnished, journey, client_of):
    answer = client_of(furnished.viewer).get(f"/w/here/maps/{journey.pk}/cards.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="buying-a-bicycle.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    header, window, friend, pay = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert header == COLUMNS
    assert dict(zip(header, window, strict=True)) == {
        "map": "Buying a bicycle",
        "stage": "Looking",
        "lane": "Touchpoints",
        "position": "1",
        "span": "2",
        "title": "Sees the window",
        "body": "On the way to work.",
        "evidence": "research",
        "channel": "Web page",
        "moment": "First look",
        "accountable": "sales@here.example",
        "metric": "Activation rate",
        "emotions": "Anna: +1 curious\nБойко: 0",
        "sources": "interview | 2026-02-03 | https://notes.example/7 | “I saw it.”\nsurvey",
        "uid": "window",
    }
    assert (friend[3:6], pay[1:6]) == (["2", "1", "Asks a friend"], ["Buying", "How they feel", "1", "1", "Pays"])


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_formula_is_disarmed(furnished, start):
    document = example()
    document["cards"]["look"]["touch"][1]["title"] = f"x{start}"
    document["cards"]["look"]["touch"][1]["body"] = f"{start}cmd|' /C calc'!A0".strip()
    whole = load(create_from_document(by=furnished.owner, document=document).pk)
    friend = list(csv.DictReader(io.StringIO(card_table(whole).removeprefix("\ufeff"))))[1]
    assert friend["title"] == f"x{start}"
    assert friend["body"].startswith("'")


@pytest.mark.parametrize("text", ["=1", "'=1", "''-2", "'quoted'", "plain", "+", "@me", ""])
def test_disarmed_text_can_be_armed_again(text):
    assert armed(disarmed(text)) == text
