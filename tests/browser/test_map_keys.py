"""The map by keyboard alone: walking, and a letter for each thing that one does to a card."""

import pytest
from playwright.sync_api import expect

from journeys.models import Card
from tests.browser.maps import card_of, cell_of, expect_focus, focus, make_journey, open_map, stayed, titles
from tests.factories import make_card, stage_of


@pytest.fixture
def journey(cast):
    return make_journey(cast)


@pytest.fixture
def board(page, sign_in, cast, journey):
    sign_in(cast.owner)
    open_map(page, journey)
    return page


def test_arrows_walk_between_cards(board, cast, journey):
    make_card(cast.owner, journey, stage=2, title="Renews")
    open_map(board, journey)
    board.locator("#boards").focus()
    for key, title in [
        ("ArrowRight", "Reads"),
        ("ArrowDown", "Asks"),
        ("ArrowRight", "Signs"),
        ("ArrowRight", "Renews"),
        ("ArrowRight", "Renews"),
        ("ArrowLeft", "Signs"),
        ("ArrowLeft", "Reads"),
        ("ArrowUp", "Reads"),
        ("ArrowDown", "Asks"),
        ("ArrowDown", "Too dear"),
        ("ArrowUp", "Asks"),
    ]:
        board.keyboard.press(key)
        expect_focus(board, title)


def test_arrows_walk_over_a_card_that_reaches_over_stages(board, cast, journey):
    make_card(cast.owner, journey, lane=2, span=3, title="All the way")
    open_map(board, journey)
    focus(board, "Asks")
    for key, title in [
        ("ArrowDown", "All the way"),
        ("ArrowDown", "Too dear"),
        ("ArrowUp", "All the way"),
        ("ArrowUp", "Asks"),
    ]:
        board.keyboard.press(key)
        expect_focus(board, title)


def test_enter_opens_and_escape_comes_back(board):
    focus(board, "Signs")
    board.keyboard.press("Enter")
    expect(board.locator("#panel h2")).to_be_focused()
    board.keyboard.press("Escape")
    expect(board.locator("#panel")).to_be_empty()
    expect_focus(board, "Signs")


def test_e_edits_the_card_with_the_focus_or_in_the_panel(board):
    focus(board, "Signs")
    board.keyboard.press("e")
    expect(board.locator("#panel [name=title]")).to_have_value("Signs")
    expect(board.locator("#panel [name=title]")).to_be_focused()
    board.keyboard.type("e")  # a letter like any other now
    expect(board.locator("#panel [name=title]")).not_to_have_value("Signs")
    board.locator("#panel [name=title]").fill("Signs")
    board.get_by_role("link", name="Cancel").click()
    expect(board.locator("#panel h2")).to_be_focused()
    board.keyboard.press("e")
    expect(board.locator("#panel [name=title]")).to_have_value("Signs")


def test_n_opens_a_line_in_the_cell_with_the_focus(board):
    focus(board, "Signs")
    board.keyboard.press("n")
    expect(cell_of(board, 1, 0).locator(".quick textarea")).to_be_focused()
    board.keyboard.type("Pays")
    board.keyboard.press("Enter")
    expect(titles(board, 1, 0)).to_have_text(["Signs", "Pays"])


def test_delete_deletes_and_moves_on_and_can_be_undone(board):
    focus(board, "Reads")
    board.keyboard.press("Delete")
    expect(titles(board, 0, 0)).to_have_text(["Asks"])
    expect_focus(board, "Asks")
    board.locator("#toasts .undo").press("Enter")
    expect(titles(board, 0, 0)).to_have_text(["Reads", "Asks"])
    assert stayed(board)
    assert Card.objects.filter(title="Reads").exists()


def test_question_mark_tells_the_keys(board):
    focus(board, "Reads")
    board.keyboard.press("?")
    help_on_keys = board.locator("#help")
    expect(help_on_keys).to_be_visible()
    expect(help_on_keys).to_contain_text("Walk between cards")
    board.keyboard.press("n")
    expect(board.locator(".quick")).to_have_count(0)
    board.keyboard.press("Escape")
    expect(help_on_keys).to_be_hidden()
    expect_focus(board, "Reads")


def test_p_presents_and_escape_comes_back(board):
    focus(board, "Reads")
    board.keyboard.press("p")
    expect(board.locator("#side")).to_be_hidden()
    board.keyboard.press("Escape")
    expect(board.locator("#side")).to_be_visible()
    assert stayed(board)


def test_slash_searches(board):
    focus(board, "Reads")
    board.keyboard.press("/")
    expect(board.locator("#palette")).to_be_visible()
    board.keyboard.type("sign")
    board.locator("#palette-found a").first.wait_for()
    board.keyboard.press("ArrowDown")
    board.keyboard.press("Enter")
    expect(board.locator("#panel h2")).to_contain_text("Signs")


def test_letters_do_nothing_where_one_may_not_edit(page, sign_in, cast, journey):
    sign_in(cast.viewer)
    open_map(page, journey)
    focus(page, "Reads")
    for key in ["e", "m", "n", "Delete"]:
        page.keyboard.press(key)
    expect(page.locator("#panel")).to_be_empty()
    expect(page.locator(".quick, .carried")).to_have_count(0)
    expect_focus(page, "Reads")
    assert stage_of(journey).cards.count() == 3


def test_letters_with_control_belong_to_the_browser(board):
    focus(board, "Reads")
    for key in ["Control+e", "Control+m", "Alt+n"]:
        board.keyboard.press(key)
    expect(board.locator("#panel")).to_be_empty()
    expect(card_of(board, "Reads")).not_to_have_class("carried")
