"""Scores, learnings and documents for programs, and for people who are signed in."""

import pytest

from experiments.enums import LearningState
from experiments.models import Experiment
from tests.api import errors_of, program
from tests.experiments.made import make_decided, make_idea
from tests.factories import make_map, stage_of

pytestmark = pytest.mark.django_db
PARTS = {"impact": 5, "confidence": 6, "ease": 7}


def test_scores_are_blind_until_one_has_scored(cast, client):
    idea = make_idea(cast.product)
    address = f"/api/v1/experiments/{idea.pk}/scores/"

    def put(member, body, **headers):
        client.force_login(member.user)
        return client.put(address, body, content_type="application/json", headers=headers)

    first = put(cast.product, {"values": PARTS, "chance": 0.7}, if_match="*")
    assert first.status_code == 200
    assert (first.json()["mine"]["total"], first.json()["count"]) == (6, 1)
    client.force_login(cast.sales.user)
    assert client.get(address).json() == {"count": 1, "blind": True, "spread": None, "mine": None, "scores": []}
    assert put(cast.sales, {"values": PARTS | {"ease": 70}}, if_match="*").status_code == 400
    assert put(cast.sales, {"values": PARTS}).status_code == 428
    seen = put(cast.sales, {"values": PARTS | {"ease": 1}}, if_match="*").json()
    assert [row["scorer"] for row in seen["scores"]] == [cast.product.label, cast.sales.label]
    assert seen["spread"] == {"n": 2, "least": 4, "median": 5, "most": 6}
    stale = put(cast.sales, {"values": PARTS}, if_match='"7"')
    assert stale.status_code == 412
    assert put(cast.viewer, {"values": PARTS}, if_match="*").status_code == 403


def test_programs_read_scores_and_give_none(cast):
    idea = make_idea(cast.product)
    caller = program(cast.workspace)
    answer = caller.send("PUT", f"experiments/{idea.pk}/scores/", {"values": PARTS}, seen="*")
    assert answer.status_code == 400
    assert caller.send("GET", f"experiments/{idea.pk}/scores/").json()["scores"] == []


def test_learnings_are_answered(cast, client):
    journey = make_map(cast.marketing)
    experiment = make_decided(cast.product, cast.sales, stage=stage_of(journey))
    client.force_login(cast.marketing.user)
    found = client.get("/api/v1/learnings/", {"state": "suggested"}).json()["results"]
    assert [(row["experiment"], row["state"]) for row in found] == [(experiment.pk, "suggested")]
    address = f"/api/v1/learnings/{found[0]['id']}/answer/"

    def put(body):
        return client.put(address, body, content_type="application/json", headers={"if-match": "*"})

    assert put({"answer": "refuse"}).status_code == 400
    answer = put({"answer": "accept"})
    assert (answer.status_code, answer.json()["state"]) == (200, LearningState.WRITTEN)
    assert journey.cards.get().pk == answer.json()["card"]
    assert put({"answer": "accept"}).status_code == 400
    client.force_login(cast.sales.user)
    assert put({"answer": "refuse", "why": "No"}).status_code == 403


def test_documents_go_out_and_come_in(cast):
    experiment = make_decided(cast.product, cast.sales)
    caller = program(cast.workspace)
    document = caller.send("GET", f"experiments/{experiment.pk}/document/").json()
    answer = caller.send("POST", "experiments/import/", document)
    assert answer.status_code == 201, answer.content
    made = Experiment.objects.get(pk=answer.json()["id"])
    assert answer["Location"].endswith(f"/experiments/{made.pk}/")
    assert answer.json()["left_out"] == []
    again = caller.send("GET", f"experiments/{made.pk}/document/").json()
    assert again == document
    refused = caller.send("POST", "experiments/import/", document | {"title": 5, "owner": "nobody@here.example"})
    assert refused.status_code == 400
    assert "$.title" in errors_of(refused)
