"""Entering results: conflicts, corrections, undo, two people at once, and what it costs."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from experiments.models import Entry
from experiments.services.plans import set_plan
from experiments.services.results import Cell, record_results
from experiments.services.undo_results import take_back
from teams.errors import Conflict
from tests.experiments.made import enter_shares, make_idea, make_running
from tests.factories import make_metric
from tests.threads import at_once


def cell(experiment, n, successes, *, variant=0, day=0, **options):
    date = experiment.started_on + datetime.timedelta(day)
    planned, row = experiment.planned_metrics.all()[0], experiment.variants.all()[variant]
    return Cell(row, planned, date, None if n is None else {"n": n, "successes": successes}, place="A", **options)


def current(experiment) -> dict:
    rows = Entry.objects.filter(experiment=experiment, current=True)
    return {(row.variant.position, row.date.isoformat()): row.sums or None for row in rows}


@pytest.mark.django_db
def test_wrong_cells_are_refused_whole(cast):
    experiment = make_running(cast.product)
    for wrong in [
        cell(experiment, 10, 11),
        cell(experiment, -1, 0),
        cell(experiment, 10, 1, day=-1),
        cell(experiment, 10, 1, day=40),
        cell(experiment, 10**15, 1),
    ]:
        with pytest.raises(ValidationError) as refused:
            record_results(by=cast.product, experiment=experiment, cells=[cell(experiment, 5, 1, variant=1), wrong])
        assert refused.value.message_dict.keys() == {"A"}
    assert not experiment.entries.exists()
    with pytest.raises(ValidationError):
        record_results(by=cast.product, experiment=make_idea(cast.product), cells=[])
    with pytest.raises(PermissionDenied):
        record_results(by=cast.sales, experiment=experiment, cells=[cell(experiment, 10, 1)])


@pytest.mark.django_db
def test_stale_cell_conflicts_unless_it_says_the_same(cast):
    experiment = make_running(cast.product)
    first = enter_shares(cast.product, experiment, (100, 10), (100, 12))[0]
    enter_shares(cast.admin, experiment, (100, 20), (100, 12))
    with pytest.raises(Conflict) as conflict:
        record_results(by=cast.product, experiment=experiment, cells=[cell(experiment, 100, 30, seen=first.pk)])
    assert conflict.value.current.successes == 20
    assert not record_results(by=cast.product, experiment=experiment, cells=[cell(experiment, 100, 20, seen=first.pk)])


@pytest.mark.django_db
def test_undo_enters_again_what_stood_before(cast):
    experiment = make_running(cast.product)
    enter_shares(cast.product, experiment, (100, 10), (100, 12))
    before = current(experiment)
    cells = [cell(experiment, 100, 50), cell(experiment, None, 0, variant=1), cell(experiment, 7, 1, day=1)]
    made = record_results(by=cast.product, experiment=experiment, cells=cells)
    take_back(by=cast.product, experiment=experiment, first=made[0].pk, last=made[-1].pk)
    day = (experiment.started_on + datetime.timedelta(1)).isoformat()
    assert current(experiment) == before | {(0, day): None}
    assert experiment.entries.count() == 8
    with pytest.raises(ValidationError):
        take_back(by=cast.product, experiment=experiment, first=made[0].pk, last=made[-1].pk)


@pytest.mark.django_db
def test_totals_to_date_never_fall(cast):
    experiment = make_running(cast.product, plan={"counting": "to-date"})
    enter_shares(cast.product, experiment, (100, 10), (100, 12), day=3)
    for day, n in [(4, 99), (2, 101)]:
        with pytest.raises(ValidationError):
            record_results(by=cast.product, experiment=experiment, cells=[cell(experiment, n, 10, day=day)])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "sums", "later", "fell"),
    [
        ("proportion", {"n": 100, "successes": 10}, {"n": 120, "successes": 9}, ["successes"]),
        ("proportion", {"n": 100, "successes": 10}, {"n": 90, "successes": 9}, ["n", "successes"]),
        ("proportion", {"n": 100, "successes": 10}, {"n": 100, "successes": 12}, []),
        ("mean", {"n": 9, "sum": 5, "sum_squares": 90}, {"n": 10, "sum": -5, "sum_squares": 95}, []),
        ("mean", {"n": 9, "sum": 5, "sum_squares": 90}, {"n": 10, "sum": 6, "sum_squares": 89}, ["sum_squares"]),
    ],
)
def test_totals_to_date_fall_in_no_sum_that_only_grows(cast, kind, sums, later, fell):
    """Users who came earlier may still do it later, and negative values lower a sum."""
    metric = make_metric(cast.workspace)
    plan = {"counting": "to-date", "metrics": [{"metric": metric, "role": "primary", "kind": kind}]}
    experiment = make_running(cast.product, metric=metric, plan=plan)
    variant, planned = experiment.variants.first(), experiment.planned_metrics.get()
    days = [experiment.started_on + datetime.timedelta(day) for day in (3, 4)]
    first, second = (Cell(variant, planned, day, dict(one)) for day, one in zip(days, (sums, later), strict=True))
    record_results(by=cast.product, experiment=experiment, cells=[first])
    found = []
    try:
        record_results(by=cast.product, experiment=experiment, cells=[second])
    except ValidationError as error:
        found = [sentence.split(" ")[0] for sentence in error.message_dict["results"]]
    assert found == fell


@pytest.mark.django_db
def test_total_that_did_fall_is_entered_once_the_earlier_one_is_taken_out(cast):
    experiment = make_running(cast.product, plan={"counting": "to-date"})
    enter_shares(cast.product, experiment, (100, 10), (100, 12), day=3)
    lower = [cell(experiment, 100, 8, day=4)]
    with pytest.raises(ValidationError, match="take out the total of the earlier day"):
        record_results(by=cast.product, experiment=experiment, cells=lower)
    record_results(by=cast.product, experiment=experiment, cells=[cell(experiment, None, 0, day=3)])
    assert record_results(by=cast.product, experiment=experiment, cells=lower)


@pytest.mark.django_db
def test_queries_do_not_grow_with_cells(cast, django_assert_max_num_queries):
    experiment = make_running(cast.product)
    cells = [cell(experiment, 100 + day, day, variant=variant, day=day) for day in range(20) for variant in (0, 1)]
    with django_assert_max_num_queries(30):
        assert len(record_results(by=cast.product, experiment=experiment, cells=cells)) == 40


@pytest.mark.django_db(transaction=True)
def test_one_of_two_who_enter_the_same_cell_conflicts(cast):
    experiment = make_running(cast.admin)
    acts = [
        lambda number=number: record_results(
            by=cast.admin, experiment=experiment, cells=[cell(experiment, 100, number, seen=0)]
        )
        for number in (1, 2)
    ]
    found = at_once(acts)
    assert sorted(type(one) for one in found if not isinstance(one, list)) == [Conflict]
    assert Entry.objects.filter(experiment=experiment, current=True).count() == 1


@pytest.mark.django_db
def test_covariate_comes_with_all_its_sums(cast):
    experiment = make_running(cast.product)
    planned = {"metric": experiment.metric, "covariate": "Orders before"}
    experiment = set_plan(by=cast.product, experiment=experiment, metrics=[planned], deviation="Known by now")
    with pytest.raises(ValidationError):
        record_results(by=cast.product, experiment=experiment, cells=[cell(experiment, 10, 1)])
    whole = {"n": 10, "successes": 1, "sum_covariate": 4.0, "sum_covariate_squares": 8.0, "sum_product": 1.0}
    one = cell(experiment, 10, 1)
    cells = [Cell(one.variant, one.metric, one.date, whole)]
    assert record_results(by=cast.product, experiment=experiment, cells=cells)[0].sums == whole
