"""Edges of the log: what happens between a page and its button, and what an undo on a map leaves behind."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from experiments.enums import Outcome, Status
from experiments.models import Experiment
from experiments.queries.collisions import collisions_of, window
from experiments.queries.experiments import complete
from experiments.queries.learned import effect_of
from experiments.queries.places import at_stage
from experiments.queries.timeline import runs_between
from experiments.services.decisions import confirm_decision, propose_decision, return_decision, variant_for
from experiments.services.experiments import edit_experiment
from experiments.services.handovers import hand_over_experiments
from experiments.services.learnings import accept_learning
from experiments.services.plans import set_plan
from experiments.services.results import Cell, record_results
from experiments.services.steps import take_step, unarchive
from journeys.services.maps import remove_map
from teams.models import Activity
from teams.services.activity import activity_of, sentence
from tests.api import program
from tests.experiments.made import (
    enter_shares,
    make_decided,
    make_deciding,
    make_idea,
    make_planned,
    make_proposed,
    make_running,
)
from tests.factories import make_card, make_map, make_metric, stage_of

pytestmark = pytest.mark.django_db


def fresh(experiment: Experiment) -> Experiment:
    return complete(Experiment.objects.all()).get(pk=experiment.pk)


def test_reference_of_the_same_name_is_another_one(cast):
    here, there = (stage_of(make_map(cast.product)) for _map in range(2))
    assert here.name == there.name
    experiment = make_idea(cast.product, stage=here)
    edited = edit_experiment(by=cast.product, experiment=experiment, stage=there)
    assert fresh(experiment).stage == there
    assert edited.version == experiment.version + 1


def test_naming_a_stage_takes_it_off_the_card(cast):
    journey = make_map(cast.product)
    experiment = make_idea(cast.product, card=make_card(cast.product, journey))
    edit_experiment(by=cast.product, experiment=experiment, stage=stage_of(journey))
    assert (fresh(experiment).card, fresh(experiment).stage) == (None, stage_of(journey))


def test_archived_hypothesis_is_no_way_around_the_reason(cast):
    experiment = make_decided(cast.product, cast.sales)
    take_step(by=cast.product, experiment=experiment, to=Status.ARCHIVED)
    with pytest.raises(ValidationError) as refused:
        edit_experiment(by=cast.product, experiment=experiment, expected_effect=0.2)
    assert refused.value.message_dict.keys() == {"deviation"}


def test_suggestion_for_a_removed_map_is_refused_with_a_sentence(cast):
    journey = make_map(cast.marketing)
    experiment = make_decided(cast.product, cast.sales, stage=stage_of(journey))
    learning = experiment.decisions.get().learning
    remove_map(by=cast.marketing, map=journey, seen=None)
    with pytest.raises(ValidationError, match="deleted"):
        accept_learning(by=cast.marketing, learning=learning)


def test_decision_stays_readable_after_its_card_was_deleted(cast, client_of):
    journey = make_map(cast.marketing)
    card = make_card(cast.marketing, journey)
    experiment = make_decided(cast.product, cast.sales, card=card)
    card.delete()
    page = client_of(cast.marketing).get(f"/w/here/experiments/{experiment.pk}/decision/")
    assert "Write it onto the map" in page.content.decode()
    accept_learning(by=cast.marketing, learning=experiment.decisions.get().learning)
    assert journey.cards.get().title.startswith("A promised date")


def test_stage_keeps_what_was_archived_after_a_second_proposal(cast):
    stage = stage_of(make_map(cast.product))
    decision = make_proposed(cast.product, stage=stage)
    return_decision(by=cast.sales, decision=decision, why="Look at the phones")
    experiment = decision.experiment
    second = propose_decision(
        by=cast.product, experiment=experiment, outcome=Outcome.SHIP, why="Looked", learned="The same on phones"
    )
    confirm_decision(by=cast.sales, decision=second)
    take_step(by=cast.product, experiment=experiment, to=Status.ARCHIVED)
    idea = make_idea(cast.product, stage=stage)
    take_step(by=cast.product, experiment=idea, to=Status.ARCHIVED)
    assert list(at_stage(cast.viewer, stage)) == [experiment]


def test_stale_proposal_keeps_what_was_typed(cast, client_of):
    experiment = make_deciding(cast.product)
    client, url = client_of(cast.product), f"/w/here/experiments/{experiment.pk}/decision/"
    seen = fresh(experiment).version
    edit_experiment(by=cast.product, experiment=experiment, title="Meanwhile")
    typed = {"outcome": "keep", "result": "neutral", "why": "Not worth it", "learned": "Little", "seen": seen}
    answer = client.post(url, typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ">\nNot worth it</textarea>" in page
    assert f'name="seen" value="{seen + 1}"' in page
    assert client.post(url, typed | {"seen": seen + 1}).status_code == 302


def test_results_follow_the_plan_as_it_is_now(cast):
    experiment = make_running(cast.product)
    variant, planned = experiment.variants.all()[0], experiment.planned_metrics.all()[0]
    cell = Cell(variant, planned, experiment.started_on, {"n": 10, "successes": 1})
    metrics = [{"metric": planned.metric, "kind": "mean"}]
    set_plan(by=cast.product, experiment=experiment, metrics=metrics, deviation="It is a mean")
    with pytest.raises(ValidationError):
        record_results(by=cast.product, experiment=experiment, cells=[cell])
    other = [{"metric": make_metric(cast.workspace)}]
    set_plan(by=cast.product, experiment=experiment, metrics=other, deviation="Another one")
    with pytest.raises(ValidationError, match="not in the plan"):
        record_results(by=cast.product, experiment=experiment, cells=[cell])


def test_counting_stays_while_there_are_results(cast):
    experiment = make_running(cast.product)
    entries = enter_shares(cast.product, experiment, (100, 10), (100, 12))
    with pytest.raises(ValidationError) as refused:
        set_plan(by=cast.product, experiment=experiment, counting="to-date", deviation="Mistaken")
    assert refused.value.message_dict.keys() == {"counting"}
    cells = [Cell(entry.variant, entry.metric, entry.date, None) for entry in entries]
    record_results(by=cast.product, experiment=experiment, cells=cells)
    changed = set_plan(by=cast.product, experiment=experiment, counting="to-date", deviation="Mistaken")
    assert changed.plan.counting == "to-date"


def test_end_that_is_dated_back_is_early_all_the_same(cast):
    experiment = make_running(cast.product, days=20)
    enter_shares(cast.product, experiment, (100, 10), (100, 12))
    on = experiment.started_on + datetime.timedelta(2)
    with pytest.raises(ValidationError) as refused:
        take_step(by=cast.product, experiment=experiment, to=Status.DECIDING, on=on)
    assert refused.value.message_dict.keys() == {"deviation"}
    stopped = take_step(by=cast.product, experiment=experiment, to=Status.DECIDING, on=on, deviation="Broken since")
    assert stopped.ended_on == on


def test_archived_comes_back_to_where_it_stood_and_nowhere_else(cast):
    caller = program(cast.workspace)
    experiment = make_decided(cast.product, cast.sales)
    take_step(by=cast.product, experiment=experiment, to=Status.ARCHIVED)
    path = f"experiments/{experiment.pk}/status/"
    for status in ("archived", "running"):
        assert caller.put(path, {"status": status}, if_match="*").status_code == 400
    answer = caller.put(path, {"status": "decided"}, if_match="*")
    assert (answer.status_code, answer.json()["status"]) == (200, "decided")

    archived = take_step(by=cast.product, experiment=fresh(experiment), to=Status.ARCHIVED)
    Activity.objects.all().delete()
    assert unarchive(by=cast.product, experiment=archived).status == Status.DECIDED


def test_control_does_not_ship(cast):
    experiment = make_deciding(cast.product)
    with pytest.raises(ValidationError) as refused:
        variant_for(experiment, Outcome.SHIP, experiment.variants.all()[0])
    assert refused.value.message_dict.keys() == {"variant"}
    bare = make_idea(cast.product)
    assert variant_for(bare, Outcome.KEEP, None) is None


def test_overdue_experiment_is_in_the_way_until_it_stops(cast):
    stage, today = stage_of(make_map(cast.product)), timezone.localdate()
    overdue = make_running(cast.product, stage=stage)
    plan = {"planned_end": today - datetime.timedelta(3)}
    overdue = set_plan(by=cast.product, experiment=overdue, deviation="It was to end", **plan)
    assert window(overdue).last == today
    new = make_planned(cast.product, stage=stage)
    assert [collision.other for collision in collisions_of(fresh(new))] == [overdue]
    runs = runs_between(cast.viewer, today, today + datetime.timedelta(7))
    assert overdue in [run.experiment for run in runs]


def test_effect_keeps_the_level_of_its_interval(cast):
    wide, narrow = (make_proposed(cast.product, plan={"alpha": alpha}).effect for alpha in (0.01, 0.2))
    errors = [effect_of(1, Outcome.SHIP, effect).error for effect in (wide, narrow)]
    assert errors[0] == pytest.approx(errors[1], rel=1e-3)


def test_activity_is_told_in_words(cast):
    experiment = make_decided(cast.product, cast.sales)
    told = [sentence(row) for row in activity_of(experiment)]
    assert not [line for line in told if "worked on" in line or "%(" in line]
    assert any("entered 2 results of" in line and "corrections" not in line for line in told)


def test_overview_ends_with_the_talk_and_what_was_done(cast, client_of):
    experiment, client = make_planned(cast.product), client_of(cast.viewer)
    at = f"/w/here/experiments/{experiment.pk}/"
    overview, plan = (client.get(url).content.decode() for url in (at, f"{at}plan/"))
    for part in ("discussion", "activity"):
        address = f"/w/here/{part}/experiment/{experiment.pk}/"
        assert address in overview
        assert address not in plan
        assert client.get(address).status_code == 200


def test_pages_bear_a_plan_that_was_emptied_while_it_ran(cast, client_of):
    experiment, client = make_running(cast.product), client_of(cast.product)
    emptied = set_plan(by=cast.product, experiment=experiment, variants=[], metrics=[], deviation="Begin anew")
    assert emptied.signal == "needs-data"
    assert "no-primary" in [reason["code"] for reason in emptied.signal_facts["reasons"]]
    for tab in ("", "plan/", "results/", "scores/", "decision/"):
        assert client.get(f"/w/here/experiments/{experiment.pk}/{tab}").status_code == 200
    caller = program(cast.workspace)
    for part in ("", "plan/", "results/", "analysis/"):
        assert caller.get(f"experiments/{experiment.pk}/{part}").status_code == 200


def test_drawn_maps_stay_drawn(cast):
    """Marks of experiments come to the map by themselves, so its board need not be drawn anew for them."""
    before = cast.workspace.stamp
    make_decided(cast.product, cast.sales, stage=stage_of(make_map(cast.marketing)), metric=make_metric(cast.workspace))
    cast.workspace.refresh_from_db()
    assert cast.workspace.stamp == before


def test_handing_over_many_costs_the_same_as_one(cast, django_assert_num_queries):
    """Each that goes over says so in its activity, written at once."""
    make_idea(cast.product)
    with django_assert_num_queries(3):
        hand_over_experiments(by=cast.admin, giver=cast.product, receiver=cast.sales)
    several = [make_idea(cast.product) for _number in range(3)]
    with django_assert_num_queries(3):
        hand_over_experiments(by=cast.admin, giver=cast.product, receiver=cast.sales)
    told = Activity.objects.filter(kind="experiment", object_id__in=[one.pk for one in several], verb="edited")
    assert {(row.version, row.after["owner"], row.actor) for row in told} == {(2, cast.sales.label, cast.admin)}
    assert {one.owner for one in Experiment.objects.all()} == {cast.sales}
