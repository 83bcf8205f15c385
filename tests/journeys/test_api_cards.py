import pytest

from journeys.models import Card
from teams.enums import Role
from tests.api import errors_of, program
from tests.factories import lane_of, make_card, make_channel, make_map, make_metric, make_persona, stage_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(cast):
    return program(cast.workspace, Role.ADMIN)


@pytest.fixture
def persona(cast):
    return make_persona(cast.workspace, "Ana")


@pytest.fixture
def journey(cast, persona):
    return make_map(cast.owner, personas=[persona])


@pytest.fixture
def place(journey):
    return {"stage": stage_of(journey).pk, "lane": lane_of(journey).pk}


def test_card_is_added_with_all_it_has(cast, caller, journey, place, persona):
    body = {
        **place,
        "span": 2,
        "title": "Drives the car",
        "body": "Once around the block.",
        "grade": "research",
        "channel": make_channel(cast.workspace).pk,
        "moment": "First value",
        "accountable": cast.sales.pk,
        "metric": make_metric(cast.workspace).pk,
        "sources": [{"kind": "interview", "text": "“It hums.”", "url": "https://example.com/1", "date": "2026-01-31"}],
        "emotions": [{"persona": persona.pk, "level": 2, "word": "thrilled"}],
    }
    added = caller.post("cards/", body)
    assert added.status_code == 201
    answer = added.json()
    assert {name: answer[name] for name in body} == body
    assert (answer["map"], answer["position"], answer["version"]) == (journey.pk, 0, 1)
    cleared = {"moment": "", "accountable": None, "metric": None, "sources": [], "emotions": [], "channel": None}
    changed = caller.patch(f"cards/{answer['id']}/", cleared, seen=added["ETag"]).json()
    assert {name: changed[name] for name in cleared} == cleared
    assert changed["title"] == "Drives the car"


def test_card_names_its_map_where_one_likes(cast, caller, journey, place):
    assert caller.post("cards/", {**place, "map": journey.pk, "title": "A"}).status_code == 201
    other = make_map(cast.owner)
    assert errors_of(caller.post("cards/", {**place, "map": other.pk, "title": "A"})).keys() == {"stage"}


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"title": None}, {"title"}),
        ({"title": "a" * 201}, {"title"}),
        ({"body": "a" * 5001}, {"body"}),
        ({"grade": "certain"}, {"grade"}),
        ({"stage": 999_999}, {"stage"}),
        ({"lane": "1"}, {"lane"}),
        ({"span": 0}, {"span"}),
        ({"span": 4}, {"span"}),
        ({"span": 10**12}, {"span"}),
        ({"position": 1.5}, {"position"}),
        ({"moment": "First value"}, {"accountable", "metric"}),
        ({"sources": [{"kind": "rumor"}]}, {"sources.0.kind"}),
        ({"sources": [{"kind": "crm", "url": "javascript:alert(1)"}]}, {"sources.0.url"}),
        (
            {"sources": [{"kind": "crm"}, {"kind": "crm", "date": "yesterday", "x": 1}]},
            {"sources.1.date", "sources.1.x"},
        ),
        ({"sources": [5]}, {"sources.0"}),
        ({"sources": {}}, {"sources"}),
        ({"sources": [{"kind": "crm"}] * 51}, {"sources"}),
        ({"emotions": [{"persona": 999_999, "level": 0}]}, {"emotions.0.persona"}),
        ({"emotions": [{"level": 3}]}, {"emotions.0.persona", "emotions.0.level"}),
        ({"map": 0}, {"map"}),
        ({"uid": "mine"}, {"uid"}),
    ],
)
def test_card_refused(caller, place, change, fields):
    answer = caller.post("cards/", {**place, "title": "A"} | change)
    assert answer.status_code == 400
    assert errors_of(answer).keys() == fields
    assert not Card.objects.exists()


@pytest.mark.parametrize(("name", "lacks"), [("sources", {"kind"}), ("emotions", {"persona", "level"})])
def test_entries_of_a_card_are_given_whole(cast, caller, journey, name, lacks):
    card = make_card(cast.owner, journey)
    answer = caller.patch(f"cards/{card.pk}/", {name: [{}]})
    assert errors_of(answer).keys() == {f"{name}.0.{field}" for field in lacks}


def test_card_of_what_strangers_own_is_refused(cast, caller, place):
    journey = make_map(cast.stranger)
    foreign = {
        "stage": stage_of(journey).pk,
        "lane": lane_of(journey).pk,
        "channel": make_channel(cast.elsewhere).pk,
        "accountable": cast.stranger.pk,
        "metric": make_metric(cast.elsewhere).pk,
    }
    answer = caller.post("cards/", {"title": "A", "moment": "B"} | foreign)
    assert errors_of(answer).keys() == foreign.keys()


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "a" * 200, "שלום עולם", "🚗" * 100, "a\nb"])
def test_card_keeps_any_text(caller, place, text):
    assert caller.post("cards/", {**place, "title": text}).json()["title"] == text


def test_card_is_edited_and_moved_at_once(cast, caller, journey, place):
    card, other = make_card(cast.owner, journey), make_card(cast.owner, journey, stage=1)
    body = {"title": "There", "stage": other.stage_id}
    answer = caller.patch(f"cards/{card.pk}/", body, seen='"1"').json()
    assert (answer["title"], answer["stage"], answer["lane"], answer["position"]) == (
        "There",
        other.stage_id,
        card.lane_id,
        1,
    )
    first = caller.patch(f"cards/{card.pk}/", {"position": 0}).json()
    assert (first["stage"], first["position"]) == (other.stage_id, 0)
    wide = caller.patch(f"cards/{card.pk}/", {"span": 2}).json()
    assert (wide["span"], wide["position"]) == (2, 0)


def test_card_is_neither_edited_nor_moved_when_one_is_refused(cast, caller, journey):
    card = make_card(cast.owner, journey, title="Here")
    elsewhere = stage_of(make_map(cast.owner))
    assert errors_of(caller.patch(f"cards/{card.pk}/", {"title": "There", "stage": elsewhere.pk})).keys() == {"stage"}
    card.refresh_from_db()
    assert (card.title, card.version) == ("Here", 1)
    assert journey.changes.filter(target_uid=card.uid).count() == 1


def test_edit_that_others_overtook(cast, caller, journey):
    card = make_card(cast.owner, journey, title="Here")
    tag = caller.get(f"cards/{card.pk}/")["ETag"]
    caller.patch(f"cards/{card.pk}/", {"title": "Theirs"}, seen=tag)
    late = caller.patch(f"cards/{card.pk}/", {"title": "Mine"}, seen=tag)
    assert (late.status_code, late.json()["version"]) == (412, 2)
    assert caller.get(f"cards/{card.pk}/").json()["title"] == "Theirs"
    assert caller.patch(f"cards/{card.pk}/", {"title": "Mine"}, seen=late["ETag"]).status_code == 200


def test_key_edits_in_stages_of_its_teams_only(cast, journey):
    sales = cast.workspace.teams.get(name="Sales")
    stage = stage_of(journey)
    stage.accountable_team = sales
    stage.save()
    caller = program(cast.workspace, Role.EDITOR, teams=[sales])
    lane = lane_of(journey).pk
    assert caller.post("cards/", {"stage": stage.pk, "lane": lane, "title": "A"}).status_code == 201
    assert caller.post("cards/", {"stage": stage_of(journey, 1).pk, "lane": lane, "title": "A"}).status_code == 403


def test_card_deleted(cast, caller, journey):
    card = make_card(cast.owner, journey)
    assert caller.delete(f"cards/{card.pk}/", seen='"1"').status_code == 204
    assert caller.get(f"cards/{card.pk}/").status_code == 404


def test_cards_filtered(cast, caller, journey):
    metric, channel = make_metric(cast.workspace), make_channel(cast.workspace)
    moment = make_card(cast.owner, journey, moment="First value", accountable=cast.sales, metric=metric)
    touch = make_card(cast.owner, journey, stage=1, lane=1, grade="measured", channel=channel)
    other = make_card(cast.owner, make_map(cast.owner))
    make_card(cast.stranger, make_map(cast.stranger))

    def found(query: str) -> list[int]:
        return [card["id"] for card in caller.get(f"cards/?{query}").json()["results"]]

    assert found("") == [moment.pk, touch.pk, other.pk]
    assert found(f"map={journey.pk}") == [moment.pk, touch.pk]
    assert (
        found(f"stage={touch.stage_id}")
        == found(f"lane={touch.lane_id}")
        == found(f"channel={channel.pk}")
        == [touch.pk]
    )
    assert found("grade=measured") == [touch.pk]
    assert found("moment=true") == [moment.pk]
    assert found("moment=false") == [touch.pk, other.pk]


@pytest.mark.parametrize("query", ["moment=yes", "grade=x", "map=x", "lane=1e3", "page_size=1.5"])
def test_cards_filtered_by_nonsense(caller, query):
    assert errors_of(caller.get(f"cards/?{query}")).keys() == {query.split("=")[0]}


def test_list_asks_as_much_of_the_database_for_many(cast, caller, journey, persona, django_assert_num_queries):
    for _ in range(8):
        feelings, sources = [(persona, 1, "well")], [{"kind": "crm", "text": "A"}]
        make_card(cast.owner, journey, emotions=feelings, sources=sources)
    with django_assert_num_queries(4):  # the key, the cards, their sources, their emotions
        caller.get("cards/")
