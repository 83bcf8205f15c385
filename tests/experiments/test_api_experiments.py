"""The experiment log for programs: from the idea to the decision."""

import datetime

import pytest
from django.utils import timezone

from experiments.models import Experiment, Plan
from teams.enums import Role
from teams.models import SearchWord
from teams.services import search
from tests.api import errors_of, program
from tests.experiments.made import enter_shares, make_decided, make_deciding, make_idea, make_running
from tests.factories import make_map, make_metric, stage_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(cast):
    return program(cast.workspace)


def plan_of(metric) -> dict:
    return {
        "minimum_effect": 0.05,
        "planned_total": 20000,
        "minimum_days": 1,
        "planned_end": (timezone.localdate() + datetime.timedelta(20)).isoformat(),
        "variants": [
            {"key": "control", "name": "As it is", "weight": 0.5},
            {"key": "new", "name": "New", "weight": 0.5},
        ],
        "metrics": [{"metric": metric.pk, "role": "primary", "kind": "proportion"}],
    }


def test_program_runs_an_experiment(cast, caller):
    journey, metric = make_map(cast.product), make_metric(cast.workspace)
    idea = {
        "title": "Date first",
        "owner": cast.product.pk,
        "change": "Show the date",
        "because": "They ask",
        "metric": metric.pk,
        "expected_effect": 0.04,
        "stage": stage_of(journey).pk,
        "evidence": [{"kind": "interview", "text": "Five of eight asked", "date": "2026-10-01"}],
    }
    made = caller.post("experiments/", idea)
    assert made.status_code == 201
    path = f"experiments/{made.json()['id']}/"
    assert caller.get(made["Location"].removeprefix("/api/v1/")).json()["evidence"][0]["text"] == "Five of eight asked"

    assert caller.patch(f"{path}plan/", plan_of(metric)).json()["variants"][1]["key"] == "new"
    assert caller.put(f"{path}status/", {"status": "planned"}).json()["status"] == "planned"
    day = timezone.localdate() - datetime.timedelta(2)
    running = caller.put(f"{path}status/", {"status": "running", "on": day.isoformat()})
    assert (running.json()["started_on"], running.json()["signal"]) == (day.isoformat(), "needs-data")

    rows = [
        {"variant": key, "metric": metric.pk, "date": day.isoformat(), "n": 9000, "successes": successes}
        for key, successes in [("control", 900), ("new", 1100)]
    ]
    assert len(caller.post(f"{path}results/", {"results": rows}).json()["results"]) == 2
    assert caller.get(f"{path}results/").json()["results"][1]["successes"] == 1100
    readout = caller.get(f"{path}analysis/").json()
    assert readout["signal"] == "ready-to-decide"
    assert readout["metrics"][0]["analysis"]["comparisons"][0]["verdict"] == "better"

    caller.put(f"{path}status/", {"status": "deciding"})
    decision = caller.post(
        "decisions/", {"experiment": made.json()["id"], "outcome": "ship", "why": "Better", "learned": "Dates calm"}
    )
    assert (decision.status_code, decision.json()["result"], decision.json()["variant"]) == (201, "win", "new")
    answer = caller.put(f"decisions/{decision.json()['id']}/answer/", {"answer": "confirm"})
    assert answer.status_code == 403  # only people confirm


def test_errors_are_at_their_fields(cast, caller):
    metric = make_metric(cast.workspace)
    experiment = make_idea(cast.product, metric=metric)
    path = f"experiments/{experiment.pk}/"
    plan = plan_of(metric)
    plan["variants"][1]["weight"] = 0.6
    assert errors_of(caller.patch(f"{path}plan/", plan)).keys() == {"variants"}
    plan = plan_of(metric) | {"metrics": [{"metric": metric.pk, "minimum_effect": -1}]}
    assert errors_of(caller.patch(f"{path}plan/", plan)).keys() == {"metrics.0.minimum_effect"}
    assert errors_of(caller.patch(f"{path}plan/", {"alpha": 7, "nothing": 1})).keys() == {"alpha", "nothing"}
    assert errors_of(caller.put(f"{path}status/", {"status": "running"})).keys() == {"status"}
    assert errors_of(caller.patch(path, {"owner": cast.stranger.pk, "goal": "up"})).keys() == {"owner", "goal"}


def test_wrong_results_change_nothing(cast, caller):
    experiment = make_running(cast.product)
    metric, day = experiment.metric_id, experiment.started_on.isoformat()
    good = {"variant": "control", "metric": metric, "date": day, "n": 10, "successes": 1}
    rows = [good, good | {"variant": "treatment", "successes": 11}]
    path = f"experiments/{experiment.pk}/results/"
    assert errors_of(caller.post(path, {"results": rows})).keys() == {"results.1"}
    assert errors_of(caller.post(path, {"results": [good | {"variant": "x", "metric": 999_999}]})).keys() == {
        "results.0.variant",
        "results.0.metric",
    }
    assert errors_of(caller.post(path, {"results": [good | {"date": "2999-01-01"}]})).keys() == {"results.0"}
    assert not experiment.entries.exists()


def test_person_confirms_by_the_api(cast):
    from tests.api import Program

    experiment = make_deciding(cast.product)
    caller = program(cast.workspace)
    decision = caller.post(
        "decisions/", {"experiment": experiment.pk, "outcome": "ship", "why": "Better", "learned": "Dates calm"}
    ).json()
    person = Program()
    person.client.force_login(cast.sales.user, backend="django.contrib.auth.backends.ModelBackend")
    path = f"decisions/{decision['id']}/answer/"
    assert errors_of(person.put(path, {"answer": "return"})).keys() == {"why"}
    assert person.put(path, {"answer": "confirm"}).json()["confirmed_by"] == cast.sales.label
    assert Experiment.objects.get(pk=experiment.pk).status == "decided"


def test_filters(cast, caller):
    idea = make_idea(cast.product)
    decided = make_decided(cast.product, cast.sales)
    found = {
        query: [row["id"] for row in caller.get(f"experiments/?{query}").json()["results"]]
        for query in ["status=idea", "result=win", "outcome=keep", f"stage={idea.stage_id}", f"q={decided.title}"]
    }
    assert found["status=idea"] == [idea.pk]
    assert found["result=win"] == [decided.pk]
    assert found["outcome=keep"] == []
    assert found[f"stage={idea.stage_id}"] == [idea.pk]
    assert decided.pk in found[f"q={decided.title}"]
    assert caller.get("experiments/?status=nothing").status_code == 400


def test_list_costs_the_same_however_long(cast, caller, django_assert_num_queries):
    make_idea(cast.product)
    caller.get("experiments/")
    with django_assert_num_queries(8) as few:
        caller.get("experiments/")
    journey = make_map(cast.product)
    for _number in range(3):
        enter_shares(cast.product, make_running(cast.product, journey=journey), (100, 10), (100, 12))
    with django_assert_num_queries(len(few)):
        caller.get("experiments/")


def test_editor_key_without_the_team_changes_nothing(cast):
    experiment = make_idea(cast.product)
    outsider = program(cast.workspace, Role.EDITOR)
    for answer in (
        outsider.patch(f"experiments/{experiment.pk}/", {"title": "Mine"}),
        outsider.patch(f"experiments/{experiment.pk}/plan/", {"alpha": 0.1}),
        outsider.put(f"experiments/{experiment.pk}/status/", {"status": "planned"}),
        outsider.post(f"experiments/{experiment.pk}/results/", {"results": []}),
    ):
        assert answer.status_code == 403


def test_results_come_in_pages_and_by_filters(cast, caller, django_assert_num_queries):
    experiment = make_running(cast.product)
    first = experiment.started_on
    for day in range(4):
        enter_shares(cast.product, experiment, (100 + day, 10), (200 + day, 20), day=day)
    enter_shares(cast.product, experiment, (107, 11), (200, 20))
    path = f"experiments/{experiment.pk}/results/"
    with django_assert_num_queries(3):
        page = caller.get(f"{path}?page_size=3").json()
    assert page["previous"] is None
    rows, dates = page["results"], []
    while page["next"]:
        page = caller.get(page["next"].partition("/api/v1/")[2]).json()
        rows += page["results"]
    assert len(rows) == 8
    assert {(row["variant"], row["n"]) for row in rows if row["date"] == first.isoformat()} == {
        ("control", 107),
        ("treatment", 200),
    }
    dates = [row["date"] for row in rows]
    assert dates == sorted(dates)
    day = (first + datetime.timedelta(2)).isoformat()
    for query, count in [
        ("variant=control", 4),
        (f"metric={experiment.metric_id}", 8),
        ("metric=999999", 0),
        (f"date_from={day}", 4),
        (f"date_to={day}&variant=treatment", 3),
    ]:
        assert len(caller.get(f"{path}?{query}").json()["results"]) == count


@pytest.mark.parametrize(
    "query",
    ["variant=%00", "metric=x", "metric=0", "date_from=1.2.2026", "page=2", "cursor=x", "page_size=0", "until="],
)
def test_results_by_nonsense(cast, caller, query):
    answer = caller.get(f"experiments/{make_running(cast.product).pk}/results/?{query}")
    assert answer.status_code == 400
    assert errors_of(answer).keys() == {query.partition("=")[0]}


def test_results_of_strangers_are_not_there(cast, caller):
    foreign = make_running(cast.stranger)
    assert caller.get(f"experiments/{foreign.pk}/results/").status_code == 404


def test_entering_answers_what_was_entered_alone(cast, caller):
    experiment = make_running(cast.product)
    enter_shares(cast.product, experiment, (100, 10), (100, 12))
    day = (experiment.started_on + datetime.timedelta(1)).isoformat()
    row = {"variant": "control", "metric": experiment.metric_id, "date": day, "n": 7, "successes": 1}
    (entered,) = caller.post(f"experiments/{experiment.pk}/results/", {"results": [row]}).json()["results"]
    assert {name: entered[name] for name in row} == row


def test_words_find_all_that_have_them(cast, caller):
    """Also where more have the words than a search of the site shows."""
    made = [Experiment(workspace=cast.workspace, owner=cast.product, title=f"Shorter {n}") for n in range(620)]
    made = Experiment.objects.bulk_create(made)
    words = [
        entry
        for one in made
        for entry in search.entries(
            workspace_id=cast.workspace.pk, kind="experiment", object_id=one.pk, title=one.title
        )
    ]
    SearchWord.objects.bulk_create(words)
    Plan.objects.bulk_create([Plan(experiment=one) for one in made])
    found, page = 0, caller.get("experiments/?q=short&page_size=200").json()
    while page:
        found += len(page["results"])
        page = page["next"] and caller.get(page["next"].partition("/api/v1/")[2]).json()
    assert found == 620
    assert caller.get("experiments/?q=%21%21").json()["results"] == []
