"""One page for paper, and the log as a table."""

import csv
import io

import pytest

from experiments.enums import Status
from experiments.models import Experiment
from experiments.services.plans import set_plan
from experiments.services.scores import give_score
from experiments.services.steps import take_step
from tests.experiments.made import enter_shares, make_decided, make_idea, make_running
from tests.factories import make_map

pytestmark = pytest.mark.django_db


def table(client, cast, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/w/{cast.workspace.slug}/experiments/export/{query}")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_report_says_all_of_a_decided_experiment(cast, client):
    journey = make_map(cast.product)
    experiment = make_running(cast.product, journey=journey)
    enter_shares(cast.product, experiment, (10_000, 1000), (10_000, 1200))
    set_plan(by=cast.product, experiment=experiment, deviation="Less traffic than hoped", planned_total=18_000)
    decided = make_decided(cast.product, cast.sales, journey=journey)
    client.force_login(cast.viewer.user)
    text = client.get(f"/w/{cast.workspace.slug}/experiments/{decided.pk}/report/").content.decode()
    for words in ("If we show the delivery date", "A promised date", "Win", "The effect as each look saw it"):
        assert words in text, words
    text = client.get(f"/w/{cast.workspace.slug}/experiments/{experiment.pk}/report/").content.decode()
    assert "Less traffic than hoped" in text
    idea = make_idea(cast.product, journey=journey)
    assert "No results yet" in client.get(f"/w/{cast.workspace.slug}/experiments/{idea.pk}/report/").content.decode()


def test_table_has_the_filters_of_the_log(cast, client):
    journey = make_map(cast.product)
    decided = make_decided(cast.product, cast.sales, journey=journey)
    idea = make_idea(cast.product, journey=journey, title='=HYPERLINK("x")')
    archived = make_idea(cast.product, journey=journey)
    take_step(by=cast.product, experiment=archived, to=Status.ARCHIVED)
    client.force_login(cast.sales.user)
    rows = table(client, cast)
    assert {int(row["id"]) for row in rows} == {decided.pk, idea.pk}
    found = {int(row["id"]): row for row in rows}
    assert found[idea.pk]["title"] == '\'=HYPERLINK("x")'
    assert (found[decided.pk]["decision"], found[decided.pk]["result"]) == ("ship", "win")
    assert float(found[decided.pk]["effect"]) == pytest.approx(0.2)
    assert [int(row["id"]) for row in table(client, cast, "?status=archived")] == [archived.pk]
    assert table(client, cast, "?owner=999999999") == []


def test_table_hides_scores_as_the_log_does(cast, client):
    idea = make_idea(cast.product)
    give_score(by=cast.product, experiment=idea, values={"impact": 5, "confidence": 5, "ease": 8})
    client.force_login(cast.sales.user)
    assert [(row["score"], row["scores"]) for row in table(client, cast)] == [("", "1")]
    client.force_login(cast.product.user)
    assert [(row["score"], row["scores"]) for row in table(client, cast)] == [("6", "1")]


def test_table_costs_the_same_queries_for_more_rows(cast, client, django_assert_max_num_queries):
    journey, first = make_map(cast.product), make_idea(cast.product)
    for _ in range(8):
        make_idea(cast.product, journey=journey, metric=first.metric)
    assert Experiment.objects.count() == 9
    client.force_login(cast.sales.user)
    with django_assert_max_num_queries(10):  # who asks, the ids, then three for each 250 rows
        assert len(table(client, cast)) == 9
