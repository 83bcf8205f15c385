"""Moving by mouse, by touch and by keyboard: cards between cells, stages sideways, lanes up and down."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from journeys.models import Change
from tests.browser.maps import (
    card_of,
    cell_of,
    expect_focus,
    expect_said,
    focus,
    make_journey,
    open_map,
    place_of,
    stayed,
    titles,
)

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}


@pytest.fixture
def journey(cast):
    return make_journey(cast)


@pytest.fixture
def board(page, sign_in, cast, journey):
    """The map's page of its owner."""
    sign_in(cast.owner)
    open_map(page, journey)
    return page


def middle(thing: Locator, down: float = 0.5) -> tuple[float, float]:
    box = thing.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] * down


def drag(page: Page, thing: Locator, target: Locator, down: float = 0.5) -> None:
    """Take hold of the thing's middle and let go at the target, as a hand would: in steps."""
    page.mouse.move(*middle(thing))
    page.mouse.down()
    page.mouse.move(*middle(target, down), steps=8)
    page.mouse.up()


def stage_names(page: Page) -> Locator:
    return page.locator(".stage h2 .open")


def test_card_is_dragged_to_another_cell_and_back_by_undo(board):
    drag(board, card_of(board, "Reads"), cell_of(board, 2, 0))

    expect(titles(board, 2, 0)).to_have_text(["Reads"])
    expect(board.locator("#toasts")).to_contain_text("Moved.")
    expect(board.locator("#panel")).to_be_empty()
    assert place_of("Reads") == ("Keep", "actions", 0, 1)
    board.locator("#toasts .undo").click()
    expect(titles(board, 0, 0)).to_have_text(["Reads", "Asks"])
    assert place_of("Reads") == ("Try", "actions", 0, 1)
    assert stayed(board)


def test_card_is_dragged_within_its_cell(board):
    drag(board, card_of(board, "Reads"), card_of(board, "Asks"), down=0.9)
    expect(titles(board, 0, 0)).to_have_text(["Asks", "Reads"])
    expect(board.locator("#toasts")).to_contain_text("Moved.")
    assert place_of("Reads") == ("Try", "actions", 1, 1)


def test_short_drag_opens_nothing_and_escape_leaves_it_where_it_was(board):
    board.mouse.move(*middle(card_of(board, "Reads")))
    board.mouse.down()
    board.mouse.move(*middle(cell_of(board, 2, 0)), steps=4)
    expect(board.locator(".ghost")).to_have_count(1)
    board.keyboard.press("Escape")
    board.mouse.up()

    expect(board.locator(".ghost, .drop-line, .lifted")).to_have_count(0)
    expect(titles(board, 0, 0)).to_have_text(["Reads", "Asks"])
    expect(board.locator("#panel")).to_be_empty()
    assert not Change.objects.filter(verb="moved").exists()


def test_drop_on_a_stage_that_is_closed_to_me_does_nothing(page, sign_in, cast, journey):
    sign_in(cast.marketing)
    open_map(page, journey)
    posts = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    for thing, target in [("Reads", cell_of(page, 1, 0)), ("Signs", cell_of(page, 0, 0))]:
        drag(page, card_of(page, thing), target)

    expect(titles(page, 0, 0)).to_have_text(["Reads", "Asks"])
    expect(titles(page, 1, 0)).to_have_text(["Signs"])
    assert posts == []


def test_refused_move_puts_the_card_back(page, sign_in, cast, journey):
    """The right was taken away after the page was drawn."""
    sign_in(cast.marketing)
    open_map(page, journey)
    cast.marketing.teams.clear()
    drag(page, card_of(page, "Reads"), cell_of(page, 0, 2))

    expect(page.locator(".toast.error")).to_be_visible()
    expect(titles(page, 0, 0)).to_have_text(["Reads", "Asks"])
    assert place_of("Reads") == ("Try", "actions", 0, 1)


def test_stage_is_dragged_sideways(board):
    drag(board, board.locator(".stage").nth(0).locator(".owner"), board.locator(".stage").nth(2))
    expect(stage_names(board)).to_have_text(["Buy", "Keep", "Try"])
    board.locator("#toasts .undo").click()
    expect(stage_names(board)).to_have_text(["Try", "Buy", "Keep"])
    assert stayed(board)


def test_lane_is_dragged_up(board):
    drag(board, board.locator(".lane-name .open", has_text="Pains"), board.locator(".lane-row").first, down=0.1)
    expect(board.locator(".lane-row .lane-name > .open")).to_have_text(["Pains", "Customer actions", "Emotion"])
    assert stayed(board)


def test_team_of_a_stage_moves_no_stage(page, sign_in, cast, journey):
    sign_in(cast.marketing)
    open_map(page, journey)
    drag(page, page.locator(".stage").nth(0).locator(".owner"), page.locator(".stage").nth(2))
    expect(stage_names(page)).to_have_text(["Try", "Buy", "Keep"])
    assert not Change.objects.filter(verb="moved").exists()


@pytest.mark.parametrize("screen", [PHONE], ids=["phone"])
def test_finger_rests_then_moves(board):
    finger = board.context.new_cdp_session(board)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    start, end = middle(card_of(board, "Reads")), middle(card_of(board, "Asks"), 0.9)
    touch("touchStart", start)
    board.wait_for_selector(".ghost")
    for part in [0.3, 0.6, 1]:
        touch("touchMove", (start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part))
    touch("touchEnd")

    expect(titles(board, 0, 0)).to_have_text(["Asks", "Reads"])
    expect(board.locator("#toasts")).to_contain_text("Moved.")
    expect(board.locator("#panel")).to_be_empty()
    assert place_of("Reads") == ("Try", "actions", 1, 1)


@pytest.mark.parametrize("screen", [PHONE], ids=["phone"])
def test_finger_that_does_not_rest_scrolls(board):
    finger = board.context.new_cdp_session(board)
    x, y = middle(card_of(board, "Reads"))
    finger.send("Input.synthesizeScrollGesture", {"x": x, "y": y, "xDistance": -200, "yDistance": 0, "speed": 1500})

    assert board.evaluate("document.getElementById('boards').scrollLeft") > 50
    expect(board.locator(".ghost, .lifted")).to_have_count(0)
    assert not Change.objects.filter(verb="moved").exists()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_card_is_moved_by_keys_and_every_step_is_said(board):
    focus(board, "Reads")
    press(board, "m")
    expect(board.locator("#said")).to_contain_text("Picked up: Reads.")
    press(board, "ArrowRight")
    expect_said(board, "Customer actions, Buy, place 1 of 2")
    press(board, "ArrowDown")
    expect_said(board, "Customer actions, Buy, place 2 of 2")
    press(board, "ArrowDown", "ArrowDown")
    expect_said(board, "Pains, Buy, place 1 of 1")
    press(board, "Enter")

    expect_said(board, "Reads is now in Pains, Buy, place 1.")
    expect(titles(board, 1, 2)).to_have_text(["Reads"])
    expect_focus(board, "Reads")
    assert place_of("Reads") == ("Buy", "pains", 0, 1)
    assert stayed(board)


def test_reach_is_set_by_keys(board):
    focus(board, "Reads")
    press(board, "m", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight")
    expect_said(board, "Customer actions, Try, place 1 of 2. Reaches over 3 stages")
    press(board, "Shift+ArrowLeft", "Enter")

    expect(board.locator(".wide .card")).to_have_class(re.compile("from-1 over-2"))
    assert place_of("Reads")[3] == 2
    expect_focus(board, "Reads")
    press(board, "m", "Shift+ArrowLeft", "Enter")
    expect(titles(board, 0, 0)).to_have_text(["Reads", "Asks"])


def test_escape_leaves_a_carried_card_where_it_was(board):
    focus(board, "Reads")
    press(board, "m", "ArrowRight", "ArrowDown", "Escape")

    expect_said(board, "Reads stays where it was.")
    expect(board.locator(".carried, .drop-line, .cell.over")).to_have_count(0)
    expect_focus(board, "Reads")
    assert not Change.objects.filter(verb="moved").exists()


def test_keys_say_where_one_cannot_edit(page, sign_in, cast, journey):
    sign_in(cast.marketing)
    open_map(page, journey)
    focus(page, "Reads")
    press(page, "m", "ArrowRight")
    expect_said(page, "You cannot edit in Buy.")
    press(page, "Enter")
    expect_said(page, "Reads stays where it was.")
    focus(page, "Signs")
    press(page, "m")
    expect(page.locator(".carried")).to_have_count(0)
