"""The experiments of the demo: one story, the same whenever it is told."""

from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from experiments.demo.telling import TALES
from experiments.enums import LearningState, Outcome, Result, Signal, Status
from experiments.models import Decision, Entry, Experiment, Learning, Score
from experiments.queries.collisions import collisions_of
from experiments.queries.experiments import complete
from journeys.models import Change, Map
from teams.models import Activity, Comment, Notification, User, Workspace
from teams.services import search

RESULTS = {
    "A code instead of a printed return label": (Outcome.SHIP, Result.WIN),
    "Financing before the equipment": (Outcome.ROLL_BACK, Result.LOSS),
    "The day of arrival in the basket": (Outcome.SHIP, Result.WIN),
    "One red label for every two meters": (Outcome.KEEP, Result.NEUTRAL),
    "The call after the first report, not before": (Outcome.ITERATE, Result.INCONCLUSIVE),
    "Six fields instead of nine": (Outcome.SHIP, Result.WIN),
    "Tell before they ask": (Outcome.SHIP, Result.WIN),
}


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The demo, made once for all tests of this file."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setenv("DEMO_PASSWORD", "three brown ropes")
        call_command("demo", stdout=StringIO())
        yield
        transaction.set_rollback(True)


def find(title: str) -> Experiment:
    return complete(Experiment.objects.all()).get(workspace__slug="demo", title=title)


def test_demo_has_experiments_at_every_step(told, db):
    rows = Experiment.objects.filter(workspace__slug="demo")
    assert Counter(rows.filter(is_template=False).values_list("status", flat=True)) == {
        Status.IDEA: 3,
        Status.PLANNED: 2,
        Status.RUNNING: 3,
        Status.DECIDING: 1,
        Status.DECIDED: 6,
        Status.ARCHIVED: 1,
    }
    assert rows.filter(is_template=True).count() == 1
    assert Experiment.objects.filter(workspace__slug="other").count() == 2


def test_demo_experiments_show_what_the_story_says(told, db):
    """With fixed seeds the numbers are the same each time, whatever the day."""
    decisions = Decision.objects.filter(experiment__workspace__slug="demo").select_related("experiment")
    assert {row.experiment.title: (row.outcome, row.result) for row in decisions} == RESULTS
    assert all(row.proposed_by_id != row.confirmed_by_id for row in decisions)
    effect = decisions.get(experiment__title="Six fields instead of nine").effect
    assert (effect["n"], round(effect["absolute"], 4)) == (9659, 0.0374)
    waiting = decisions.get(confirmed_at=None)
    assert waiting.experiment.title == "Tell before they ask"


def test_demo_running_experiments_have_their_signals(told, db):
    running = Experiment.objects.filter(workspace__slug="demo", status=Status.RUNNING)
    assert dict(running.values_list("title", "signal")) == {
        "Three steps instead of four": Signal.RUNNING,
        "Customers' pictures first": Signal.UNHEALTHY,
        "A letter every second Friday": Signal.NEEDS_DATA,
    }
    steps = find("Three steps instead of four")
    assert (steps.variants.count(), steps.planned_metrics.count()) == (3, 3)
    assert Entry.objects.filter(experiment=steps).values("date").distinct().count() == 22
    assert 5 <= steps.signal_facts["days_left"] <= 25
    assert steps.deviations.count() == 1
    colliding = collisions_of(find("How it feels, from cotton to sheep"))
    assert [found.other.title for found in colliding] == ["Customers' pictures first"]


def test_demo_learnings_are_on_the_maps(told, db):
    learnings = Learning.objects.filter(decision__experiment__workspace__slug="demo")
    assert Counter(learnings.values_list("state", flat=True)) == {LearningState.WRITTEN: 5, LearningState.SUGGESTED: 1}
    for learning in learnings.filter(state=LearningState.WRITTEN).select_related("card", "decision"):
        source = learning.card.sources.get(text__contains=learning.decision.experiment.title)
        assert source.date == timezone.localdate(learning.decision.confirmed_at)
    for journey in Map.objects.filter(workspace__slug="demo"):
        changes = list(Change.objects.filter(map=journey).order_by("revision"))
        assert [change.at for change in changes] == sorted(change.at for change in changes)
        assert [change.revision for change in changes] == list(range(1, journey.revision + 1))


def test_demo_experiments_lie_in_the_past(told, db):
    """What happened is dated as the story has it, in the log as well."""
    now = timezone.now()
    here = Workspace.objects.get(slug="demo")
    rows = Experiment.objects.filter(workspace=here, is_template=False)
    assert all(now - timedelta(days=366) < row.created_at <= row.changed_at < now for row in rows)
    activity = Activity.objects.filter(workspace=here, kind="experiment", object_id__in=rows.values("pk"))
    times = list(activity.order_by("pk").values_list("at", flat=True))
    assert times == sorted(times)
    assert times[-1] < now - timedelta(hours=1)
    comments = Comment.objects.filter(workspace=here, kind="experiment")
    assert comments.exclude(parent=None).count() == 4
    assert comments.latest("created_at").created_at < now
    unread = Notification.objects.filter(workspace=here, kind="experiment", read_at=None)
    assert {"experiment.asked", "experiment.signal"} == set(unread.values_list("verb", flat=True))


def test_demo_scores_can_be_held_against_results(told, db):
    decided = Score.objects.filter(experiment__workspace__slug="demo", experiment__status=Status.DECIDED)
    people = Counter(decided.values_list("scorer_name", flat=True))
    assert len([name for name, times in people.items() if times >= 3]) >= 4
    assert decided.filter(chance=None).count() == 0
    assert find("A host on Saturdays who sells nothing").scores.count() == 0


def test_demo_experiments_are_found_by_what_was_learned(told, db):
    here = Workspace.objects.get(slug="demo")
    assert search.find(workspace_id=here.pk, kind="experiment", text="telephones")
    assert len({tale.title for tale in TALES}) == len(TALES)


def test_demo_experiments_are_shown_on_every_page(told, db, client):
    client.force_login(User.objects.get(email="product@demo.example"))
    root = "/w/demo/experiments/"
    parts = ["", "plan/", "results/", "scores/", "decision/", "report/", "document/"]
    pages = ["", "learned/", "forecasts/", "timeline/", "export/"]
    for experiment in Experiment.objects.filter(workspace__slug="demo", is_template=False):
        pages += [f"{experiment.pk}/{part}" for part in parts]
    assert {page: client.get(root + page).status_code for page in pages} == dict.fromkeys(pages, 200)
