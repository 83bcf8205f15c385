"""Experiments in the admin site: the lists that are kept there, and all else to look at."""

import pytest

from experiments.models import Practice, Reason
from experiments.services.scores import give_score
from tests.experiments.made import make_decided, make_idea
from tests.factories import make_map, make_user

SEEN = ("experiment", "plan", "deviation", "entry", "score", "decision", "learning")


@pytest.fixture
def site(client, db):
    client.force_login(make_user(is_staff=True, is_superuser=True), "django.contrib.auth.backends.ModelBackend")
    return client


def test_the_log_is_only_looked_at(site, cast):
    idea = make_idea(cast.product)
    give_score(by=cast.product, experiment=idea, values={"impact": 5, "confidence": 5, "ease": 5})
    decided = make_decided(cast.product, cast.sales, journey=make_map(cast.product))
    for name in SEEN:
        address = f"/admin/experiments/{name}/"
        assert site.get(address, {"q": "x"}).status_code == 200, name
        assert site.get(address + "add/").status_code == 403, name
    page = f"/admin/experiments/experiment/{decided.pk}/change/"
    assert site.get(page).status_code == 200
    assert site.post(page, {"title": "Other"}).status_code == 403
    assert site.post(page.replace("change", "delete"), {"post": "yes"}).status_code == 403


def test_lists_and_practice_are_kept_there(site, cast):
    workspace = cast.workspace.pk
    assert site.post("/admin/experiments/reason/add/", {"workspace": workspace, "name": "Fun"}).status_code == 302
    reason = Reason.objects.get(name="Fun")
    assert site.post("/admin/experiments/reason/add/", {"workspace": workspace, "name": "fun"}).status_code == 200
    site.post(f"/admin/experiments/reason/{reason.pk}/change/", {"workspace": workspace, "name": "Joy"})
    reason.refresh_from_db()
    assert (reason.name, reason.version) == ("Joy", 2)
    given = {
        "workspace": workspace,
        "score_model": "rice",
        "rule": "do-no-harm",
        "correction": "none",
        "alpha": "0.1",
        "power": "0.9",
        "minimum_days": "7",
    }
    assert site.post("/admin/experiments/practice/add/", given).status_code == 302
    assert Practice.objects.get(workspace=workspace).score_model == "rice"
    assert site.post("/admin/experiments/practice/add/", given | {"alpha": "5"}).status_code == 200
    assert site.get("/admin/experiments/checklistitem/").status_code == 200
