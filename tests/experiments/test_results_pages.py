"""The results tab: what is shown of the numbers, and of what cannot be computed."""

import datetime

import pytest

from experiments.queries.analysis import analysis_of
from experiments.queries.assessment import assess_now
from experiments.services.results import Cell, record_results
from tests.experiments.made import enter_shares, make_idea, make_running
from tests.factories import make_metric

pytestmark = pytest.mark.django_db


def test_page_shows_effects_with_their_intervals(cast, client_of):
    experiment = make_running(cast.product)
    for day in range(5):
        enter_shares(cast.product, experiment, (1000, 100), (1000, 150), day=day)
    page = client_of(cast.viewer).get(f"/w/here/experiments/{experiment.pk}/results/").content.decode()
    for words in ["Delivery date first", "better", "Always valid", "Beta(1, 1) of each share", "50\u00a0% of the plan"]:
        assert words in page
    assert page.count("<svg") > 4
    assert "nan" not in page.lower()


def test_page_without_results_teaches(cast, client_of):
    running = make_running(cast.product)
    assert (
        "No results yet" in client_of(cast.product).get(f"/w/here/experiments/{running.pk}/results/").content.decode()
    )
    idea = make_idea(cast.product)
    assert "No results yet" in client_of(cast.viewer).get(f"/w/here/experiments/{idea.pk}/results/").content.decode()


def test_what_cannot_be_computed_says_why(cast, client_of):
    experiment = make_running(cast.product)
    enter_shares(cast.product, experiment, (1, 0), (0, 0))
    page = client_of(cast.product).get(f"/w/here/experiments/{experiment.pk}/results/").content.decode()
    assert "not computable" in page


def test_totals_to_date_are_not_added_up(cast):
    experiment = make_running(cast.product, plan={"counting": "to-date"})
    enter_shares(cast.product, experiment, (1000, 100), (1000, 120), day=1)
    enter_shares(cast.product, experiment, (2000, 190), (2000, 260), day=2)
    one = analysis_of(experiment).measured[0]
    assert [variant.summary.n for variant in one.variants] == [2000, 2000]
    assert one.analysis.comparisons[0].absolute_effect == pytest.approx(0.035)


def test_cut_values_are_noted(cast):
    metric = make_metric(cast.workspace)
    kinds = [{"metric": metric, "role": "primary", "kind": "mean", "winsorized": 0.99}]
    experiment = make_running(cast.product, plan={"metrics": kinds}, metric=metric)
    planned, day = experiment.planned_metrics.get(), experiment.started_on
    sums = {"n": 100, "sum": 500.0, "sum_squares": 4000.0}
    cells = [Cell(variant, planned, day, sums) for variant in experiment.variants.all()]
    record_results(by=cast.product, experiment=experiment, cells=cells)
    (comparison,) = analysis_of(experiment).measured[0].analysis.comparisons
    assert [str(one.code) for one in comparison.notes] == ["winsorized"]


def test_days_left_come_from_the_width(cast):
    """Without any lift it still takes as long as the interval needs to become narrow."""
    experiment = make_running(cast.product, days=10)
    for day in range(10):
        enter_shares(cast.product, experiment, (500, 50), (500, 50), day=day)
    found = assess_now(experiment)
    assert found.days_left is not None
    assert found.days_left > 10


def test_sums_that_contradict_each_other_are_said(cast):
    """A metric whose weights are wrong afterwards says so; the others are analyzed."""
    second = make_metric(cast.workspace)
    experiment = make_running(cast.product)
    plan = {"metrics": [{"metric": experiment.metric, "role": "primary"}, {"metric": second, "role": "guardrail"}]}
    from experiments.services.plans import set_plan

    experiment = set_plan(by=cast.product, experiment=experiment, deviation="A guardrail was missing", **plan)
    enter_shares(cast.product, experiment, (1000, 100), (1000, 120))
    first, other = analysis_of(experiment).measured
    assert first.analysis is not None
    assert other.analysis is None


def test_more_users_than_there_can_be_are_refused_on_the_page(cast, client_of):
    """Each day for itself is one that can be."""
    experiment, many = make_running(cast.product), 10**12
    for day in (1, 2):
        enter_shares(cast.product, experiment, (many, 100), (many, 120), day=day)
    answer = client_of(cast.product).get(f"/w/here/experiments/{experiment.pk}/results/")
    assert answer.status_code == 200
    assert "Give a whole number from 0 to 1000000000000." in answer.content.decode()


def test_queries_do_not_grow_with_days(cast, client_of, django_assert_num_queries):
    experiment, client = make_running(cast.product), client_of(cast.viewer)
    url = f"/w/here/experiments/{experiment.pk}/results/"
    enter_shares(cast.product, experiment, (1000, 100), (1000, 150))
    client.get(url)
    with django_assert_num_queries(11) as few:
        client.get(url)
    cells = [
        Cell(
            variant,
            experiment.planned_metrics.get(),
            experiment.started_on + datetime.timedelta(day),
            {"n": 900, "successes": 90},
        )
        for variant in experiment.variants.all()
        for day in range(1, 20)
    ]
    record_results(by=cast.product, experiment=experiment, cells=cells)
    with django_assert_num_queries(len(few)):
        client.get(url)
