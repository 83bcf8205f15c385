"""Experiments as people use them: written down with a sentence that grows, found in the log, brought forward."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from experiments.models import Experiment
from journeys.models import Map
from tests.browser.checks import assert_accessible, assert_fits_phone
from tests.factories import make_card, make_map, make_metric

NEW = "/w/here/experiments/new/"


@pytest.fixture
def journey(cast) -> Map:
    journey = make_map(cast.product, title="Trial to renewal", lanes=("actions", "opportunities"))
    make_card(cast.product, journey, stage=1, title="Asks when it comes")
    make_metric(cast.workspace, "Basket to paid")
    return journey


def test_idea_is_written_down(cast, page, sign_in, journey):
    sign_in(cast.product).goto(NEW)
    page.get_by_label("Title").fill("Date first")
    page.get_by_label("If we …").fill("show the delivery date")
    page.get_by_label("then …").select_option(label="Basket to paid")
    page.locator("#id_expected_effect").fill("4")
    expect(page.locator(".sentence")).to_have_text(
        "If we show the delivery date for …, then Basket to paid will rise by 4\u00a0%, because …"
    )
    page.get_by_label("Map").select_option(label="Trial to renewal")
    page.get_by_label("Stage").select_option(label="Buy")
    page.get_by_label("Card").select_option(label="Asks when it comes")
    page.get_by_label("What it says").fill("Heard in three interviews")
    page.get_by_role("button", name="Add another").click()
    expect(page.locator(".evidence-row")).to_have_count(2)
    expect(page.get_by_label("What it says").first).to_have_value("Heard in three interviews")
    assert_accessible(page)
    assert_fits_phone(page)
    page.get_by_label("Kind").first.select_option("interview")
    page.get_by_label("Title").press("Enter")
    expect(page.locator("h1")).to_have_text("Date first")
    made = Experiment.objects.get()
    assert (made.card.title, made.evidence.get().kind, made.expected_effect) == (
        "Asks when it comes",
        "interview",
        0.04,
    )


def test_idea_is_written_down_without_scripts(browser, live_server, cast, client_of, journey):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    session = client_of(cast.product).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    plain = context.new_page()
    plain.goto(NEW)
    plain.get_by_label("Title").fill("Date first")
    plain.get_by_label("Map").select_option(label="Trial to renewal")
    plain.get_by_role("button", name="Show what can be chosen there").click()
    plain.get_by_label("Stage").select_option(label="Buy")
    plain.get_by_role("button", name="Show what can be chosen there").click()
    plain.get_by_label("Card").select_option(label="Asks when it comes")
    plain.get_by_role("button", name="Add another").click()
    expect(plain.locator(".evidence-row")).to_have_count(2)
    plain.get_by_role("button", name="Write it down").click()
    expect(plain.locator("h1")).to_have_text("Date first")
    assert Experiment.objects.get().card.title == "Asks when it comes"
    context.close()
