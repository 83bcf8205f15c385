"""The inbox: what a member should know, unread first."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from teams import queries
from teams.door import WorkspaceRequest, page
from teams.forms import MailForm, errors_into
from teams.models import Notification
from teams.services.notice_mails import choose_mails
from teams.services.notifications import mark, mark_all_read, mark_unread
from teams.slices import Slice

PER_PAGE = 30


@page("GET")
def inbox(request: WorkspaceRequest) -> HttpResponse:
    return show(request, MailForm(initial={"mail": request.membership.mail}))


@page("GET")
def inbox_open(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Lead to what the notification is about. It counts as read, unless a browser only looks ahead."""
    notification = mine(request, pk)
    looks_ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    if request.method == "GET" and not looks_ahead:
        mark(by=request.membership, notification=notification, read=True)
    return redirect(f"/w/{request.workspace.slug}/{notification.path}")


@page("POST")
def inbox_read(request: WorkspaceRequest, pk: int) -> HttpResponse:
    mark(by=request.membership, notification=mine(request, pk), read=True)
    return done(request)


@page("POST")
def inbox_unread(request: WorkspaceRequest, pk: int) -> HttpResponse:
    mark(by=request.membership, notification=mine(request, pk), read=False)
    return done(request)


@page("POST")
def inbox_read_all(request: WorkspaceRequest) -> HttpResponse:
    number, moment = mark_all_read(by=request.membership)
    if number:
        undo = reverse("teams:inbox_read_none", args=[request.workspace.slug])
        said = ngettext("One message is marked as read.", "%(number)s messages are marked as read.", number)
        query = urlencode({"at": moment.isoformat()})
        messages.success(request, said % {"number": number}, extra_tags=f"{undo}?{query}")
    return done(request)


@page("POST")
def inbox_read_none(request: WorkspaceRequest) -> HttpResponse:
    """Undo of `inbox_read_all`, whose moment stands in the address."""
    try:
        moment = parse_datetime(request.GET.get("at", ""))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Http404
    mark_unread(by=request.membership, read_at=moment)
    messages.success(request, _("They are unread again."))
    return redirect("teams:inbox", request.workspace.slug)


@page("POST")
def inbox_mails(request: WorkspaceRequest) -> HttpResponse:
    form = MailForm(request.POST)
    if form.is_valid():
        with errors_into(form):
            choose_mails(by=request.membership, choice=form.cleaned_data["mail"])
            messages.success(request, _("Saved."))
            return redirect("teams:inbox", request.workspace.slug)
    return show(request, form, status=422)


def mine(request: WorkspaceRequest, pk: int) -> Notification:
    return get_object_or_404(queries.notifications_of(request.membership), pk=pk)


def show(request: WorkspaceRequest, form: MailForm, *, status: int = 200) -> HttpResponse:
    only_unread = request.GET.get("show") == "unread"
    rows = queries.notifications_of(request.membership)
    if only_unread:
        rows = rows.filter(read_at=None)
    context = {
        "page": Slice(rows, request.GET.get("page"), PER_PAGE),
        "only_unread": only_unread,
        "form": form,
    }
    template = "teams/inbox/list.html" if request.htmx else "teams/inbox/inbox.html"
    return render(request, template, context, status=status)


def done(request: WorkspaceRequest) -> HttpResponse:
    """Back to the list as it was: with its filter and page, for htmx the list alone."""
    if not request.htmx:
        return redirect("teams:inbox", request.workspace.slug)
    request.membership.unread = queries.unread_of(request.membership).count()
    return show(request, MailForm(initial={"mail": request.membership.mail}))
