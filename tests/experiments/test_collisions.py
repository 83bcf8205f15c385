"""Experiments in one another's way: what they share, and on which days."""

import datetime

import pytest
from django.utils import timezone

from experiments.models import Experiment
from experiments.queries.collisions import Window, collisions_of
from experiments.queries.experiments import complete
from experiments.services.experiments import remove_experiment
from experiments.services.steps import take_step
from tests.experiments.made import make_planned, make_running
from tests.factories import make_map, make_metric, make_persona

TODAY = timezone.localdate()
# Of two experiments whose days are counted from today: do they meet?
DAYS = [
    ((0, 10), (5, 20), (5, 10)),
    ((0, 10), (10, 20), (10, 10)),
    ((0, 10), (11, 20), None),
    ((5, 6), (0, 20), (5, 6)),
    ((0, None), (30, 40), (30, 40)),
    ((0, None), (30, None), (30, None)),
    ((0, 10), (3, None), (3, 10)),
]


def day(offset):
    return None if offset is None else TODAY + datetime.timedelta(offset)


def planned(cast, days, **fields) -> Experiment:
    first, last = days
    plan = {"planned_start": day(first), "planned_end": day(last)}
    experiment = make_planned(cast.marketing, plan=plan, **fields)
    return complete(Experiment.objects.all()).get(pk=experiment.pk)


@pytest.mark.parametrize(("mine", "theirs", "common"), DAYS)
def test_collisions_are_on_the_days_of_both(cast, mine, theirs, common):
    metric = make_metric(cast.workspace)
    one, other = planned(cast, mine, metric=metric), planned(cast, theirs, metric=metric)

    expected = [] if common is None else [(Window(*map(day, common)), ("metric",))]
    assert [(found.days, found.shared) for found in collisions_of(one)] == expected
    assert [(found.days, found.shared) for found in collisions_of(other)] == expected


def test_collisions_name_all_that_is_shared(cast):
    journey, persona, metric = make_map(cast.marketing), make_persona(cast.workspace), make_metric(cast.workspace)
    same = {"journey": journey, "persona": persona, "metric": metric}
    one, _other = planned(cast, (0, 10), **same), planned(cast, (0, 10), **same)

    assert [found.shared for found in collisions_of(one)] == [("audience", "stage", "metric")]


def test_nothing_shared_is_no_collision(cast):
    one = planned(cast, (0, 10))
    planned(cast, (0, 10))

    assert collisions_of(one) == []


def test_a_planned_experiment_without_a_start_collides_with_nobody_yet(cast):
    metric = make_metric(cast.workspace)
    one = planned(cast, (0, 10), metric=metric)
    make_planned(cast.marketing, metric=metric)

    assert collisions_of(one) == []


def test_removed_and_stopped_experiments_are_in_nobodys_way(cast):
    metric = make_metric(cast.workspace)
    one = planned(cast, (0, 10), metric=metric)
    remove_experiment(by=cast.marketing, experiment=planned(cast, (0, 10), metric=metric))
    back = make_running(cast.marketing, days=0, metric=metric)
    take_step(by=cast.marketing, experiment=take_step(by=cast.marketing, experiment=back, to="planned"), to="idea")

    assert collisions_of(one) == []


def test_another_workspace_is_in_nobodys_way(cast):
    one = planned(cast, (0, 10))
    make_planned(cast.stranger, plan={"planned_start": TODAY})

    assert collisions_of(one) == []


def test_collisions_take_two_queries(cast, django_assert_num_queries):
    metric = make_metric(cast.workspace)
    one = planned(cast, (0, 10), metric=metric)
    for _number in range(3):
        planned(cast, (0, 10), metric=metric)
    with django_assert_num_queries(2):
        assert len(collisions_of(one)) == 3
