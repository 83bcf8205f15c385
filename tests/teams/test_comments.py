"""Comments as services keep them: threads, who may, whom they name, who is told."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from insights.services.metrics import remove_metric
from teams.enums import Role
from teams.errors import Conflict
from teams.models import Comment, Notification
from teams.models.comment import LONGEST_TEXT
from teams.services import subjects
from teams.services.comments import (
    add_comment,
    delete_comment,
    edit_comment,
    reopen_thread,
    resolve_thread,
    restore_comment,
)
from teams.services.mentions import find_mentions
from teams.services.notifications import notify
from tests.factories import make_key, make_member, make_metric


@pytest.fixture
def metric(cast):
    return make_metric(cast.workspace, "Set-up finished", owner=cast.sales)


@pytest.fixture
def thread(cast, metric):
    """Begun by the viewer; nobody has been told of it yet."""
    comment = add_comment(by=cast.viewer, thing=metric, text="Why so low?")
    Notification.objects.all().delete()
    return comment


def told() -> set[tuple[str, str]]:
    rows = Notification.objects.filter(read_at=None).select_related("recipient__user")
    return {(row.recipient.label, row.verb) for row in rows}


def test_everybody_comments_and_the_owner_is_told(cast, metric):
    comment = add_comment(by=cast.viewer, thing=metric, text="  Why so low?\r\n\r\nSince when?\n")

    assert (comment.workspace, comment.kind, comment.object_id) == (cast.workspace, "metric", metric.pk)
    assert (comment.author, comment.author_name, comment.version) == (cast.viewer, "Vera Viewer", 1)
    assert comment.text == "Why so low?\n\nSince when?"
    assert told() == {("Sales Editor", "comment.added")}
    notification = Notification.objects.get()
    assert notification.path == f"discussion/metric/{metric.pk}/?comment={comment.pk}#comment-{comment.pk}"
    assert notification.params == {"quote": comment.text, "comment": comment.pk}


def test_programs_comment_too(cast, metric):
    key = make_key(cast.workspace, Role.VIEWER, name="Nightly")
    comment = add_comment(by=key, thing=metric, text="Fell by half")
    assert (comment.author, comment.key, comment.author_name) == (None, key, "Nightly")
    assert edit_comment(by=key, comment=comment, thing=metric, text="Fell by a third").version == 2
    with pytest.raises(PermissionDenied):
        edit_comment(by=make_key(cast.workspace), comment=comment, thing=metric, text="x")


@pytest.mark.parametrize("text", ["", " \n ", "a\x00b", "\ud800", "x" * (LONGEST_TEXT + 1)])
def test_text_that_cannot_be_kept_is_refused(cast, metric, text):
    with pytest.raises(ValidationError) as refused:
        add_comment(by=cast.viewer, thing=metric, text=text)
    assert list(refused.value.message_dict) == ["text"]
    assert not Comment.objects.exists()


def test_answers_are_one_level_deep_and_on_the_same_thing(cast, metric, thread):
    answer = add_comment(by=cast.product, thing=metric, text="Since Monday", parent=thread)
    assert answer.parent == thread
    for parent, thing in [(answer, metric), (thread, make_metric(cast.workspace))]:
        with pytest.raises(ValidationError) as refused:
            add_comment(by=cast.product, thing=thing, text="x", parent=parent)
        assert list(refused.value.message_dict) == ["parent"]
    with pytest.raises(PermissionDenied):
        add_comment(by=cast.stranger, thing=metric, text="x", parent=thread)


def test_everybody_in_a_thread_is_told_of_an_answer_once(cast, metric, thread):
    add_comment(by=cast.product, thing=metric, text="@Adam Admin knows", parent=thread)
    assert told() == {("Vera Viewer", "comment.answer"), ("Adam Admin", "comment.mention")}
    Notification.objects.all().delete()

    add_comment(by=cast.admin, thing=metric, text="I do, @vera viewer. Ask @sales@here.example.", parent=thread)
    assert told() == {
        ("Vera Viewer", "comment.mention"),
        ("Sales Editor", "comment.mention"),
        ("Product Editor", "comment.answer"),
    }


def test_only_authors_edit_and_new_names_are_told(cast, metric, thread):
    with pytest.raises(PermissionDenied):
        edit_comment(by=cast.owner, comment=thread, thing=metric, text="x")
    with pytest.raises(Conflict):
        edit_comment(by=cast.viewer, comment=thread, thing=metric, text="x", seen=9)
    same = edit_comment(by=cast.viewer, comment=thread, thing=metric, text="Why so low?", seen=1)
    assert (same.version, same.edited_at) == (1, None)

    edited = edit_comment(by=cast.viewer, comment=thread, thing=metric, text="@Olga Owner, why so low?", seen=1)
    assert (edited.version, edited.edited_at is None) == (2, False)
    assert told() == {("Olga Owner", "comment.mention")}
    edit_comment(by=cast.viewer, comment=thread, thing=metric, text="@Adam Admin, @Olga Owner: why?")
    assert told() == {("Olga Owner", "comment.mention"), ("Adam Admin", "comment.mention")}
    assert {row.params["quote"] for row in Notification.objects.all()} == {"@Adam Admin, @Olga Owner: why?"}
    assert {row.times for row in Notification.objects.all()} == {1}


def test_authors_and_administrators_delete_and_restore(cast, metric, thread):
    add_comment(by=cast.viewer, thing=metric, text="@Olga Owner?", parent=thread)
    answer = Comment.objects.get(parent=thread)
    with pytest.raises(PermissionDenied):
        delete_comment(by=cast.product, comment=answer)
    delete_comment(by=cast.admin, comment=answer, seen=1)
    assert told() == set(), "what quotes the comment goes with it"
    with pytest.raises(ValidationError):
        edit_comment(by=cast.viewer, comment=answer, thing=metric, text="x")

    with pytest.raises(PermissionDenied):
        restore_comment(by=cast.product, comment=answer)
    restored = restore_comment(by=cast.viewer, comment=answer)
    assert (restored.removed_at, restored.version) == (None, 3)
    assert restore_comment(by=cast.viewer, comment=answer).version == 3
    assert told() == set()

    delete_comment(by=cast.viewer, comment=thread)
    with pytest.raises(ValidationError):
        add_comment(by=cast.product, thing=metric, text="x", parent=thread)


def test_threads_are_resolved_by_editors_and_who_began_them(cast, metric, thread):
    other = add_comment(by=cast.product, thing=metric, text="Another")
    with pytest.raises(PermissionDenied):
        resolve_thread(by=cast.viewer, comment=other, thing=metric)
    assert resolve_thread(by=cast.viewer, comment=thread, thing=metric).resolved_by == "Vera Viewer"
    assert reopen_thread(by=cast.product, comment=thread).resolved_at is None
    Notification.objects.all().delete()

    resolved = resolve_thread(by=cast.product, comment=thread, thing=metric)
    assert (resolved.resolved_by, resolved.version) == ("Product Editor", 4)
    assert resolve_thread(by=cast.sales, comment=thread, thing=metric).resolved_by == "Product Editor"
    assert told() == {("Vera Viewer", "comment.resolved")}


def test_answer_opens_a_resolved_thread_and_is_not_resolved_itself(cast, metric, thread):
    resolve_thread(by=cast.product, comment=thread, thing=metric)
    answer = add_comment(by=cast.viewer, thing=metric, text="It is back", parent=thread)
    thread.refresh_from_db()
    assert (thread.resolved_at, thread.resolved_by) == (None, "")
    with pytest.raises(ValidationError):
        resolve_thread(by=cast.product, comment=answer, thing=metric)
    for wrong in [{"resolved_at": timezone.now(), "resolved_by": "x"}, {"resolved_by": "x"}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.filter(pk=answer.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=thread.pk).update(resolved_at=timezone.now())


def test_members_are_named_by_full_name_or_address(cast):
    make_member(cast.workspace, name="Ann", email="ann@here.example")
    make_member(cast.workspace, name="Ann Lee (Ops)", email="ann+ops@here.example")
    make_member(cast.workspace, name="", email="nameless@here.example")
    text = (
        "@Ann Lee (Ops), @ann, (@ANN@here.example) and @ann+ops@here.example; @nameless@here.example. "
        "Not @Annabel, x@Ann, @@Ann, ann@here.example, @Stan Stranger, @nobody"
    )
    found = find_mentions(cast.sales, text)
    assert [(text[at : at + length], member.user.email) for member, at, length in found] == [
        ("@Ann Lee (Ops)", "ann+ops@here.example"),
        ("@ann", "ann@here.example"),
        ("@ANN@here.example", "ann@here.example"),
        ("@ann+ops@here.example", "ann+ops@here.example"),
        ("@nameless@here.example", "nameless@here.example"),
    ]


def test_name_of_several_people_is_asked_about(cast, metric):
    make_member(cast.workspace, name="Adam Admin", email="other@here.example")
    with pytest.raises(ValidationError, match=r"@admin@here\.example, @other@here\.example"):
        add_comment(by=cast.sales, thing=metric, text="@adam admin?")
    add_comment(by=cast.sales, thing=metric, text="@other@here.example?")
    assert told() == {("Adam Admin", "comment.mention")}


def test_what_people_said_stays_when_they_go(cast, metric, thread):
    add_comment(by=cast.product, thing=metric, text="@Vera Viewer, since Monday", parent=thread)
    cast.viewer.delete()

    thread.refresh_from_db()
    assert (thread.author, thread.author_name) == (None, "Vera Viewer")
    assert not Comment.objects.get(parent=thread).mentions.exists()
    with pytest.raises(PermissionDenied):
        delete_comment(by=cast.product, comment=thread)
    assert delete_comment(by=cast.admin, comment=thread).removed_at


def test_comments_wait_for_a_removed_thing_and_go_with_a_deleted_one(cast, metric, thread):
    other = add_comment(by=cast.viewer, thing=make_metric(cast.workspace), text="x")
    notify([cast.owner], by=None, verb="x.moved", thing=metric)
    remove_metric(by=cast.sales, metric=metric)
    assert Comment.objects.filter(pk=thread.pk).exists()
    subjects.forget("metric", [metric.pk])
    assert list(Comment.objects.all()) == [other]
    assert not Notification.objects.filter(object_id=metric.pk).exists()
