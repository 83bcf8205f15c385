"""Campaigns by API: briefs with budget and attachments, steps, approval, tasks, copies."""

import pytest
from django.test import Client

from campaigns.models import Campaign, Task
from teams.enums import Role
from tests.api import ROOT, program
from tests.campaigns.approving import asked, make_rule
from tests.campaigns.made import make_campaign, make_message, make_segment, make_task
from tests.factories import make_channel, make_map, stage_of


@pytest.fixture
def caller(cast):
    return program(cast.workspace)


def brief(cast, **fields) -> dict:
    return {"title": "Refill", "owner": cast.marketing.pk, "starts_on": "2027-03-01", "ends_on": "2027-03-14"} | fields


def test_campaign_is_written_read_changed_and_removed(cast, caller):
    stage, channel = stage_of(make_map(cast.marketing)), make_channel(cast.workspace)
    segment = make_segment(cast.marketing)
    sent = brief(
        cast,
        stages=[stage.pk],
        channels=[channel.pk],
        segments=[segment.pk],
        budget=[{"channel": channel.pk, "month": "2027-03-09", "planned": 500, "spent": 12.5}],
        attachments=[{"title": "Plan", "url": "https://example.com/plan"}],
    )
    made = caller.post("campaigns/", sent)
    assert made.status_code == 201
    read = caller.get(f"campaigns/{made.json()['id']}/")
    body = read.json()
    assert (body["stages"], body["channels"], body["segments"]) == ([stage.pk], [channel.pk], [segment.pk])
    assert body["budget"] == [{"channel": channel.pk, "month": "2027-03-01", "planned": 500.0, "spent": 12.5}]
    changed = caller.patch(f"campaigns/{body['id']}/", {"offer": "Two for one", "budget": []}, seen=read["ETag"])
    assert (changed.json()["offer"], changed.json()["budget"], changed.json()["version"]) == ("Two for one", [], 2)
    assert caller.patch(f"campaigns/{body['id']}/", {"offer": "x"}, seen=read["ETag"]).status_code == 412
    assert caller.send("DELETE", f"campaigns/{body['id']}/", seen="*").status_code == 204
    assert Campaign.objects.get().removed_at is not None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ends_on": "2027-02-01"}, "ends_on"),
        ({"budget": [{"month": "2027-03-01", "planned": -1}]}, "budget"),
        ({"budget": [{"month": "2027-03-01", "planned": 0.001}]}, "budget"),
        ({"budget": [{"month": "2027-03-01", "planned": 1e30}]}, "budget"),
        ({"budget": [{"month": "2027-03-01", "planned": 10**400}]}, "budget"),
        ({"stages": [2**62]}, "stages"),
        ({"priority": 101}, "priority"),
        ({"title": "\x00"}, "title"),
        ({"status": "approved"}, "status"),
    ],
)
def test_campaign_with_a_wrong_field_names_it(cast, caller, fields, field):
    answer = caller.post("campaigns/", brief(cast, **fields))
    assert answer.status_code == 400
    assert field in str(answer.json())
    assert not Campaign.objects.exists()


def test_campaigns_are_filtered(cast, caller):
    channel = make_channel(cast.workspace)
    campaign = make_campaign(cast.marketing, title="Refill", channels=[channel])
    make_campaign(cast.sales, title="Another", starts_on=None, ends_on=None)
    for query in [
        f"channel={channel.pk}",
        "since=2027-03-10&until=2027-03-31",
        "q=refill",
        f"owner={cast.marketing.pk}",
    ]:
        assert [row["id"] for row in caller.get(f"campaigns/?{query}").json()["results"]] == [campaign.pk]


def test_campaign_status_takes_steps(cast, caller):
    campaign = make_campaign(cast.marketing)
    path = f"campaigns/{campaign.pk}/status/"
    assert caller.send("PUT", path, {"status": "running"}, seen="*").status_code == 400
    assert caller.send("PUT", path, {"status": "planned"}, seen="*").json()["status"] == "planned"


def test_campaign_approval_is_read_by_programs_and_given_by_people(cast, caller):
    make_rule(cast.admin)
    campaign = asked(cast.marketing)
    path = f"campaigns/{campaign.pk}/approval/"
    read = caller.get(path)
    assert [(row["asks"], row["state"]) for row in read.json()["approvals"]] == [("member", "waiting")]
    assert caller.send("PUT", path, {"answer": "approve"}, seen="*").status_code == 403
    person = Client(enforce_csrf_checks=False)
    person.force_login(cast.admin.user, backend="django.contrib.auth.backends.ModelBackend")
    headers = {"If-Match": "*", "X-Workspace": "here"}
    given = person.put(ROOT + path, {"answer": "approve"}, content_type="application/json", headers=headers)
    assert (given.status_code, given.json()["state"]) == (200, "approved")


def test_campaign_without_a_request_has_no_approval(cast, caller):
    assert caller.get(f"campaigns/{make_campaign(cast.marketing).pk}/approval/").status_code == 404


def test_campaign_copy_moves_to_the_new_start(cast, caller):
    source = make_message(cast.marketing).campaign
    made = caller.post(f"campaigns/{source.pk}/copy/", {"title": "Again", "starts_on": "2027-05-03"})
    assert (made.status_code, made.json()["title"], made.json()["ends_on"]) == (201, "Again", "2027-05-16")
    assert caller.post(f"campaigns/{source.pk}/copy/", {"starts_on": "9999-12-31"}).status_code == 400


def test_campaign_tasks_are_kept_and_ticked(cast, caller):
    campaign = make_campaign(cast.marketing)
    made = caller.post("campaign-tasks/", {"campaign": campaign.pk, "text": "Write", "due_offset": -3})
    assert (made.status_code, made.json()["due"]) == (201, "2027-02-26")
    path = f"campaign-tasks/{made.json()['id']}/"
    assert caller.patch(path, {"done": True}).json()["done"] is True
    assert [row["text"] for row in caller.get("campaign-tasks/?done=true").json()["results"]] == ["Write"]
    assert caller.patch(path, {"due_on": "2027-03-01"}).status_code == 400
    assert caller.send("DELETE", path, seen="*").status_code == 204
    assert not Task.objects.exists()


def test_campaign_tasks_of_another_workspace_are_not_found(cast, caller):
    task = make_task(cast.stranger)
    assert caller.get(f"campaign-tasks/{task.pk}/").status_code == 404
    answer = caller.post("campaign-tasks/", {"campaign": task.campaign_id, "text": "Write"})
    assert "campaign" in str(answer.json())


def test_approval_rules_are_kept(cast, caller):
    editor, owner = program(cast.workspace, Role.EDITOR), program(cast.workspace, Role.OWNER)
    assert editor.post("approval-rules/", {"asks": "admin", "applies": "always"}).status_code == 403
    made = owner.post("approval-rules/", {"asks": "admin", "applies": "above", "amount": 1000.5})
    assert (made.status_code, made.json()["amount"]) == (201, 1000.5)
    assert owner.send("DELETE", f"approval-rules/{made.json()['id']}/", seen="*").status_code == 204
