"""The computed status: it follows results and the calendar, and is told when it changes."""

import datetime

import pytest
from django.utils import timezone

from experiments.enums import Signal
from experiments.models import Decision, Entry, Experiment, PlannedMetric
from experiments.services.experiments import remove_experiment
from experiments.tasks import Unseen, ask_for_follow_ups, look_at_running
from teams.models import Activity, Notification
from tests.experiments.made import enter_shares, make_decided, make_idea, make_running

pytestmark = pytest.mark.django_db


def fresh(experiment: Experiment) -> Experiment:
    return Experiment.objects.get(pk=experiment.pk)


def test_change_is_told_to_owner_and_team(cast):
    experiment = make_running(cast.product, team=cast.workspace.teams.get(name="Sales"))
    enter_shares(cast.product, experiment, (10_000, 1000), (10_000, 1200))
    told = Notification.objects.filter(verb="experiment.signal").values_list("recipient", "params")
    assert dict(told) == {
        cast.product.pk: {"signal": "ready-to-decide"},
        cast.sales.pk: {"signal": "ready-to-decide"},
    }
    assert Activity.objects.get(verb="signal").actor_name == "Throughline"


def test_numbers_that_change_nothing_are_not_told(cast):
    experiment = make_running(cast.product)
    enter_shares(cast.product, experiment, (10_000, 1000), (10_000, 1200))
    enter_shares(cast.product, experiment, (1000, 100), (1000, 130), day=1)
    assert Activity.objects.filter(verb="signal").count() == 1


def test_wrong_split_is_unhealthy(cast):
    experiment = make_running(cast.product)
    enter_shares(cast.product, experiment, (10_000, 1000), (9000, 900))
    assert fresh(experiment).signal == Signal.UNHEALTHY
    assert fresh(experiment).signal_facts["reasons"][0]["code"] == "sample-ratio"


def test_guardrail_that_is_harmed_is_said_before_anything_else(cast):
    experiment = make_idea(cast.product)
    metric = experiment.metric
    from tests.factories import make_metric

    guard = make_metric(cast.workspace)
    metrics = [{"metric": metric}, {"metric": guard, "role": "guardrail", "goal": "decrease"}]
    running = make_running(cast.product, metric=metric, plan={"metrics": metrics}, days=1)
    enter_shares(cast.product, running, (10_000, 1000), (10_000, 1010))
    enter_shares(cast.product, running, (10_000, 500), (10_000, 900), metric=1)
    assert fresh(running).signal == Signal.GUARDRAIL_HARMED


def test_time_alone_changes_the_signal(cast):
    """Nobody enters anything for two weeks: the hourly look says so, once."""
    experiment = make_running(cast.product, days=30)
    enter_shares(cast.product, experiment, (1000, 100), (1000, 104), day=25)
    assert fresh(experiment).signal == Signal.RUNNING
    experiment.entries.update(date=timezone.localdate() - datetime.timedelta(15))
    assert look_at_running() == 1
    assert look_at_running() == 0
    assert fresh(experiment).signal == Signal.UNHEALTHY


def test_experiment_that_cannot_be_computed_holds_up_no_other(cast, caplog):
    """The task looks at all the others, then fails with what it could not look at; the log has the reason."""
    broken, sound = make_running(cast.product, days=30), make_running(cast.product, days=30)
    for experiment in (broken, sound):
        enter_shares(cast.product, experiment, (1000, 100), (1000, 104), day=25)
    Entry.objects.update(date=timezone.localdate() - datetime.timedelta(15))
    PlannedMetric.objects.filter(experiment=broken).update(kind="mean")
    with pytest.raises(Unseen, match=f"^{broken.pk}$"):
        look_at_running()
    assert fresh(sound).signal == Signal.UNHEALTHY
    assert [record.exc_info is not None for record in caplog.records if str(broken.pk) in record.getMessage()] == [True]
    told = Notification.objects.filter(verb="experiment.signal").count()
    with pytest.raises(Unseen):
        look_at_running()
    assert Notification.objects.filter(verb="experiment.signal").count() == told


def test_removed_experiments_are_left_alone(cast):
    remove_experiment(by=cast.product, experiment=make_running(cast.product, days=40))
    assert look_at_running() == 0


def test_follow_up_is_asked_for_once(cast):
    make_decided(cast.product, cast.sales)
    Decision.objects.update(follow_up_on=timezone.localdate())
    assert [ask_for_follow_ups(), ask_for_follow_ups()] == [1, 0]
    assert Notification.objects.filter(verb="experiment.follow-up", recipient=cast.product).count() == 1


def test_follow_up_of_tomorrow_waits(cast):
    make_decided(cast.product, cast.sales)
    Decision.objects.update(follow_up_on=timezone.localdate() + datetime.timedelta(1))
    assert ask_for_follow_ups() == 0


def test_signal_ends_with_the_decision(cast):
    """While somebody decides, it says what the numbers say; a decided one has its result instead."""
    from tests.experiments.made import make_proposed

    decision = make_proposed(cast.product)
    assert decision.experiment.signal == Signal.READY
    assert fresh(make_decided(cast.product, cast.sales)).signal == ""
