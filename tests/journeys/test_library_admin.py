"""Personas, scenarios and channels in the admin site."""

import pytest

from journeys.models import Channel, Persona, Scenario
from journeys.services.personas import remove_persona
from teams.services import search
from tests.factories import make_persona, make_user


@pytest.fixture
def site(client, db):
    client.force_login(make_user(is_staff=True, is_superuser=True), "django.contrib.auth.backends.ModelBackend")
    return client


def test_personas(site, cast):
    given = {"workspace": cast.workspace.pk, "name": "Lead", "color": "rose"}
    assert site.post("/admin/journeys/persona/add/", given).status_code == 302
    lead = Persona.objects.get()
    assert search.find(workspace_id=cast.workspace.pk, kind="persona", text="lead") == [lead.pk]
    assert site.get("/admin/journeys/persona/").status_code == 200
    assert b'type="file"' not in site.get(f"/admin/journeys/persona/{lead.pk}/change/").content
    site.post(f"/admin/journeys/persona/{lead.pk}/delete/", {"post": "yes"})
    assert search.find(workspace_id=cast.workspace.pk, kind="persona", text="lead") == []


def test_bring_back_a_persona(site, cast):
    lead = remove_persona(by=cast.sales, persona=make_persona(cast.workspace, "Lead"))
    site.post("/admin/journeys/persona/", {"action": "bring_back", "_selected_action": [lead.pk]})
    lead.refresh_from_db()
    assert lead.removed_at is None


def test_scenarios(site, cast):
    lead = make_persona(cast.workspace, "Lead")
    given = {"persona": lead.pk, "name": "Switching", "description": ""}
    assert site.post("/admin/journeys/scenario/add/", given).status_code == 302
    assert Scenario.objects.get().persona == lead
    assert site.get("/admin/journeys/scenario/").status_code == 200


def test_channels(site, cast):
    given = {"workspace": cast.workspace.pk, "name": "Podcast", "icon": "social", "form": "digital", "hold": "earned"}
    assert site.post("/admin/journeys/channel/add/", given | {"icon": "rocket"}).status_code == 200
    assert site.post("/admin/journeys/channel/add/", given).status_code == 302
    assert Channel.objects.get().icon == "social"
    assert site.get("/admin/journeys/channel/").status_code == 200
