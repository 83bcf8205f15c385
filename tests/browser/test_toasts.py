"""Messages at the lower edge, and what one is told when an htmx request goes wrong."""

import re

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from playwright.sync_api import expect

ASK = """() => {
    document.querySelector(".content").innerHTML =
        '<form id="ask" method="post" hx-post="/asked/" hx-target="#answer"><input name="x"><button>Ask</button></form>'
        + '<div id="answer">before</div>';
    htmx.process(document.querySelector(".content"));
}"""


@pytest.fixture
def ask(cast, page, sign_in):
    """A function: a form on a page of the site sends by htmx and receives this answer."""
    sign_in(cast.product).goto(f"/w/{cast.workspace.slug}/members/")
    page.evaluate(ASK)

    def asked(status: int = 200, body: str = "", headers: dict | None = None):
        page.route("**/asked/", lambda route: route.fulfill(status=status, body=body, headers=headers or {}))
        page.locator("#ask button").click()

    return asked


def test_answer_brings_a_message_with_undo(ask, page, rf):
    told = Message(constants.SUCCESS, "“Setup” is removed.", extra_tags="/undone/")
    request = rf.get("/")
    body = "<p>after</p>" + render_to_string("components/toasts.html", {"messages": [told], "oob": True}, request)
    ask(body=body)
    expect(page.locator("#answer")).to_have_text("after")
    expect(page.locator("#toasts .toast p")).to_have_text("“Setup” is removed.")
    page.route("**/undone/", lambda route: route.fulfill(body="undone"))
    with page.expect_request("**/undone/") as sent:
        page.locator("#toasts .undo").click()
    assert sent.value.method == "POST"


def test_message_is_dismissed_and_leaves_by_itself(ask, page):
    page.clock.install()
    say = "(text) => document.dispatchEvent(new CustomEvent('toast', {detail: {text, level: 'success'}}))"
    page.evaluate(say, "One")
    page.locator("[data-toast-close]").click()
    page.clock.run_for(1000)
    expect(page.locator(".toast")).to_have_count(0)
    page.mouse.move(0, 0)  # under the pointer a message stays
    page.evaluate(say, "Two")
    expect(page.locator(".toast")).to_have_count(1)
    page.clock.run_for(20_000)
    expect(page.locator(".toast")).to_have_count(0)


def test_wrong_form_comes_back_in_its_place(ask, page):
    ask(422, "<p id='back'><input aria-invalid='true' id='wrong'></p>")
    expect(page.locator("#wrong")).to_be_focused()
    expect(page.locator(".toast")).to_have_count(0)


@pytest.mark.parametrize(
    ("status", "words"), [(403, "Your role"), (404, "no longer here"), (429, "Too many"), (500, "did not work")]
)
def test_refusal_is_told_and_nothing_is_replaced(ask, page, complaints, status, words):
    ask(status, "<h1>A whole page</h1>")
    expect(page.locator(".toast.error p")).to_contain_text(words)
    expect(page.locator("#answer")).to_have_text("before")
    complaints.clear()


def test_lost_connection_is_told(ask, page, complaints):
    page.context.set_offline(True)
    page.unroute_all()
    page.locator("#ask button").click()
    expect(page.locator(".toast.error p")).to_contain_text("No connection")
    complaints.clear()


def test_signed_out_meanwhile_leads_to_the_sign_in(cast, page, sign_in):
    sign_in(cast.product).goto(f"/w/{cast.workspace.slug}/members/")
    page.evaluate(ASK.replace("/asked/", f"/w/{cast.workspace.slug}/teams/").replace("hx-post", "hx-get"))
    page.context.clear_cookies()
    page.locator("#ask button").click()
    expect(page).to_have_url(re.compile(r"/accounts/login/\?next="))
    assert page.locator("h1").inner_text() == "Sign in"


def test_token_goes_along_with_htmx(ask, page):
    with page.expect_request("**/asked/") as sent:
        ask(body="fine")
    assert len(sent.value.headers["x-csrftoken"]) == 64
