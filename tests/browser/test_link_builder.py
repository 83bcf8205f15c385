"""The builder of links by mouse and keyboard, and copying what it built."""

from playwright.sync_api import expect

from campaigns.models import Link
from tests.browser.checks import assert_accessible, assert_fits_phone
from tests.factories import make_link

CLIPBOARD = """() => {
    const writeText = async (text) => {
        if (window.denied) throw new Error("denied");
        window.kept = text;
    };
    Object.defineProperty(navigator, "clipboard", { value: { writeText } });
}"""


def test_proposals_are_taken_by_enter_and_click_while_one_types(cast, page, sign_in):
    sign_in(cast.sales).goto("/w/here/links/new/")
    expect(page.locator("#url")).to_be_focused()
    page.keyboard.type("http://shop.example/sale#top")
    expect(page.locator("#about-url")).to_contain_text("https:// addresses only")
    page.keyboard.press("Enter")
    expect(page.locator("#url")).to_have_value("https://shop.example/sale#top")
    expect(page.locator("#about-url")).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.type("My Mail")
    page.locator("#p_utm_campaign").fill("Spring Sale")
    expect(page.locator("#link-result")).to_contain_text("Still missing: Medium")
    expect(page.locator("#about-p_utm_source button")).to_be_visible()
    assert_accessible(page)
    assert_fits_phone(page)
    page.locator("#about-p_utm_source button").click()
    expect(page.locator("#p_utm_source")).to_be_focused()
    expect(page.locator("#p_utm_source")).to_have_value("my-mail")
    page.locator("#p_utm_medium").fill("E Mail")
    expect(page.locator("#about-p_utm_medium button")).to_be_visible()
    page.locator("[data-take-all]").click()
    expect(page.locator("#link-result")).to_contain_text("It keeps all rules.")
    page.locator("#p_utm_campaign").press("Enter")
    expect(page.locator("h1")).to_have_text("spring-sale")
    link = Link.objects.get()
    assert link.url == ("https://shop.example/sale?utm_source=my-mail&utm_medium=e-mail&utm_campaign=spring-sale#top")


def test_typing_goes_on_while_it_is_checked(cast, page, sign_in):
    """What comes back neither takes the focus nor touches the fields."""
    sign_in(cast.sales).goto("/w/here/links/new/")
    field = page.locator("#p_utm_campaign")
    field.focus()
    with page.expect_response("**/links/check/"):
        page.keyboard.type("Spring")
    expect(page.locator("#about-p_utm_campaign")).to_contain_text("Small letters only.")
    page.keyboard.type(" and more")
    expect(field).to_be_focused()
    expect(field).to_have_value("Spring and more")
    expect(page.locator("#about-p_utm_campaign code")).to_have_text("spring-and-more")


def test_link_is_copied_or_marked(cast, page, sign_in):
    link = make_link(cast.sales)
    sign_in(cast.viewer).goto(f"/w/here/links/{link.pk}/")
    assert_accessible(page)
    assert_fits_phone(page)
    page.evaluate(CLIPBOARD)
    page.locator("[data-copy]").click()
    expect(page.locator("#toasts")).to_contain_text("Copied.")
    assert page.evaluate("window.kept") == link.url
    page.evaluate("window.denied = true")
    page.locator("[data-copy]").click()
    expect(page.locator("#toasts")).to_contain_text("Ctrl-C")
    assert page.evaluate("document.getSelection().toString()") == link.url
