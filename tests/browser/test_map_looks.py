"""How the map's pages look: for everybody, on a phone, on a wall, on paper."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from journeys.demo.benchmark import CHANNELS, OWNERS, PERSONAS, benchmark_document
from journeys.documents.create import create_from_document
from journeys.services.starts import save_template
from tests.browser.checks import assert_accessible, assert_fits_phone
from tests.browser.maps import card_of, make_journey, open_map, open_panel
from tests.factories import make_card, make_channel, make_map, make_member, make_metric, make_persona

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}
WALL = {"viewport": {"width": 1920, "height": 1080}}


@pytest.fixture
def journey(cast):
    return make_journey(cast)


@pytest.fixture
def board(page, sign_in, cast, journey):
    sign_in(cast.owner)
    open_map(page, journey)
    return page


@pytest.fixture
def benchmark(cast):
    """The largest map of the demo: 8 stages, 10 lanes, 400 cards."""
    for name in PERSONAS:
        make_persona(cast.workspace, name)
    for name in CHANNELS:
        make_channel(cast.workspace, name)
    for _team, name in OWNERS:
        make_metric(cast.workspace, name)
    people = [make_member(cast.workspace).user.email for _number in range(3)] * 20
    document = benchmark_document(people, date(2026, 5, 4)) | {"owner": people[0]}
    return create_from_document(by=cast.owner, document=document)


def look(page: Page) -> None:
    assert_accessible(page)
    assert_fits_phone(page)


def test_map_with_a_card_open(board):
    open_panel(board, "Reads")
    look(board)


def test_map_with_forms_open(board):
    board.locator(".cell .add").first.click()
    open_panel(board, "Reads").get_by_role("link", name="Edit").click()
    board.locator("#panel [name=moment]").fill("First value")
    board.get_by_role("button", name="Save").click()
    expect(board.locator("#panel [aria-invalid=true]").first).to_be_visible()
    look(board)


def test_conflict(board):
    open_panel(board, "Reads").get_by_role("link", name="Edit").click()
    board.locator("#panel [name=title]").fill("Mine")
    board.evaluate("document.querySelector('#panel [name=seen]').value = 0")
    board.get_by_role("button", name="Save").click()
    expect(board.locator("#panel .theirs")).to_be_visible()
    look(board)


@pytest.mark.parametrize("path", ["paths/", "stages/new/", "lanes/new/"])
def test_panels_of_the_frame(board, journey, path):
    board.evaluate(
        "(path) => htmx.ajax('GET', document.getElementById('board').dataset.base + path, '#panel')",
        f"maps/{journey.pk}/{path}",
    )
    expect(board.locator("#panel .sheet")).to_be_visible()
    look(board)


def test_stage_with_its_form(board):
    board.locator(".stage h2 .open").first.click()
    expect(board.locator("#panel h2")).to_have_text("Try")
    look(board)
    board.locator("#panel").get_by_role("link", name="Edit").click()
    expect(board.locator("#panel [name=name]")).to_have_value("Try")
    look(board)


@pytest.mark.parametrize(
    "path", ["", "new/", "{map}/edit/", "{map}/changes/", "{map}/copy/", "{map}/paths/", "{map}/cards/new/"]
)
def test_pages_around_the_map(page, sign_in, cast, journey, path):
    save_template(by=cast.owner, source=journey, title="Our way")
    sign_in(cast.owner).goto(f"/w/{cast.workspace.slug}/maps/{path.format(map=journey.pk)}")
    expect(page.locator("h1")).to_have_count(1)
    look(page)


def test_empty_map(page, sign_in, cast):
    sign_in(cast.owner)
    open_map(page, make_map(cast.owner, stages=(), lanes=()))
    expect(page.locator(".blank")).to_be_visible()
    look(page)


def test_map_of_long_words_and_other_scripts(page, sign_in, cast):
    long = "Überprüfungsgesellschaftsvertragsabschluss" * 3
    journey = make_map(cast.owner, title=long, stages=[long[:80], "שלום עולם", "🎈 <b>"], lanes=["free"])
    make_card(cast.owner, journey, title=long, body=long * 20)
    make_card(cast.owner, journey, stage=1, title="مرحبا بالعالم")
    sign_in(cast.owner)
    open_map(page, journey)
    open_panel(page, "Über")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    assert page.evaluate(
        "[...document.querySelectorAll('.card, .stage')].every((one) => one.scrollWidth <= one.clientWidth + 1)"
    )
    look(page)


@pytest.mark.parametrize("screen", [PHONE], ids=["phone"])
def test_phone_shows_the_card_over_the_map(board):
    panel = open_panel(board, "Reads")
    box = panel.bounding_box()
    assert box
    assert (box["x"], box["width"]) == (0, 360)
    panel.locator("[data-close]").click()
    expect(card_of(board, "Reads")).to_be_visible()
    assert_accessible(board)


def test_heads_and_lane_names_stay_in_view(page, sign_in, cast, benchmark):
    sign_in(cast.owner)
    open_map(page, benchmark)
    page.evaluate("document.getElementById('boards').scrollTo(600, 1500)")
    frame = page.locator("#boards").bounding_box()
    head, name = page.locator(".heads").bounding_box(), page.locator(".lane-name").last.bounding_box()
    assert frame
    assert head
    assert name
    assert abs(head["y"] - frame["y"]) < 2
    assert abs(name["x"] - frame["x"]) < 2


@pytest.mark.parametrize("screen", [WALL], ids=["wall"])
def test_largest_map_moves_nothing_while_it_comes(page, sign_in, cast, benchmark):
    page.add_init_script(
        """window.shift = 0;
        new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value; })
            .observe({type: "layout-shift", buffered: true});"""
    )
    sign_in(cast.owner)
    open_map(page, benchmark)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    assert page.locator(".card").count() == 400
    assert page.evaluate("window.shift") <= 0.05


@pytest.mark.parametrize("screen", [WALL, WALL | {"reduced_motion": "reduce"}], ids=["moving", "still"])
def test_presented_map_has_no_tools_and_fits(page, sign_in, cast, journey, screen):
    for number in range(9):
        make_card(cast.owner, journey, stage=number % 3, title="A card with a few words, as most of them have")
    sign_in(cast.owner)
    open_map(page, journey, "?present=1")
    for tools in ["#side", ".top .actions", ".more-lanes", ".cell .add >> nth=0"]:
        expect(page.locator(tools)).to_be_hidden()
    hidden = "[frame.scrollWidth - frame.clientWidth, frame.scrollHeight - frame.clientHeight]"
    left, high = page.locator("#boards").evaluate(f"(frame) => {hidden}")
    assert (left, high) == (0, 0)
    assert page.locator("#board").bounding_box()["height"] > 0.6 * page.locator("#boards").bounding_box()["height"]  # type: ignore[index]
    assert_accessible(page)
    page.get_by_role("link", name="Leave the presentation").click()
    expect(page.locator("#side")).to_be_visible()
    assert "present" not in page.url


def test_paper_shows_the_map_and_no_tools(board):
    open_panel(board, "Reads")
    board.emulate_media(media="print")
    for tools in ["#side", ".tabbar", ".top .actions", "#panel", ".more-lanes", ".cell .add >> nth=0", ".top .crumbs"]:
        expect(board.locator(tools)).to_be_hidden()
    for shown in ["h1", ".stage >> nth=0", ".card >> nth=0", ".curve svg"]:
        expect(board.locator(shown)).to_be_visible()
    assert board.evaluate("getComputedStyle(document.getElementById('boards')).overflow") == "visible"
