"""The workspace's channels."""

from functools import partial

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.forms.channels import ChannelForm
from journeys.models import Channel
from journeys.queries.channels import channels_of, list_channels
from journeys.services import channels as services
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, can
from teams.seen import posted, refuse, save

UNDO_SECONDS = 24 * 60 * 60


@page("GET")
def channels(request: WorkspaceRequest) -> HttpResponse:
    return answer(request, ChannelForm())


@page("POST", permission=Permission.CHANNEL_MANAGE)
def channel_new(request: WorkspaceRequest) -> HttpResponse:
    form = ChannelForm(request.POST)
    if form.is_valid():
        try:
            added = services.add_channel(by=request.membership, **form.fields_given())
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("“%(name)s” is added.") % {"name": added.name})
            return redirect("journeys:channels", request.workspace.slug)
    return answer(request, form, status=422)


@page("GET", "POST", permission=Permission.CHANNEL_MANAGE)
def channel_edit(request: WorkspaceRequest, pk: int) -> HttpResponse:
    channel = get_object_or_404(channels_of(request.membership), pk=pk)
    form = ChannelForm(posted(request), instance=channel)
    status = 200
    if request.method == "POST":
        status = save(
            form,
            partial(services.edit_channel, by=request.membership, channel=channel),
            lambda current: ChannelForm(instance=current),
        )
        if status == 302:
            messages.success(request, _("Saved."))
            return redirect("journeys:channels", request.workspace.slug)
    return answer(request, form, editing=channel, status=status)


@page("POST", permission=Permission.CHANNEL_MANAGE)
def channel_delete(request: WorkspaceRequest, pk: int) -> HttpResponse:
    channel = get_object_or_404(channels_of(request.membership), pk=pk)
    held = {name: getattr(channel, name) for name in services.FIELDS}
    try:
        services.delete_channel(by=request.membership, channel=channel)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        token = signing.dumps(held, salt=undo_salt(request))
        undo = reverse("journeys:channel_restore", args=[request.workspace.slug, token])
        messages.success(request, _("“%(name)s” is deleted.") % {"name": channel.name}, extra_tags=undo)
    return redirect("journeys:channels", request.workspace.slug)


@page("POST", permission=Permission.CHANNEL_MANAGE)
def channel_restore(request: WorkspaceRequest, token: str) -> HttpResponse:
    """Add again what was deleted: the token holds it, signed."""
    try:
        held = signing.loads(token, salt=undo_salt(request), max_age=UNDO_SECONDS)
    except signing.BadSignature:
        raise Http404 from None
    try:
        back = services.add_channel(by=request.membership, **held)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("“%(name)s” is back.") % {"name": back.name})
    return redirect("journeys:channels", request.workspace.slug)


def undo_salt(request) -> str:
    return f"deleted channel of {request.workspace.pk}"


def answer(request, form: ChannelForm, *, editing: Channel | None = None, status: int = 200) -> HttpResponse:
    context = {
        "channels": list_channels(request.membership),
        "form": form,
        "editing": editing,
        "may_manage": can(request.membership, Permission.CHANNEL_MANAGE),
    }
    return render(request, "journeys/channels.html", context, status=status)
