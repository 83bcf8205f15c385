"""What changed on a map, in words, and undoing by the list."""

import pytest

from journeys.services.cards import edit_card, move_card
from journeys.services.lanes import edit_lane
from journeys.services.maps import edit_map
from journeys.services.paths import edit_path
from journeys.services.stages import edit_stage, move_stage
from tests.factories import lane_of, make_card, make_key, make_map, make_metric, make_path, stage_of
from tests.journeys.pages import HTMX, TEXTS, at, said
from tests.journeys.pictures import last_change, picture, untouched


def lines(client, journey) -> list[str]:
    """The sentences of the newest change, as the page shows them."""
    page = client.get(at("changes", journey)).text
    newest = page.partition('class="change"')[2].partition("<time")[0]
    return [line.partition("</p>")[0] for line in newest.replace('<p class="hint">', "<p>").split("<p>")[1:]]


def test_every_edit_is_told_in_words(client_of, cast, journey, keeper):
    client, card = client_of(cast.viewer), make_card(keeper, journey, title="Asks")
    metric = make_metric(cast.workspace, "Orders")
    assert lines(client, journey) == ["Kim Keeper added the card “Asks”."]
    feelings = [(journey.personas.get(name="Ann"), -2, "lost")]
    moment = {"moment": "Loss", "accountable": cast.sales, "metric": metric}
    edit_card(by=cast.marketing, card=card, seen=None, grade="measured", emotions=feelings, **moment)
    assert lines(client, journey) == [
        "Marketing Editor edited the card “Asks”.",
        "evidence: Assumed → Measured",
        "moment: nothing → Loss, sales@here.example, Orders",
        "feelings: nothing → Ann: −2, lost",
    ]
    move_card(by=keeper, card=card, seen=None, stage=stage_of(journey, 1), lane=lane_of(journey), span=2)
    assert lines(client, journey) == ["Kim Keeper moved the card “Asks”.", "reach: 1 → 2"]
    sources = [{"kind": "crm", "text": "Seen"}, {"kind": "survey"}]
    edit_card(by=keeper, card=card, seen=None, sources=sources)
    assert lines(client, journey)[1] == "sources: nothing → CRM, Seen; Survey"


def test_the_frame_is_told_in_words(client_of, cast, journey, keeper):
    client, goal = client_of(cast.viewer), make_map(keeper, kind="to-be", title="Goal")
    edit_map(by=keeper, map=journey, seen=None, title="Renamed", status="in-review", to_be=goal)
    assert lines(client, journey) == [
        "Kim Keeper edited the map “Renamed”.",
        "title: Trial to renewal → Renamed",
        "status: Draft → In review",
        "to-be map: nothing → Goal",
    ]
    parts = {cast.workspace.teams.get(name="Product"): "consulted"}
    edit_stage(by=keeper, stage=stage_of(journey), seen=None, parts=parts, questions=["Who?", "Why?"])
    assert lines(client, journey)[1:] == [
        "other teams: nothing → Product: Consulted",
        "questions: nothing → Who?; Why?",
    ]
    move_stage(by=keeper, stage=stage_of(journey), seen=None, position=2)
    assert lines(client, journey)[1:] == ["place: 1 → 3"]
    edit_lane(by=keeper, lane=lane_of(journey), seen=None, kind="thoughts", name="Thoughts")
    assert lines(client, journey)[2] == "kind: Customer actions → Thoughts and questions"
    path = make_path(keeper, journey)
    edit_path(by=keeper, path=path, seen=None, share=0.075)
    assert lines(client, journey)[1:] == ["share: nothing → 7.5\u00a0%"]


def test_programs_are_named(client_of, cast, journey):
    make_card(make_key(cast.workspace, "admin", name="Nightly import"), journey, title="Imported")

    assert lines(client_of(cast.viewer), journey) == ["Nightly import added the card “Imported”."]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_texts_are_shown_as_texts(client_of, cast, journey, keeper, text):
    card = make_card(keeper, journey, title=text)
    edit_card(by=keeper, card=card, seen=None, title="Other", body=text * 20)
    page = client_of(cast.viewer).get(at("changes", journey))

    assert not [tag for tag in ["<script>alert", "<img src=x"] if tag in page.text]
    assert "…" in page.text


def test_list_is_paged_newest_first_with_few_queries(client_of, cast, journey, keeper, django_assert_num_queries):
    client = client_of(cast.viewer)
    client.get(at("changes", journey))
    with django_assert_num_queries(6) as few:  # session, person, membership, map; number of changes, changes
        client.get(at("changes", journey))
    for number in range(60):
        make_card(keeper, journey, title=f"Card {number}")
    with django_assert_num_queries(len(few)):
        page = client.get(at("changes", journey))
    revisions = [change.revision for change in page.context["page"]]
    assert revisions == sorted(revisions, reverse=True)[:50]
    assert revisions[0] == last_change(journey).revision
    for query in ["?page=2", "?page=x", "?page=" + "9" * 5000]:
        assert client.get(at("changes", journey) + query).status_code == 200


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_move_is_undone_from_the_list(client_of, cast, journey, keeper, headers):
    card = make_card(keeper, journey)
    before = picture(journey)
    move_card(by=keeper, card=card, seen=None, stage=card.stage, lane=lane_of(journey, 2))
    client, undo = client_of(cast.marketing), at("undo", journey, last_change(journey).revision)
    assert f'action="{undo}"' in client.get(at("changes", journey)).text

    done = client.post(undo, headers=headers)
    assert (done.status_code, said(done)) == (200 if headers else 302, ["Undone."])
    assert (picture(journey), 'id="board"' in done.text) == (before, bool(headers))


def test_undo_after_another_move_says_so(client_of, journey, keeper):
    card = make_card(keeper, journey)
    move_card(by=keeper, card=card, seen=None, stage=card.stage, lane=lane_of(journey, 2))
    undo = at("undo", journey, last_change(journey).revision)
    move_card(by=keeper, card=card, seen=None, stage=card.stage, lane=lane_of(journey, 1))

    with untouched(journey):
        answer = client_of(keeper).post(undo)
    assert said(answer) == ["It was changed again since. Nothing was undone."]


def test_edit_cannot_be_undone(client_of, journey, keeper):
    card = make_card(keeper, journey)
    edit_card(by=keeper, card=card, seen=None, title="Other")
    change = last_change(journey)

    with untouched(journey):
        answer = client_of(keeper).post(at("undo", journey, change.revision))
    assert said(answer) == ["This change cannot be undone."]
    assert at("undo", journey, change.revision) not in client_of(keeper).get(at("changes", journey)).text


def test_undo_asks_for_the_right_of_the_edit(client_of, cast, journey, keeper):
    card = make_card(keeper, journey)
    move_card(by=keeper, card=card, seen=None, stage=card.stage, lane=lane_of(journey, 2))
    undo = at("undo", journey, last_change(journey).revision)

    with untouched(journey):
        for member in [cast.viewer, cast.sales]:
            for headers in [{}, HTMX]:
                assert client_of(member).post(undo, headers=headers).status_code == 403
        assert client_of(cast.stranger).post(undo).status_code == 404
        for revision in [0, 999, 10**30]:
            assert client_of(keeper).post(at("undo", journey, revision)).status_code == 404
