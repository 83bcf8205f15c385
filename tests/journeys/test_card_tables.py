"""Cards out as a table and in again."""

import csv
import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings

from journeys.documents.card_table import COLUMNS, card_table
from journeys.documents.create import create_from_document
from journeys.documents.export import export_document, load
from journeys.documents.import_table import WrongLines, import_cards, preview_cards
from journeys.models import Map
from journeys.services.cards import edit_card
from teams.errors import Conflict
from tests.journeys.document_examples import documents, example, furnish

ANY = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def furnished(cast):
    furnish(cast.workspace)
    return cast


@pytest.fixture
def journey(furnished) -> Map:
    return create_from_document(by=furnished.owner, document=example())


def table_of(journey: Map) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(card_table(load(journey.pk)).removeprefix("\ufeff"), newline="")))


def written(rows: list[dict[str, str]], columns=COLUMNS, **options) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, extrasaction="ignore", **options)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def bring(by, journey, text) -> list[tuple[str, str, str]]:
    """Import; hold the preview against it; tell the changes."""
    before = journey.changes.count(), export_document(journey)
    foreseen = preview_cards(by=by, map=journey, text=text)
    assert (journey.changes.count(), export_document(journey)) == before
    changes = import_cards(by=by, map=journey, text=text, seen=None)
    assert [change.verb for change in changes] == [change.verb for change in foreseen]
    return [(change.verb, change.target_kind, change.target_label) for change in changes]


def faults(by, journey, text) -> list[tuple[int, str]]:
    before = journey.changes.count(), export_document(journey)
    with pytest.raises(WrongLines) as caught:
        import_cards(by=by, map=journey, text=text, seen=None)
    assert (journey.changes.count(), export_document(journey)) == before
    return [tuple(fault) for fault in caught.value.faults]


@given(document=documents())
@ANY
def test_table_of_any_map_changes_nothing(furnished, document):
    journey = create_from_document(by=furnished.owner, document=document)
    assert bring(furnished.owner, journey, card_table(load(journey.pk))) == []


def test_cells_change_their_card(furnished, journey):
    rows = table_of(journey)
    rows[0] |= {
        "title": "=Stops at the window",
        "span": "1",
        "evidence": "Measured",
        "emotions": "Бойко: -2 cold\nAnna: 0",
        "sources": "crm | | https://crm.example/1 | Called | twice\nsurvey",
        "moment": "",
        "accountable": "",
        "metric": "",
        "channel": "",
    }
    assert [change[:2] for change in bring(furnished.owner, journey, written(rows))] == [
        ("edited", "card"),
        ("moved", "card"),
    ]
    assert export_document(journey)["cards"]["look"]["touch"][0] == {
        "id": "window",
        "title": "=Stops at the window",
        "body": "On the way to work.",
        "evidence": "measured",
        "emotions": {"Бойко": {"level": -2, "word": "cold"}, "Anna": {"level": 0}},
        "sources": [{"kind": "crm", "url": "https://crm.example/1", "text": "Called | twice"}, {"kind": "survey"}],
    }


def test_line_without_uid_is_a_new_card(furnished, journey):
    row = {"stage": "Trying", "lane": "Touchpoints", "title": "Rides", "moment": "First ride"}
    row |= {"accountable": "sales@here.example", "metric": "Activation rate"}
    assert bring(furnished.sales, journey, written([row])) == [("added", "card", "Rides")]
    (card,) = export_document(journey)["cards"]["try"]["touch"]
    moment = {"name": "First ride", "person": "sales@here.example", "metric": "Activation rate"}
    assert card == {"id": card["id"], "title": "Rides", "evidence": "assumed", "moment": moment}


def test_columns_that_are_missing_stay_as_they_are(furnished, journey):
    rows = table_of(journey)
    rows[0]["title"] = "Stops"
    changes = bring(furnished.owner, journey, written(rows, ["uid", "stage", "lane", "title"], delimiter=";"))
    assert changes == [("edited", "card", "Stops")]
    assert export_document(journey)["cards"]["look"]["touch"][0] == example()["cards"]["look"]["touch"][0] | {
        "title": "Stops"
    }


def test_card_moves_to_another_cell_and_another_place(furnished, journey):
    rows = table_of(journey)
    rows[1] |= {"stage": "Buying", "lane": "How they feel", "position": "1"}
    assert bring(furnished.owner, journey, written(rows)) == [("moved", "card", "Asks a friend")]
    assert [card["id"] for card in export_document(journey)["cards"]["buy"]["feel"]] == ["friend", "pay"]
    rows = table_of(journey)
    rows[1]["position"], rows[2]["position"] = "2", "1"
    assert [change[:2] for change in bring(furnished.owner, journey, written(rows))] == [("moved", "card")]
    assert [card["id"] for card in export_document(journey)["cards"]["buy"]["feel"]] == ["pay", "friend"]


def test_cards_without_a_line_stay(furnished, journey):
    assert bring(furnished.owner, journey, written(table_of(journey)[:1])) == []


WRONG = [
    ({"stage": "Nowhere"}, "There is no stage “Nowhere” on the map."),
    ({"lane": ""}, "There is no lane “” on the map."),
    ({"position": "first"}, "A position is a number from 1."),
    ({"span": "-1"}, "How many stages a card reaches over is a number from 1."),
    ({"span": "9"}, "span: From here a card reaches over 1 to 3 stages."),
    ({"title": ""}, "title: This is missing."),
    ({"title": "a" * 201}, "title: This has 201 characters; at most 200 fit."),
    ({"evidence": "sure"}, "Evidence is one of: assumed, anecdote, research, measured."),
    ({"channel": "Pigeon"}, "channel: There is no channel “Pigeon” in this workspace."),
    ({"moment": ""}, "moment.name: This is missing."),
    (
        {"accountable": "stranger@elsewhere.example"},
        "moment.person: Nobody in this workspace has the address “stranger@elsewhere.example”.",
    ),
    ({"emotions": "Anna: 3"}, "“Anna: 3” is no emotion"),
    ({"emotions": "مريم: 1"}, "“مريم: 1” is no emotion"),
    ({"sources": "gossip"}, "“gossip” is no kind of source."),
    ({"sources": "crm | yesterday"}, "sources[0].date: A date is written as 2026-01-31."),
    ({"uid": "friend"}, "An earlier line speaks of the card “friend” already."),
    ({"uid": "a b"}, "id: An id has 1 to 40 letters"),
]


@pytest.mark.parametrize(("cells", "sentence"), WRONG)
def test_wrong_line_is_named(furnished, journey, cells, sentence):
    rows = table_of(journey)
    rows[0]["body"] = "Two\nlines"
    ((number, reason),) = faults(furnished.owner, journey, written([rows[1], rows[0] | cells, rows[2]]))
    assert number == 3
    assert reason.startswith(sentence)


def test_line_numbers_count_lines_within_cells(furnished, journey):
    rows = table_of(journey)
    rows[0]["body"] = "One\ntwo\nthree"
    rows[2]["lane"] = "Nowhere"
    numbers = [number for number, _reason in faults(furnished.owner, journey, written(rows, lineterminator="\n"))]
    first, emotions, sources = 2, 1, 1
    assert numbers == [first + 3 + emotions + sources + 1]


@pytest.mark.parametrize(
    "text", ["", "\ufeff", "a,b\n1,2", "uid,title\nx,y", "stage,lane,title,title\na,b,c,d", "\n\n"]
)
def test_what_is_no_table_is_refused(furnished, journey, text):
    with pytest.raises(ValidationError):
        import_cards(by=furnished.owner, map=journey, text=text, seen=None)


@pytest.mark.parametrize("tail", ['a,b,"c', 'a,"b"x,c', "a,b," + "c" * 200_000, "a\x00,b,c"])
def test_broken_line_is_named(furnished, journey, tail):
    assert [number for number, _reason in faults(furnished.owner, journey, f"stage,lane,title\n{tail}")] == [2]


def test_rights_are_those_of_the_edits(furnished, journey):
    rows = table_of(journey)
    rows[2]["title"] = "Pays at once"
    with pytest.raises(PermissionDenied):
        preview_cards(by=furnished.sales, map=journey, text=written(rows))
    assert export_document(journey) == example()


def test_table_of_an_older_revision_is_a_conflict(furnished, journey):
    rows = table_of(journey)
    rows[2]["title"] = "Pays at once"
    edit_card(by=furnished.owner, card=journey.cards.get(uid="pay"), seen=None, title="Pays later")
    with pytest.raises(Conflict):
        import_cards(by=furnished.owner, map=journey, text=written(rows), seen=1)


def address(journey) -> str:
    return f"/w/here/maps/{journey.pk}/cards/import/"


def test_page_previews_then_imports(furnished, journey, client_of):
    client = client_of(furnished.owner)
    rows = table_of(journey)
    rows[2]["title"] = "Pays <at> once"
    file = SimpleUploadedFile("cards.csv", written(rows).encode("utf-8-sig"))
    shown = client.post(address(journey), {"file": file})
    assert shown.status_code == 200
    assert "Pays &lt;at&gt; once" in shown.content.decode()
    assert export_document(journey) == example()
    form = shown.context["form"]
    fields = {name: form[name].value() for name in ["text", "seen", "shown"]} | {"confirm": "yes"}
    other = client.post(address(journey), fields | {"text": fields["text"].replace("Pays", "Now pays")})
    assert other.status_code == 200
    assert export_document(journey) == example()
    sent = client.post(address(journey), fields | {"text": fields["text"].replace("\r\n", "\n")})
    assert (sent.status_code, sent["Location"]) == (302, f"/w/here/maps/{journey.pk}/")
    assert journey.cards.get(uid="pay").title == "Pays <at> once"


def test_page_says_when_somebody_was_faster(furnished, journey, client_of):
    rows = table_of(journey)
    rows[2]["title"] = "Pays at once"
    client = client_of(furnished.owner)
    form = client.post(address(journey), {"text": written(rows)}).context["form"]
    fields = {name: form[name].value() for name in ["text", "seen", "shown"]} | {"confirm": "yes"}
    edit_card(by=furnished.owner, card=journey.cards.get(uid="pay"), seen=None, title="Pays later")
    answer = client.post(address(journey), fields)
    assert answer.status_code == 409
    assert journey.cards.get(uid="pay").title == "Pays later"
    assert answer.context["form"]["seen"].value() == "2"


def test_page_names_wrong_lines_and_keeps_the_text(furnished, journey, client_of):
    text = written([{"stage": "<b>", "lane": "Touchpoints", "title": "X"}])
    answer = client_of(furnished.owner).post(address(journey), {"text": text})
    assert answer.status_code == 422
    assert "There is no stage “&lt;b&gt;” on the map." in answer.content.decode()
    assert answer.context["form"]["text"].value() == text


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xff", b"hello", b"a" * (6 * 1024 * 1024)], ids=["empty", "bytes", "words", "large"]
)
def test_page_refuses_what_is_no_table(furnished, journey, client_of, content):
    answer = client_of(furnished.owner).post(address(journey), {"file": SimpleUploadedFile("cards.csv", content)})
    assert answer.status_code == 422


def test_page_is_for_those_who_edit_somewhere_in_the_map(furnished, journey, client_of):
    assert client_of(furnished.sales).get(address(journey)).status_code == 200
    assert client_of(furnished.success).get(address(journey)).status_code == 403
    assert client_of(furnished.viewer).get(address(journey)).status_code == 403
    assert client_of(furnished.stranger).get(address(journey)).status_code == 404
    rows = table_of(journey)
    rows[2]["title"] = "Pays at once"
    answer = client_of(furnished.sales).post(address(journey), {"text": written(rows)})
    assert answer.status_code == 403
    assert "Pays at once" in answer.content.decode()
