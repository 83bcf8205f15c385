"""Saved views above the calendar in a browser: kept, changed, removed and brought back, shared and followed."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from campaigns.models import Campaign, SavedView
from campaigns.services.saved_views import save_view
from tests.browser.checks import assert_accessible, assert_fits_phone
from tests.browser.test_calendar import BRITISH, PHONE, expect_toast
from tests.campaigns.made import make_campaign, make_message

pytestmark = pytest.mark.parametrize("screen", [BRITISH, PHONE | {"locale": "en-GB"}], ids=["wide", "phone"])


@pytest.fixture
def campaigns(cast) -> list[Campaign]:
    """One of marketing and one of sales, in March 2027."""
    teams = cast.workspace.teams
    refill = make_campaign(cast.marketing, title="Refill weeks", team=teams.get(name="Marketing"))
    make_message(cast.marketing, refill, title="Time for a refill")
    return [refill, make_campaign(cast.sales, title="Renewal calls", team=teams.get(name="Sales"))]


@pytest.fixture
def view(cast, campaigns) -> SavedView:
    """What marketing says, as an agenda, for everybody."""
    return save_view(by=cast.marketing, name="Ours", query=f"view=agenda&team={campaigns[0].team_id}", shared=True)


def opened(page: Page, view: SavedView | None = None) -> Page:
    query = view.query if view else "view=month"
    page.goto(f"/w/here/calendar/?{query}&on=2027-03-01")
    page.wait_for_function("window.htmx")
    return page


def tabs(page: Page):
    return page.get_by_role("navigation", name="Saved views")


def more(page: Page) -> None:
    page.locator("#menu-view summary").click()
    on_screen(page, "#menu-view .items")


def sound(page: Page) -> None:
    """Usable by everybody, and no wider than a small phone."""
    assert_accessible(page)
    assert_fits_phone(page)


def on_screen(page: Page, thing: str) -> None:
    """All of it is beside neither edge."""
    box = page.locator(thing).bounding_box()
    assert box
    assert page.viewport_size
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]


def test_view_is_saved_from_the_filters_and_opened_again(cast, page, sign_in, campaigns):
    opened(sign_in(cast.marketing))
    page.locator("#menu-team summary").click()
    on_screen(page, "#menu-team .items")
    page.get_by_label("Marketing", exact=True).check()
    expect(page.locator("#calendar .e", has_text="Renewal calls")).to_have_count(0)
    page.locator("#menu-save-view summary").click()
    on_screen(page, "#menu-save-view .items")
    sound(page)
    page.get_by_label("Name").fill("What marketing says")
    page.get_by_label("For everybody in the workspace").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect_toast(page, "“What marketing says” is saved.")
    expect(tabs(page).get_by_role("link", name="What marketing says")).to_have_attribute("aria-current", "page")

    tabs(page).get_by_role("link", name="Everything").click()
    expect(tabs(page).get_by_role("link", name="What marketing says")).not_to_have_attribute("aria-current", "page")
    tabs(page).get_by_role("link", name="What marketing says").click()
    expect(page.locator("#menu-team summary b")).to_have_text("1")
    assert SavedView.objects.get().shared


def test_name_that_is_taken_is_refused_and_kept(cast, page, sign_in, view):
    opened(sign_in(cast.marketing))
    page.locator("#menu-save-view summary").click()
    page.get_by_label("Name").fill("Ours")
    page.get_by_label("For everybody in the workspace").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("[aria-invalid=true]")).to_have_value("Ours")
    sound(page)


def test_change_of_a_view_is_kept_and_taken_back(cast, page, sign_in, view):
    opened(sign_in(cast.marketing), view)
    before = view.query
    page.get_by_role("navigation", name="View", exact=True).get_by_role("link", name="Month").click()
    expect(tabs(page)).to_contain_text("changed")
    sound(page)
    page.get_by_role("button", name="Save the change").click()
    expect_toast(page, "“Ours” shows this from now on.")
    expect(page.locator("#period")).to_have_text("March 2027")
    view.refresh_from_db()
    assert view.query.startswith("view=month&team=")
    page.locator("#toasts .undo").click()
    expect(page.locator("#calendar")).to_have_attribute("data-view", "agenda")
    view.refresh_from_db()
    assert view.query == before


def test_view_is_renamed(cast, page, sign_in, view):
    opened(sign_in(cast.marketing), view)
    more(page)
    page.get_by_role("link", name="Rename, or change who sees it").click()
    sound(page)
    page.get_by_label("Name").fill("Mine")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(tabs(page).get_by_role("link", name="Mine")).to_be_visible()


def test_view_is_removed_and_brought_back(cast, page, sign_in, view):
    opened(sign_in(cast.marketing), view)
    sound(page)
    more(page)
    page.get_by_role("button", name="Remove this view").click()
    expect_toast(page, "The view “Ours” is removed.")
    expect(tabs(page)).not_to_contain_text("Ours")
    page.locator("#toasts .undo").click()
    expect_toast(page, "“Ours” is back.")
    expect(tabs(page).get_by_role("link", name="Ours")).to_have_attribute("aria-current", "page")


def test_menu_closes_by_escape_and_gives_the_focus_back(cast, page, sign_in, view):
    opened(sign_in(cast.marketing), view)
    more(page)
    page.keyboard.press("Escape")
    expect(page.locator("#menu-view")).not_to_have_attribute("open", "")
    expect(page.locator("#menu-view summary")).to_be_focused()


def test_link_shows_the_view_to_who_has_no_account_and_nothing_to_change(cast, page, sign_in, view, browser, screen):
    opened(sign_in(cast.marketing), view)
    more(page)
    page.get_by_role("link", name="Link for others").click()
    expect(page.locator("#id_link-view option:checked")).to_have_text("Ours")
    page.get_by_role("button", name="Make the link").click()
    address = page.locator("#address").input_value()
    sound(page)

    outside = browser.new_context(base_url=address, **screen)
    guest = outside.new_page()
    for shown in ["month", "week", "agenda", "timeline"]:
        guest.goto(f"{address}?view={shown}&on=2027-03-01")
        expect(guest.locator(".e", has_text="Refill weeks").first).to_be_visible()
        expect(guest.locator(".e", has_text="Renewal calls")).to_have_count(0)
        expect(guest.locator("form, button, [data-move], a[href*='/w/']")).to_have_count(0)
        sound(guest)
    outside.close()


def test_feed_of_a_view_is_made_and_read_by_its_address(cast, page, sign_in, view):
    opened(sign_in(cast.marketing), view)
    more(page)
    page.get_by_role("link", name="Feed for a calendar program").click()
    expect(page.locator("#id_view option:checked")).to_have_text("Ours")
    page.get_by_role("button", name="Make the address").click()
    address = page.locator("#address").input_value()
    assert re.fullmatch(r"/calendar/[\w-]+\.ics", urlsplit(address).path)
    sound(page)
    feed = page.request.get(address)
    assert feed.headers["content-type"].startswith("text/calendar")
    assert "SUMMARY:Refill weeks" in feed.text()
    assert "Renewal calls" not in feed.text()
    page.goto("/w/here/calendar/feeds/")
    expect(page.locator("main")).not_to_contain_text(urlsplit(address).path.split("/")[-1].removesuffix(".ics"))
