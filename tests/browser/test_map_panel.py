"""Working on the map's page with panel and cell, as people do with mouse and keyboard."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from journeys.models import Card, Change
from journeys.services.cards import edit_card
from tests.browser.maps import card_of, cell_of, expect_focus, make_journey, open_map, open_panel, stayed, titles
from tests.factories import make_metric


@pytest.fixture
def journey(cast):
    return make_journey(cast)


@pytest.fixture
def board(page, sign_in, cast, journey):
    """The map's page of its owner."""
    sign_in(cast.owner)
    open_map(page, journey)
    return page


def sends(page) -> list[str]:
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    return posts


def test_card_opens_in_the_panel_and_in_the_address(board):
    panel = open_panel(board, "Signs")
    card = Card.objects.get(title="Signs")

    expect(panel).to_contain_text("wary, −1 (Ann)")
    expect(board).to_have_url(re.compile(rf"\?card={card.pk}$"))
    expect(card_of(board, "Signs")).to_have_class(re.compile("shown"))
    expect(panel.locator("h2")).to_be_focused()
    panel.locator("[data-close]").click()
    expect(panel).to_be_empty()
    expect(board).to_have_url(re.compile(r"/$"))
    expect_focus(board, "Signs")
    assert stayed(board)


def test_address_opens_the_card_again(board):
    open_panel(board, "Signs")
    board.reload()
    expect(board.locator("#panel h2")).to_contain_text("Signs")
    expect(card_of(board, "Signs")).to_have_class(re.compile("shown"))
    board.keyboard.press("Escape")
    expect(board.locator("#panel")).to_be_empty()


def test_back_leaves_the_map_and_forward_finds_the_card_open(board, cast, journey):
    board.goto(f"/w/{cast.workspace.slug}/maps/")
    board.locator("a.cover").click()
    open_panel(board, "Asks")
    board.go_back()
    expect(board.locator("h1")).to_have_text("Maps")
    board.go_forward()
    expect(board.locator("#panel h2")).to_contain_text("Asks")


def test_card_is_edited_without_loading_the_page(board):
    panel = open_panel(board, "Reads")
    panel.get_by_role("link", name="Edit").click()
    panel.locator("[name=title]").fill("Reads twice")
    panel.locator("[name^=level_]").select_option("-2")
    curve = board.locator(".curve .line").get_attribute("d")
    panel.get_by_role("button", name="Save").click()

    expect(card_of(board, "Reads twice")).to_have_class(re.compile("shown"))
    expect(panel.locator("h2")).to_contain_text("Reads twice")
    expect(board.locator("#toasts")).to_contain_text("Saved.")
    expect(board.locator(".curve .line")).not_to_have_attribute("d", curve or "")
    assert stayed(board)
    assert Card.objects.get(title="Reads twice").emotions.get().level == -2


def test_wrong_field_is_named_and_what_was_typed_is_kept(board):
    panel = open_panel(board, "Reads")
    panel.get_by_role("link", name="Edit").click()
    panel.locator("[name=moment]").fill("First value")
    panel.get_by_role("button", name="Save").click()

    expect(panel.locator("#id_accountable")).to_have_attribute("aria-invalid", "true")
    expect(panel.locator("#id_accountable")).to_be_focused()
    expect(panel.locator("[name=moment]")).to_have_value("First value")
    expect(panel.locator("#id_metric_error, .errorlist").first).to_be_visible()


def test_moment_gets_its_star(board, cast):
    make_metric(cast.workspace, "Paid share")
    panel = open_panel(board, "Signs")
    panel.get_by_role("link", name="Edit").click()
    panel.locator("[name=moment]").fill("First value")
    panel.locator("[name=accountable]").select_option(label="Sales Editor")
    panel.locator("[name=metric]").select_option(label="Paid share")
    panel.get_by_role("button", name="Save").click()

    expect(card_of(board, "Signs").locator(".star")).to_be_visible()
    expect(card_of(board, "Signs").locator(".avatar")).to_have_attribute("title", "Sales Editor")


def test_lines_for_sources_are_added_and_saved(board):
    panel = open_panel(board, "Asks")
    panel.get_by_role("link", name="Edit").click()
    for number, text in enumerate(["Seen", "Heard"]):
        if number:
            panel.locator("[data-add-source]").click()
        panel.locator(f"[name=sources-{number}-kind]").select_option("interview")
        panel.locator(f"[name=sources-{number}-text]").fill(text)
    panel.get_by_role("button", name="Save").click()

    expect(panel.locator(".sources li")).to_contain_text(["Seen", "Heard"])


def test_texts_are_added_one_after_the_other_by_enter(board):
    cell_of(board, 2, 0).hover()
    cell_of(board, 2, 0).locator(".add").click()
    for text in ["Renews", "Tells a friend"]:
        expect(board.locator(".quick textarea")).to_be_focused()
        expect(board.locator(".quick textarea")).to_have_value("")
        board.keyboard.type(text)
        board.keyboard.press("Enter")
    expect(titles(board, 2, 0)).to_have_text(["Renews", "Tells a friend"])
    expect(board.locator(".quick textarea")).to_be_focused()
    board.keyboard.press("Escape")
    expect(board.locator(".quick")).to_have_count(0)
    expect(cell_of(board, 2, 0).locator(".add")).to_be_focused()
    assert stayed(board)
    assert list(Card.objects.filter(stage__name="Keep").values_list("title", flat=True)) == ["Renews", "Tells a friend"]


def test_empty_text_is_not_added_and_says_so(board):
    cell_of(board, 2, 0).hover()
    cell_of(board, 2, 0).locator(".add").click()
    expect(board.locator(".quick textarea")).to_be_focused()
    board.keyboard.type(" ")
    board.keyboard.press("Enter")
    expect(board.locator(".quick .errorlist")).to_be_visible()
    assert not Card.objects.filter(stage__name="Keep").exists()


def test_double_click_on_save_sends_once(board):
    panel = open_panel(board, "Reads")
    panel.get_by_role("link", name="Edit").click()
    panel.locator("[name=title]").fill("Reads twice")
    posts = sends(board)
    panel.get_by_role("button", name="Save").dblclick()

    expect(panel.locator("h2")).to_contain_text("Reads twice")
    assert len(posts) == 1
    assert Change.objects.filter(verb="edited", target_kind="card").count() == 1


def test_deleted_card_comes_back_from_the_message(board):
    panel = open_panel(board, "Asks")
    panel.get_by_role("button", name="Delete").click()
    expect(card_of(board, "Asks")).to_have_count(0)
    expect(panel).to_be_empty()
    board.locator("#toasts .undo").click()
    expect(titles(board, 0, 0)).to_have_text(["Reads", "Asks"])
    assert stayed(board)


def test_two_people_see_both_texts_and_choose(board, browser, cast, client_of, live_server, journey):
    other = browser.new_context(base_url=live_server.url)
    session = client_of(cast.marketing).cookies[settings.SESSION_COOKIE_NAME].value
    other.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    theirs = other.new_page()
    open_map(theirs, journey)
    for tab in [board, theirs]:
        open_panel(tab, "Reads").get_by_role("link", name="Edit").click()
    theirs.locator("#panel [name=title]").fill("Skims")
    theirs.locator("#panel .bar button").click()
    expect(card_of(theirs, "Skims")).to_have_count(1)
    other.close()
    board.locator("#panel [name=title]").fill("Studies")
    board.locator("#panel .bar button").click()

    panel = board.locator("#panel")
    expect(panel.locator(".notice")).to_contain_text("Marketing Editor saved this while you were typing")
    expect(panel.locator(".theirs")).to_have_text("Saved meanwhile: Skims")
    expect(panel.locator("[name=title]")).to_have_value("Studies")
    panel.get_by_role("button", name="Save mine").click()
    expect(card_of(board, "Studies")).to_have_count(1)
    assert Card.objects.filter(title="Studies").exists()


def test_theirs_can_be_taken(board, cast):
    panel = open_panel(board, "Reads")
    panel.get_by_role("link", name="Edit").click()
    panel.locator("[name=title]").fill("Studies")
    edit_card(by=cast.marketing, card=Card.objects.get(title="Reads"), seen=None, title="Skims")
    panel.get_by_role("button", name="Save").click()
    panel.get_by_role("link", name="Take theirs").click()
    expect(panel.locator("h2")).to_have_text("Skims")
    assert not Card.objects.filter(title="Studies").exists()


def test_signed_out_meanwhile_leads_to_the_sign_in(board):
    board.context.clear_cookies()
    card_of(board, "Reads").locator(".open").click()
    expect(board).to_have_url(re.compile(r"/accounts/login/\?next="))


def test_viewer_reads_and_has_no_tools(page, sign_in, cast, journey):
    sign_in(cast.viewer)
    open_map(page, journey)
    panel = open_panel(page, "Reads")
    expect(panel).to_contain_text("administrators edit here")
    expect(page.locator(".add, .more-lanes, [data-movable], #panel form")).to_have_count(0)
