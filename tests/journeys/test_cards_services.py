import datetime

import pytest

from journeys.models import Card
from journeys.services.cards import add_card, delete_card, edit_card, move_card
from journeys.services.lanes import delete_lane
from journeys.services.stages import delete_stage
from journeys.services.undo import undo
from teams.errors import Conflict, Gone
from teams.services import search
from tests.factories import lane_of, make_card, make_channel, make_map, make_metric, make_persona, stage_of
from tests.journeys.pictures import last_change, picture, refused, told, untouched, versions

SOURCE = {"kind": "interview", "text": "“It took me an hour.”", "url": "https://example.com/7", "date": "2026-02-03"}

BAD_FIELDS = [
    ("title", ""),
    ("title", " \t\n "),
    ("title", None),
    ("title", "x" * 201),
    ("title", "a\x00b"),
    ("title", "half \ud83d of a pair"),
    ("body", "x" * 5001),
    ("body", "a\x00b"),
    ("body", "\udfff"),
    ("grade", "proven"),
    ("grade", ""),
    ("grade", "assumed\x00"),
]
BAD_SOURCES = [
    [{"kind": "hearsay"}],
    [{"kind": ""}],
    [{}],
    [{"kind": "survey", "text": "x" * 501}],
    [{"kind": "survey", "text": "a\x00b"}],
    [{"kind": "survey", "text": "\ud800"}],
    [{"kind": "survey", "url": "javascript:alert(1)"}],
    [{"kind": "survey", "url": "https://example.com/\x00"}],
    [{"kind": "survey", "url": "https://\ud800.example/"}],
    [{"kind": "survey", "url": f"https://example.com/{'x' * 500}"}],
    [{"kind": "survey", "date": "2026-02-30"}],
    [{"kind": "survey", "date": "soon"}],
    [{"kind": "survey"}] * 51,
]


@pytest.fixture
def card(journey, keeper) -> Card:
    return make_card(keeper, journey, title="Reads reviews", body="On the phone.")


def titles(journey, stage=0, lane=0) -> list[str]:
    cards = Card.objects.filter(stage=stage_of(journey, stage), lane=lane_of(journey, lane)).order_by("position")
    assert [card.position for card in cards] == list(range(len(cards)))
    return [card.title for card in cards]


def test_add_card_works(journey, keeper):
    channel, metric = make_channel(journey.workspace, "Phone"), make_metric(journey.workspace, "First calls")
    ann, bob = journey.personas.order_by("name")

    card = add_card(
        by=keeper,
        stage=stage_of(journey, 0),
        lane=lane_of(journey, 1),
        title="  Calls us ",
        body="First line.\r\nSecond line.\n",
        grade="research",
        channel=channel,
        moment="First call",
        accountable=keeper,
        metric=metric,
        span=2,
        sources=[SOURCE, {"kind": "crm"}],
        emotions=[(bob, -2, " lost "), (ann, 0, "")],
    )

    state = {
        "id": card.uid,
        "title": "Calls us",
        "body": "First line.\nSecond line.",
        "span": 2,
        "evidence": "research",
        "channel": "Phone",
        "sources": [SOURCE, {"kind": "crm"}],
        "emotions": {"Bob": {"level": -2, "word": "lost"}, "Ann": {"level": 0}},
        "moment": {"name": "First call", "person": "keeper@here.example", "metric": "First calls"},
        "stage": stage_of(journey, 0).uid,
        "lane": lane_of(journey, 1).uid,
        "position": 0,
    }
    assert picture(journey)["cards"] == [state]
    assert told(last_change(journey)) == {
        "verb": "added",
        "target": ("card", card.uid, "Calls us", 1),
        "before": None,
        "after": state,
    }
    assert search.find(workspace_id=journey.workspace_id, kind="card", text="call") == [card.pk]


@pytest.mark.parametrize(
    ("position", "order"), [(None, "ABCX"), (0, "XABC"), (1, "AXBC"), (3, "ABCX"), (99, "ABCX"), (-5, "XABC")]
)
def test_add_card_takes_its_place_in_the_cell(journey, keeper, position, order):
    for title in "ABC":
        make_card(keeper, journey, title=title)
    make_card(keeper, journey, title="elsewhere", stage=1)

    make_card(keeper, journey, title="X", position=position)

    assert "".join(titles(journey)) == order
    assert titles(journey, stage=1) == ["elsewhere"]


@pytest.mark.parametrize(("field", "value"), BAD_FIELDS)
def test_card_refuses_bad_text(journey, keeper, card, field, value):
    with refused(field, journey=journey):
        make_card(keeper, journey, **{"title": "Fine"} | {field: value})
    with refused(field, journey=journey):
        edit_card(by=keeper, card=card, seen=1, **{field: value})


@pytest.mark.parametrize("sources", BAD_SOURCES, ids=lambda sources: ascii(sources[0])[:60])
def test_card_refuses_bad_sources(journey, keeper, card, sources):
    with refused("sources", journey=journey):
        make_card(keeper, journey, sources=sources)
    with refused("sources", journey=journey):
        edit_card(by=keeper, card=card, seen=1, sources=sources)


@pytest.mark.parametrize(
    ("level", "word"), [(3, ""), (-3, ""), (None, ""), ("much", ""), (0, "x" * 41), (0, "a\x00"), (0, "\ud800")]
)
def test_card_refuses_bad_emotions(journey, keeper, card, level, word):
    ann = journey.personas.get(name="Ann")

    with refused("emotions", journey=journey):
        make_card(keeper, journey, emotions=[(ann, level, word)])
    with refused("emotions", journey=journey):
        edit_card(by=keeper, card=card, seen=1, emotions=[(ann, level, word)])


def test_card_has_emotions_of_the_maps_personas_once_each(journey, keeper, cast):
    ann = journey.personas.get(name="Ann")
    other, strange = make_persona(cast.workspace), make_persona(cast.elsewhere)

    for emotions in [[(other, 1, "")], [(strange, 1, "")], [(ann, 1, ""), (ann, 2, "")]]:
        with refused("emotions", journey=journey):
            make_card(keeper, journey, emotions=emotions)


def test_card_keeps_any_other_text_as_it_is(journey, keeper):
    texts = ["<script>alert(1)</script>", "& 'quotes' \"", "أهلا \u202e reversed", "👩‍👩‍👧‍👦 🚗", "x" * 200]

    for text in texts:
        make_card(keeper, journey, title=text, body=text * 20)

    assert titles(journey) == texts
    assert sorted(Card.objects.values_list("body", flat=True)) == sorted(text * 20 for text in texts)


def test_moment_needs_person_and_metric(journey, keeper, card):
    metric = make_metric(journey.workspace)

    for missing, fields in [
        (["accountable"], {"moment": "First value", "metric": metric}),
        (["metric"], {"moment": "First value", "accountable": keeper}),
        (["accountable", "metric"], {"moment": "First value"}),
        (["moment"], {"accountable": keeper}),
        (["moment"], {"metric": metric}),
        (["moment"], {"moment": "  ", "accountable": keeper, "metric": metric}),
        (["moment"], {"moment": "x" * 81, "accountable": keeper, "metric": metric}),
        (["moment"], {"moment": "a\x00b", "accountable": keeper, "metric": metric}),
    ]:
        with refused(*missing, journey=journey):
            make_card(keeper, journey, **fields)
        with refused(*missing, journey=journey):
            edit_card(by=keeper, card=card, seen=1, **fields)


def test_moment_cannot_lose_its_person_or_metric(journey, keeper, card):
    metric = make_metric(journey.workspace, "Activation")
    card = edit_card(by=keeper, card=card, seen=1, moment="First value", accountable=keeper, metric=metric)

    for field, fields in [
        ("accountable", {"accountable": None}),
        ("metric", {"metric": None}),
        ("moment", {"moment": ""}),
    ]:
        with refused(field, journey=journey):
            edit_card(by=keeper, card=card, seen=2, **fields)
    edit_card(by=keeper, card=card, seen=2, moment="", accountable=None, metric=None)

    assert told(last_change(journey)) == {
        "verb": "edited",
        "target": ("card", card.uid, "Reads reviews", 3),
        "before": {"moment": {"name": "First value", "person": "keeper@here.example", "metric": "Activation"}},
        "after": {"moment": None},
    }


def test_card_refuses_what_is_elsewhere_or_removed(journey, keeper, card, cast):
    removed = make_metric(cast.workspace, removed_at="2026-01-01T00:00Z")
    metric = make_metric(cast.workspace)

    for field, fields in [
        ("channel", {"channel": make_channel(cast.elsewhere)}),
        ("accountable", {"moment": "M", "accountable": cast.stranger, "metric": metric}),
        ("metric", {"moment": "M", "accountable": keeper, "metric": make_metric(cast.elsewhere)}),
        ("metric", {"moment": "M", "accountable": keeper, "metric": removed}),
    ]:
        with refused(field, journey=journey):
            make_card(keeper, journey, **fields)
        with refused(field, journey=journey):
            edit_card(by=keeper, card=card, seen=1, **fields)


def test_card_says_every_wrong_field_at_once(journey, keeper):
    with refused("title", "grade", "accountable", "metric", "sources", "emotions", journey=journey):
        make_card(
            keeper,
            journey,
            title="",
            grade="sure",
            moment="M",
            sources=[{"kind": "x"}],
            emotions=[(journey.personas.first(), 7, "")],
        )


@pytest.mark.parametrize(("stage", "span"), [(0, 0), (0, -1), (0, 4), (2, 2), (0, 10**9), (1, None), (1, "wide")])
def test_add_card_refuses_a_span_beyond_the_map(journey, keeper, stage, span):
    with refused("span", journey=journey):
        make_card(keeper, journey, stage=stage, span=span)


def test_add_card_refuses_a_stage_or_lane_of_another_map(journey, keeper, cast):
    other = make_map(keeper)
    strange = make_map(cast.stranger)

    with refused("lane", journey=journey):
        add_card(by=keeper, stage=stage_of(journey), lane=lane_of(other), title="Astray")
    with refused("lane", journey=journey):
        add_card(by=keeper, stage=stage_of(journey), lane=lane_of(strange), title="Astray")
    with pytest.raises(Gone), untouched(strange):
        add_card(by=keeper, stage=stage_of(strange), lane=lane_of(strange), title="Astray")


def test_add_card_says_that_its_stage_or_lane_is_gone(journey, keeper):
    stage, lane = stage_of(journey, 0), lane_of(journey, 0)
    delete_lane(by=keeper, lane=lane, seen=1)
    delete_stage(by=keeper, stage=stage, seen=1)

    with refused("lane", journey=journey):
        add_card(by=keeper, stage=stage_of(journey), lane=lane, title="Late")
    with refused("stage", journey=journey):
        add_card(by=keeper, stage=stage, lane=lane_of(journey), title="Late")


def test_edit_card_works(journey, keeper, card):
    edited = edit_card(by=keeper, card=card, seen=1, title=" Compares prices ", grade="measured", sources=[SOURCE])

    assert edited.version == 2
    assert told(last_change(journey)) == {
        "verb": "edited",
        "target": ("card", card.uid, "Compares prices", 2),
        "before": {"title": "Reads reviews", "evidence": "assumed", "sources": None},
        "after": {"title": "Compares prices", "evidence": "measured", "sources": [SOURCE]},
    }
    assert Card.objects.get(pk=card.pk).body == "On the phone."
    assert search.find(workspace_id=journey.workspace_id, kind="card", text="prices") == [card.pk]
    assert search.find(workspace_id=journey.workspace_id, kind="card", text="reviews") == []


def test_edit_card_replaces_sources_and_emotions(journey, keeper):
    ann, bob = journey.personas.order_by("name")
    card = make_card(keeper, journey, sources=[SOURCE, {"kind": "crm"}], emotions=[(ann, 1, "glad"), (bob, 0, "")])

    edit_card(by=keeper, card=card, seen=1, sources=[{"kind": "crm"}], emotions=[(bob, -1, "")])

    change = last_change(journey)
    assert change.before == {
        "sources": [SOURCE, {"kind": "crm"}],
        "emotions": {"Ann": {"level": 1, "word": "glad"}, "Bob": {"level": 0}},
    }
    assert change.after == {"sources": [{"kind": "crm"}], "emotions": {"Bob": {"level": -1}}}
    assert [(e.persona.name, e.level) for e in Card.objects.get(pk=card.pk).emotions.all()] == [("Bob", -1)]


def test_edit_card_that_changes_nothing_writes_nothing(journey, keeper):
    ann = journey.personas.get(name="Ann")
    card = make_card(keeper, journey, title="Same", body="Same", sources=[SOURCE], emotions=[(ann, 1, "glad")])
    given = datetime.date(2026, 2, 3)

    with untouched(journey):
        edit_card(
            by=keeper,
            card=card,
            seen=1,
            title=" Same ",
            body="Same\r\n",
            channel=None,
            sources=[SOURCE | {"date": given}],
            emotions=[(ann, 1, "glad ")],
        )


def test_edit_card_refuses_a_stale_version(journey, keeper, card):
    edit_card(by=keeper, card=card, seen=1, title="Mine")

    for stale in [1, 3, 0]:
        with pytest.raises(Conflict) as caught, untouched(journey):
            edit_card(by=keeper, card=card, seen=stale, title="Yours")
        current = caught.value.current
        assert (current.pk, current.version, current.title) == (card.pk, 2, "Mine")


def test_edit_card_overwrites_knowingly(journey, keeper, card):
    edit_card(by=keeper, card=card, seen=1, title="Mine")

    edit_card(by=keeper, card=card, seen=None, title="Yours")

    assert versions(journey)[card.uid] == 3
    assert titles(journey) == ["Yours"]


def test_edit_card_changes_only_what_it_may(journey, keeper, card):
    with untouched(journey):
        edit_card(by=keeper, card=card, seen=1, position=5, span=3, uid="other", version=9, stage=stage_of(journey, 2))


def test_deleted_card_is_gone(journey, keeper, card):
    delete_card(by=keeper, card=card, seen=1)
    place = {"stage": stage_of(journey), "lane": lane_of(journey)}

    for edit in [
        lambda: edit_card(by=keeper, card=card, seen=1, title="Late"),
        lambda: move_card(by=keeper, card=card, seen=1, **place),
        lambda: delete_card(by=keeper, card=card, seen=1),
    ]:
        with pytest.raises(Gone), untouched(journey):
            edit()


def test_delete_card_works(journey, keeper):
    ann = journey.personas.get(name="Ann")
    for title in "ABC":
        make_card(keeper, journey, title=title, sources=[SOURCE], emotions=[(ann, 2, "")])
    card = Card.objects.get(title="B")

    change = delete_card(by=keeper, card=card, seen=1)

    assert titles(journey) == ["A", "C"]
    assert told(change) == {
        "verb": "deleted",
        "target": ("card", card.uid, "B", 1),
        "before": {
            "pk": card.pk,
            "version": 1,
            "id": card.uid,
            "title": "B",
            "evidence": "assumed",
            "sources": [SOURCE],
            "emotions": {"Ann": {"level": 2}},
            "stage": stage_of(journey).uid,
            "lane": lane_of(journey).uid,
            "position": 1,
        },
        "after": None,
    }
    assert search.find(workspace_id=journey.workspace_id, kind="card", text="B") == []


def test_delete_and_move_refuse_a_stale_version(journey, keeper, card):
    edit_card(by=keeper, card=card, seen=1, title="Newer")

    with pytest.raises(Conflict), untouched(journey):
        delete_card(by=keeper, card=card, seen=1)
    with pytest.raises(Conflict), untouched(journey):
        move_card(by=keeper, card=card, seen=1, stage=stage_of(journey, 1), lane=lane_of(journey, 1))


def test_move_card_to_another_cell(journey, keeper):
    for title in "ABC":
        make_card(keeper, journey, title=title)
    for title in "XY":
        make_card(keeper, journey, title=title, stage=1, lane=2)
    card = Card.objects.get(title="B")

    moved = move_card(by=keeper, card=card, seen=1, stage=stage_of(journey, 1), lane=lane_of(journey, 2), position=1)

    assert (titles(journey), titles(journey, 1, 2)) == (["A", "C"], ["X", "B", "Y"])
    assert moved.version == 2
    assert told(last_change(journey)) == {
        "verb": "moved",
        "target": ("card", card.uid, "B", 2),
        "before": {"stage": stage_of(journey, 0).uid, "lane": lane_of(journey, 0).uid},
        "after": {"stage": stage_of(journey, 1).uid, "lane": lane_of(journey, 2).uid},
    }


@pytest.mark.parametrize(
    ("position", "order"),
    [(0, "BACD"), (1, "ABCD"), (2, "ACBD"), (3, "ACDB"), (None, "ACDB"), (99, "ACDB"), (-1, "BACD")],
)
def test_move_card_within_its_cell(journey, keeper, position, order):
    for title in "ABCD":
        make_card(keeper, journey, title=title)
    card, revision = Card.objects.get(title="B"), versions(journey)["revision"]

    move_card(by=keeper, card=card, seen=1, stage=stage_of(journey), lane=lane_of(journey), position=position)

    assert "".join(titles(journey)) == order
    assert versions(journey)["revision"] == revision + (order != "ABCD")
    assert versions(journey)[card.uid] == 1 + (order != "ABCD")


def test_move_card_to_where_it_is_writes_nothing(journey, keeper, card):
    with untouched(journey):
        move_card(by=keeper, card=card, seen=1, stage=stage_of(journey), lane=lane_of(journey), position=0, span=1)


def test_move_card_changes_its_reach(journey, keeper, card):
    move_card(by=keeper, card=card, seen=1, stage=stage_of(journey), lane=lane_of(journey), position=0, span=3)
    assert (last_change(journey).before, last_change(journey).after) == ({"span": 1}, {"span": 3})

    for span in [0, 4, -1]:
        with refused("span", journey=journey):
            move_card(by=keeper, card=card, seen=2, stage=stage_of(journey), lane=lane_of(journey), span=span)


def test_move_card_shortens_its_reach_at_the_edge(journey, keeper):
    card = make_card(keeper, journey, span=3)

    move_card(by=keeper, card=card, seen=1, stage=stage_of(journey, 1), lane=lane_of(journey))

    change = last_change(journey)
    assert (change.before["span"], change.after["span"]) == (3, 2)


def test_move_card_refuses_places_elsewhere(journey, keeper, card, cast):
    other, strange = make_map(keeper), make_map(cast.stranger)
    gone = lane_of(journey, 2)
    delete_lane(by=keeper, lane=gone, seen=1)

    for map_ in [other, strange]:
        with refused("stage", journey=journey):
            move_card(by=keeper, card=card, seen=1, stage=stage_of(map_), lane=lane_of(journey))
        with refused("lane", journey=journey):
            move_card(by=keeper, card=card, seen=1, stage=stage_of(journey), lane=lane_of(map_))
    with refused("lane", journey=journey):
        move_card(by=keeper, card=card, seen=1, stage=stage_of(journey), lane=gone)


def test_restored_card_is_newer_than_any_page_has_seen(journey, keeper, card):
    """A page from before the deletion must not overwrite what was edited after it was drawn."""
    edit_card(by=keeper, card=card, seen=1, title="Edited since")
    undo(by=keeper, change=delete_card(by=keeper, card=card, seen=2))

    with pytest.raises(Conflict):
        edit_card(by=keeper, card=card, seen=1, title="From a page of yesterday")
    assert titles(journey) == ["Edited since"]
