"""Projections as people meet them: made, changed, set side by side, approved by another, held against what came."""

import pytest
from playwright.sync_api import expect

from campaigns.models import Actual, Projection
from campaigns.queries.projections import latest_version
from tests.browser.checks import assert_accessible, assert_fits_phone
from tests.campaigns.projecting import date_back, linked, make_actuals, make_projection
from tests.experiments.made import make_decided
from tests.factories import make_map

LIST = "/w/here/projections/"
PASTE = """([input, text]) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.getElementById(input).dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
}"""


def checked(page):
    """Settled, usable by everybody and no wider than a phone."""
    page.wait_for_load_state("networkidle")
    assert_accessible(page)
    assert_fits_phone(page)


@pytest.fixture
def over(cast):
    """A projection whose months are over, saved before they began."""
    made = make_projection(cast.marketing, title="Spring drive")
    date_back(made)
    return made


def test_projection_is_made_from_its_months_to_its_picture(cast, page, sign_in):
    sign_in(cast.marketing).goto(LIST)
    checked(page)
    page.get_by_role("link", name="Make the first projection").click()
    page.get_by_label("First month").fill("2026-01")
    page.get_by_label("Months").fill("3")
    checked(page)
    page.get_by_role("button", name="Go on to the numbers").click()
    page.get_by_label("Title").fill("Spring drive")
    for number, (name, rate) in enumerate([("Try", "10 / 20 / 30 %"), ("Buy", "50 %")]):
        page.locator(f"#id_stages-{number}-name").fill(name)
        page.locator(f"#id_stages-{number}-rate").fill(rate)
    page.locator("#id_inputs-0-channel").fill("Search")
    page.evaluate(PASTE, ["id_inputs-0-v0", "1,000\t500\n1,200\t500\n1,400\t600\n"])
    expect(page.locator("#id_inputs-0-c2")).to_have_value("600")
    page.get_by_label("Worth of one customer").fill("100")
    checked(page)
    page.get_by_role("button", name="Compute and save").click()

    expect(page.get_by_role("heading", name="Spring drive", level=1)).to_be_visible()
    assert latest_version(Projection.objects.get()).document["inputs"][0]["volumes"] == [1000, 1200, 1400]
    picture = page.get_by_role("img", name="Customers")
    expect(picture.first).to_be_visible()
    page.get_by_text("Show the numbers").first.click()
    table = page.locator("details[open] table").first
    expect(table.get_by_role("row")).to_have_count(4)
    checked(page)


def test_wrong_range_is_named_and_a_mended_one_is_a_new_version(cast, over, page, sign_in):
    sign_in(cast.marketing).goto(f"{LIST}{over.pk}/")
    page.get_by_role("link", name="Change the numbers").click()
    rate = page.locator("#id_stages-0-rate")
    rate.fill("30 / 20 / 10 %")
    page.get_by_role("button", name="Compute and save").click()
    expect(page.get_by_role("alert")).to_contain_text("Low must be at most likely.")
    expect(rate).to_have_value("30 / 20 / 10 %")
    checked(page)
    rate.fill("15 / 25 / 35 %")
    page.get_by_role("button", name="Compute and save").click()
    expect(page.get_by_text("Saved as version 2.")).to_be_visible()
    page.get_by_role("link", name="Versions").click()
    expect(
        page.get_by_text("Try: rate: 10\u00a0% / 20\u00a0% / 30\u00a0% → 15\u00a0% / 25\u00a0% / 35\u00a0%")
    ).to_be_visible()
    checked(page)


def test_scenarios_stand_side_by_side(cast, over, page, sign_in):
    sign_in(cast.marketing).goto(f"{LIST}{over.pk}/scenarios/")
    checked(page)
    page.get_by_role("link", name="Add a scenario").click()
    page.get_by_label("Name", exact=True).fill("Bold")
    page.get_by_label("Try: rate").fill("40 %")
    checked(page)
    page.get_by_role("button", name="Compute and save").click()
    expect(page.get_by_role("columnheader", name="Bold")).to_have_count(2)
    expect(page.get_by_role("row", name="Gain more than the base")).to_contain_text("better with a chance of")
    page.get_by_role("link", name="Revenue", exact=True).click()
    expect(page.get_by_role("img", name="Revenue")).to_be_visible()
    checked(page)


def test_scenario_has_other_months_pasted_from_a_spreadsheet(cast, over, page, sign_in):
    sign_in(cast.marketing).goto(f"{LIST}{over.pk}/scenarios/1/")
    page.get_by_text("Month by month", exact=True).click()
    first = page.get_by_label("Search, Jan 2026: come in")
    page.evaluate(PASTE, [first.get_attribute("id"), "1,500\t700\n1,600\t700\n"])
    expect(page.get_by_label("Search, Feb 2026: cost")).to_have_value("700")
    checked(page)
    page.get_by_role("button", name="Compute and save").click()
    expect(page.get_by_text("Saved as version 2.")).to_be_visible()
    over.refresh_from_db()
    assert latest_version(over).document["scenarios"][0]["inputs"][0]["volumes"] == [1500, 1600, 1000]


def test_effect_of_an_experiment_is_tried_out_and_taken_over(cast, page, sign_in):
    journey = make_map(cast.marketing)
    made = make_projection(cast.marketing, map=journey, stages=linked(journey))
    make_decided(cast.product, cast.sales, journey=journey, title="Date first")
    sign_in(cast.marketing).goto(f"{LIST}{made.pk}/")
    offer = page.get_by_role("region", name="Date first")
    expect(offer).to_contain_text("Rate of “Try”")
    checked(page)
    offer.get_by_role("button", name="As a scenario").click()
    expect(page.get_by_role("columnheader", name="Date first")).to_have_count(2)
    page.get_by_role("link", name="Result", exact=True).click()
    page.get_by_role("region", name="Date first").get_by_role("button", name="Take it over").click()
    expect(page.get_by_text("Taken over: this is version 3.")).to_be_visible()
    expect(page.get_by_text("experiment: Date first")).to_be_visible()


def test_another_person_approves_and_that_locks(cast, over, page, sign_in):
    sign_in(cast.marketing).goto(f"{LIST}{over.pk}/")
    expect(page.get_by_role("button", name="Approve and lock")).to_have_count(0)
    sign_in(cast.sales).goto(f"{LIST}{over.pk}/")
    page.get_by_role("button", name="Approve and lock").click()
    expect(page.get_by_text("Sales Editor approved this version on")).to_be_visible()
    checked(page)
    sign_in(cast.marketing).goto(f"{LIST}{over.pk}/")
    expect(page.get_by_role("link", name="Change the numbers")).to_have_count(0)
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_role("link", name="Change the numbers")).to_be_visible()


def test_what_came_is_typed_and_explains_the_gap(cast, over, page, sign_in):
    sign_in(cast.marketing).goto(f"{LIST}{over.pk}/actuals/")
    checked(page)
    page.get_by_role("link", name="Enter what came").first.click()
    checked(page)
    first = page.get_by_label("Came in, Jan 2026")
    page.evaluate(PASTE, [first.get_attribute("id"), "900\t250\t100\t11,000\t450\n1,100\t240\t130\t12500\t500\n"])
    page.get_by_role("button", name="Enter these numbers").click()
    expect(page.get_by_text("10 numbers entered.")).to_be_visible()
    gap = page.get_by_role("region", name="Why it differs")
    expect(gap).to_contain_text("Rate of “Try”")
    expect(gap).to_contain_text("How many came in")
    checked(page)
    page.get_by_role("link", name="Record of all forecasts").click()
    expect(page.get_by_text("Intervals that held").first).to_be_visible()
    checked(page)


def test_a_wrong_line_is_named_and_nothing_is_lost(cast, over, page, sign_in):
    make_actuals(cast.marketing, over, {("2026-01", "entered", ""): 900})
    sign_in(cast.marketing).goto(f"{LIST}{over.pk}/actuals/import/")
    checked(page)
    lines = "month,what,stage,channel,value\n2026-01,entered,,,950\n2026-01,passed,Tri,,250\n2026-02,revenue,,,12000\n"
    typed = page.get_by_label("Paste the lines")
    typed.fill(lines)
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("row", name="The projection has no stage “Tri”.")).to_contain_text(
        "2026-01,passed,Tri,,250"
    )
    expect(page.get_by_role("row", name="The projection has no stage “Tri”.").get_by_role("cell").first).to_have_text(
        "3"
    )
    expect(page.get_by_role("button", name="Import")).to_have_count(0)
    checked(page)
    assert list(Actual.objects.values_list("value", "current")) == [(900, True)]
    assert typed.input_value() == lines
    typed.fill(lines.replace("Tri,", "Try,"))
    page.get_by_role("button", name="Preview again").click()
    page.get_by_role("button", name="Import 3 numbers").click()
    expect(page.get_by_text("3 numbers entered.")).to_be_visible()
    page.get_by_role("link", name="History").click()
    expect(page.get_by_role("row", name="950")).to_contain_text("900")
    checked(page)


@pytest.mark.parametrize("screen", [{"java_script_enabled": False, "viewport": {"width": 390, "height": 844}}])
def test_without_scripts_numbers_are_changed_and_read(cast, over, page, sign_in, screen):
    sign_in(cast.marketing).goto(f"{LIST}{over.pk}/edit/")
    page.get_by_role("button", name="Add a stage").click()
    page.locator("#id_stages-2-name").fill("Renew")
    page.locator("#id_stages-2-rate").fill("90 %")
    page.get_by_role("button", name="Compute and save").click()
    expect(page.get_by_text("Saved as version 2.")).to_be_visible()
    page.get_by_text("Show the numbers").first.click()
    expect(page.locator("details[open] table").first).to_be_visible()
