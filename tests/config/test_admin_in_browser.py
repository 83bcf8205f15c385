"""Django's admin site works under our Content-Security-Policy."""

import pytest
from django.conf import settings

from scripts.chromium import find
from tests.factories import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture
def page(live_server, client, monkeypatch):
    """A page of a Chromium in which an administrator is signed in."""
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps a loop in this thread; nothing awaits
    client.force_login(make_user(is_staff=True, is_superuser=True), backend=settings.AUTHENTICATION_BACKENDS[0])
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=QUIET)
        context = browser.new_context(base_url=live_server.url)
        context.add_cookies([session])
        yield context.new_page()
        browser.close()


def test_admin_pages_break_no_policy(page):
    said: list[str] = []
    page.on("console", lambda message: message.type == "error" and said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))

    for path in ["", "teams/user/", "teams/user/add/", "django_q/schedule/", "django_q/failure/", "password_change/"]:
        assert page.goto(f"/admin/{path}").status == 200, path
        page.wait_for_load_state("networkidle")
    page.goto("/admin/django_q/schedule/add/")
    page.click(".datetimeshortcuts a >> nth=0")

    assert page.input_value("#id_next_run_0") != ""
    assert said == []
