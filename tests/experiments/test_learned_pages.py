"""What all experiments have taught: the learning base, forecasts against results, the timeline."""

import datetime

import pytest
from django.utils import timezone

from experiments.drawing.timeline import Days
from experiments.queries.forecasters import forecasters_of
from experiments.queries.learned import decided, record_of
from experiments.queries.timeline import runs_between
from experiments.services.plans import set_plan
from experiments.services.scores import give_score
from experiments.services.steps import take_step
from tests.experiments.made import (
    confirm_decision,
    enter_shares,
    make_decided,
    make_idea,
    make_planned,
    make_running,
    propose_decision,
)
from tests.factories import make_map, make_metric, stage_of

pytestmark = pytest.mark.django_db
LOSS = ((10_000, 1000), (10_000, 800))
ICE = {"impact": 8, "confidence": 5, "ease": 2}


def test_learnings_are_found_by_what_they_are_about(cast, client_of):
    journey = make_map(cast.product)
    win = make_decided(cast.product, cast.sales, stage=stage_of(journey))
    loss = make_decided(cast.product, cast.sales, *LOSS)
    client, url = client_of(cast.viewer), "/w/here/experiments/learned/"
    page = client.get(url).content.decode()
    assert win.title in page
    assert loss.title in page
    assert "2 decided experiments" in page
    only = client.get(url, {"result": "loss"}, HTTP_HX_REQUEST="true").content.decode()
    assert loss.title in only
    assert win.title not in only
    here = client.get(url, {"stage": stage_of(journey).pk}).content.decode()
    assert loss.title not in here
    assert "Nothing was learned here yet" in client.get(url, {"q": "zzz"}).content.decode()


def test_page_without_decisions_teaches(cast, client_of):
    make_idea(cast.product)
    page = client_of(cast.viewer).get("/w/here/experiments/learned/").content.decode()
    assert "No experiment is decided yet" in page


def test_sum_is_shrunk_and_turned_the_way_that_was_wanted(cast):
    metric = make_metric(cast.workspace)
    for _number in range(3):
        make_decided(cast.product, cast.sales, metric=metric)
    less = [{"metric": metric, "goal": "decrease"}]
    make_decided(cast.product, cast.sales, *LOSS, metric=metric, plan={"metrics": less})
    record = record_of(decided(cast.viewer, {}))
    assert {name: share.count for name, share in record.shares.items() if share.count} == {"win": 4}
    brought = record.brought[0]
    assert brought.impact.raw == pytest.approx(0.8)  # four times 20 % in the wanted direction
    assert 0 < brought.impact.total <= brought.impact.raw
    assert "winners-curse" in {note.code.value for note in record.notes}


def test_learnings_cost_the_same_however_many(cast, client_of, django_assert_num_queries):
    client, metric = client_of(cast.viewer), make_metric(cast.workspace)
    make_decided(cast.product, cast.sales, metric=metric)
    client.get("/w/here/experiments/learned/")
    with django_assert_num_queries(14) as few:
        client.get("/w/here/experiments/learned/")
    make_decided(cast.product, cast.sales, metric=metric)
    make_decided(cast.product, cast.sales, *LOSS)
    with django_assert_num_queries(len(few)):
        client.get("/w/here/experiments/learned/")


def scored(cast, pairs, **chances):
    """An experiment that people scored before it started, decided with these numbers."""
    experiment = make_planned(cast.product)
    for who, chance in chances.items():
        give_score(by=getattr(cast, who), experiment=experiment, values=ICE, chance=chance, expected_effect=0.1)
    experiment = take_step(by=cast.product, experiment=experiment, to="running")
    enter_shares(cast.product, experiment, *pairs)
    experiment = take_step(by=cast.product, experiment=experiment, to="deciding", deviation="Clear")
    decision = propose_decision(by=cast.product, experiment=experiment, outcome="ship", why="So", learned="So")
    confirm_decision(by=cast.sales, decision=decision)


def test_forecasts_meet_their_results(cast, client_of):
    scored(cast, ((10_000, 1000), (10_000, 1200)), sales=0.9, marketing=0.2)
    scored(cast, LOSS, sales=0.3)
    found = forecasters_of(cast.viewer)
    assert found.overall.direction.brier == pytest.approx((0.1**2 + 0.8**2 + 0.3**2) / 3)
    people = dict(found.people)
    assert people[cast.sales.label].direction.hits.count == 2
    assert people[cast.marketing.label].direction.hits.count == 0
    page = client_of(cast.viewer).get("/w/here/experiments/forecasts/").content.decode()
    assert cast.sales.label in page
    assert "Brier" in page


def test_page_without_forecasts_teaches(cast, client_of):
    page = client_of(cast.viewer).get("/w/here/experiments/forecasts/").content.decode()
    assert "No forecast has met its result yet" in page


def test_timeline_names_those_in_the_way(cast, client_of):
    metric = make_metric(cast.workspace)
    one, other = make_running(cast.product, metric=metric), make_running(cast.product, metric=metric, days=5)
    alone = make_running(cast.product)
    today = timezone.localdate()
    runs = {run.experiment.pk: run for run in runs_between(cast.viewer, today - datetime.timedelta(60), today)}
    assert [overlap.shared for overlap in runs[one.pk].overlaps] == [("metric",)]
    assert runs[other.pk].overlaps[0].first == other.started_on
    assert runs[alone.pk].overlaps == []
    page = client_of(cast.viewer).get("/w/here/experiments/timeline/").content.decode()
    assert f"Same metric in the same days: “{other.title}”" in page
    assert "2 are in each other" in page


def test_timeline_says_once_what_is_shared(cast, client_of):
    metric = make_metric(cast.workspace)
    made = [make_running(cast.product, metric=metric, days=day) for day in (9, 7, 5)]
    page = client_of(cast.viewer).get("/w/here/experiments/timeline/").content.decode()
    assert page.count("Same metric in the same days") == 3
    assert f"Same metric in the same days: “{made[1].title}” and “{made[2].title}”" in page


def test_sum_from_which_luck_takes_nothing_says_so(cast, client_of):
    metric = make_metric(cast.workspace)
    for _number in range(2):
        make_decided(cast.product, cast.sales, (10_000, 1000), (10_000, 1200), metric=metric)
    page = client_of(cast.viewer).get("/w/here/experiments/learned/").content.decode()
    assert page.count("+20\u00a0%") == 2
    assert "nothing to take off yet" in page


def test_timeline_elsewhere_in_time_is_empty(cast, client_of):
    make_running(cast.product)
    client = client_of(cast.viewer)
    for query in ("from=2001-01-01", "from=2001-01-01&months=12"):
        assert "Nothing ran" in client.get(f"/w/here/experiments/timeline/?{query}").content.decode()
    for query in ("from=yesterday", "from=9999-12-31", "months=7000", "from=0001-01-01"):
        assert client.get(f"/w/here/experiments/timeline/?{query}").status_code == 200


def test_planned_ones_stand_where_they_are_planned(cast):
    experiment = make_planned(cast.product)
    today = timezone.localdate()
    start = today + datetime.timedelta(3)
    assert runs_between(cast.viewer, today, today + datetime.timedelta(30)) == []
    set_plan(by=cast.product, experiment=experiment, planned_start=start)
    assert [run.first for run in runs_between(cast.viewer, today, today + datetime.timedelta(30))] == [start]


def test_days_keep_within_their_range():
    first = datetime.date(2026, 1, 1)
    days = Days(first, datetime.date(2026, 1, 10))
    whole = days.stretch(datetime.date(2025, 1, 1), None)
    assert (whole.start, whole.width, whole.open_start, whole.open_end) == (0, 100, True, True)
    one = days.stretch(datetime.date(2026, 1, 2), datetime.date(2026, 1, 2))
    assert (one.start, one.width) == (10, 10)
    assert [month.at for month in days.months()] == [0]
