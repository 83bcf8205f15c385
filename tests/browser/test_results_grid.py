"""The grid of results under mouse and keyboard, the plan's form with its buttons, and both on a phone."""

from playwright.sync_api import expect

from experiments.models import Entry
from tests.browser.checks import assert_accessible, assert_fits_phone
from tests.experiments.made import enter_shares, make_idea, make_running

PASTE = """(input, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_block_is_pasted_and_keys_walk(cast, page, sign_in):
    experiment = make_running(cast.product, days=3)
    sign_in(cast.product).goto(f"/w/{cast.workspace.slug}/experiments/{experiment.pk}/results/enter/")
    boxes = page.locator(".grid tbody input:not([type=hidden])")
    boxes.first.evaluate(PASTE, "100\t10\t110\t12\r\n101\t11\t111\t13\r\n")
    expect(boxes.nth(7)).to_have_value("13")
    boxes.first.focus()
    page.keyboard.press("ArrowDown")
    expect(boxes.nth(4)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(boxes.nth(9)).to_be_focused()
    assert_accessible(page)
    assert_fits_phone(page)
    page.get_by_role("button", name="Enter these results").click()
    expect(page.get_by_text("4 results entered.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("4 results are as before.")).to_be_visible()
    assert not Entry.objects.filter(experiment=experiment, current=True, withdrawn=False).exists()


def test_plan_form_follows_its_buttons(cast, page, sign_in):
    experiment = make_idea(cast.product)
    sign_in(cast.product).goto(f"/w/{cast.workspace.slug}/experiments/{experiment.pk}/plan/edit/")
    page.locator("#id_variants-1-name").fill("Date first")
    page.get_by_role("button", name="Add a variant").click()
    page.locator("#id_variants-2-name").fill("Date and map")
    page.get_by_role("button", name="Share equally").click()
    expect(page.locator("#id_variants-0-weight")).to_have_value("33.34 %")
    expect(page.locator("#id_variants-2-name")).to_have_value("Date and map")
    page.locator("#id_metrics-0-baseline").fill("10")
    page.locator("#id_minimum_effect").fill("5")
    page.get_by_role("button", name="Compute users and end").click()
    expect(page.locator("#id_planned_total")).not_to_have_value("")
    assert_accessible(page)
    assert_fits_phone(page)
    page.locator("#id_minimum_effect").press("Enter")
    expect(page.get_by_text("The plan is saved.")).to_be_visible()
    assert_accessible(page)
    assert_fits_phone(page)


def test_choice_of_metric_follows_at_once(cast, page, sign_in):
    variants = [
        {"key": key, "name": key.title(), "weight": weight} for key, weight in [("a", 0.5), ("b", 0.25), ("c", 0.25)]
    ]
    experiment = make_running(cast.product, plan={"variants": variants})
    enter_shares(cast.product, experiment, (2000, 200), (1000, 120), (1000, 90))
    sign_in(cast.product).goto(f"/w/{cast.workspace.slug}/experiments/{experiment.pk}/results/")
    page.get_by_label("Metric and variant").select_option(index=1)
    expect(page.locator("#over-time-heading")).to_contain_text(": C")
    assert_accessible(page)
    assert_fits_phone(page)
