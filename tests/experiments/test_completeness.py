"""A half-entered day makes no alarm and no effect: what counts, what waits for what, and how that is said."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.completeness_words import incomplete
from experiments.enums import Signal
from experiments.models import Experiment
from experiments.queries.analysis import analysis_of
from experiments.queries.assessment import assess_now
from experiments.queries.completeness import counted
from experiments.services.results import Cell, record_results
from experiments.stats.sums import ShareSums
from tests.api import program
from tests.experiments.made import VARIANTS, enter_shares, make_running
from tests.factories import make_metric

START = datetime.date(2026, 3, 1)
SUMS = ShareSums(100, 10)


def day(number: int) -> datetime.date:
    return START + datetime.timedelta(number)


def days(*numbers: int) -> dict[datetime.date, ShareSums]:
    return {day(number): SUMS for number in numbers}


def test_last_day_that_all_variants_have():
    rows = {"a": days(0, 1, 2, 3), "b": days(0, 1, 2)}
    found = counted(rows, ["a", "b"], days(0, 1, 2, 3))
    assert (found.until, found.waiting.day, found.waiting.missing) == (day(2), day(3), ("b",))
    assert found.days == {"a": days(0, 1, 2), "b": days(0, 1, 2)}
    assert not found.gaps


def test_metric_waits_for_days_that_others_have():
    found = counted({"a": days(0), "b": days(0)}, ["a", "b"], days(0, 1))
    assert (found.until, found.waiting.day, found.waiting.whole) == (day(0), day(1), True)


def test_earlier_gaps_are_told_and_counted():
    found = counted({"a": days(0, 1, 2), "b": days(0, 2)}, ["a", "b"], days(0, 1, 2))
    assert (found.until, found.waiting) == (day(2), None)
    assert [(one.day, one.missing) for one in found.gaps] == [(day(1), ("b",))]
    assert found.days["a"] == days(0, 1, 2)


def test_variant_that_gets_nobody_is_not_waited_for():
    found = counted({"a": days(0, 1), "b": {}, "c": days(0, 1)}, ["a", "c"], days(0, 1))
    assert (found.until, found.waiting, found.gaps) == (day(1), None, ())


def test_nothing_counts_before_a_day_is_whole():
    found = counted({"a": days(0), "b": days(1)}, ["a", "b"], days(0, 1))
    assert (found.until, found.waiting.day, found.days) == (None, day(0), {"a": {}, "b": {}})


@given(st.lists(st.sets(st.integers(0, 8)), min_size=2, max_size=4))
def test_what_counts_ends_with_a_whole_day_and_waits_for_the_next(columns):
    rows = {str(number): days(*sorted(column)) for number, column in enumerate(columns)}
    found = counted(rows, list(rows), {one for of_variant in rows.values() for one in of_variant})
    whole = set.intersection(*[set(of_variant) for of_variant in rows.values()])
    assert found.until == max(whole, default=None)
    kept = [one for of_variant in found.days.values() for one in of_variant]
    assert max(kept, default=None) == found.until
    later = [one for of_variant in rows.values() for one in of_variant if found.until is None or one > found.until]
    assert (found.waiting.day if found.waiting else None) == min(later, default=None)


def enter_one(cast, experiment: Experiment, variant: int, n: int, successes: int, *, on: int, metric: int = 0) -> None:
    planned = experiment.planned_metrics.all()[metric]
    date = experiment.started_on + datetime.timedelta(on)
    sums = {"n": n, "successes": successes}
    record_results(
        by=cast.product, experiment=experiment, cells=[Cell(experiment.variants.all()[variant], planned, date, sums)]
    )


@pytest.mark.django_db
@pytest.mark.parametrize("counting", ["daily", "to-date"])
def test_half_entered_day_makes_no_alarm_and_no_effect(cast, counting):
    experiment = make_running(cast.product, plan={"counting": counting}, days=4)
    enter_shares(cast.product, experiment, (2000, 200), (2000, 204))
    before = analysis_of(experiment).measured[0].analysis
    enter_one(cast, experiment, 0, 4000, 900, on=1)
    (one,) = analysis_of(experiment).measured
    assert one.analysis == before
    assert not one.analysis.sample_ratio.suspect
    assert Experiment.objects.get(pk=experiment.pk).signal == Signal.RUNNING
    enter_one(cast, experiment, 1, 4000, 900, on=1)
    assert analysis_of(experiment).measured[0].until == experiment.started_on + datetime.timedelta(1)


@pytest.mark.django_db
def test_page_names_the_day_that_it_waits_for(cast, client_of):
    experiment = make_running(cast.product, days=4)
    enter_shares(cast.product, experiment, (2000, 200), (2000, 204))
    enter_one(cast, experiment, 0, 2000, 190, on=1)
    first, second = (
        f"{one.day} {one:%b %Y}" for one in (experiment.started_on + datetime.timedelta(n) for n in (0, 1))
    )
    told = f"Up to {first}; {second} is not complete yet: there are no results of Delivery date first."
    for part in ("results/", "report/"):
        page = client_of(cast.viewer).get(f"/w/here/experiments/{experiment.pk}/{part}").content.decode()
        assert told in page
        assert "Not as planned" not in page
    assert page.count(second) == 1


@pytest.mark.django_db
def test_metrics_wait_each_for_themselves(cast):
    primary, guard = make_metric(cast.workspace, "Paid"), make_metric(cast.workspace, "Refunds")
    metrics = [{"metric": primary}, {"metric": guard, "role": "guardrail", "goal": "decrease"}]
    experiment = make_running(cast.product, metric=primary, plan={"metrics": metrics}, days=5)
    for on in (0, 1):
        enter_shares(cast.product, experiment, (2000, 200), (2000, 204), day=on)
    enter_shares(cast.product, experiment, (2000, 20), (2000, 21), metric=1)
    enter_one(cast, experiment, 0, 2000, 20, on=1, metric=1)
    readout = analysis_of(experiment)
    assert [one.until for one in readout.measured] == [readout.until, experiment.started_on]
    (told,) = incomplete(readout, {"treatment": "New"})
    assert told.endswith("is not complete yet: there are no results of Refunds (New).")
    assert "users-differ" not in [note.code for note in assess_now(experiment).reasons]


@pytest.mark.django_db
def test_variant_without_any_results_is_named(cast, client_of):
    experiment = make_running(cast.product, days=4)
    enter_one(cast, experiment, 0, 2000, 190, on=0)
    kept = Experiment.objects.get(pk=experiment.pk)
    assert kept.signal == Signal.NEEDS_DATA
    assert [(one["code"], one["values"]["variant"]) for one in kept.signal_facts["reasons"]] == [
        ("variant-missing", "treatment")
    ]
    page = client_of(cast.viewer).get(f"/w/here/experiments/{experiment.pk}/results/").content.decode()
    assert "is not complete yet: there are no results of Delivery date first." in page
    assert "No results yet" not in page
    assert client_of(cast.viewer).get(f"/w/here/experiments/{experiment.pk}/").status_code == 200


@pytest.mark.django_db
def test_variant_that_stays_away_is_unhealthy(cast):
    experiment = make_running(cast.product, days=20)
    enter_shares(cast.product, experiment, (2000, 200), (2000, 204))
    for on in range(1, 19):
        enter_one(cast, experiment, 0, 200, 20, on=on)
    found = assess_now(Experiment.objects.get(pk=experiment.pk))
    assert (found.status.value, [(note.code.value, dict(note.values)) for note in found.reasons]) == (
        "unhealthy",
        [("incomplete", {"days": 20})],
    )


@pytest.mark.django_db
def test_days_without_a_variant_in_between_are_told(cast, client_of):
    experiment = make_running(cast.product, days=4)
    for on in (0, 2):
        enter_shares(cast.product, experiment, (2000, 200), (2000, 204), day=on)
    enter_one(cast, experiment, 0, 7, 1, on=1)
    page = client_of(cast.viewer).get(f"/w/here/experiments/{experiment.pk}/results/").content.decode()
    assert "has no results of Delivery date first, and counts as a day without users there." in page
    assert analysis_of(experiment).measured[0].variants[0].summary.n == 4007


@pytest.mark.django_db
def test_api_states_the_day_and_what_it_waits_for(cast):
    experiment = make_running(cast.product, days=4)
    path = f"experiments/{experiment.pk}/analysis/"
    caller = program(cast.workspace)
    assert (caller.get(path).json()["until"], caller.get(path).json()["metrics"][0]["waiting"]) == (None, None)
    enter_shares(cast.product, experiment, (2000, 200), (2000, 204))
    enter_one(cast, experiment, 0, 2000, 190, on=1)
    answer = caller.get(path).json()
    first, second = ((experiment.started_on + datetime.timedelta(on)).isoformat() for on in (0, 1))
    assert (answer["until"], answer["metrics"][0]["until"]) == (first, first)
    assert answer["metrics"][0]["waiting"] == {"date": second, "missing": [VARIANTS[1]["key"]]}
