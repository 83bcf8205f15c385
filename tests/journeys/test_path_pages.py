"""Paths on the map's page: the flow, path by path."""

import pytest

from journeys.models import Path
from journeys.services.paths import edit_path
from tests.factories import make_map, make_path, stage_of
from tests.journeys.pages import HTMX, NO_IDS, TEXTS, at, said, undo_of, wrong
from tests.journeys.pictures import picture, untouched

each_way = pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])


@pytest.fixture
def path(journey, keeper) -> Path:
    return make_path(keeper, journey, source=0, target=2, share=0.075, label="A colleague's link")


@pytest.fixture
def sent(path) -> dict:
    """What the form sends when nothing was touched."""
    ends = {"source": path.source_id, "target": path.target_id}
    return ends | {"kind": "skip", "share": "7.5", "label": path.label, "seen": path.version}


@each_way
def test_paths_are_listed_in_words(client_of, cast, journey, path, headers):
    page = client_of(cast.viewer).get(at("paths", journey), headers=headers)

    assert page.status_code == 200
    for text in ["Skip", "Try → Keep", "7.5\u00a0%", "A colleague&#x27;s link"]:
        assert text in page.text
    assert "<form" not in page.text.partition('class="sheet"')[2].partition("</main>")[0]


@each_way
@pytest.mark.parametrize(
    ("ends", "kind", "made"),
    [
        ((0, 1), "", "forward"),
        ((0, 2), "", "skip"),
        ((2, 0), "", "back"),
        ((1, 1), "", "pause"),
        ((2, 0), "return", "return"),
    ],
)
def test_path_is_added_with_the_kind_of_its_direction(client_of, journey, keeper, ends, kind, made, headers):
    source, target = (stage_of(journey, number).pk for number in ends)
    sent = {"source": source, "target": target, "kind": kind, "share": "38", "label": " Most "}

    added = client_of(keeper).post(at("paths", journey), sent, headers=headers)

    assert added.status_code == (200 if headers else 302)
    path = journey.paths.get()
    assert (path.kind, path.share, path.label) == (made, 0.38, "Most")
    assert not headers or (added.text.count('id="flow"'), added.text.count('class="sheet"')) == (1, 1)


@each_way
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "jump"),
        ("kind", "back"),
        ("kind", "forward"),
        ("share", "x"),
        ("share", "-1"),
        ("share", "100.1"),
        ("share", "nan"),
        ("share", "inf"),
        ("label", "x" * 81),
        ("label", "a\x00b"),
        *((field, value) for field in ["source", "target"] for value in NO_IDS),
    ],
)
def test_bad_input_is_refused(client_of, journey, path, sent, keeper, field, value, headers):
    bad = sent | {"label": "As typed", field: value}
    with untouched(journey):
        for page, thing in [("paths", journey), ("path_edit", path)]:
            shown = client_of(keeper).post(at(page, thing), bad, headers=headers)
            assert wrong(shown) == [field]
            assert field == "label" or 'value="As typed"' in shown.text


def test_path_to_itself_is_a_pause_or_a_return(client_of, journey, keeper, sent):
    here = sent | {"target": sent["source"]}
    with untouched(journey):
        for kind in ["forward", "skip", "back"]:
            assert wrong(client_of(keeper).post(at("paths", journey), here | {"kind": kind})) == ["kind"]
    assert client_of(keeper).post(at("paths", journey), here | {"kind": "pause"}).status_code == 302


def test_same_path_is_not_added_twice(client_of, journey, path, sent, keeper):
    with untouched(journey):
        assert wrong(client_of(keeper).post(at("paths", journey), sent)) == ["target"]


def test_path_stays_in_its_map(client_of, cast, journey, path, sent, keeper):
    for other in [make_map(keeper), make_map(cast.stranger)]:
        with untouched(journey, other):
            for page, thing in [("paths", journey), ("path_edit", path)]:
                for field in ["source", "target"]:
                    assert wrong(client_of(keeper).post(at(page, thing), sent | {field: stage_of(other).pk})) == [field]


@each_way
def test_path_is_edited(client_of, journey, path, sent, keeper, headers):
    client = client_of(keeper)
    assert 'value="7.5"' in client.get(at("path_edit", path), headers=headers).text

    saved = client.post(at("path_edit", path), sent | {"share": "", "label": "Rarely"}, headers=headers)
    assert saved.status_code == (200 if headers else 302)
    path.refresh_from_db()
    assert (path.share, path.label, path.version) == (None, "Rarely", 2)


@each_way
def test_stale_edit_shows_both_and_keeps_mine(client_of, journey, path, sent, keeper, headers):
    edit_path(by=keeper, path=path, seen=None, share=0.5)
    client = client_of(keeper)

    with untouched(journey):
        page = client.post(at("path_edit", path), sent | {"label": "Mine"}, headers=headers)
    assert page.status_code == 409
    for text in ['value="Mine"', "Saved meanwhile:</b> 50", "Kim Keeper saved this", "Save mine"]:
        assert text in page.text
    again = sent | {"seen": page.context["form"]["seen"].value()}
    assert client.post(at("path_edit", path), again, headers=headers).status_code == (200 if headers else 302)
    path.refresh_from_db()
    assert path.share == 0.075


@each_way
def test_path_is_deleted_and_comes_back(client_of, journey, path, keeper, headers):
    client, before = client_of(keeper), picture(journey)

    gone = client.post(at("path_delete", path), headers=headers)
    assert (gone.status_code, said(gone)) == (200 if headers else 302, ["The path is deleted."])
    assert (client.get(at("path_edit", path)).status_code, journey.paths.count()) == (404, 0)
    client.post(undo_of(gone), headers=headers)
    assert picture(journey) == before


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_label_is_shown_as_text(client_of, journey, path, sent, keeper, text):
    client = client_of(keeper)
    client.post(at("path_edit", path), sent | {"label": text})

    for page in [at("paths", journey), at("path_edit", path), at("map", journey)]:
        assert not [tag for tag in ["<script>alert", "<img src=x"] if tag in client.get(page).text]


def test_only_the_owner_and_administrators_change_paths(client_of, cast, journey, path, sent):
    with untouched(journey):
        for page, thing in [("paths", journey), ("path_edit", path), ("path_delete", path)]:
            for member in [cast.viewer, cast.marketing]:
                assert client_of(member).post(at(page, thing), sent, headers=HTMX).status_code == 403
            assert client_of(cast.stranger).post(at(page, thing), sent).status_code == 404
