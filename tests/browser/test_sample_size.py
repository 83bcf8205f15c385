"""The sample size is planned while one types: the answer follows, the fields stay, the address can be shared."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.checks import assert_accessible


@pytest.fixture
def sizing(page, sign_in, cast):
    sign_in(cast.product).goto(f"/w/{cast.workspace.slug}/experiments/sample-size/")
    return page


def test_answer_and_curve_follow_what_is_typed(sizing):
    answer, effect = sizing.locator("#size-answer"), sizing.locator("#id_minimum_effect")
    expect(answer).to_contain_text("You need 115,526 users")
    before = answer.locator(".line").first.get_attribute("d")
    effect.fill("")
    effect.press_sequentially("10", delay=40)

    expect(answer).to_contain_text("You need 29,502 users")
    expect(answer.locator("tr[aria-current]")).to_contain_text("29,502")
    expect(answer.locator(".line").first).not_to_have_attribute("d", before)
    expect(effect).to_be_focused()
    expect(sizing).to_have_url(re.compile("minimum_effect=10&"))
    sizing.reload()
    expect(answer).to_contain_text("You need 29,502 users")
    expect(effect).to_have_value("10")


def test_fields_fit_the_question_and_say_what_is_wrong(sizing):
    sd, total, effect = (sizing.locator(f"#id_{name}") for name in ("sd", "total", "minimum_effect"))
    expect(sd).to_be_hidden()
    expect(total).to_be_hidden()
    sizing.locator("#id_kind").focus()
    sizing.locator("#id_kind").select_option("mean")
    expect(sd).to_be_visible()
    expect(sizing.locator("#id_sd_wrong")).to_contain_text("Give the standard deviation")
    expect(sizing.locator("#size-answer .summary")).to_be_visible()
    expect(sizing.locator("#id_kind")).to_be_focused()
    assert_accessible(sizing)

    sd.fill("25")
    expect(sizing.locator("#id_sd_wrong")).to_be_empty()
    sizing.get_by_label("Which effect so many users show").check()
    expect(effect).to_be_hidden()
    total.fill("20,000")
    expect(sizing.locator("#size-answer")).to_contain_text("20,000 users show an effect of")


def test_form_works_without_scripts(browser, live_server, cast, client_of):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client_of(cast.viewer).cookies[name].value, "url": live_server.url}])
    tab = context.new_page()
    tab.goto("/w/here/experiments/sample-size/")
    tab.locator("#id_traffic").fill("900")
    tab.get_by_role("button", name="Calculate").click()
    expect(tab.locator("#size-answer")).to_contain_text("about 129 days with 900 a day")
    tab.locator("#id_baseline").fill("ten")
    tab.get_by_role("button", name="Calculate").click()
    expect(tab.locator("#id_baseline_wrong")).to_contain_text("is not a number")
    expect(tab.locator("#id_traffic")).to_have_value("900")
    context.close()
