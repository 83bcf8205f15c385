"""The admin site of campaigns: what is deleted there for good, and what is only looked at."""

import pytest
from django.urls import reverse

from campaigns.services.saved_views import save_view
from teams.models import Comment, Notification, SearchWord
from teams.services import search
from teams.services.comments import add_comment
from tests.campaigns.made import make_campaign, make_policy, make_segment
from tests.campaigns.projecting import make_projection
from tests.factories import make_user


@pytest.fixture
def operator(client, db):
    user = make_user(email="operator@example.com", is_staff=True, is_superuser=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def place(thing, page: str) -> str:
    return reverse(f"admin:campaigns_{thing._meta.model_name}_{page}", args=[thing.pk])


@pytest.fixture(params=["segment", "policy", "savedview", "projection"])
def thing(request, cast):
    if request.param == "segment":
        return make_segment(cast.marketing)
    if request.param == "policy":
        return make_policy(cast.workspace)
    if request.param == "savedview":
        return save_view(by=cast.owner, name="Ours", query="view=week", shared=True)
    return make_projection(cast.marketing)


def test_what_is_deleted_takes_along_what_was_said_and_found(operator, cast, thing):
    kind = thing._meta.model_name
    add_comment(by=cast.sales, thing=thing, text="@Adam Admin, do we need it?")
    search.index(workspace_id=cast.workspace.pk, kind=kind, object_id=thing.pk, title="Plum")
    assert operator.post(place(thing, "delete"), {"post": "yes"}).status_code == 302
    assert not type(thing).objects.filter(pk=thing.pk).exists()
    for model in [Comment, Notification, SearchWord]:
        assert not model.objects.filter(kind=kind, object_id=thing.pk).exists()


def test_campaigns_are_only_looked_at(operator, cast):
    campaign = make_campaign(cast.marketing)
    assert operator.get(place(campaign, "change")).status_code == 200
    assert operator.post(place(campaign, "change"), {"title": "Mine"}).status_code == 403
    assert operator.post(place(campaign, "delete"), {"post": "yes"}).status_code == 403
    assert operator.get(reverse("admin:campaigns_campaign_add")).status_code == 403
