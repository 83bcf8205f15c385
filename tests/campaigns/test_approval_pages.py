"""Approvals on pages: what waits for me, answering, and the rules."""

from django.urls import reverse

from campaigns.models import Approval, ApprovalRule
from campaigns.queries.approvals import last_request
from campaigns.services.campaigns import edit_campaign
from tests.campaigns.approving import approve, asked, make_rule
from tests.campaigns.made import make_campaign
from tests.campaigns.test_campaign_pages import address, titles


def answer_of(campaign, said: str, **fields) -> dict:
    request = last_request(campaign)
    return {"answer": said, "seen_request": request.pk, "seen_version": request.version} | fields


def test_campaigns_that_wait_for_me_are_listed(cast, client_of):
    make_rule(cast.admin, member=cast.sales)
    campaign = asked(cast.marketing)
    make_campaign(cast.marketing)
    url = f"{address('campaigns', cast.sales)}?waits=1"
    assert titles(client_of(cast.sales).get(url)) == [campaign.title]
    assert titles(client_of(cast.marketing).get(url)) == []


def test_campaign_shows_who_is_asked_and_takes_the_answer(cast, client_of):
    make_rule(cast.admin, member=cast.sales)
    campaign, client = asked(cast.marketing), client_of(cast.sales)
    url = address("campaign", cast.sales, campaign.pk)
    assert 'value="approve"' in client.get(url).content.decode()
    assert 'value="approve"' not in client_of(cast.marketing).get(url).content.decode()
    assert 'href="#approvals"' in client.get(url).text
    assert 'href="#approvals"' not in client_of(cast.marketing).get(url).text
    answer = client.post(
        address("campaign_answer", cast.sales, campaign.pk), answer_of(campaign, "refuse"), follow=False
    )
    assert answer.status_code == 422
    assert "Say what has to change." in answer.content.decode()
    sent = answer_of(campaign, "approve", comment="Good days")
    page = client.post(address("campaign_answer", cast.sales, campaign.pk), sent, follow=True).content.decode()
    assert "Good days" in page
    campaign.refresh_from_db()
    assert campaign.status == "approved"


def test_campaign_changed_since_shows_the_difference(cast, client_of):
    make_rule(cast.admin)
    campaign = approve(cast.admin, asked(cast.marketing, offer="One"))
    edit_campaign(by=cast.marketing, campaign=campaign, offer="Two for one")
    page = client_of(cast.admin).get(address("campaign", cast.admin, campaign.pk)).content.decode()
    for said in ["Changed since it was approved", "<del>One</del>", "<ins>Two for one</ins>"]:
        assert said in page


def test_campaign_answer_to_what_has_changed_says_so(cast, client_of):
    make_rule(cast.admin)
    campaign = asked(cast.marketing)
    sent = answer_of(campaign, "approve")
    edit_campaign(by=cast.marketing, campaign=campaign, offer="Two for one")
    answer = client_of(cast.admin).post(address("campaign_answer", cast.admin, campaign.pk), sent)
    assert answer.status_code == 422
    assert "Somebody else was here meanwhile." in answer.content.decode()
    assert Approval.objects.get().state == "waiting"


def test_campaign_without_rules_says_who_approves(cast, client_of):
    page = client_of(cast.marketing).get(address("campaign", cast.marketing, make_campaign(cast.marketing).pk))
    assert "No rule asks anybody here" in page.content.decode()


def test_approval_rules_are_added_removed_and_brought_back(cast, client_of):
    client, url = client_of(cast.admin), address("approval_rules", cast.admin)
    team = cast.workspace.teams.get(name="Success")
    sent = {"asks": "team", "team": team.pk, "applies": "above", "amount": "1 000"}
    page = client.post(url, sent, follow=True).content.decode()
    assert "Somebody of Success" in page
    assert "Where more than 1,000 is planned" in page
    rule = ApprovalRule.objects.get()
    page = client.post(address("approval_rule_remove", cast.admin, rule.pk), follow=True).content.decode()
    undo = address("approval_rule_restore", cast.admin, rule.pk)
    assert undo in page
    assert "Somebody of Success" in client.post(undo, follow=True).content.decode()


def test_approval_rules_with_a_gap_name_it(cast, client_of):
    answer = client_of(cast.admin).post(address("approval_rules", cast.admin), {"asks": "member", "applies": "channel"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"member", "channel"}


def test_approval_rules_are_read_by_all_and_set_by_administrators(cast, client_of):
    make_rule(cast.admin)
    url = reverse("campaigns:approval_rules", args=["here"])
    assert "Adam Admin" in client_of(cast.viewer).get(url).content.decode()
    assert client_of(cast.marketing).post(url, {"asks": "admin", "applies": "always"}).status_code == 403
