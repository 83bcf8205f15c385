"""The page of feeds and shared links: make one, see when it was used, revoke it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from campaigns.forms.feeds import FeedForm, SharedLinkForm
from campaigns.queries import feeds as queries
from campaigns.queries.saved_views import views_of
from campaigns.queries.shared_links import links_out_of
from campaigns.services.feeds import make_feed, revoke_feed
from campaigns.services.shared_links import may_revoke, revoke_link, share_view
from campaigns.views.feed import site_of
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, can, require
from teams.queries import named_id
from teams.seen import posted, refuse

MOST_SHOWN = 200


@never_cache
@page("GET", "POST")
def feeds(request: WorkspaceRequest) -> HttpResponse:
    """One's own feeds and the workspace's shared links; a POST makes a feed."""
    form = FeedForm(posted(request), actor=request.membership)
    if form.is_valid():
        feed, token = make_feed(by=request.membership, view=form.cleaned_data["view"])
        address = site_of(request) + reverse("campaigns:calendar_feed", args=[token])
        return answer(request, status=201, feed=feed, address=address)
    return answer(request, status=422, feed_form=form) if form.is_bound else answer(request, status=200)


@never_cache
@page("GET", "POST", permission=Permission.CALENDAR_SHARE)
def shared_link_new(request: WorkspaceRequest) -> HttpResponse:
    form = SharedLinkForm(posted(request), actor=request.membership)
    if form.is_valid():
        try:
            link, token = share_view(by=request.membership, **form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        else:
            address = site_of(request) + reverse("campaigns:shared_calendar", args=[token])
            return answer(request, status=201, link=link, address=address)
    return answer(request, status=422, link_form=form) if form.is_bound else answer(request, status=200)


def answer(request: WorkspaceRequest, *, status: int, **shows: Any) -> HttpResponse:
    """A new address is in this one answer and nowhere else, so there is no redirect that would have to carry it."""
    member = request.membership
    may_share, sees_all = can(member, Permission.CALENDAR_SHARE), can(member, Permission.KEY_MANAGE)
    links = list(links_out_of(member)[:MOST_SHOWN])
    chosen = {"view": named_id(request.GET.get("view"))}
    context = {
        "feed_form": FeedForm(actor=member, initial=chosen),
        "link_form": SharedLinkForm(actor=member, initial=chosen) if may_share else None,
        "feeds": queries.feeds_of(member)[:MOST_SHOWN],
        "others": queries.all_feeds_of(member).exclude(member=member)[:MOST_SHOWN] if sees_all else [],
        "links": [(link, may_revoke(member, link)) for link in links],
        "views": views_of(member),
        "may_share": may_share,
    }
    return render(request, "campaigns/feeds.html", context | shows, status=status)


@page("GET", "POST")
def feed_revoke(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Asks first: what is revoked stays so."""
    feed = get_object_or_404(queries.all_feeds_of(request.membership), pk=pk)
    if feed.member_id != request.membership.pk:
        require(request.membership, Permission.KEY_MANAGE, feed)
    if request.method == "POST":
        revoke_feed(by=request.membership, feed=feed)
        messages.success(request, _("The address is revoked. Calendar programs find nothing there any more."))
        return redirect("campaigns:feeds", request.workspace.slug)
    return render(request, "campaigns/feed_revoke.html", {"feed": feed})


@page("GET", "POST")
def shared_link_revoke(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Asks first: what is revoked stays so."""
    link = get_object_or_404(links_out_of(request.membership), pk=pk)
    if not may_revoke(request.membership, link):
        require(request.membership, Permission.KEY_MANAGE, link)
    if request.method == "POST":
        revoke_link(by=request.membership, link=link)
        messages.success(request, _("The link is revoked. Whoever has it finds nothing there any more."))
        return redirect("campaigns:feeds", request.workspace.slug)
    return render(request, "campaigns/shared_link_revoke.html", {"link": link})
