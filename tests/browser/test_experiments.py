"""Experiments as people use them: written down with a sentence that grows, found in the log, brought forward."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from experiments.models import Experiment
from journeys.models import Map
from tests.browser.checks import assert_accessible, assert_fits_phone
from tests.experiments.made import make_check, make_idea, make_planned
from tests.factories import make_card, make_map, make_metric, stage_of

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


def test_experiment_is_brought_forward(cast, page, sign_in, journey):
    for text in ["Tried on a phone", "Support knows"]:
        make_check(cast.workspace, text)
    experiment = make_planned(cast.product, journey=journey)
    sign_in(cast.product).goto(f"/w/here/experiments/{experiment.pk}/")
    for text in ["Tried on a phone", "Support knows"]:
        page.get_by_role("button", name=text).press("Enter")
        expect(page.get_by_role("button", name=text)).to_have_attribute("aria-pressed", "true")
    assert_accessible(page)
    assert_fits_phone(page)
    page.get_by_role("button", name="Start it").click()
    expect(page.locator(".way .current")).to_have_text("Running")
    sign_in(cast.admin).goto("/w/here/experiments/practice/")
    page.get_by_role("button", name="Move down: Tried on a phone").press("Enter")
    expect(page.locator("#checklist ol .grow")).to_have_text(["Support knows", "Tried on a phone"])


def test_log_is_filtered_while_typing(cast, page, sign_in, journey):
    make_idea(cast.product, journey=journey, title="Date first", change="Promise the day")
    make_idea(cast.product, title="Call back", change="Call everybody")
    sign_in(cast.product).goto("/w/here/experiments/")
    expect(page.locator(".log tbody tr")).to_have_count(2)
    assert_accessible(page)
    assert_fits_phone(page)
    page.get_by_label("Words").type("promise")
    expect(page.locator(".log tbody th a")).to_have_text(["Date first"])
    page.get_by_text("More filters").click()
    page.get_by_label("Map").select_option(label="Trial to renewal")
    page.get_by_label("Stage").select_option(label="Buy")
    expect(page.locator("#experiments")).to_contain_text("No experiment fits")
    expect(page).to_have_url(re.compile(r"q=promise.*stage=\d"))
    page.reload()
    expect(page.get_by_label("Stage")).to_have_value(str(stage_of(journey, 1).pk))
