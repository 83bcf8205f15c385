"""The overview of an experiment: the hypothesis, the next step with its conditions, and taking it."""

import datetime

import pytest
from django.utils import timezone

from experiments.enums import Status
from experiments.models import Experiment
from experiments.services.copies import save_as_template
from experiments.services.experiments import create_experiment
from experiments.services.steps import take_step
from tests.experiments.made import enter_shares, make_check, make_decided, make_idea, make_planned, make_running
from tests.factories import make_map, make_metric, stage_of
from tests.journeys.pages import said, undo_of

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


def test_what_is_missing_leads_to_where_it_is_done(cast, client_of):
    idea = create_experiment(by=cast.product, title="A thought")
    assert f'<a href="{url(idea, "edit/")}">The hypothesis says what changes.</a>' in page_of(
        client_of, cast.product, idea
    )
    assert f'href="{url(idea, "edit/")}"' not in page_of(client_of, cast.sales, idea)
    planned = take_step(by=cast.product, experiment=make_idea(cast.product), to=Status.PLANNED)
    assert page_of(client_of, cast.product, planned).count(f'<a href="{url(planned, "plan/edit/")}">') == 5
    running = make_running(cast.product)
    assert f'<a href="{url(running, "results/")}">It has results.</a>' in page_of(client_of, cast.product, running)


def test_end_that_is_dated_back_asks_for_its_reason(cast, client_of):
    experiment = make_running(cast.product, days=20)
    enter_shares(cast.product, experiment, (1000, 100), (1000, 130))
    client, day = client_of(cast.product), experiment.started_on + datetime.timedelta(1)
    given = {"to": "deciding", "on": day.isoformat()}
    refused = client.post(url(experiment, "step/"), given)
    assert refused.status_code == 422
    assert 'name="deviation"' in refused.text
    assert client.post(url(experiment, "step/"), given | {"deviation": "Payment broke"}).status_code == 302
    assert "Payment broke" in client.get(url(experiment)).text
    tomorrow = timezone.localdate() + datetime.timedelta(1)
    late = client.post(url(make_planned(cast.product), "step/"), {"to": "running", "on": tomorrow.isoformat()})
    assert (late.status_code, "still to come" in late.text) == (422, True)


def test_days_left_are_not_said_of_what_is_over(cast, client_of):
    experiment = make_decided(cast.product, cast.sales)
    Experiment.objects.update(signal="running", signal_facts={"days_left": 28, "reasons": []})
    assert "About 28 days left" not in page_of(client_of, cast.viewer, experiment)
    Experiment.objects.update(status="deciding")
    assert "About 28 days left" not in page_of(client_of, cast.viewer, experiment)
    Experiment.objects.update(status="running")
    assert "About 28 days left" in page_of(client_of, cast.viewer, experiment)


def test_next_try_begins_from_the_decision(cast, client_of):
    experiment = make_decided(cast.product, cast.sales)
    assert "Write the next try" not in page_of(client_of, cast.viewer, experiment)
    assert "Write the next try" in page_of(client_of, cast.sales, experiment)
    client_of(cast.sales).post(url(experiment, "copy/"), {"follow_up": "1"})
    following = Experiment.objects.latest("pk")
    assert "A promised date" in following.evidence.get().text
    assert f'<a href="{url(experiment)}">{experiment.title}</a>' in page_of(client_of, cast.viewer, following)


def test_template_has_no_steps_but_a_use(cast, client_of):
    template = save_as_template(by=cast.product, experiment=make_planned(cast.product))
    page = page_of(client_of, cast.sales, template)
    assert f"?template={template.pk}" in page
    assert "Plan it" not in page
    assert (url(template, "plan/") in page, url(template, "results/") in page) == (True, False)
    assert "?template=" not in page_of(client_of, cast.viewer, template)
    refused = client_of(cast.product).post(url(template, "step/"), {"to": "planned"})
    assert (refused.status_code, "A template stays one" in refused.text) == (422, True)


def page_of(client_of, member, experiment: Experiment) -> str:
    return client_of(member).get(url(experiment)).text


def test_step_that_comes_too_late_is_not_taken(cast, client_of):
    experiment = make_idea(cast.product)
    answer = client_of(cast.product).post(url(experiment, "step/"), {"to": "planned", "seen": experiment.version + 1})
    assert answer.status_code == 422
    assert "meanwhile" in answer.content.decode()
    assert status(experiment) == Status.IDEA


def test_archive_and_back(cast, client_of):
    client, experiment = client_of(cast.product), make_planned(cast.product)
    archived = client.post(url(experiment, "step/"), {"to": "archived"})
    assert status(experiment) == Status.ARCHIVED
    assert client_of(cast.sales).post(undo_of(archived)).status_code == 403
    client.post(undo_of(archived))
    assert status(experiment) == Status.PLANNED
    again = client.post(undo_of(archived))
    assert (again.status_code, said(again)[-1]) == (302, "It is not archived.")
    client.post(url(experiment, "step/"), {"to": "archived"})
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
