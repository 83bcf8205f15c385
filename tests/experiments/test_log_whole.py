"""An experiment's whole way, from the idea to what it leaves on the map."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from experiments.documents.export import export_experiment
from experiments.enums import LearningState, Outcome, Result, Signal, Status
from experiments.models import Experiment
from experiments.queries.experiments import complete, deviations_of, earlier_deviations_of
from experiments.services.decisions import confirm_decision, propose_decision
from experiments.services.learnings import accept_learning
from experiments.services.plans import set_plan
from experiments.services.steps import take_step
from journeys.enums import Grade
from teams.models import Notification
from tests.experiments.made import enter_shares, make_decided, make_idea, make_proposed, make_running
from tests.factories import make_card, make_map, stage_of

pytestmark = pytest.mark.django_db


def fresh(experiment: Experiment) -> Experiment:
    return complete(Experiment.objects.all()).get(pk=experiment.pk)


def test_way_from_idea_to_decision(cast):
    experiment = make_running(cast.product)
    assert experiment.signal == Signal.NEEDS_DATA
    assert experiment.plan.frozen["plan"]["variants"][0]["key"] == "control"

    enter_shares(cast.product, experiment, (10_000, 1000), (10_000, 1200))
    assert fresh(experiment).signal == Signal.READY
    assert fresh(experiment).signal_facts["advice"] == "ship"

    experiment = take_step(by=cast.product, experiment=experiment, to=Status.DECIDING)
    decision = propose_decision(
        by=cast.product, experiment=experiment, outcome=Outcome.SHIP, why="It is better", learned="Dates calm people"
    )
    assert decision.result == Result.WIN
    assert decision.effect["absolute"] == pytest.approx(0.02)
    with pytest.raises(PermissionDenied):
        confirm_decision(by=cast.product, decision=decision)

    confirm_decision(by=cast.sales, decision=decision)
    experiment = fresh(experiment)
    assert experiment.status == Status.DECIDED
    assert experiment.ended_on == timezone.localdate()


def test_learning_goes_onto_the_owners_card(cast):
    journey = make_map(cast.product)
    card = make_card(cast.product, journey)
    make_decided(cast.product, cast.sales, card=card)
    card.refresh_from_db()
    assert card.grade == Grade.MEASURED
    assert "A promised date" in card.sources.get().text
    assert journey.changes.last().actor == cast.product


def test_learning_is_suggested_where_the_stage_is_somebody_elses(cast):
    journey = make_map(cast.marketing)
    experiment = make_decided(cast.product, cast.sales, stage=stage_of(journey))
    learning = experiment.decisions.get().learning
    assert learning.state == LearningState.SUGGESTED
    assert Notification.objects.filter(recipient=cast.marketing, verb="experiment.suggested").count() == 1
    with pytest.raises(PermissionDenied):
        accept_learning(by=cast.sales, learning=learning)

    accept_learning(by=cast.marketing, learning=learning)
    card = journey.cards.get()
    assert (card.title, card.grade) == ("A promised date before payment takes the doubt away", Grade.MEASURED)


def test_plan_after_the_start_deviates_with_a_reason(cast):
    experiment = make_running(cast.product)
    with pytest.raises(ValidationError) as refused:
        set_plan(by=cast.product, experiment=experiment, minimum_effect=0.2)
    assert refused.value.message_dict.keys() == {"deviation"}
    changed = set_plan(by=cast.product, experiment=experiment, minimum_effect=0.2, deviation="Less traffic")
    deviation = changed.deviations.get()
    assert (deviation.before, deviation.after) == ({"minimum_effect": 0.05}, {"minimum_effect": 0.2})
    assert changed.plan.frozen["plan"]["minimum_effect"] == 0.05


def test_restart_freezes_anew_and_leaves_older_deviations_behind(cast, client_of):
    experiment = make_running(cast.product, days=5)
    first = experiment.started_on
    set_plan(by=cast.product, experiment=experiment, minimum_effect=0.2, deviation="Less traffic")
    planned = take_step(by=cast.product, experiment=experiment, to=Status.PLANNED)
    assert (deviations_of(planned), planned.plan.frozen) == ([], None)
    again = take_step(by=cast.product, experiment=planned, to=Status.RUNNING)
    assert again.plan.frozen["plan"]["minimum_effect"] == 0.2
    assert deviations_of(again) == []
    assert [(row.reason, row.earlier_start) for row in earlier_deviations_of(again)] == [("Less traffic", first)]
    set_plan(by=cast.product, experiment=again, minimum_effect=0.3, deviation="Even less")
    address = f"/w/here/experiments/{experiment.pk}/"
    plan = client_of(cast.viewer).get(f"{address}plan/").content.decode()
    present, _heading, earlier = plan.partition("Before the restart")
    assert ("Even less" in present, "Less traffic" in present) == (True, False)
    assert "Less traffic" in earlier
    assert f"start of {first.day} {first:%b %Y}" in earlier
    for page in (address, f"{address}report/"):
        shown = client_of(cast.viewer).get(page).content.decode()
        assert ("Even less" in shown, "Less traffic" in shown) == (True, False)
    document = export_experiment(Experiment.objects.get(pk=experiment.pk), to=cast.product)
    assert [row["reason"] for row in document["deviations"]] == ["Even less"]


def test_start_asks_for_a_plan(cast):
    experiment = take_step(by=cast.product, experiment=make_idea(cast.product), to=Status.PLANNED)
    with pytest.raises(ValidationError) as refused:
        take_step(by=cast.product, experiment=experiment, to=Status.RUNNING)
    assert len(refused.value.message_dict["status"]) == 5


def test_corrections_keep_what_was_there(cast):
    experiment = make_running(cast.product)
    first = enter_shares(cast.product, experiment, (100, 10), (100, 12))
    assert enter_shares(cast.product, experiment, (100, 10), (100, 12)) == []
    second = enter_shares(cast.product, experiment, (100, 10), (100, 21))
    assert len(second) == 1
    assert experiment.entries.count() == 3
    assert experiment.entries.filter(current=True).count() == 2
    assert first[1].pk in experiment.entries.filter(current=False).values_list("pk", flat=True)


def test_stopping_early_needs_a_reason(cast):
    experiment = make_running(cast.product, days=2)
    enter_shares(cast.product, experiment, (100, 10), (100, 12))
    with pytest.raises(ValidationError) as refused:
        take_step(by=cast.product, experiment=experiment, to=Status.DECIDING)
    assert refused.value.message_dict.keys() == {"deviation"}
    stopped = take_step(by=cast.product, experiment=experiment, to=Status.DECIDING, deviation="Payment broke")
    assert stopped.ended_on == timezone.localdate()
    assert stopped.deviations.get().after == {"stopped": timezone.localdate().isoformat()}


def test_deleted_card_comes_back_to_its_experiment(cast):
    from journeys.services.cards import delete_card
    from journeys.services.undo import undo

    journey = make_map(cast.product)
    card = make_card(cast.product, journey)
    experiment = make_idea(cast.product, card=card)
    change = delete_card(by=cast.product, card=card, seen=None)
    assert fresh(experiment).place is None
    undo(by=cast.product, change=change)
    assert fresh(experiment).card == card


def test_proposal_waits_for_others(cast):
    decision = make_proposed(cast.product)
    assert decision.experiment.ended_on == timezone.localdate()
    assert decision.proposed_at.date() <= timezone.localdate() + datetime.timedelta(1)
