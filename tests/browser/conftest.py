"""A real Chromium before the running site. What it complains about on the console fails the test.

Without a Chromium these tests are skipped, but not in CI: see `conftest.py` at the top.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from threading import local

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from playwright.sync_api import Page, sync_playwright

from scripts.chromium import find
from teams.models import Membership

ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Every test in this folder needs a Chromium; the hook at the top skips them by this mark."""
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker("browser")


@pytest.fixture(scope="package")
def browser():
    """One Chromium for all of these tests; it ends with them, so that other tests may start their own."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in the thread of the test, which Django takes for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def screen() -> dict:
    """What the context of `page` is opened with; a test overrides it by parameters."""
    return {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light", "reduced_motion": "reduce"}


@pytest.fixture
def complaints() -> list[str]:
    """What Chromium complained about so far. A test that provokes a complaint clears the list."""
    return []


@pytest.fixture
def page(browser, live_server, screen, complaints):
    """A page of the running site, addresses relative to it. Errors of scripts, of the policy and 5xx fail the test."""
    context = browser.new_context(base_url=live_server.url, **screen)
    context.set_default_timeout(10_000)
    tab = context.new_page()
    listen(tab, complaints)
    with all_answered():
        yield tab
        context.close()
    assert not complaints


@contextmanager
def all_answered() -> Iterator[None]:
    """Ends when the site has answered all that it was asked, also what the page no longer waits for.

    Otherwise an answer would meet the emptied database of the next test, or keep it from being emptied.
    """
    underway: set[int | None] = set()
    numbers, threads = count(), local()

    def begins(**signal):
        threads.number = next(numbers)
        underway.add(threads.number)

    def ends(**signal):
        underway.discard(getattr(threads, "number", None))

    request_started.connect(begins)
    request_finished.connect(ends)
    try:
        yield
        patience = time.monotonic() + 10
        while underway and time.monotonic() < patience:
            time.sleep(0.01)
    finally:
        request_started.disconnect(begins)
        request_finished.disconnect(ends)
    assert not underway, "the site has not answered within ten seconds"


def listen(tab: Page, complaints: list[str]) -> None:
    """Write down every complaint. A refused request (4xx) is none, a missing file is."""

    def console(message):
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    def response(answer):
        if answer.status >= 500 or (answer.status == 404 and "/static/" in answer.url):
            complaints.append(f"{answer.status} {answer.url}")

    tab.on("console", console)
    tab.on("response", response)
    tab.on("pageerror", lambda error: complaints.append(str(error)))


@pytest.fixture
def sign_in(page, live_server, client_of):
    """A function: from now on the page is that of a member."""

    def signed_in(membership: Membership) -> Page:
        session = client_of(membership).cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        return page

    return signed_in
