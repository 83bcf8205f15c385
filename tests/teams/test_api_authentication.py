from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from teams.enums import Role
from teams.models import Membership
from tests.api import Program, errors_of, program

pytestmark = pytest.mark.django_db


def test_key_opens_its_workspace(cast):
    answer = program(cast.workspace, Role.VIEWER).get("workspace/")
    assert answer.status_code == 200
    assert answer.json()["slug"] == "here"


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer tl_unknown", "Basic YTpi", "bearer \u00e9", "Bearer \x00"]
)
def test_key_unknown(cast, header):
    answer = Client(headers={"Authorization": header}).get("/api/v1/workspace/")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 401


@pytest.mark.parametrize("moment", ["expires_at", "revoked_at"])
def test_key_no_longer_valid(cast, moment):
    caller = program(cast.workspace)
    setattr(caller.key, moment, timezone.now() - timedelta(seconds=1))
    caller.key.save()
    assert caller.get("workspace/").status_code == 401


def test_person_with_one_workspace(cast, client_of):
    answer = client_of(cast.viewer).get("/api/v1/workspace/")
    assert answer.json()["slug"] == "here"


def test_person_with_several_workspaces_names_one(cast, client_of):
    Membership.objects.create(workspace=cast.elsewhere, user=cast.viewer.user, role=Role.VIEWER)
    client = client_of(cast.viewer)
    assert errors_of(client.get("/api/v1/workspace/")).keys() == {"X-Workspace"}
    for slug in ["here", "elsewhere"]:
        assert client.get("/api/v1/workspace/", headers={"X-Workspace": slug}).json()["slug"] == slug


def test_person_names_a_workspace_of_strangers(cast, client_of):
    answer = client_of(cast.viewer).get("/api/v1/workspace/", headers={"X-Workspace": "elsewhere"})
    assert answer.status_code == 400
    assert errors_of(answer).keys() == {"X-Workspace"}


def test_person_writes_with_csrf_token_only(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.admin.user, backend="django.contrib.auth.backends.ModelBackend")
    body, options = {"name": "Partners"}, {"content_type": "application/json"}
    refused = client.post("/api/v1/teams/", body, **options)
    assert refused.status_code == 403
    assert refused["Content-Type"] == "application/problem+json"
    client.cookies["csrftoken"] = "x" * 32
    done = client.post("/api/v1/teams/", body, headers={"X-CSRFToken": "x" * 32}, **options)
    assert done.status_code == 201


def test_nobody(cast):
    assert Program().get("teams/").status_code == 401
