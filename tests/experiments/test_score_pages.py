"""Scores: given blind, shown with their spread, closed at the start."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from experiments.enums import ScoreModel
from experiments.queries.scores import scores_of
from experiments.scoring import spread, total
from experiments.services.practice import edit_practice
from experiments.services.scores import give_score, withdraw_score
from teams.errors import Conflict
from tests.experiments.made import make_idea, make_running

pytestmark = pytest.mark.django_db
ICE = {"impact": 8, "confidence": 5, "ease": 2}


def test_totals_of_the_models():
    assert total(ScoreModel.ICE, ICE) == 5
    assert total(ScoreModel.PIE, {"potential": 9, "importance": 8, "ease": 4}) == 7
    assert total(ScoreModel.RICE, {"reach": 500, "impact": 2, "confidence": 0.8, "effort": 4}) == 200


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"impact": 11, "confidence": 0, "ease": float("nan")}, {"impact", "confidence", "ease"}),
        ({"impact": 8, "confidence": 5}, {"ease"}),
        (ICE | {"reach": 3}, {"reach"}),
        (ICE | {"impact": True}, {"impact"}),
    ],
)
def test_parts_out_of_range_are_named(values, wrong):
    with pytest.raises(ValidationError) as refused:
        total(ScoreModel.ICE, values)
    assert refused.value.message_dict.keys() == wrong


def test_spread_of_several():
    found = spread([7, 3, 5.5])
    assert (found.n, found.least, found.median, found.most) == (3, 3, 5.5, 7)
    assert spread([]) is None


def test_nobody_is_led_by_the_first_number(cast):
    experiment = make_idea(cast.product)
    give_score(by=cast.sales, experiment=experiment, values=ICE, chance=0.7)
    seen = {who: scores_of(experiment, to=getattr(cast, who)) for who in ["sales", "product", "viewer"]}
    assert (seen["product"].blind, seen["product"].shown, seen["product"].count) == (True, (), 1)
    assert not seen["sales"].blind
    assert [score.total for score in seen["viewer"].shown] == [5]  # who may not score cannot be led


def test_changed_score_counts_its_versions(cast):
    experiment = make_idea(cast.product)
    give_score(by=cast.sales, experiment=experiment, values=ICE)
    give_score(by=cast.sales, experiment=experiment, values=ICE | {"ease": 5}, seen=1)
    with pytest.raises(Conflict):
        give_score(by=cast.sales, experiment=experiment, values=ICE, seen=1)
    assert experiment.scores.get().total == 6
    withdraw_score(by=cast.sales, experiment=experiment)
    assert not experiment.scores.exists()


def test_start_closes_the_scores(cast):
    with pytest.raises(ValidationError):
        give_score(by=cast.sales, experiment=make_running(cast.product), values=ICE)


def test_viewer_does_not_score(cast):
    with pytest.raises(PermissionDenied):
        give_score(by=cast.viewer, experiment=make_idea(cast.product), values=ICE)


def test_page_takes_a_score_and_shows_all(cast, client_of):
    experiment = make_idea(cast.product)
    give_score(by=cast.sales, experiment=experiment, values=ICE, note="Easy to say")
    client, url = client_of(cast.product), f"/w/here/experiments/{experiment.pk}/scores/"
    before = client.get(url).content.decode()
    assert "1 person has scored" in before
    assert "Easy to say" not in before

    answer = client.post(url, {"impact": "6", "confidence": "6", "ease": "6", "chance": "65", "expected_effect": "4,5"})
    assert answer.status_code == 422
    answer = client.post(url, {"impact": "6", "confidence": "6", "ease": "6", "chance": "65", "expected_effect": "4.5"})
    assert answer.status_code == 302
    mine = experiment.scores.get(scorer=cast.product)
    assert (mine.total, mine.chance, mine.expected_effect) == (6, 0.65, 0.045)
    assert "Easy to say" in client.get(url).content.decode()


def test_page_keeps_what_was_typed(cast, client_of):
    url = f"/w/here/experiments/{make_idea(cast.product).pk}/scores/"
    answer = client_of(cast.product).post(url, {"impact": "60", "confidence": "6", "ease": "", "note": "Kept"})
    assert answer.status_code == 422
    assert 'value="60"' in answer.content.decode()
    assert 'value="Kept"' in answer.content.decode()


def test_model_of_the_workspace_is_asked(cast, client_of):
    edit_practice(by=cast.admin, score_model=ScoreModel.RICE)
    page = client_of(cast.product).get(f"/w/here/experiments/{make_idea(cast.product).pk}/scores/").content.decode()
    assert "Person-months" in page


def test_queries_do_not_grow_with_scores(cast, client_of, django_assert_num_queries):
    experiment, client = make_idea(cast.product), client_of(cast.viewer)
    url = f"/w/here/experiments/{experiment.pk}/scores/"
    give_score(by=cast.sales, experiment=experiment, values=ICE)
    client.get(url)
    with django_assert_num_queries(12) as few:
        client.get(url)
    for member in (cast.product, cast.marketing, cast.admin):
        give_score(by=member, experiment=experiment, values=ICE)
    with django_assert_num_queries(len(few)):
        client.get(url)
