"""What the database refuses of experiments, whoever writes: each branch of each constraint, past the services."""

import datetime

import pytest
from django.db.models import RestrictedError
from django.utils import timezone

from experiments.models import (
    ChecklistItem,
    Decision,
    Entry,
    Evidence,
    Experiment,
    Learning,
    Plan,
    PlannedMetric,
    Practice,
    Reason,
    Score,
    Tick,
    Variant,
)
from experiments.services.checklist import tick
from experiments.services.decisions import confirm_decision
from experiments.services.practice import edit_practice
from experiments.services.scores import give_score
from tests.constraints import refused_by_database
from tests.experiments.made import make_check, make_idea, make_proposed, make_reason
from tests.factories import make_card, make_map, make_metric, stage_of

NOW = timezone.now()
TODAY, YESTERDAY = datetime.date(2027, 3, 2), datetime.date(2027, 3, 1)


@pytest.fixture
def full(cast) -> Experiment:
    """An experiment that has everything, its decision proposed and not yet confirmed."""
    check = make_check(cast.workspace)
    make_reason(cast.workspace, "Doubt")
    evidence = [{"kind": "interview", "text": "They ask when it arrives"}]
    idea = make_idea(cast.marketing, evidence=evidence)
    give_score(by=cast.sales, experiment=idea, values={"impact": 5, "confidence": 5, "ease": 5}, chance=0.6)
    tick(by=cast.marketing, experiment=idea, item=check)
    check.removed_at = NOW
    check.save()
    edit_practice(by=cast.admin, alpha=0.1)
    return make_proposed(cast.marketing).experiment


UPDATES = {
    "unknown status": (Experiment, {"status": "lost"}, "experiment_status_known"),
    "unknown goal": (Experiment, {"goal": "sideways"}, "experiment_goal_known"),
    "unknown signal": (Experiment, {"signal": "maybe"}, "experiment_signal_known"),
    "ended without a start": (Experiment, {"started_on": None, "ended_on": TODAY}, "experiment_ends_after_start"),
    "unknown kind of evidence": (Evidence, {"kind": "hearsay"}, "evidence_kind_known"),
    "unknown rule": (Plan, {"rule": "by feeling"}, "plan_rule_known"),
    "unknown correction": (Plan, {"correction": "none at all"}, "plan_correction_known"),
    "unknown counting": (Plan, {"counting": "weekly"}, "plan_counting_known"),
    "alpha of nothing": (Plan, {"alpha": 0}, "plan_alpha_fraction"),
    "alpha of all": (Plan, {"alpha": 1}, "plan_alpha_fraction"),
    "power of nothing": (Plan, {"power": 0}, "plan_power_fraction"),
    "power of all": (Plan, {"power": 1}, "plan_power_fraction"),
    "plan ends before it starts": (
        Plan,
        {"planned_start": TODAY, "planned_end": YESTERDAY},
        "plan_ends_after_start",
    ),
    "frozen without a date": (Plan, {"frozen_at": None, "frozen": {}}, "plan_frozen_with_date"),
    "weight below nothing": (Variant, {"weight": -0.1}, "variant_weight_fraction"),
    "weight above all": (Variant, {"weight": 1.1}, "variant_weight_fraction"),
    "two variants with a key": (Variant, {"key": "same"}, ""),
    "unknown role": (PlannedMetric, {"role": "decoration"}, "planned_metric_role_known"),
    "unknown kind of sums": (PlannedMetric, {"kind": "median"}, "planned_metric_kind_known"),
    "unknown direction": (PlannedMetric, {"goal": "sideways"}, "planned_metric_goal_known"),
    "unknown score model of a practice": (Practice, {"score_model": "TEA"}, "practice_score_model_known"),
    "unknown rule of a practice": (Practice, {"rule": "by feeling"}, "practice_rule_known"),
    "unknown correction of a practice": (Practice, {"correction": "?"}, "practice_correction_known"),
    "unknown source of an entry": (Entry, {"source": "dream"}, "entry_source_known"),
    "entry without a number": (Entry, {"n": None, "successes": None}, "entry_says_something"),
    "withdrawn with a number": (Entry, {"withdrawn": True}, "entry_says_something"),
    "more successes than users": (Entry, {"n": 3, "successes": 4}, "entry_successes_within_n"),
    "unknown score model": (Score, {"model": "TEA"}, "score_model_known"),
    "chance below nothing": (Score, {"chance": -0.1}, "score_chance_fraction"),
    "chance above all": (Score, {"chance": 1.1}, "score_chance_fraction"),
    "unknown outcome": (Decision, {"outcome": "shrug"}, "decision_outcome_known"),
    "unknown result": (Decision, {"result": "fine"}, "decision_result_known"),
    "confirmed by nobody": (Decision, {"confirmed_at": NOW}, "decision_confirmed_by_somebody"),
    "confirmed at no time": (Decision, {"confirmer_name": "Ann"}, "decision_confirmed_by_somebody"),
    "returned by nobody": (Decision, {"returned_at": NOW}, "decision_returned_by_somebody"),
    "returned at no time": (Decision, {"returner_name": "Ann"}, "decision_returned_by_somebody"),
    "a reason at no time": (Decision, {"returned_why": "Too early"}, "decision_returned_by_somebody"),
    "confirmed and returned": (
        Decision,
        {"returned_at": NOW, "returner_name": "Ann", "confirmed_at": NOW, "confirmer_name": "Bob"},
        "decision_returned_by_somebody",
    ),
}


@pytest.mark.parametrize(("model", "values", "check"), UPDATES.values(), ids=UPDATES)
def test_database_refuses(full, model, values, check):
    rows = model.objects.all()
    assert rows.exists()

    refused_by_database(lambda: rows.update(**values), check=check)


def test_database_refuses_frozen_date_without_the_document(full):
    rows = Plan.objects.filter(frozen__isnull=False)
    assert rows.exists()

    refused_by_database(lambda: rows.update(frozen=None), check="plan_frozen_with_date")


def test_database_refuses_card_and_stage_at_once(full, cast):
    journey = make_map(cast.marketing)
    card = make_card(cast.marketing, journey)
    rows = Experiment.objects.filter(pk=full.pk)

    refused_by_database(lambda: rows.update(card=card, stage=stage_of(journey)), check="experiment_one_place")


def test_database_refuses_a_proposer_who_confirms(full):
    decision = full.decisions.get()

    refused_by_database(
        lambda: full.decisions.update(
            confirmed_by=decision.proposed_by, confirmed_at=NOW, confirmer_name=decision.proposer_name
        ),
        check="decision_confirmed_by_another",
    )


def test_database_refuses_a_second_standing_decision(full):
    decision = full.decisions.get()
    decision.pk = None

    refused_by_database(lambda: decision.save(force_insert=True))


@pytest.mark.parametrize(
    ("values", "check"),
    [
        ({"state": "lost"}, "learning_state_known"),
        ({"state": "suggested", "answered_at": NOW}, "learning_answered_with_date"),
        ({"state": "refused", "answered_at": None}, "learning_answered_with_date"),
    ],
)
def test_database_refuses_learnings(full, cast, values, check):
    confirm_decision(by=cast.sales, decision=full.decisions.get())
    assert Learning.objects.exists()

    refused_by_database(lambda: Learning.objects.update(**values), check=check)


def test_database_refuses_what_is_there_twice(full, cast):
    again = {
        "metric": PlannedMetric(experiment=full, metric=full.planned_metrics.get().metric, position=1),
        "tick": Tick(experiment=Tick.objects.get().experiment, item=ChecklistItem.objects.get(), by_name="Ann"),
        "reason": Reason(workspace=cast.workspace, name="DOUBT"),
        "score": Score(
            experiment=Score.objects.get().experiment, scorer=cast.sales, scorer_name="Sales", model="ICE", total=1
        ),
        "practice": Practice(workspace=cast.workspace),
        "plan": Plan(experiment=full),
    }
    for row in again.values():
        refused_by_database(lambda row=row: row.save(force_insert=True))


def test_database_refuses_a_point_that_is_on_the_checklist(cast):
    make_check(cast.workspace, "Tracking works")

    refused_by_database(lambda: make_check(cast.workspace, "TRACKING works"))


def test_database_refuses_two_current_entries_of_a_day(full):
    entry = full.entries.filter(current=True).first()
    entry.pk = None

    refused_by_database(lambda: entry.save(force_insert=True))


def test_database_keeps_corrected_entries_of_a_day(full):
    entry = full.entries.filter(current=True).first()
    entry.pk, entry.current = None, False
    entry.save(force_insert=True)

    assert full.entries.filter(variant=entry.variant, metric=entry.metric, date=entry.date).count() == 2


def test_database_keeps_several_scores_of_people_who_left(full):
    score = Score.objects.get()
    Score.objects.update(scorer=None)
    score.pk, score.scorer = None, None
    score.save(force_insert=True)

    assert Score.objects.filter(scorer=None).count() == 2


def test_database_restricts_metric_that_is_planned(full):
    metric = make_metric(full.workspace)
    PlannedMetric.objects.create(experiment=full, metric=metric, position=5)

    with pytest.raises(RestrictedError):
        metric.delete()
