"""Contact pressure on the calendar: marks come by themselves, and a day says what is held and why."""

import datetime

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from campaigns.enums import PolicyKind
from campaigns.services.campaign_steps import take_step
from tests.browser.checks import assert_accessible, assert_fits_phone
from tests.campaigns.made import make_campaign, make_message, make_policy, make_segment

DAY = datetime.date(2027, 3, 2)


@pytest.fixture
def held(cast):
    cache.clear()
    crowd = make_segment(cast.owner, name="Trial users", size=1000)
    make_policy(cast.workspace, n=1, per="day")
    made = []
    for title, priority in [("Spring", 80), ("News", 20)]:
        fields = {"title": title, "priority": priority, "segments": [crowd]}
        campaign = take_step(by=cast.owner, campaign=make_campaign(cast.owner, **fields), to="planned")
        made.append(make_message(cast.owner, campaign, title=f"Letter of {title}", starts_on=DAY))
    return made


def test_a_marked_day_says_what_is_held(cast, held, page, sign_in):
    sign_in(cast.sales).goto("/w/here/calendar/?view=month&on=2027-03-02")
    mark = page.locator("#mark-2027-03-02 a")
    expect(mark).to_contain_text("1,000 held")
    expect(page.locator("#mark-2027-03-03 a")).to_have_count(0)
    assert_accessible(page)

    page.goto("/w/here/calendar/day/2027-03-02/")
    told = page.locator("#pressure-day")
    expect(told).to_contain_text("Due 2,000, sent 1,000, held 1,000")
    expect(told).to_contain_text("“Letter of Spring” goes first.")
    expect(told).to_contain_text("It could go on Wednesday, 3 March at 00:00.")
    assert_accessible(page)
    assert_fits_phone(page)


def test_pages_of_pressure_are_accessible_and_fit(cast, held, page, sign_in):
    other = make_segment(cast.owner, name="Regulars", size=300)
    sign_in(cast.admin)
    for address in [
        "pressure/?first=2027-03-01&last=2027-03-31",
        f"campaigns/{held[1].campaign_id}/pressure/",
        f"campaigns/{held[1].campaign_id}/",
        "pressure/policies/",
        "pressure/policies/new/",
        "segments/",
        "segments/overlaps/",
        f"segments/{held[0].campaign.segments.get().pk}/",
        f"segments/{held[0].campaign.segments.get().pk}/edit/",
        f"segments/{held[0].campaign.segments.get().pk}/overlaps/{other.pk}/",
        "segments/new/",
        "segments/overlaps/assumption/",
        *(f"pressure/policies/new/?kind={kind}" for kind in PolicyKind.values),
        f"campaigns/{held[1].campaign_id}/collisions/",
    ]:
        page.goto(f"/w/here/{address}")
        page.wait_for_load_state("networkidle")
        assert_accessible(page)
        assert_fits_phone(page)


@pytest.mark.parametrize("screen", [{"java_script_enabled": False}])
def test_without_scripts_the_day_is_a_link_away(cast, held, page, sign_in, screen):
    sign_in(cast.sales).goto("/w/here/calendar/day/2027-03-02/")
    page.get_by_role("link", name="Contact pressure and collisions on this day").click()
    expect(page.locator("#pressure-day")).to_contain_text("“Letter of Spring” goes first.")
