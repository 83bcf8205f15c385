"""How a discussion is shown: its threads with the forms and rights of the reader."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from teams import queries
from teams.door import WorkspaceRequest
from teams.forms import CommentForm
from teams.models import Comment
from teams.permissions import Permission, can
from teams.services import subjects
from teams.services.comment_notices import place
from teams.slices import Slice

THREADS_A_PAGE = 20


@dataclass
class Writing:
    """A form that was sent and comes back, or one that is open: for a new thread, an answer, or an edit."""

    form: CommentForm
    parent: int | None = None
    comment: int | None = None
    status: int = 200


def comment_form(request: WorkspaceRequest, data=None, *, parent: int | None = None, comment: Comment | None = None):
    """The form for an answer to `parent`, an edit of `comment`, or a new thread; each has its own ids on the page."""
    names = reverse("teams:member_names", args=[request.workspace.slug])
    if comment is not None:
        initial = {"text": comment.text, "seen": comment.version}
        form = CommentForm(data, initial=initial, auto_id=f"edit-{comment.pk}-%s", names=names)
        form.fields["text"].widget.attrs["autofocus"] = True
        return form
    if parent is not None:
        return CommentForm(data, auto_id=f"answer-{parent}-%s", label=_("Your answer"), names=names)
    return CommentForm(data, auto_id="new-%s", label=_("Say something"), names=names)


def show(
    request: WorkspaceRequest, thing, writing: Writing | None = None, *, wanted: Comment | None = None
) -> HttpResponse:
    """The page of the discussion, or for htmx the discussion; `wanted` is a comment that has to be on it."""
    kind = subjects.kind_of(thing)
    rows = queries.threads_on(request.membership, kind, thing.pk)
    number = page_with(rows, wanted) if wanted else request.GET.get("page")
    threads = Slice(rows, number, THREADS_A_PAGE)
    for thread in threads:
        equip(request, thread, writing)
    new = writing.form if writing and not (writing.parent or writing.comment) else comment_form(request)
    context = {
        "threads": threads,
        "form": new,
        "thing": thing,
        "kind": subjects.kinds()[kind],
        "thing_address": subjects.address(thing),
        "address": address(request, thing),
        "wanted": wanted,
    }
    template = "teams/discussion/discussion.html" if request.htmx else "teams/discussion/page.html"
    return render(request, template, context, status=writing.status if writing else 200)


def equip(request: WorkspaceRequest, thread, writing: Writing | None) -> None:
    """Give a thread and its answers what the reader may do with them, and the forms that are open."""
    for comment in [thread, *thread.replies]:
        comment.may_edit = can(request.membership, Permission.COMMENT_EDIT, comment)
        comment.may_delete = can(request.membership, Permission.COMMENT_DELETE, comment)
        comment.form = writing.form if writing and writing.comment == comment.pk else None
    thread.may_resolve = can(request.membership, Permission.COMMENT_RESOLVE, thread)
    thread.answering = writing is not None and writing.parent == thread.pk
    thread.answer_form = writing.form if thread.answering else comment_form(request, parent=thread.pk)


def page_with(rows, comment: Comment) -> str:
    """The number of the page of threads on which the comment is."""
    newer = rows.filter(pk__gt=comment.parent_id or comment.pk).count()
    return str(newer // THREADS_A_PAGE + 1)


def address(request: WorkspaceRequest, thing) -> str:
    return reverse("teams:discussion", args=[request.workspace.slug, subjects.kind_of(thing), thing.pk])


def done(request: WorkspaceRequest, comment: Comment, thing) -> HttpResponse:
    """The discussion with the comment in view."""
    return show(request, thing, wanted=comment) if request.htmx else redirect(place(comment))
