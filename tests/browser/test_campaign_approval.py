"""A campaign from its first sentence to its approval, by two people."""

from playwright.sync_api import expect

from campaigns.models import Campaign
from tests.browser.checks import assert_accessible, assert_fits_phone
from tests.campaigns.approving import asked, make_rule
from tests.factories import make_channel, make_map

NEW = "/w/here/campaigns/new/"


def test_campaign_is_written_down_and_approved_by_somebody_else(cast, page, sign_in):
    make_map(cast.product, title="Trial to renewal")
    make_channel(cast.workspace, "Letters")
    make_rule(cast.admin, member=cast.sales)
    sign_in(cast.marketing).goto(NEW)
    page.get_by_label("Title").fill("Refill")
    page.get_by_label("Starts").fill("2027-03-01")
    page.get_by_label("Ends").fill("2027-03-14")
    page.get_by_label("Key message").fill("Before it runs out.")
    page.get_by_text("Trial to renewal").click()
    page.get_by_label("Buy", exact=True).check()
    page.get_by_label("Letters").check()
    page.get_by_label("Others, by name").fill("Regulars")
    page.get_by_role("button", name="Write it down").last.click()
    expect(page.get_by_text("Before it runs out.")).to_be_visible()
    page.get_by_role("button", name="Plan it").click()
    page.get_by_role("button", name="Ask for approval").click()
    expect(page.locator("#approvals")).to_contain_text("Sales Editor")
    assert_accessible(page)

    sign_in(cast.sales).goto("/w/here/campaigns/?waits=1")
    page.get_by_role("link", name="Refill").click()
    page.get_by_label("Comment").fill("Good days")
    page.get_by_role("button", name="Approve").click()
    expect(page.locator("#approvals")).to_contain_text("Good days")
    campaign = Campaign.objects.get()
    assert (campaign.status, [row.stage.name for row in campaign.campaign_stages.all()]) == ("approved", ["Buy"])


def test_campaign_fits_a_phone(cast, page, sign_in):
    make_rule(cast.admin)
    campaign = asked(cast.marketing)
    sign_in(cast.admin).goto(f"/w/here/campaigns/{campaign.pk}/")
    assert_fits_phone(page)
    page.goto(NEW)
    assert_fits_phone(page)
    page.goto(f"/w/here/campaigns/{campaign.pk}/budget/")
    assert_fits_phone(page)
