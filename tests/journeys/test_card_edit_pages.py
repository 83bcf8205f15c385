"""Editing a card in the panel: its texts, sources, feelings and what makes it a moment."""

import pytest

from journeys.services.cards import edit_card
from journeys.services.maps import edit_map
from tests.factories import make_card, make_channel, make_metric, make_persona
from tests.journeys.pages import HTMX, NO_IDS, TEXTS, at, said, wrong
from tests.journeys.pictures import last_change, told, untouched


@pytest.fixture
def card(journey, keeper):
    """In the stage Try, which is Marketing's, in the lane of emotions."""
    feelings = [(journey.personas.get(name="Ann"), -1, "wary")]
    sources = [{"kind": "interview", "text": "“Too long.”", "date": "2026-05-04"}]
    return make_card(keeper, journey, lane=1, title="Reads the price", body="Twice", sources=sources, emotions=feelings)


@pytest.fixture
def sent(card) -> dict:
    """What the form sends when nothing was touched."""
    ann, bob = card.map.personas.order_by("name")
    return {
        "title": card.title,
        "body": card.body,
        "grade": card.grade,
        "channel": "",
        "moment": "",
        "accountable": "",
        "metric": "",
        "seen": card.version,
        f"level_{ann.pk}": "-1",
        f"word_{ann.pk}": "wary",
        f"level_{bob.pk}": "",
        f"word_{bob.pk}": "",
        "sources-TOTAL_FORMS": "2",
        "sources-INITIAL_FORMS": "1",
        "sources-0-kind": "interview",
        "sources-0-text": "“Too long.”",
        "sources-0-date": "2026-05-04",
        "sources-0-url": "",
        "sources-1-kind": "",
        "sources-1-text": "",
    }


def test_card_is_edited(client_of, cast, card, sent):
    bob = card.map.personas.get(name="Bob")
    channel, metric = make_channel(cast.workspace, "Web page"), make_metric(cast.workspace, "Price pages")
    fields = sent | {
        "title": "Reads\r\nagain",
        "body": "",
        "grade": "measured",
        "channel": channel.pk,
        "moment": "First value",
        "accountable": cast.sales.pk,
        "metric": metric.pk,
        f"level_{bob.pk}": "2",
        "sources-0-DELETE": "on",
        "sources-1-kind": "analytics",
        "sources-1-text": "31 % come back",
        "sources-1-url": "example.com/report",
    }

    saved = client_of(cast.marketing).post(at("card_edit", card), fields)

    assert (saved.status_code, saved.url, said(saved)) == (302, at("map", card.map), ["Saved."])
    change = told(last_change(card.map))
    assert change["after"] | {"title": ""} == {
        "title": "",
        "body": None,
        "evidence": "measured",
        "channel": "Web page",
        "moment": {"name": "First value", "person": "sales@here.example", "metric": "Price pages"},
        "emotions": {"Ann": {"level": -1, "word": "wary"}, "Bob": {"level": 2}},
        "sources": [{"kind": "analytics", "text": "31 % come back", "url": "https://example.com/report"}],
    }


def test_untouched_form_writes_nothing(client_of, cast, card, sent):
    with untouched(card.map):
        assert client_of(cast.marketing).post(at("card_edit", card), sent).status_code == 302


def test_edit_answers_htmx_with_card_panel_and_message(client_of, cast, card, sent):
    answer = client_of(cast.marketing).post(at("card_edit", card), sent | {"title": "Other"}, headers=HTMX)

    assert answer.status_code == 200
    for part in [f'data-shown-card="{card.pk}"', f'id="card-{card.pk}"', "#toasts", "Saved."]:
        assert answer.text.count(part) == 1
    assert 'id="board"' not in answer.text


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 201),
        ("body", "x" * 5001),
        ("body", "a\x00b"),
        ("grade", "proven"),
        ("moment", "x" * 81),
        ("seen", ""),
        ("seen", "one"),
        *((field, value) for field in ["channel", "accountable", "metric"] for value in NO_IDS if value),
    ],
)
def test_edit_refuses_bad_input(client_of, cast, card, sent, field, value, headers):
    with untouched(card.map):
        page = client_of(cast.marketing).post(
            at("card_edit", card), sent | {"moment": "Kept", field: value}, headers=headers
        )

    assert field in wrong(page)
    assert field == "moment" or 'value="Kept"' in page.text


def test_edit_takes_nothing_of_another_workspace(client_of, cast, card, sent):
    moment = {"moment": "Loss", "accountable": cast.sales.pk, "metric": make_metric(cast.workspace).pk}
    for field, thing in [
        ("channel", make_channel(cast.elsewhere, "Secret")),
        ("accountable", cast.stranger),
        ("metric", make_metric(cast.elsewhere, "Secret")),
    ]:
        with untouched(card.map):
            page = client_of(cast.marketing).post(at("card_edit", card), sent | moment | {field: thing.pk})
        assert (wrong(page), "Secret" in page.text) == ([field], False)


def test_moment_needs_its_person_and_its_metric(client_of, cast, card, sent):
    fields = {"accountable": cast.sales.pk, "metric": make_metric(cast.workspace).pk}
    client = client_of(cast.marketing)
    with untouched(card.map):
        assert wrong(client.post(at("card_edit", card), sent | {"moment": "Loss"})) == ["accountable", "metric"]
        for field, value in fields.items():
            [missing] = fields.keys() - {field}
            assert wrong(client.post(at("card_edit", card), sent | {"moment": "Loss", field: value})) == [missing]
            assert wrong(client.post(at("card_edit", card), sent | {field: value})) == ["moment"]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_texts_of_a_card_are_shown_as_texts(client_of, cast, card, sent, text):
    client = client_of(cast.marketing)
    client.post(at("card_edit", card), sent | {"title": text, "body": text, "sources-0-text": text})
    card.refresh_from_db()

    assert (card.title, card.body, card.sources.get().text) == (text, text, text)
    for page in ["card", "card_edit"]:
        shown = client.get(at(page, card), headers=HTMX).text
        assert not [tag for tag in ["<script>alert", "<img src=x"] if tag in shown]


def test_sources_say_what_is_wrong_at_their_line(client_of, cast, card, sent):
    client = client_of(cast.marketing)
    for field, value in [
        ("kind", "rumor"),
        ("kind", ""),
        ("date", "yesterday"),
        ("url", "javascript:alert(1)"),
        ("url", "no address"),
        ("text", "x" * 501),
        ("text", "a\x00b"),
    ]:
        with untouched(card.map):
            page = client.post(
                at("card_edit", card), sent | {f"sources-0-{field}": value, "title": "Kept"}, headers=HTMX
            )
        assert (page.status_code, list(page.context["sources"].errors[0])) == (422, [field])
        assert "Kept" in page.text


@pytest.mark.parametrize("total", ["", "x", "-1", "9" * 20, "51"])
def test_number_of_sources_is_not_believed(client_of, cast, card, sent, total):
    with untouched(card.map):
        page = client_of(cast.marketing).post(
            at("card_edit", card), sent | {"sources-TOTAL_FORMS": total, "title": "Kept"}
        )

    assert page.status_code == 422


def test_feelings_refuse_bad_input(client_of, cast, card, sent):
    bob = card.map.personas.get(name="Bob").pk
    client = client_of(cast.marketing)
    for fields, field in [
        ({f"level_{bob}": "3"}, f"level_{bob}"),
        ({f"level_{bob}": "x"}, f"level_{bob}"),
        ({f"word_{bob}": "glad"}, f"level_{bob}"),
        ({f"level_{bob}": "1", f"word_{bob}": "x" * 41}, f"word_{bob}"),
    ]:
        with untouched(card.map):
            assert wrong(client.post(at("card_edit", card), sent | fields)) == [field]


def test_stale_edit_shows_both_and_keeps_mine(client_of, cast, card, sent, keeper):
    edit_card(by=keeper, card=card, seen=None, title="Theirs", sources=[], grade="research", body="Once\nTwice")
    client, mine = client_of(cast.marketing), sent | {"title": "Mine", "grade": "research", "body": "Once\r\nTwice"}

    with untouched(card.map):
        page = client.post(at("card_edit", card), mine, headers=HTMX)
    assert page.status_code == 409
    for text in [
        ">\nMine</textarea>",
        "Saved meanwhile:</b> Theirs",
        "Kim Keeper saved this",
        "Save mine",
        "Take theirs",
    ]:
        assert text in page.text
    assert page.text.count("Saved meanwhile") == 1
    again = mine | {"seen": page.context["form"]["seen"].value()}
    assert client.post(at("card_edit", card), again, headers=HTMX).status_code == 200
    card.refresh_from_db()
    assert card.title == "Mine"


def test_stale_edit_keeps_the_feeling_of_a_persona_that_joined_meanwhile(client_of, cast, card, sent, keeper):
    ann, bob = card.map.personas.order_by("name")
    cleo = make_persona(cast.workspace, "Cleo")
    edit_map(by=keeper, map=card.map, seen=None, personas=[ann, bob, cleo])
    edit_card(by=keeper, card=card, seen=None, emotions=[(ann, -1, "wary"), (cleo, 2, "glad")])
    client = client_of(cast.marketing)

    page = client.post(at("card_edit", card), sent | {"title": "Mine"}, headers=HTMX)

    assert (page.status_code, [persona for persona, *_fields in page.context["form"].feelings]) == (
        409,
        [ann, bob, cleo],
    )
    shown = {field.html_name: field.value() for field in page.context["form"] if field.value() is not None}
    assert client.post(at("card_edit", card), sent | shown, headers=HTMX).status_code == 200
    card.refresh_from_db()
    felt = [(emotion.persona, emotion.level, emotion.word) for emotion in card.emotions.all()]
    assert (card.title, felt) == ("Mine", [(ann, -1, "wary"), (cleo, 2, "glad")])


def test_card_is_edited_by_those_who_may(client_of, cast, card, sent):
    with untouched(card.map):
        for member in [cast.viewer, cast.sales, cast.success]:
            for headers in [{}, HTMX]:
                assert client_of(member).get(at("card_edit", card), headers=headers).status_code == 403
                assert client_of(member).post(at("card_edit", card), sent, headers=headers).status_code == 403
        assert client_of(cast.stranger).post(at("card_edit", card), sent).status_code == 404
