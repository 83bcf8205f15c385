"""The list of approvals over campaigns, for tools that ask what waits for whom."""

import pytest

from campaigns.enums import AskedPeople
from campaigns.services.approvals import answer
from campaigns.services.campaign_steps import take_step
from campaigns.services.campaigns import edit_campaign, remove_campaign
from teams.enums import Role
from tests.api import errors_of, program
from tests.campaigns.approving import approve, asked, make_rule

PATH = "/api/v1/approvals/"


@pytest.fixture
def caller(cast):
    return program(cast.workspace, Role.VIEWER)


@pytest.fixture
def campaigns(cast) -> dict:
    """Sales and somebody of Success are asked about each: one waits, one has one answer, one both, one is back."""
    make_rule(cast.admin, member=cast.sales)
    make_rule(cast.admin, AskedPeople.TEAM, team=cast.workspace.teams.get(name="Success"))
    found = {name: asked(cast.marketing, title=name) for name in ("waiting", "halfway", "through", "back")}
    for name in ("halfway", "through"):
        approve(cast.sales, found[name], "Good")
    approve(cast.success, found["through"])
    answer(by=cast.success, campaign=found["back"], approve=False, comment="Too soon")
    return found


def rows(answer) -> list[tuple[str, str, str]]:
    assert answer.status_code == 200, answer.content
    return [(row["title"], row["asks"], row["status"]) for row in answer.json()["results"]]


def test_approvals_are_listed_latest_first(caller, campaigns):
    assert rows(caller.get("approvals/")) == [
        ("back", "team", "refused"),
        ("back", "member", "withdrawn"),
        ("through", "team", "approved"),
        ("through", "member", "approved"),
        ("halfway", "team", "open"),
        ("halfway", "member", "approved"),
        ("waiting", "team", "open"),
        ("waiting", "member", "open"),
    ]


def test_approval_says_who_asked_whom_and_what_was_said(cast, caller, campaigns):
    first = caller.get(f"approvals/?campaign={campaigns['halfway'].pk}").json()["results"][-1]
    assert caller.get(f"approvals/{first['id']}/").json() == first
    assert {name: first[name] for name in ("campaign", "member", "asked_by", "answered_by", "comment")} == {
        "campaign": campaigns["halfway"].pk,
        "member": cast.sales.pk,
        "asked_by": "Marketing Editor",
        "answered_by": "Sales Editor",
        "comment": "Good",
    }


def test_approvals_are_filtered_by_status(caller, campaigns):
    assert {row[2] for row in rows(caller.get("approvals/?status=answered"))} == {"approved", "refused"}
    assert [row[0] for row in rows(caller.get("approvals/?status=open"))] == ["halfway", "waiting", "waiting"]
    assert [row[0] for row in rows(caller.get("approvals/?status=withdrawn"))] == ["back"]


def test_what_waits_for_me_is_what_i_can_answer(cast, campaigns, client_of):
    client = client_of(cast.success)
    assert rows(client.get(f"{PATH}?asked=me&status=open")) == [
        ("halfway", "team", "open"),
        ("waiting", "team", "open"),
    ]
    first = client.get(f"{PATH}?asked=me&status=open").json()["results"][0]
    answered = client.put(
        f"/api/v1/campaigns/{first['campaign']}/approval/",
        {"answer": "approve"},
        content_type="application/json",
        headers={"If-Match": f'"{first["version"]}"'},
    )
    assert (answered.status_code, answered.json()["state"]) == (200, "approved")
    assert [row[0] for row in rows(client.get(f"{PATH}?asked=me&status=open"))] == ["waiting"]
    assert [row[0] for row in rows(client.get(f"{PATH}?asked=me&status=answered"))] == ["back", "through", "halfway"]


def test_answer_to_what_was_asked_before_a_change_is_stale(cast, campaigns, client_of):
    """One has answered, so the change opens another request."""
    client, campaign = client_of(cast.success), campaigns["halfway"]
    path = f"/api/v1/campaigns/{campaign.pk}/approval/"
    seen = client.get(path).headers["ETag"]
    edit_campaign(by=cast.marketing, campaign=campaign, offer="Three for one")
    stale = client.put(path, {"answer": "approve"}, content_type="application/json", headers={"If-Match": seen})
    assert stale.status_code == 412
    assert {approval["state"] for approval in client.get(path).json()["approvals"]} == {"waiting"}


def test_program_asks_for_anybody_and_is_nobody_itself(cast, caller, campaigns):
    assert [row[0] for row in rows(caller.get(f"approvals/?asked={cast.sales.pk}&status=open"))] == ["waiting"]
    assert rows(caller.get("approvals/?asked=me")) == []
    assert rows(caller.get(f"approvals/?asked={cast.viewer.pk}")) == []
    assert rows(caller.get(f"approvals/?asked={cast.stranger.pk}")) == []


def test_approvals_of_another_workspace_are_not_there(cast, campaigns):
    stranger = program(cast.elsewhere, Role.OWNER)
    assert rows(stranger.get("approvals/")) == []
    assert rows(stranger.get(f"approvals/?campaign={campaigns['waiting'].pk}")) == []
    assert rows(stranger.get(f"approvals/?asked={cast.sales.pk}")) == []


def test_approvals_of_removed_and_withdrawn_campaigns_are_open_for_nobody(cast, caller, campaigns):
    remove_campaign(by=cast.marketing, campaign=campaigns["halfway"])
    take_step(by=cast.marketing, campaign=campaigns["waiting"], to="planned")
    assert rows(caller.get("approvals/?status=open")) == []
    assert "halfway" not in {row[0] for row in rows(caller.get("approvals/"))}
    assert [row[2] for row in rows(caller.get(f"approvals/?campaign={campaigns['waiting'].pk}"))] == ["withdrawn"] * 2


@pytest.mark.parametrize(
    ("query", "field"),
    [("asked=you", "asked"), ("asked=0", "asked"), ("status=waiting", "status"), ("campaign=x", "campaign")],
)
def test_filter_that_means_nothing_is_named(caller, query, field):
    answer = caller.get(f"approvals/?{query}")
    assert (answer.status_code, list(errors_of(answer))) == (400, [field])


def test_approvals_come_in_pages_for_the_same_price(cast, caller, campaigns, client_of, django_assert_num_queries):
    with django_assert_num_queries(2):  # the key, the approvals
        first = caller.get("approvals/?page_size=3").json()
    second = caller.client.get(first["next"]).json()
    assert [row["title"] for row in first["results"] + second["results"]] == [
        *("back", "back", "through", "through", "halfway", "halfway"),
    ]
    for number in range(5):
        asked(cast.marketing, title=f"more {number}")
    with django_assert_num_queries(2):
        assert len(caller.get("approvals/").json()["results"]) == 18
