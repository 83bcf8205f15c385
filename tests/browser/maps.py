"""A small map and what one does on its page."""

from playwright.sync_api import Locator, Page, expect

from journeys.models import Card, Map
from journeys.services.stages import edit_stage
from tests.factories import make_card, make_map, make_path, make_persona, stage_of

STAY = "window.stayed = true"


def make_journey(cast) -> Map:
    """Three stages, three lanes, four cards. Marketing edits in Try, Sales in Buy, nobody but the owner in Keep."""
    ann = make_persona(cast.workspace, "Ann")
    journey = make_map(cast.owner, title="Trial to renewal", lanes=("actions", "emotion", "pains"), personas=[ann])
    for number, team in enumerate(["Marketing", "Sales"]):
        team = cast.workspace.teams.get(name=team)
        edit_stage(by=cast.owner, stage=stage_of(journey, number), seen=None, accountable_team=team)
    make_card(cast.owner, journey, title="Reads", emotions=[(ann, 1, "glad")])
    make_card(cast.owner, journey, title="Asks")
    make_card(cast.owner, journey, stage=1, title="Signs", emotions=[(ann, -1, "wary")])
    make_card(cast.owner, journey, lane=2, title="Too dear")
    make_path(cast.owner, journey, source=0, target=2, label="A friend's link")
    return journey


def open_map(page: Page, journey: Map, query: str = "") -> None:
    page.goto(f"/w/{journey.workspace.slug}/maps/{journey.pk}/{query}")
    page.wait_for_function("window.htmx")
    page.evaluate(STAY)


def stayed(page: Page) -> bool:
    """Whether the page was not loaded anew since it was opened."""
    return page.evaluate("window.stayed === true")


def card_of(page: Page, title: str) -> Locator:
    return page.locator(".board .card", has=page.locator(".words", has_text=title))


def cell_of(page: Page, stage: int, lane: int) -> Locator:
    return page.locator(".lane-row").nth(lane).locator(":scope > .cell").nth(stage)


def titles(page: Page, stage: int, lane: int) -> Locator:
    """The cards of a cell, for `expect(…).to_have_text([…])`."""
    return cell_of(page, stage, lane).locator(".card .words")


def open_panel(page: Page, title: str) -> Locator:
    card_of(page, title).locator(".open").click()
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_contain_text(title)
    return panel


def focus(page: Page, title: str) -> None:
    card_of(page, title).locator(".open").focus()


def expect_focus(page: Page, title: str) -> None:
    expect(card_of(page, title).locator(".open")).to_be_focused()


def expect_said(page: Page, text: str) -> None:
    expect(page.locator("#said")).to_have_text(text)


def place_of(title: str) -> tuple[str, str, int, int]:
    """Where the card is in the database: stage, lane, place, span."""
    card = Card.objects.select_related("stage", "lane").get(title=title)
    return card.stage.name, card.lane.kind, card.position, card.span
