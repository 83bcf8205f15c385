"""Talking about a metric with mouse and keyboard."""

import re

import pytest
from playwright.sync_api import expect

from teams.models import Comment, Notification
from teams.services.comments import add_comment
from tests.browser.checks import assert_accessible, assert_fits_phone
from tests.factories import make_member, make_metric


@pytest.fixture
def metric(cast):
    make_member(cast.workspace, name="Vera Viewer", email="vera2@here.example")
    return make_metric(cast.workspace, "Set-up finished", owner=cast.sales)


@pytest.fixture
def talk(page, sign_in, cast, metric):
    """The metric's page of an editor, its discussion there."""
    thread = add_comment(by=cast.viewer, thing=metric, text="Why so low?")
    add_comment(by=cast.sales, thing=metric, text="Ask @Olga Owner, see https://example.com/a", parent=thread)
    sign_in(cast.product).goto(f"/w/here/metrics/{metric.pk}/")
    expect(page.locator(".thread")).to_have_count(1)
    return page


def test_at_offers_members_to_the_keyboard(talk, cast):
    box = talk.locator("#new-text")
    box.press_sequentially("Hello @o")
    names = talk.get_by_role("listbox")
    expect(names.get_by_role("option", selected=True)).to_contain_text("Olga Owner")
    assert_accessible(talk)
    talk.keyboard.press("Enter")
    expect(box).to_have_value("Hello @Olga Owner ")
    box.press_sequentially("and @ver")
    expect(names.get_by_role("option")).to_have_count(2)
    talk.keyboard.press("ArrowDown")
    talk.keyboard.press("Tab")
    expect(box).to_have_value("Hello @Olga Owner and @vera2@here.example ")
    expect(names).to_be_hidden()
    box.press_sequentially("@mar")
    expect(names).to_be_visible()
    talk.keyboard.press("Escape")
    expect(names).to_be_hidden()
    talk.keyboard.press("Control+Enter")
    expect(talk.locator(".thread")).to_have_count(2)
    expect(talk.locator("#toasts")).to_contain_text("Olga Owner, Vera Viewer will hear of it")
    expect(talk.locator(".comment.wanted")).to_be_focused()
    expect(talk.locator("#new-text")).to_have_value("")
    assert {row.recipient for row in Notification.objects.filter(verb="comment.mention", actor=cast.product)} == {
        cast.owner,
        cast.workspace.memberships.get(user__email="vera2@here.example"),
    }


def test_answer_edit_and_undo_keep_the_place_and_the_drafts(talk):
    talk.locator("#new-text").fill("A thought of another kind")
    talk.locator(".answer > summary").click()
    answer = talk.locator(".answer textarea")
    expect(answer).to_be_focused()
    answer.fill("Since Monday")
    talk.get_by_role("button", name="Answer").click()
    mine = talk.locator(".comment", has_text="Since Monday")
    expect(mine).to_be_focused()
    mine.get_by_role("link", name="Edit").click()
    edited = talk.locator(".comment textarea")
    expect(edited).to_be_focused()
    edited.fill("Since Tuesday")
    talk.get_by_role("button", name="Save").click()
    expect(talk.locator(".comment", has_text="Since Tuesday")).to_contain_text("edited")
    talk.locator(".comment", has_text="Since Tuesday").get_by_role("button", name="Delete").click()
    expect(talk.locator(".comment", has_text="Since Tuesday")).to_have_count(0)
    talk.locator("#toasts .undo").click()
    expect(talk.locator(".comment", has_text="Since Tuesday")).to_be_focused()
    talk.get_by_role("button", name="Resolve").click()
    expect(talk.locator(".settled[open]")).to_contain_text("Resolved by Product Editor")
    expect(talk.locator("#new-text")).to_have_value("A thought of another kind")
    expect(talk).to_have_url(re.compile(r"/metrics/\d+/$"))
    assert_accessible(talk)
    assert_fits_phone(talk)


def test_inbox_counts_down_and_leads_to_the_comment(talk, cast, sign_in, metric):
    sign_in(cast.owner).goto("/w/here/metrics/")
    talk.locator("#side a", has_text="Inbox").click()
    expect(talk.locator("#side .unread")).to_contain_text("1")
    assert_accessible(talk)
    talk.get_by_role("button", name="Mark as read").click()
    expect(talk.locator("#side .unread")).to_be_hidden()
    talk.get_by_role("button", name="Mark as unread").click()
    expect(talk.locator(".tabbar .unread b")).to_have_text("1")
    assert_fits_phone(talk)
    talk.locator(".inbox .hit").click()
    expect(talk.locator(f"#comment-{Comment.objects.latest('pk').pk}")).to_be_in_viewport()
    expect(talk.locator("#side .unread")).to_be_hidden()
    assert_accessible(talk)
    assert_fits_phone(talk)
