"""What is written in the admin site obeys the same rules, is found by the search and reaches the maps."""

import pytest

from insights.models import Metric, Reading
from insights.services.metrics import remove_metric
from insights.services.readings import record_reading
from teams.models import Comment, Workspace
from teams.services import search
from teams.services.comments import add_comment
from tests.factories import make_metric, make_user

NEW = {"name": "NPS", "kind": "score", "direction": "up", "definition": "", "unit": "", "target": "", "owner": ""}


@pytest.fixture
def site(client, db):
    client.force_login(make_user(is_staff=True, is_superuser=True), "django.contrib.auth.backends.ModelBackend")
    return client


def stamp(workspace) -> int:
    return Workspace.objects.get(pk=workspace.pk).stamp


def test_add_and_change_a_metric(site, cast):
    address = "/admin/insights/metric/"
    before = stamp(cast.workspace)
    assert site.post(address + "add/", NEW | {"workspace": cast.workspace.pk}).status_code == 302
    metric = Metric.objects.get()
    assert search.find(workspace_id=cast.workspace.pk, kind="metric", text="nps") == [metric.pk]
    assert stamp(cast.workspace) > before
    site.post(f"{address}{metric.pk}/change/", NEW | {"workspace": cast.workspace.pk, "name": "Promoters"})
    metric.refresh_from_db()
    assert (metric.name, metric.version) == ("Promoters", 2)
    assert site.get(address).status_code == 200


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("target", {"kind": "share", "target": "48"}),
        ("unit", {"kind": "duration"}),
        ("name", {"name": ""}),
    ],
)
def test_wrong_metric_is_refused(site, cast, field, given):
    answer = site.post("/admin/insights/metric/add/", NEW | {"workspace": cast.workspace.pk} | given)
    assert answer.status_code == 200
    assert field in answer.context["adminform"].form.errors
    assert not Metric.objects.exists()


def test_owner_of_another_workspace_is_refused(site, cast):
    given = NEW | {"workspace": cast.workspace.pk, "owner": cast.stranger.pk}
    assert "owner" in site.post("/admin/insights/metric/add/", given).context["adminform"].form.errors


def test_bring_back(site, cast):
    metric = remove_metric(by=cast.sales, metric=make_metric(cast.workspace, "Churn"))
    site.post("/admin/insights/metric/", {"action": "bring_back", "_selected_action": [metric.pk]})
    metric.refresh_from_db()
    assert metric.removed_at is None
    assert search.find(workspace_id=cast.workspace.pk, kind="metric", text="churn") == [metric.pk]


def test_delete_a_metric(site, cast, share, yesterday):
    record_reading(by=cast.sales, metric=share, date=yesterday, value=0.5)
    add_comment(by=cast.sales, thing=share, text="Why so low?")
    site.post(f"/admin/insights/metric/{share.pk}/delete/", {"post": "yes"})
    assert not Metric.objects.exists()
    assert not Comment.objects.exists()
    assert search.find(workspace_id=cast.workspace.pk, kind="metric", text="set-up") == []


def test_readings(site, cast, share, yesterday):
    address = "/admin/insights/reading/"
    given = {"metric": share.pk, "date": yesterday.isoformat(), "value": "0.5", "n": ""}
    wrong = site.post(address + "add/", given | {"value": "48"})
    assert "value" in wrong.context["adminform"].form.errors
    before = stamp(cast.workspace)
    assert site.post(address + "add/", given).status_code == 302
    assert stamp(cast.workspace) > before
    assert site.get(address).status_code == 200
    site.post(f"{address}{Reading.objects.get().pk}/delete/", {"post": "yes"})
    assert not Reading.objects.exists()
