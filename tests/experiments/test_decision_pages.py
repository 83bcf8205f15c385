"""Decisions: one proposes, another confirms or sends back; what was learned goes onto the map."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from experiments.enums import LearningState, Outcome, Result, Status
from experiments.models import Decision, Learning
from experiments.services.decisions import confirm_decision, propose_decision, return_decision
from experiments.services.learnings import refuse_learning
from teams.enums import Role
from teams.models import Notification
from tests.experiments.made import make_decided, make_deciding, make_proposed, make_running
from tests.factories import make_card, make_key, make_map, stage_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("pairs", "result"),
    [
        (((10_000, 1000), (10_000, 1200)), Result.WIN),
        (((10_000, 1000), (10_000, 800)), Result.LOSS),
        (((500_000, 50_000), (500_000, 50_010)), Result.NEUTRAL),
        (((1000, 100), (1000, 104)), Result.INCONCLUSIVE),
    ],
)
def test_verdict_proposes_the_result(cast, pairs, result):
    decision = make_proposed(cast.product, *pairs)
    assert decision.result == result
    assert decision.effect["n"] == pairs[0][0] + pairs[1][0]


def test_program_cannot_confirm_nor_its_maker_what_it_proposed(cast):
    key = make_key(cast.workspace, Role.ADMIN, created_by=cast.admin)
    experiment = make_deciding(cast.product)
    decision = propose_decision(by=key, experiment=experiment, outcome=Outcome.KEEP, why="No", learned="Nothing")
    for actor in (key, cast.admin):
        with pytest.raises(PermissionDenied):
            confirm_decision(by=actor, decision=decision)
    assert confirm_decision(by=cast.sales, decision=decision).confirmed_by == cast.sales


def test_database_refuses_a_proposer_who_confirms(cast):
    decision = make_proposed(cast.product)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(
            confirmed_by=cast.product, confirmer_name="Me", confirmed_at=decision.proposed_at
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(confirmed_at=decision.proposed_at)


def test_only_one_proposal_stands(cast):
    decision = make_proposed(cast.product)
    with pytest.raises(ValidationError):
        propose_decision(
            by=cast.product, experiment=decision.experiment, outcome=Outcome.KEEP, why="Two", learned="Two"
        )
    return_decision(by=cast.sales, decision=decision, why="Look at the phones")
    propose_decision(by=cast.product, experiment=decision.experiment, outcome=Outcome.KEEP, why="Two", learned="Two")
    assert Notification.objects.filter(recipient=cast.product, verb="experiment.returned").count() == 1


def test_shipping_names_the_variant_where_there_are_several(cast):
    plan = {
        "variants": [{"key": key, "name": key.title(), "weight": 0.25} for key in ["control", "one", "two", "three"]]
    }
    experiment = make_deciding(cast.product, (500, 50), (500, 60), (500, 70), (500, 55), plan=plan)
    with pytest.raises(ValidationError) as refused:
        propose_decision(by=cast.product, experiment=experiment, outcome=Outcome.SHIP, why="Yes", learned="Much")
    assert refused.value.message_dict.keys() == {"variant"}


def test_nothing_is_proposed_while_it_runs(cast):
    with pytest.raises(ValidationError):
        propose_decision(
            by=cast.product, experiment=make_running(cast.product), outcome=Outcome.KEEP, why="Now", learned="Little"
        )


def test_whole_way_through_the_pages(cast, client_of):
    journey = make_map(cast.marketing)
    experiment = make_deciding(cast.product, stage=stage_of(journey))
    url = f"/w/here/experiments/{experiment.pk}/decision/"
    proposer, other, owner = client_of(cast.product), client_of(cast.sales), client_of(cast.marketing)

    assert proposer.post(url, {"outcome": "ship", "result": "win", "why": "", "learned": "Kept"}).status_code == 422
    given = {
        "outcome": "ship",
        "result": "win",
        "variant": experiment.variants.last().pk,
        "why": "It is",
        "learned": "A",
    }
    assert proposer.post(url, given).status_code == 302
    decision = experiment.decisions.get()
    confirm = f"/w/here/decisions/{decision.pk}/confirm/"
    proposer.post(confirm)
    assert experiment.decisions.get().confirmed_at is None
    assert "Somebody else than the proposer" in proposer.get(url).content.decode()
    other.post(confirm, {"seen": decision.version})
    experiment.refresh_from_db()
    assert experiment.status == Status.DECIDED

    learning = Learning.objects.get()
    assert "Write it onto the map" not in other.get(url).content.decode()
    assert "Write it onto the map" in owner.get(url).content.decode()
    assert other.post(f"/w/here/learnings/{learning.pk}/accept/").status_code == 403
    owner.post(f"/w/here/learnings/{learning.pk}/accept/", {"seen": learning.version})
    assert journey.cards.get().title == "A"


def test_sending_back_says_why(cast, client_of):
    decision = make_proposed(cast.product)
    url = f"/w/here/decisions/{decision.pk}/return/"
    client = client_of(cast.sales)
    assert client.post(url, {"return-why": " "}).status_code == 422
    assert client.post(url, {"return-why": "Look at the phones", "return-seen": decision.version}).status_code == 302
    page = client.get(f"/w/here/experiments/{decision.experiment_id}/decision/").content.decode()
    assert "Look at the phones" in page


def test_answer_that_comes_too_late_changes_nothing(cast, client_of):
    decision = make_proposed(cast.product)
    client_of(cast.sales).post(f"/w/here/decisions/{decision.pk}/confirm/", {"seen": decision.version + 1})
    decision.refresh_from_db()
    assert decision.confirmed_at is None


def test_refused_learning_keeps_its_reason(cast):
    journey = make_map(cast.marketing)
    experiment = make_decided(cast.product, cast.sales, stage=stage_of(journey))
    learning = experiment.decisions.get().learning
    with pytest.raises(ValidationError):
        refuse_learning(by=cast.marketing, learning=learning, why=" ")
    refused = refuse_learning(by=cast.marketing, learning=learning, why="It was the season")
    assert (refused.state, refused.answer) == (LearningState.REFUSED, "It was the season")
    assert not journey.cards.exists()


def test_map_shows_what_runs_and_what_was_learned(cast, client_of):
    journey = make_map(cast.product)
    card = make_card(cast.product, journey)
    decided = make_decided(cast.product, cast.sales, card=card)
    running = make_running(cast.product, stage=stage_of(journey))
    client, part = client_of(cast.viewer), {"HTTP_HX_REQUEST": "true"}
    at_stage = client.get(f"/w/here/stages/{stage_of(journey).pk}/experiments/", **part).content.decode()
    assert decided.title in at_stage
    assert running.title in at_stage
    assert "A promised date before payment" in at_stage
    at_card = client.get(f"/w/here/cards/{card.pk}/experiments/").content.decode()
    assert decided.title in at_card
    assert running.title not in at_card
    marks = client.get(f"/w/here/maps/{journey.pk}/experiments/", **part).content.decode()
    assert f"#stage-{stage_of(journey).pk} .tries" in marks
    assert marks.count("<hx-partial") == 1
