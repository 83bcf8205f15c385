"""What the frame of the pages is made of: links, initials, addresses of other pages of a list, names of devices."""

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from teams.templatetags.devices import device
from teams.templatetags.shell import MAIN, WORKSPACE, Place, initials, links, workspace_links


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ilse Varga", "IV"),
        ("Anna Maria de Sá", "AS"),
        ("Rada", "Ra"),
        ("ada@x.example", "ad"),
        ("", "?"),
        ("🙂", "🙂"),
    ],
)
def test_initials_stand_for_a_name(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari on iPhone"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", "Unknown browser"),
    ],
)
def test_device_is_named_in_plain_words(line, name):
    assert device(line) == name


def test_link_of_a_page_that_is_not_there_is_left_out():
    assert links([Place("nowhere:at_all", "X", "map")], "/") == []


def test_current_link_is_that_of_the_page_or_of_what_is_below_it():
    found = links(WORKSPACE, "/w/here/members/5/remove/", workspace="here")
    assert [link.label for link in found if link.current] == ["People"]
    found = links(WORKSPACE, "/w/here/invitations/", workspace="here")
    assert [link.label for link in found if link.current] == ["People"]
    assert not any(link.current for link in links(MAIN, "/w/here/members/", workspace="here"))


def test_links_that_would_only_be_refused_are_not_shown(cast):
    def labels(membership):
        return {
            link.label for link in workspace_links({"membership": membership, "request": RequestFactory().get("/")})
        }

    assert "API keys" in labels(cast.admin)
    assert "API keys" not in labels(cast.viewer)
    assert workspace_links({"request": RequestFactory().get("/")}) == []


def test_address_of_another_page_keeps_the_filters():
    request = RequestFactory().get("/?q=two+words&page=3&kind=a&kind=b")
    shown = Template("{% load shell %}{% page_address 4 %}").render(Context({"request": request}))
    assert shown == "?q=two+words&amp;page=4&amp;kind=a&amp;kind=b"


def test_message_with_an_address_has_an_undo_that_posts(rf):
    told = Message(constants.SUCCESS, "“<b>Setup</b>” is removed.", extra_tags="/undo/1/")
    shown = render_to_string("components/toasts.html", {"messages": [told], "oob": True}, request=rf.get("/"))
    assert 'hx-swap-oob="beforeend:#toasts"' in shown
    assert '<form method="post" action="/undo/1/">' in shown
    assert "csrfmiddlewaretoken" in shown
    assert "&lt;b&gt;Setup" in shown


@pytest.mark.parametrize("tags", ["", "//evil.example/", "https://evil.example/", "quiet"])
def test_message_without_an_address_of_ours_has_no_undo(tags, rf):
    told = Message(constants.SUCCESS, "Saved.", extra_tags=tags)
    assert "<form" not in render_to_string("components/toasts.html", {"messages": [told]}, request=rf.get("/"))
