"""What must be true before each step: every condition, met and not."""

import datetime

import pytest
from django.utils import timezone

from experiments.models import Experiment
from experiments.queries.conditions import conditions, unmet
from experiments.queries.experiments import complete
from experiments.services.checklist import tick
from experiments.services.copies import save_as_template
from experiments.services.plans import set_plan
from tests.experiments.made import enter_shares, make_check, make_idea, make_planned, make_running
from tests.factories import make_metric

TODAY = timezone.localdate()


def fresh(experiment: Experiment) -> Experiment:
    return complete(Experiment.objects.all()).get(pk=experiment.pk)


def codes(experiment: Experiment, to: str, *, met: bool) -> list[str]:
    return [condition.code for condition in conditions(fresh(experiment), to) if condition.met is met]


def test_a_whole_idea_can_be_planned(cast):
    idea = make_idea(cast.marketing)

    assert codes(idea, "planned", met=False) == []
    assert codes(idea, "planned", met=True) == ["change", "metric", "because", "place"]


@pytest.mark.parametrize(
    ("fields", "code"), [({"change": ""}, "change"), ({"because": ""}, "because"), ({"stage": None}, "place")]
)
def test_an_idea_without_a_part_cannot_be_planned(cast, fields, code):
    assert codes(make_idea(cast.marketing, **fields), "planned", met=False) == [code]


def test_an_idea_without_a_metric_cannot_be_planned(cast):
    idea = make_idea(cast.marketing)
    Experiment.objects.update(metric=None)

    assert codes(idea, "planned", met=False) == ["metric"]


def test_a_template_cannot_be_planned(cast):
    template = save_as_template(by=cast.marketing, experiment=make_idea(cast.marketing))

    assert "not-template" in codes(template, "planned", met=False)


def test_a_whole_plan_can_start(cast):
    planned = make_planned(cast.marketing)

    assert codes(planned, "running", met=False) == []


PLANS = {
    "variants": {"variants": []},
    "primary": {"metrics": []},
    "effect": {"minimum_effect": None},
    "total": {"planned_total": None},
    "end": {"planned_end": None},
}


@pytest.mark.parametrize(("code", "plan"), PLANS.items(), ids=PLANS)
def test_a_plan_without_a_part_cannot_start(cast, code, plan):
    planned = set_plan(by=cast.marketing, experiment=make_planned(cast.marketing), **plan)

    assert code in [condition.code for condition in unmet(conditions(fresh(planned), "running"))]


def test_a_plan_whose_end_is_over_cannot_start(cast):
    yesterday = TODAY - datetime.timedelta(1)
    planned = make_planned(cast.marketing, plan={"planned_end": yesterday})

    assert codes(planned, "running", met=False) == ["end"]


def test_each_primary_metric_may_say_its_own_smallest_effect(cast):
    metric = {"metric": make_metric(cast.workspace), "role": "primary", "kind": "proportion", "minimum_effect": 0.1}
    planned = make_planned(cast.marketing, plan={"minimum_effect": None, "metrics": [metric]})

    assert codes(planned, "running", met=False) == []


def test_points_of_the_checklist_are_ticked_off_before_the_start(cast):
    item = make_check(cast.workspace, "Tracking works")
    planned = make_planned(cast.marketing)
    assert codes(planned, "running", met=False) == [f"check-{item.pk}"]

    tick(by=cast.marketing, experiment=planned, item=item)

    assert codes(planned, "running", met=False) == []


def test_collisions_are_said_and_do_not_block(cast):
    metric = make_metric(cast.workspace)
    planned = make_planned(cast.marketing, metric=metric)
    make_running(cast.marketing, days=1, metric=metric)

    assert codes(planned, "running", met=False) == ["collisions"]
    assert unmet(conditions(fresh(planned), "running")) == []


def test_a_stop_needs_results(cast):
    running = make_running(cast.marketing, days=20)
    assert codes(running, "deciding", met=False) == ["results"]

    enter_shares(cast.marketing, running, (10, 1), (10, 2))

    assert codes(running, "deciding", met=False) == []


def test_a_stop_before_the_minimum_is_said_and_does_not_block(cast):
    running = make_running(cast.marketing, days=5)
    enter_shares(cast.marketing, running, (10, 1), (10, 2))

    assert codes(running, "deciding", met=False) == ["minimum-days"]
    assert unmet(conditions(fresh(running), "deciding")) == []


def test_ways_back_have_no_conditions(cast):
    assert conditions(fresh(make_planned(cast.marketing)), "idea") == []
