"""The discussion of a thing: the same views answer with its page and, for htmx, with the discussion alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from teams import queries
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict
from teams.models import Comment
from teams.permissions import Permission, require
from teams.queries import named_id
from teams.seen import posted, refuse
from teams.services import comments as services
from teams.services import subjects
from teams.views.discussion_answers import Writing, address, comment_form, done, show

MOST_NAMES = 8


@page("GET", "POST", permission=Permission.COMMENT)
def discussion(request: WorkspaceRequest, kind: str, object_id: int) -> HttpResponse:
    thing = subjects.find(request.membership, kind, object_id)
    if thing is None:
        raise Http404
    if request.method != "POST":
        return show(request, thing, wanted=comment_on(thing, request.GET.get("comment")))
    parent = thread_on(thing, request.POST.get("parent"))
    form = comment_form(request, request.POST, parent=parent.pk if parent else None)
    if request.POST.get("parent") and parent is None:
        form.add_error(None, _("What you answered is gone. Send it once more to begin a new discussion with it."))
    if form.is_valid():
        try:
            text = form.cleaned_data["text"]
            comment = services.add_comment(by=request.membership, thing=thing, text=text, parent=parent)
        except ValidationError as error:
            refuse(form, error)
        else:
            tell(request, comment)
            return done(request, comment, thing)
    return show(request, thing, Writing(form, parent=parent.pk if parent else None, status=422), wanted=parent)


@page("GET", "POST", permission=Permission.COMMENT)
def comment_edit(request: WorkspaceRequest, pk: int) -> HttpResponse:
    comment, thing = found(request, pk)
    require(request.membership, Permission.COMMENT_EDIT, comment)
    form = comment_form(request, posted(request), comment=comment)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        text, seen = form.cleaned_data["text"], form.seen_version()
        try:
            services.edit_comment(by=request.membership, comment=comment, thing=thing, text=text, seen=seen)
            return done(request, comment, thing)
        except ValidationError as error:
            refuse(form, error)
        except Conflict as conflict:
            form.show_theirs(comment_form(request, comment=conflict.current))
            status = 409
    return show(request, thing, Writing(form, comment=comment.pk, status=status), wanted=comment)


@page("POST", permission=Permission.COMMENT)
def comment_delete(request: WorkspaceRequest, pk: int) -> HttpResponse:
    comment, thing = found(request, pk)
    with refusal_said(request):
        services.delete_comment(by=request.membership, comment=comment)
        undo = reverse("teams:comment_restore", args=[request.workspace.slug, comment.pk])
        messages.success(request, _("The comment is deleted."), extra_tags=undo)
    return show(request, thing) if request.htmx else redirect(address(request, thing))


@page("POST", permission=Permission.COMMENT)
def comment_restore(request: WorkspaceRequest, pk: int) -> HttpResponse:
    comment, thing = found(request, pk, removed=True)
    services.restore_comment(by=request.membership, comment=comment)
    messages.success(request, _("The comment is back."))
    return done(request, comment, thing)


@page("POST", permission=Permission.COMMENT)
def comment_resolve(request: WorkspaceRequest, pk: int) -> HttpResponse:
    comment, thing = found(request, pk)
    with refusal_said(request):
        services.resolve_thread(by=request.membership, comment=comment, thing=thing)
    return done(request, comment, thing)


@page("POST", permission=Permission.COMMENT)
def comment_reopen(request: WorkspaceRequest, pk: int) -> HttpResponse:
    comment, thing = found(request, pk)
    with refusal_said(request):
        services.reopen_thread(by=request.membership, comment=comment)
    return done(request, comment, thing)


@page("GET")
def member_names(request: WorkspaceRequest) -> HttpResponse:
    """Members whom an @ and the beginning of a name or address could mean."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    members = queries.members_beginning(request.membership, text)[:MOST_NAMES]
    return render(request, "teams/discussion/names.html", {"members": members})


@contextmanager
def refusal_said(request: WorkspaceRequest) -> Iterator[None]:
    """What a service refuses becomes a message: somebody was faster, and the discussion shows how it is now."""
    try:
        yield
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))


def found(request: WorkspaceRequest, pk: int, *, removed: bool = False) -> tuple[Comment, Any]:
    """The comment and what it is about; 404 where one of them is gone."""
    rows = Comment.objects.filter(workspace=request.workspace).select_related("workspace")
    comment = get_object_or_404(rows if removed else rows.filter(removed_at=None), pk=pk)
    thing = subjects.find(request.membership, comment.kind, comment.object_id)
    if thing is None:
        raise Http404
    return comment, thing


def comment_on(thing, given: str | None) -> Comment | None:
    """The live comment on the thing that the address names, if any."""
    pk = named_id(given)
    rows = Comment.objects.filter(workspace=thing.workspace_id, kind=subjects.kind_of(thing), object_id=thing.pk)
    return rows.filter(removed_at=None, pk=pk).first() if pk else None


def thread_on(thing, given: str | None) -> Comment | None:
    """The live thread on the thing that a form answers, if any."""
    comment = comment_on(thing, given)
    return comment if comment and comment.parent_id is None else None


def tell(request: WorkspaceRequest, comment: Comment) -> None:
    """Say who hears of it by being mentioned."""
    members = {mention.member for mention in comment.mentions.select_related("member__user")}
    if members:
        names = ", ".join(sorted(member.label for member in members))
        messages.success(request, _("Added. %(names)s will hear of it.") % {"names": names})
