"""The log: which experiments it shows, in which order, and what each line says."""

import datetime

import pytest
from django.utils import timezone

from experiments.enums import Status
from experiments.models import Experiment, Reason
from experiments.services.experiments import create_experiment, edit_experiment, remove_experiment
from experiments.services.scores import give_score, withdraw_score
from experiments.services.steps import take_step
from tests.experiments.made import enter_shares, make_decided, make_idea, make_planned, make_running
from tests.factories import make_card, make_map, make_metric, make_persona, stage_of
from tests.journeys.pages import HTMX, NO_IDS, TEXTS

pytestmark = pytest.mark.django_db
LOG = "/w/here/experiments/"
ICE = {"impact": 8, "confidence": 6, "ease": 4}


def titles(page) -> list[str]:
    assert page.status_code == 200
    return [line.experiment.title for line in page.context["lines"]]


def line(page, experiment):
    return next(line for line in page.context["lines"] if line.experiment == experiment)


def touched(experiment: Experiment, days: int) -> None:
    """As if it had been changed so many days ago."""
    moment = timezone.now() - datetime.timedelta(days)
    Experiment.objects.filter(pk=experiment.pk).update(changed_at=moment)


def test_lines_say_what_and_where_and_how_it_stands(cast, client_of):
    journey = make_map(cast.product, title="Trial to renewal")
    card = make_card(cast.product, journey, title="Asks when it comes")
    idea = make_idea(cast.product, title="Date first", card=card, metric=make_metric(cast.workspace, "Basket to paid"))
    running = make_running(cast.product, journey=journey, days=9)
    harmed = make_running(cast.product, journey=journey)
    enter_shares(cast.product, harmed, (10_000, 1200), (9_000, 1200))
    decided = make_decided(cast.product, cast.sales, journey=journey)
    page = client_of(cast.viewer).get(LOG)

    assert titles(page) == [decided.title, harmed.title, running.title, "Date first"]
    said = " ".join(page.text.split())
    for text in [
        "If we show the delivery date before payment, then Basket to paid will rise by 4 %, because buyers ask",
        f'/maps/{journey.pk}/?card={card.pk}">Try · Asks when it comes</a>',
        "Trial to renewal",
        "Needs data",
        "Unhealthy",
        "Ship · Win",
        "day 10 of 38",
        "Not scored",
        "Product Editor",
        "a moment ago",
    ]:
        assert text in said, text
    assert line(page, idea).days is None
    assert line(page, decided).planned_days is None
    assert f'href="/w/here/experiments/{idea.pk}/"' in said


def test_only_live_experiments_of_the_workspace(cast, client_of):
    kept = make_idea(cast.product)
    remove_experiment(by=cast.product, experiment=make_idea(cast.product))
    create_experiment(by=cast.product, title="A template", is_template=True)
    make_idea(cast.stranger, title="Secret plan")
    archived = take_step(by=cast.product, experiment=make_idea(cast.product), to=Status.ARCHIVED)
    client = client_of(cast.viewer)

    assert titles(client.get(LOG)) == [kept.title]
    assert titles(client.get(f"{LOG}?status=archived")) == [archived.title]
    assert titles(client.get(f"{LOG}?q=delivery")) == [archived.title, kept.title]
    assert client_of(cast.stranger).get(LOG).status_code == 404


def test_filters_stand_in_the_address(cast, client_of):
    journey, other = make_map(cast.product), make_map(cast.sales)
    reason = Reason.objects.create(workspace=cast.workspace, name="More trust")
    persona, metric = make_persona(cast.workspace), make_metric(cast.workspace)
    card = make_card(cast.product, journey, stage=1)
    team = cast.workspace.teams.get(name="Sales")
    fields = {"persona": persona, "reason": reason, "team": team}
    first = make_idea(cast.product, card=card, title="First", change="Ask for a review", **fields)
    second = make_idea(cast.sales, stage=stage_of(other), title="Second", opportunity=card)
    planned = {"metrics": [{"metric": metric, "role": "primary"}]}
    third = make_running(cast.sales, stage=stage_of(journey, 1), title="Third", plan=planned)
    won = make_decided(cast.product, cast.sales, journey=other, title="Won", metric=metric)
    touched(first, 1), touched(second, 2), touched(third, 3), touched(won, 4)
    client = client_of(cast.sales)

    for query, expected in {
        "": ["First", "Second", "Third", "Won"],
        "q=review": ["First"],
        "q=nobody": [],
        "status=idea": ["First", "Second"],
        "status=running": ["Third"],
        "signal=needs-data": ["Third"],
        "signal=ready-to-decide": [],
        "mine=1": ["Second", "Third"],
        f"owner={cast.product.pk}": ["First", "Won"],
        f"team={team.pk}": ["First"],
        f"map={journey.pk}": ["First", "Third"],
        f"stage={stage_of(journey, 1).pk}": ["First", "Third"],
        f"map={other.pk}&stage={stage_of(journey, 1).pk}": ["Second", "Won"],
        f"card={card.pk}": ["First", "Second"],
        f"persona={persona.pk}": ["First"],
        f"metric={metric.pk}": ["Third", "Won"],
        f"reason={reason.pk}": ["First"],
        "outcome=ship": ["Won"],
        "result=win": ["Won"],
        "result=loss": [],
        f"result=win&owner={cast.sales.pk}": [],
        "sort=start": ["Won", "Third", "Second", "First"],
    }.items():
        assert (query, sorted(titles(client.get(f"{LOG}?{query}")))) == (query, sorted(expected))
    assert titles(client.get(LOG)) == ["First", "Second", "Third", "Won"]
    assert set(titles(client.get(f"{LOG}?sort=start"))[:2]) == {"Won", "Third"}


def test_wrong_filters_are_still_a_page(cast, client_of):
    make_idea(cast.product)
    client = client_of(cast.viewer)
    names = ["status", "signal", "owner", "team", "map", "stage", "card", "persona", "metric", "reason", "outcome"]
    tried = [
        {name: text} for name in [*names, "result", "page", "sort", "mine", "q"] for text in ["\x00", "9" * 18, "x"]
    ]
    for asked in [*tried, *[{"q": text, "owner": text} for text in [*NO_IDS, *TEXTS.values()]]]:
        page = client.get(LOG, asked)
        assert (asked, page.status_code) == (asked, 200)
        assert "<script>alert" not in page.text
    assert titles(client.get(f"{LOG}?status=dead")) == []
    assert "No experiment fits" in client.get(f"{LOG}?status=dead").text


def test_a_stage_brings_the_stages_of_its_map(cast, client_of):
    journey = make_map(cast.product)
    make_idea(cast.product, journey=journey)
    client = client_of(cast.viewer)
    page = client.get(LOG, {"stage": stage_of(journey, 2).pk})
    assert [label for _pk, label in page.context["stages"].options] == ["Try", "Buy", "Keep"]
    assert f'<option value="{stage_of(journey, 2).pk}" selected>Keep</option>' in page.text
    assert f'<option value="{journey.pk}" selected>' in page.text
    answer = client.get(LOG, {"map": journey.pk}, headers=HTMX).text
    assert answer.strip().startswith('<div class="stack" id="experiments">')
    assert 'id="stage-filter" hx-swap-oob="true"' in answer
    assert "<html" not in answer


def test_scores_are_blind_in_line_and_order(cast, client_of):
    low, high = make_idea(cast.product, title="Low"), make_idea(cast.product, title="High")
    started = make_running(cast.product, title="Started", days=1)
    give_score(by=cast.sales, experiment=low, values=ICE | {"impact": 2})
    give_score(by=cast.sales, experiment=high, values=ICE)
    give_score(by=cast.marketing, experiment=high, values=ICE | {"ease": 10})
    Experiment.objects.filter(pk=started.pk).update(score=5)
    touched(low, 1), touched(high, 2), touched(started, 3)
    ordered = f"{LOG}?sort=score"

    reader = client_of(cast.viewer).get(ordered)
    assert titles(reader) == ["High", "Started", "Low"]
    assert (line(reader, high).score, line(reader, high).count) == (7, 2)

    giver = client_of(cast.marketing).get(ordered)
    assert titles(giver) == ["High", "Started", "Low"]
    assert (line(giver, low).score, line(giver, low).blind) == (None, True)
    assert "1 score, yours is missing" in giver.text

    withdraw_score(by=cast.marketing, experiment=high)
    other = client_of(cast.marketing).get(ordered)
    assert titles(other) == ["Started", "Low", "High"]
    high.refresh_from_db()
    assert high.score == 6


def test_pages_keep_the_filters(cast, client_of):
    stage = stage_of(make_map(cast.product))
    for number in range(31):
        create_experiment(by=cast.product, title=f"Idea {number}", stage=stage)
    first = client_of(cast.viewer).get(f"{LOG}?status=idea")
    assert len(titles(first)) == 30
    assert 'rel="next" href="?status=idea&amp;page=2"' in first.text
    assert titles(client_of(cast.viewer).get(f"{LOG}?status=idea&page=2")) == ["Idea 0"]
    assert 'href="?status=planned"' in client_of(cast.viewer).get(f"{LOG}?status=idea&page=2").text


def test_one_and_many_take_the_same_queries(cast, client_of, django_assert_num_queries):
    client = client_of(cast.product)
    make_decided(cast.product, cast.sales)
    client.get(LOG)  # the first page is noted in the session
    # session, person, membership with what waits for it; members, teams, personas, metrics, reasons, maps to choose
    # from; ids of experiments, the experiments with their plans, their decisions, their scores
    expected = 13
    with django_assert_num_queries(expected):
        client.get(LOG)
    for _number in range(5):
        give_score(by=cast.sales, experiment=make_planned(cast.sales), values=ICE)
        make_decided(cast.product, cast.sales)
    with django_assert_num_queries(expected):
        assert len(titles(client.get(LOG))) == 11
    with django_assert_num_queries(expected):
        client.get(f"{LOG}?sort=score&status=planned")


def test_empty_log_teaches_the_next_step(cast, client_of):
    assert "No experiment yet" in client_of(cast.product).get(LOG).text
    assert "experiments/new/" not in client_of(cast.viewer).get(LOG).text


def test_hypothesis_of_unkind_texts_is_shown_as_text(cast, client_of):
    for text in TEXTS.values():
        experiment = make_idea(cast.product, change=text, because=text, audience=text)
        edit_experiment(by=cast.product, experiment=experiment, title=text)
    page = client_of(cast.viewer).get(LOG).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert" in page
