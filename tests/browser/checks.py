"""What every page has to be: usable by everybody, in both color schemes, and no wider than a small phone."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def assert_accessible(page: Page) -> None:
    """No violation at level A or AA of what is on the screen now, in light and in dark."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate("Promise.allSettled(document.getAnimations().map((animation) => animation.finished))")
        found = Axe().run(page, options=RULES)
        assert not found.violations_count, f"{scheme}: {found.generate_report()}"
        assert found.response["passes"], "axe looked at nothing"


def assert_fits_phone(page: Page, width: int = 360) -> None:
    """Nothing makes the page scroll sideways on a screen this wide."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= width, wide_things(page)
    if before:
        page.set_viewport_size(before)


def wide_things(page: Page) -> list[str]:
    return page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((thing) => thing.getBoundingClientRect().right > innerWidth + 1)
            .slice(0, 5).map((thing) => thing.outerHTML.slice(0, 160))"""
    )
