"""Comments and notifications for programs, and for people with a session."""

import pytest
from django.test import Client

from teams.enums import Role
from teams.models import Comment, Notification
from teams.services.comments import add_comment, resolve_thread
from teams.services.notifications import notify
from tests.api import ROOT, errors_of, program
from tests.factories import make_metric


@pytest.fixture
def metric(cast):
    return make_metric(cast.workspace, "Set-up finished", owner=cast.sales)


@pytest.fixture
def caller(cast):
    return program(cast.workspace, Role.VIEWER)


@pytest.fixture
def thread(cast, metric):
    return add_comment(by=cast.viewer, thing=metric, text="Why so low, @Olga Owner?")


def patch(client: Client, path: str, body: dict, seen: str = "*"):
    return client.patch(ROOT + path, body, content_type="application/json", headers={"If-Match": seen})


def test_program_comments_and_answers(cast, caller, metric, thread):
    made = caller.post("comments/", {"kind": "metric", "object": metric.pk, "text": "Down by @Sales Editor"})
    assert made.status_code == 201
    body = made.json()
    assert {name: body[name] for name in ["kind", "object", "parent", "author", "author_name", "mentions"]} == {
        "kind": "metric",
        "object": metric.pk,
        "parent": None,
        "author": None,
        "author_name": "Program",
        "mentions": [cast.sales.pk],
    }
    assert made["Location"] == f"{ROOT}comments/{body['id']}/"
    answer = caller.post("comments/", {"kind": "metric", "object": metric.pk, "text": "x", "parent": thread.pk})
    assert answer.json()["parent"] == thread.pk
    for what, field in [
        ({"kind": "nothing"}, "kind"),
        ({"object": 999999}, "object"),
        ({"object": make_metric(cast.elsewhere).pk}, "object"),
        ({"text": ""}, "text"),
        ({"text": "\x00"}, "text"),
        ({"parent": 999999}, "parent"),
        ({"parent": answer.json()["id"]}, "parent"),
        ({"resolved": True}, "resolved"),
        ({"author": cast.owner.pk}, "author"),
    ]:
        refused = caller.post("comments/", {"kind": "metric", "object": metric.pk, "text": "x"} | what)
        assert (refused.status_code, list(errors_of(refused))) == (400, [field])


def test_author_edits_and_others_resolve_both_or_neither(cast, metric, thread, client_of):
    client, path = client_of(cast.viewer), f"comments/{thread.pk}/"
    editor = program(cast.workspace, Role.EDITOR)
    assert patch(client, path, {"text": "Why?"}, '"1"').json()["version"] == 2
    assert patch(client, path, {"text": "Why?"}, '"1"').status_code == 412
    assert editor.patch(path, {"text": "Mine"}).status_code == 403
    assert editor.patch(path, {"text": "Mine", "resolved": True}).status_code == 403
    assert editor.patch(path, {}).status_code == 403
    assert program(cast.workspace, Role.VIEWER).patch(path, {"resolved": True}).status_code == 403

    resolved = editor.patch(path, {"resolved": True}, seen='"2"').json()
    assert (resolved["resolved"], resolved["resolved_by"], resolved["version"]) == (True, "Program", 3)
    both = patch(client, path, {"text": "Why so low?", "resolved": False}, '"3"').json()
    assert (both["text"], both["resolved"], both["version"]) == ("Why so low?", False, 5)
    too_long = patch(client, path, {"text": "x" * 5001, "resolved": True})
    assert errors_of(too_long).keys() == {"text"}
    assert not Comment.objects.get(pk=thread.pk).resolved_at


def test_author_and_administrator_delete(cast, caller, metric, thread):
    path = f"comments/{thread.pk}/"
    assert program(cast.workspace, Role.EDITOR).delete(path).status_code == 403
    assert program(cast.workspace, Role.ADMIN).delete(path, seen='"1"').status_code == 204
    assert caller.get(path).status_code == 404
    assert caller.get("comments/").json()["results"] == []


def test_list_is_filtered(cast, caller, metric, thread, django_assert_num_queries):
    other = make_metric(cast.workspace)
    answer = add_comment(by=cast.sales, thing=metric, text="Since Monday", parent=thread)
    elsewhere = add_comment(by=cast.sales, thing=other, text="@Olga Owner: fine")
    add_comment(by=cast.stranger, thing=make_metric(cast.elsewhere), text="Secret")
    resolve_thread(by=cast.sales, comment=thread, thing=metric)

    def listed(query: str) -> list[int]:
        return [found["id"] for found in caller.get(f"comments/{query}").json()["results"]]

    with django_assert_num_queries(3):  # the key, the comments, whom they name
        assert listed("") == [thread.pk, answer.pk, elsewhere.pk]
    assert listed(f"?kind=metric&object={metric.pk}") == [thread.pk, answer.pk]
    assert listed("?resolved=true") == [thread.pk, answer.pk]
    assert listed(f"?resolved=false&object={other.pk}") == [elsewhere.pk]
    for wrong in ["?kind=nothing", "?object=x", "?object=0", "?resolved=1", "?thing=1"]:
        assert caller.get(f"comments/{wrong}").status_code == 400


def test_member_reads_their_own_notifications(cast, metric, client_of):
    notify([cast.viewer, cast.owner], by=cast.sales, verb="comment.added", thing=metric)
    client = client_of(cast.viewer)
    [one] = client.get(f"{ROOT}notifications/").json()["results"]
    assert {name: one[name] for name in ["kind", "object", "verb", "actor", "sentence", "path", "read", "times"]} == {
        "kind": "metric",
        "object": metric.pk,
        "verb": "comment.added",
        "actor": cast.sales.pk,
        "sentence": "Sales Editor commented on “Set-up finished”.",
        "path": f"/w/here/metrics/{metric.pk}/",
        "read": False,
        "times": 1,
    }
    path = f"notifications/{one['id']}/"
    assert patch(client, path, {"read": True}, '"1"').json()["read"] is True
    assert patch(client, path, {"read": False}, '"1"').status_code == 412
    assert client.get(f"{ROOT}notifications/?read=false").json()["results"] == []
    assert patch(client, path, {}).json()["read"] is True
    assert patch(client, path, {"read": False}).json()["version"] == 3
    assert errors_of(patch(client, path, {"sentence": "x"})).keys() == {"sentence"}
    assert patch(client_of(cast.owner), path, {"read": True}).status_code == 404
    assert client.delete(ROOT + path).status_code == 405


def test_program_has_no_notifications(cast, metric, caller):
    notify([cast.owner], by=None, verb="comment.added", thing=metric)
    one = Notification.objects.get()
    assert caller.get("notifications/").json()["results"] == []
    assert caller.get(f"notifications/{one.pk}/").status_code == 404
    assert caller.patch(f"notifications/{one.pk}/", {"read": True}).status_code == 404
