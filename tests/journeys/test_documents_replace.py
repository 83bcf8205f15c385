"""PUT of a document: the export is equal afterwards, only what differs was changed, and a refusal changes nothing."""

from copy import deepcopy

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import example as also
from hypothesis import strategies as st

from journeys.documents.create import create_from_document
from journeys.documents.export import export_document
from journeys.documents.order import steps
from journeys.documents.problems import DocumentError
from journeys.documents.replace import replace_document
from journeys.models import Card, Map
from journeys.services.cards import edit_card
from journeys.services.maps import remove_map
from teams.errors import Conflict, Gone
from teams.services import search
from tests.factories import make_key
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


def put(by, journey, document, seen=None) -> list[tuple[str, str, str]]:
    """Replace, hold the export against the document, and tell the changes that it took."""
    before = journey.changes.count()
    replace_document(by=by, map=journey, document=document, seen=seen)
    assert export_document(journey) == document
    return list(journey.changes.values_list("verb", "target_kind", "target_uid"))[before:]


def fingerprint(journey) -> tuple:
    return export_document(journey), journey.changes.count(), Map.objects.get(pk=journey.pk).revision


@given(first=documents(), second=documents())
@ANY
def test_any_document_replaces_any_other(furnished, first, second):
    journey = create_from_document(by=furnished.owner, document=first)
    put(furnished.owner, journey, second)
    assert put(furnished.owner, journey, second) == []
    put(furnished.owner, journey, first)
    kept = {card.pk: card for card in journey.cards.all()}
    for card in kept.values():
        found = search.find(workspace_id=journey.workspace_id, kind="card", text=card.title, limit=100)
        assert card.pk in found or not search.words(card.title)


def test_same_document_changes_nothing(furnished, journey):
    before = fingerprint(journey)
    assert put(furnished.sales, journey, example()) == []
    assert fingerprint(journey) == before


EDITS = [
    (lambda d: d.update(title="Other", status="draft"), [("edited", "map", "")]),
    (lambda d: d.pop("description"), [("edited", "map", "")]),
    (lambda d: d["stages"][1].update(name="Testing"), [("edited", "stage", "try")]),
    (lambda d: d["stages"][0].pop("metric"), [("edited", "stage", "look")]),
    (lambda d: d["stages"][0].update(team="Sales", teams={"Marketing": "informed"}), [("edited", "stage", "look")]),
    (lambda d: d["lanes"].reverse(), [("moved", "lane", "touch")]),
    (lambda d: d["lanes"].append({"id": "new", "kind": "free", "name": "More"}), [("added", "lane", "new")]),
    (lambda d: d["cards"]["look"]["touch"].reverse(), [("moved", "card", "window")]),
    (lambda d: d["cards"]["look"]["touch"][0].pop("span"), [("moved", "card", "window")]),
    (lambda d: d["cards"]["look"]["touch"][0]["sources"].reverse(), [("edited", "card", "window")]),
    (lambda d: d["cards"]["look"]["touch"][0].pop("moment"), [("edited", "card", "window")]),
    (lambda d: d["cards"]["look"]["touch"][0]["emotions"]["Anna"].update(level=-1), [("edited", "card", "window")]),
    (lambda d: d["cards"]["look"]["touch"].pop(), [("deleted", "card", "friend")]),
    (lambda d: d["cards"].update(buy={"touch": d["cards"]["buy"]["feel"]}), [("moved", "card", "pay")]),
    (lambda d: d["paths"]["on"].pop("share"), [("edited", "path", "on")]),
    (lambda d: d["paths"].pop("again"), [("deleted", "path", "again")]),
    (lambda d: d["paths"].update(x={"from": "buy", "to": "try", "kind": "back"}), [("added", "path", "x")]),
]


@pytest.mark.parametrize(("edit", "changes"), EDITS)
def test_one_difference_is_one_change(furnished, journey, edit, changes):
    document = example()
    edit(document)
    assert put(furnished.owner, journey, document) == changes


def test_new_stage_with_a_card_is_two_changes(furnished, journey):
    document = example()
    document["stages"].append({"id": "ride", "name": "Riding"})
    document["cards"]["ride"] = {"feel": [{"id": "joy", "title": "Joy", "evidence": "assumed"}]}
    assert put(furnished.owner, journey, document) == [("added", "stage", "ride"), ("added", "card", "joy")]


def test_deleted_stage_takes_its_cards_and_paths_along(furnished, journey):
    document = example()
    del document["stages"][2], document["cards"]["buy"], document["paths"]["skip"], document["paths"]["again"]
    assert put(furnished.owner, journey, document) == [("deleted", "stage", "buy")]


def test_card_of_a_deleted_stage_that_stays_moves_out_first(furnished, journey):
    document = example()
    pay = document["cards"].pop("buy")["feel"]
    document["cards"]["try"] = {"feel": pay}
    del document["stages"][2], document["paths"]["skip"], document["paths"]["again"]
    card = journey.cards.get(uid="pay")
    assert put(furnished.owner, journey, document) == [("moved", "card", "pay"), ("deleted", "stage", "buy")]
    assert Card.objects.get(uid="pay").pk == card.pk


def test_stages_all_replaced(furnished, journey):
    document = example() | {"stages": [{"id": f"s{n}", "name": "S"} for n in range(40)], "cards": {}, "paths": {}}
    put(furnished.owner, journey, document)
    put(furnished.owner, journey, document | {"stages": [{"id": f"t{n}", "name": "T"} for n in range(40)]})


def test_paths_that_swap_their_ways(furnished, journey):
    document = example()
    document["paths"]["on"], document["paths"]["skip"] = document["paths"]["skip"], document["paths"]["on"]
    assert len(put(furnished.owner, journey, document)) == 3


def test_map_owner_hands_over_and_edits_in_one_document(furnished, journey):
    put(furnished.owner, journey, example() | {"owner": "sales@here.example"})
    document = example() | {"owner": "product@here.example", "title": "Last words"}
    document["stages"][2]["name"] = "Paying"
    changes = put(furnished.sales, journey, document)
    assert [change[:2] for change in changes] == [("edited", "map"), ("edited", "stage"), ("edited", "map")]


def test_team_member_edits_cards_of_their_stage_only(furnished, journey):
    document = example()
    document["cards"]["try"] = {"feel": [{"id": "new", "title": "New", "evidence": "assumed"}]}
    assert put(furnished.sales, journey, document) == [("added", "card", "new")]
    before = fingerprint(journey)
    further = deepcopy(document)
    further["cards"]["try"]["feel"][0]["title"] = "Newer"
    del further["cards"]["buy"]
    with pytest.raises(PermissionDenied):
        put(furnished.sales, journey, further)
    assert fingerprint(journey) == before


def test_viewer_may_not_even_put_the_same(furnished, journey):
    with pytest.raises(PermissionDenied):
        replace_document(by=furnished.viewer, map=journey, document=example(), seen=None)


def test_editor_without_stage_may_not(furnished, journey):
    with pytest.raises(PermissionDenied):
        replace_document(by=furnished.success, map=journey, document=example(), seen=None)


def test_key_of_a_team_edits_in_its_stage(furnished, journey):
    document = example()
    document["cards"]["try"] = {"feel": [{"id": "new", "title": "New", "evidence": "assumed"}]}
    assert put(make_key(furnished.workspace, team="Sales"), journey, document) == [("added", "card", "new")]


def test_stranger_finds_no_map(furnished, journey):
    with pytest.raises(Gone):
        replace_document(by=furnished.stranger, map=journey, document=example(), seen=None)


def test_removed_map_is_gone(furnished, journey):
    remove_map(by=furnished.owner, map=journey, seen=None)
    with pytest.raises(Gone):
        replace_document(by=furnished.owner, map=journey, document=example(), seen=None)


def test_document_of_an_older_revision_is_a_conflict(furnished, journey):
    seen = Map.objects.get(pk=journey.pk).revision
    edit_card(by=furnished.owner, card=journey.cards.get(uid="pay"), seen=None, title="Pays at once")
    before = fingerprint(journey)
    with pytest.raises(Conflict):
        replace_document(by=furnished.owner, map=journey, document=example(), seen=seen)
    assert fingerprint(journey) == before
    assert put(furnished.owner, journey, example(), seen=seen + 1) == [("edited", "card", "pay")]


def test_refused_document_changes_nothing(furnished, journey):
    before = fingerprint(journey)
    document = example() | {"title": "Other", "personas": ["anna"], "cards": {}}
    with pytest.raises(DocumentError) as caught:
        replace_document(by=furnished.owner, map=journey, document=document, seen=None)
    assert [problem.path for problem in caught.value.problems] == ["$.personas[0]"]
    assert fingerprint(journey) == before


def test_to_be_map_that_is_linked_keeps_the_link(furnished, journey):
    goal = create_from_document(by=furnished.owner, document=example() | {"kind": "to-be"})
    Map.objects.filter(pk=journey.pk).update(to_be=goal)
    put(furnished.owner, journey, example() | {"title": "Other"})
    with pytest.raises(DocumentError) as caught:
        replace_document(by=furnished.owner, map=journey, document=example() | {"kind": "to-be"}, seen=None)
    assert [problem.path for problem in caught.value.problems] == ["$.to_be"]


def test_document_that_names_a_removed_metric_can_still_be_put(furnished, journey):
    stage = journey.stages.get(uid="look")
    stage.metric.__class__.objects.filter(pk=stage.metric_id).update(removed_at="2026-01-01T00:00Z")
    assert put(furnished.owner, journey, example()) == []
    document = example()
    document["stages"][1]["name"] = "Testing"
    assert put(furnished.owner, journey, document) == [("edited", "stage", "try")]
    document["stages"][1]["metric"] = "Activation rate"
    with pytest.raises(DocumentError) as caught:
        put(furnished.owner, journey, document)
    assert [problem.path for problem in caught.value.problems] == ["$.stages[1].metric"]


@given(
    order=st.lists(st.sampled_from("abcdefgh"), unique=True), wanted=st.lists(st.sampled_from("abcdefgh"), unique=True)
)
@also(order=list("abcdef"), wanted=list("fabcde"))
def test_steps_lead_from_any_order_to_any_other(order, wanted):
    start = list(order)
    listed = list(start)
    taken = 0
    for uid, place in steps(order, wanted):
        if uid in listed:
            listed.remove(uid)
            taken += 1
        listed.insert(place, uid)
    assert listed == order
    assert [uid for uid in order if uid in wanted] == wanted
    assert [uid for uid in order if uid not in wanted] == [uid for uid in start if uid not in wanted]
    assert taken <= max(0, len(set(start) & set(wanted)) - 1)


def test_steps_are_as_few_as_can_be():
    assert list(steps(list("abcdef"), list("fabcde"))) == [("f", 0)]
    assert list(steps(list("abcdef"), list("bcdefa"))) == [("a", 5)]
    assert list(steps(list("abc"), list("abc"))) == []
