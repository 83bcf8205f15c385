"""The frame of the pages. Add the address of a new page to the table: every check runs on it."""

import re

import pytest
from playwright.sync_api import expect

from teams.models import User
from tests.browser.checks import assert_accessible, assert_fits_phone

# Who looks (None: nobody is signed in), and where; `{workspace}` is the slug of the cast's workspace.
PAGES = [
    (None, "/accounts/login/"),
    (None, "/accounts/signup/"),
    (None, "/accounts/password/reset/"),
    (None, "/accounts/password/reset/done/"),
    (None, "/accounts/password/reset/key/1-wrong/"),
    (None, "/accounts/confirm-email/"),
    (None, "/accounts/confirm-email/wrong/"),
    (None, "/accounts/inactive/"),
    ("product", "/accounts/email/"),
    ("product", "/accounts/password/change/"),
    ("product", "/accounts/2fa/"),
    ("product", "/accounts/sessions/"),
    ("product", "/accounts/reauthenticate/"),
    ("product", "/accounts/logout/"),
    ("product", "/profile/"),
    ("product", "/workspaces/"),
    ("owner", "/w/{workspace}/members/"),
    ("owner", "/w/{workspace}/teams/"),
    ("owner", "/w/{workspace}/permissions/"),
    ("owner", "/w/{workspace}/keys/"),
    ("owner", "/w/{workspace}/settings/"),
    ("owner", "/w/{workspace}/invitations/"),
    ("viewer", "/w/{workspace}/settings/"),
    ("owner", "/w/{workspace}/settings/owner/"),
    ("product", "/w/{workspace}/maps/"),
    ("product", "/w/{workspace}/maps/new/"),
    ("product", "/w/{workspace}/personas/"),
    ("product", "/w/{workspace}/personas/new/"),
    ("product", "/w/{workspace}/metrics/"),
    ("product", "/w/{workspace}/metrics/new/"),
    ("product", "/w/{workspace}/experiments/"),
    ("product", "/w/{workspace}/experiments/new/?template=fewer-steps"),
    ("product", "/w/{workspace}/experiments/templates/"),
    ("owner", "/w/{workspace}/experiments/practice/"),
    ("viewer", "/w/{workspace}/inbox/"),
    ("product", "/w/{workspace}/experiments/sample-size/"),
    ("product", "/w/{workspace}/experiments/import/"),
    ("product", "/w/{workspace}/links/"),
    ("product", "/w/{workspace}/links/new/"),
    ("product", "/w/{workspace}/links/import/"),
    ("owner", "/w/{workspace}/links/rules/"),
    ("owner", "/w/{workspace}/links/rules/new/"),
    ("owner", "/w/{workspace}/channels/"),
    ("product", "/w/{workspace}/search/?q=word"),
    ("product", "/nowhere/"),
]


@pytest.mark.parametrize(("who", "address"), PAGES)
def test_page_is_accessible_and_fits_a_phone(who, address, cast, page, sign_in):
    if who:
        sign_in(getattr(cast, who))
    page.goto(address.format(workspace=cast.workspace.slug))
    expect(page.locator("h1")).to_have_count(1)
    assert_accessible(page)
    assert_fits_phone(page)


def test_keyboard_reaches_content_first(cast, page, sign_in):
    sign_in(cast.product).goto("/accounts/email/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_palette_goes_to_a_place_by_keys(cast, page, sign_in):
    sign_in(cast.owner).goto(f"/w/{cast.workspace.slug}/members/")
    page.keyboard.press("Control+k")
    palette = page.locator("#palette")
    expect(palette).to_be_visible()
    assert_accessible(page)
    palette.locator("input").type("tea")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/w/{cast.workspace.slug}/teams/")


def test_palette_closes_on_escape_and_gives_focus_back(cast, page, sign_in):
    sign_in(cast.owner).goto(f"/w/{cast.workspace.slug}/members/")
    page.locator("#side a", has_text="Teams").focus()
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    expect(page.locator("#side a", has_text="Teams")).to_be_focused()


def test_help_opens_with_question_mark_but_not_while_typing(cast, page, sign_in):
    sign_in(cast.owner).goto(f"/w/{cast.workspace.slug}/members/")
    page.locator("#id_q").type("?")
    expect(page.locator("#help")).to_be_hidden()
    page.locator("#id_q").blur()
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    assert_accessible(page)


def test_account_menu_opens_walks_and_closes(cast, page, sign_in):
    sign_in(cast.owner).goto(f"/w/{cast.workspace.slug}/members/")
    summary = page.locator(".account > summary")
    summary.click()
    assert_accessible(page)
    page.keyboard.press("ArrowDown")
    expect(page.locator(".account a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".account .items")).to_be_hidden()
    expect(summary).to_be_focused()


def test_switcher_asks_for_workspaces_only_when_opened(cast, page, sign_in):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    sign_in(cast.owner).goto(f"/w/{cast.workspace.slug}/members/")
    assert not [url for url in asked if "switcher" in url]
    page.locator(".workspace > summary").click()
    page.wait_for_url("**/members/")
    expect(page.locator(".workspace .items a").first).to_be_visible()


def test_sign_out_from_the_menu(cast, page, sign_in):
    sign_in(cast.owner).goto(f"/w/{cast.workspace.slug}/members/")
    page.locator(".account > summary").click()
    page.locator(".account button", has_text="Sign out").click()
    page.goto(f"/w/{cast.workspace.slug}/members/")
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_menu_on_a_phone_opens_from_the_bar(cast, page, sign_in):
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(cast.owner).goto(f"/w/{cast.workspace.slug}/members/")
    expect(page.locator("#side")).to_be_hidden()
    page.locator(".tabbar button").click()
    expect(page.locator("#side a", has_text="Teams")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.locator("#side")).to_be_hidden()


def test_typed_text_is_not_lost_by_leaving(cast, page, sign_in):
    sign_in(cast.owner).goto("/profile/")
    page.locator("#id_name").fill("Somebody else")
    questions = []
    page.on("dialog", lambda dialog: (questions.append(dialog.type), dialog.dismiss()))
    page.locator("#side .brand").click()
    page.wait_for_timeout(200)
    assert questions == ["beforeunload"]
    expect(page).to_have_url(re.compile("/profile/$"))


def test_form_sent_twice_is_received_once(cast, page, sign_in):
    posts = []
    page.on("request", lambda request: request.method == "POST" and posts.append(request.url))
    sign_in(cast.owner).goto("/profile/")
    page.evaluate(
        """() => {
            const button = document.querySelector("#main button[type=submit]");
            button.click();
            button.click();
        }"""
    )
    page.wait_for_load_state("networkidle")
    assert len(posts) == 1


def test_first_wrong_field_has_the_focus(page, db):
    page.goto("/accounts/signup/")
    page.evaluate("document.querySelector('.door form').noValidate = true")
    page.locator(".door form .first").click()
    expect(page.locator("[aria-invalid=true]").first).to_be_focused()
    expect(page.locator(".summary")).to_contain_text("not right yet")
    assert_accessible(page)


@pytest.mark.parametrize("screen", [{"timezone_id": "Asia/Tokyo"}])
def test_sign_up_takes_the_time_zone_of_the_browser(page, db):
    page.goto("/accounts/signup/")
    for field, value in {"name": "Ada Lind", "email": "ada@x.example", "password1": "a long enough password"}.items():
        page.locator(f"#id_{field}").fill(value)
    page.locator(".door form .first").click()
    page.wait_for_url("**/accounts/confirm-email/")
    assert User.objects.get(email="ada@x.example").timezone == "Asia/Tokyo"


def test_pages_work_without_scripts(browser, live_server, cast, client_of):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    tab = context.new_page()
    tab.goto("/accounts/login/")
    tab.locator("#id_login").fill("owner@here.example")
    tab.locator("#id_password").fill("wrong")
    tab.locator(".door form .first").click()
    expect(tab.locator(".summary")).to_be_visible()
    expect(tab.locator("#id_login")).to_have_value("owner@here.example")
    context.close()
