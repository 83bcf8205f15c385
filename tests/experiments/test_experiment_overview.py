"""The overview of an experiment: the hypothesis, the next step with its conditions, and taking it."""

import datetime

import pytest
from django.utils import timezone

from experiments.enums import Status
from experiments.models import Experiment
from experiments.services.experiments import create_experiment
from tests.experiments.made import enter_shares, make_check, make_decided, make_idea, make_planned, make_running
from tests.factories import make_map, make_metric, stage_of

pytestmark = pytest.mark.django_db


def url(experiment: Experiment, end: str = "") -> str:
    return f"/w/here/experiments/{experiment.pk}/{end}"


def status(experiment: Experiment) -> str:
    return Experiment.objects.get(pk=experiment.pk).status


def test_whole_way_by_the_buttons(cast, client_of):
    client, item = client_of(cast.product), make_check(cast.workspace, "It works on phones")
    experiment = make_planned(cast.product)
    page = client.get(url(experiment)).content.decode()
    assert "It works on phones" in page
    assert "Start it" in page
    refused = client.post(url(experiment, "step/"), {"to": "running"})
    assert refused.status_code == 422
    assert "It works on phones" in refused.content.decode()

    ticked = client.post(url(experiment, f"checklist/{item.pk}/"), {"ticked": "0"}, HTTP_HX_REQUEST="true")
    assert 'aria-pressed="true"' in ticked.content.decode()
    day = timezone.localdate() - datetime.timedelta(2)
    client.post(url(experiment, "step/"), {"to": "running", "on": day.isoformat()})
    experiment = Experiment.objects.get(pk=experiment.pk)
    assert (experiment.status, experiment.started_on) == (Status.RUNNING, day)

    enter_shares(cast.product, experiment, (1000, 100), (1000, 130))
    early = client.post(url(experiment, "step/"), {"to": "deciding"})
    assert early.status_code == 422
    assert "Why it stops before its minimum run time" in early.content.decode()
    client.post(url(experiment, "step/"), {"to": "deciding", "deviation": "Payment broke"})
    assert status(experiment) == Status.DECIDING


def test_idea_says_what_is_missing(cast, client_of):
    bare = create_experiment(by=cast.product, title="A thought")
    page = client_of(cast.product).get(url(bare)).content.decode()
    assert "The hypothesis says what changes." in page
    assert page.count('class="missing"') == 4
    assert "disabled" in page


def test_step_that_comes_too_late_is_not_taken(cast, client_of):
    experiment = make_idea(cast.product)
    answer = client_of(cast.product).post(url(experiment, "step/"), {"to": "planned", "seen": experiment.version + 1})
    assert answer.status_code == 422
    assert "meanwhile" in answer.content.decode()
    assert status(experiment) == Status.IDEA


def test_archive_and_back(cast, client_of):
    client, experiment = client_of(cast.product), make_planned(cast.product)
    client.post(url(experiment, "step/"), {"to": "archived"})
    assert status(experiment) == Status.ARCHIVED
    assert "Bring it back" in client.get(url(experiment)).content.decode()
    client.post(url(experiment, "step/"), {"to": "archived"})
    assert status(experiment) == Status.PLANNED


def test_readers_see_and_others_do_not_step(cast, client_of):
    experiment = make_idea(cast.product)
    for who in (cast.viewer, cast.sales):
        client = client_of(who)
        page = client.get(url(experiment)).content.decode()
        assert "Its owner and its team take the steps." in page
        assert client.post(url(experiment, "step/"), {"to": "planned"}).status_code == 403
    assert status(experiment) == Status.IDEA


def test_collisions_are_shown_before_the_start(cast, client_of):
    metric = make_metric(cast.workspace)
    running, planned = make_running(cast.product, metric=metric), make_planned(cast.product, metric=metric)
    page = client_of(cast.product).get(url(planned)).content.decode()
    assert running.title in page
    assert "the same metric" in page


def test_queries_do_not_grow(cast, client_of, django_assert_num_queries):
    client, metric, journey = client_of(cast.viewer), make_metric(cast.workspace), make_map(cast.product)
    planned = make_planned(cast.product, metric=metric, journey=journey)
    make_running(cast.product, metric=metric)
    make_check(cast.workspace)
    client.get(url(planned))
    with django_assert_num_queries(15) as few:
        client.get(url(planned))
    for _number in range(2):
        make_running_beside(cast, metric, journey)
    with django_assert_num_queries(len(few)):
        client.get(url(planned))


def make_running_beside(cast, metric, journey) -> None:
    cast.workspace.checklist.all().delete()
    make_running(cast.product, metric=metric, stage=stage_of(journey))
    make_check(cast.workspace)
    make_check(cast.workspace)


def test_decided_one_says_what_was_learned(cast, client_of):
    experiment = make_decided(cast.product, cast.sales)
    page = client_of(cast.viewer).get(url(experiment)).content.decode()
    assert "A promised date before payment takes the doubt away" in page
