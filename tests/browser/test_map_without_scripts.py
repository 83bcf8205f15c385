"""Reading a map and the main edits work where JavaScript does not."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.maps import card_of, make_journey, place_of, titles


@pytest.fixture
def journey(cast):
    return make_journey(cast)


@pytest.fixture
def plain(browser, live_server, cast, client_of, journey):
    """The map's page of its owner in a browser without JavaScript."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.set_default_timeout(10_000)
    session = client_of(cast.owner).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    tab = context.new_page()
    tab.goto(f"/w/{cast.workspace.slug}/maps/{journey.pk}/")
    yield tab
    context.close()


def open_card(plain, title: str):
    card_of(plain, title).locator(".open").click()
    expect(plain.locator("#panel h2")).to_contain_text(title)
    return plain.locator("#panel")


def test_card_is_opened_and_edited(plain):
    open_card(plain, "Reads").get_by_role("link", name="Edit").click()
    plain.locator("[name=title]").fill("")
    plain.get_by_role("button", name="Save").click()
    expect(plain.locator(".summary")).to_be_visible()
    plain.locator("[name=title]").fill("Reads twice")
    plain.locator("[name=sources-0-kind]").select_option("interview")
    plain.locator("[name=sources-0-text]").fill("Seen")
    plain.get_by_role("button", name="Save").click()
    expect(titles(plain, 0, 0)).to_have_text(["Reads twice", "Asks"])
    expect(plain.locator("#toasts")).to_contain_text("Saved.")
    expect(open_card(plain, "Reads twice").locator(".sources")).to_contain_text("Seen")


def test_card_is_added(plain):
    plain.locator(".lane-row").nth(0).locator(".cell").nth(2).locator(".add").click()
    plain.locator("[name=title]").fill("Renews")
    plain.get_by_role("button", name="Add").click()
    expect(titles(plain, 2, 0)).to_have_text(["Renews"])


def test_card_is_moved_by_its_form_and_back(plain):
    open_card(plain, "Reads").get_by_role("link", name="Move").click()
    plain.locator("[name=stage]").select_option(label="Keep")
    plain.get_by_role("button", name="Move").click()
    expect(titles(plain, 2, 0)).to_have_text(["Reads"])
    plain.locator("#toasts .undo").click()
    expect(titles(plain, 0, 0)).to_have_text(["Reads", "Asks"])
    assert place_of("Reads") == ("Try", "actions", 0, 1)


def test_card_is_deleted_and_comes_back(plain):
    open_card(plain, "Asks").get_by_role("button", name="Delete").click()
    expect(titles(plain, 0, 0)).to_have_text(["Reads"])
    plain.locator("#toasts .undo").click()
    expect(titles(plain, 0, 0)).to_have_text(["Reads", "Asks"])


def test_stages_and_lanes_are_added(plain):
    plain.get_by_role("link", name="+ Stage").click()
    plain.locator("[name=name]").fill("Tell friends")
    plain.get_by_role("button", name="Add the stage").click()
    expect(plain.locator(".stage h2 .open")).to_have_text(["Try", "Buy", "Keep", "Tell friends"])
    plain.get_by_role("link", name="+ Lane").click()
    plain.locator("[name=kind]").select_option("opportunities")
    plain.get_by_role("button", name="Add the lane").click()
    expect(plain.locator(".lane-row")).to_have_count(4)


def test_stage_is_moved_and_lane_deleted(plain):
    plain.locator(".stage h2 .open").first.click()
    plain.get_by_role("button", name="Move to the right").click()
    expect(plain.locator(".stage h2 .open")).to_have_text(["Buy", "Try", "Keep"])
    plain.locator(".lane-name .open", has_text="Pains").click()
    plain.get_by_role("button", name="Delete").click()
    expect(plain.locator(".lane-row")).to_have_count(2)
    plain.locator("#toasts .undo").click()
    expect(plain.locator(".lane-row")).to_have_count(3)


def test_path_is_added(plain):
    plain.locator("#flow .open").click()
    plain.locator("[name=source]").select_option(label="Buy")
    plain.locator("[name=target]").select_option(label="Try")
    plain.locator("[name=label]").fill("Thinks again")
    plain.get_by_role("button", name="Add the path").click()
    expect(plain.locator("#flow")).to_contain_text("Thinks again")


def test_map_is_filtered_made_and_presented(plain, cast):
    plain.goto(f"/w/{cast.workspace.slug}/maps/?status=live")
    expect(plain.locator("#maps")).to_contain_text("No map fits")
    plain.goto(f"/w/{cast.workspace.slug}/maps/new/")
    plain.locator("[name=title]").fill("A new one")
    plain.get_by_text("Three buyer stages").click()
    plain.get_by_role("button", name="Make the map").click()
    expect(plain.locator(".stage")).to_have_count(3)
    plain.get_by_role("link", name="Present").click()
    expect(plain.locator("#side")).to_be_hidden()
    plain.get_by_role("link", name="Leave the presentation").click()
    expect(plain.locator("#side")).to_be_visible()
    expect(plain).to_have_url(re.compile(r"/maps/\d+/\??$"))
