"""The page behind an invitation's link: for whoever holds it, signed in or not."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from teams.models import User
from teams.services.invitations import accept, find_invitation, is_for


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    invitation = find_invitation(token)
    if invitation is None:
        return render(request, "teams/invitation_over.html", {"why": "unknown"}, status=404)
    if invitation.accepted_at or invitation.expired:
        why = "used" if invitation.accepted_at else "expired"
        return render(request, "teams/invitation_over.html", {"why": why, "invitation": invitation}, status=410)
    if not request.user.is_authenticated:
        return welcome(request, invitation)
    if not is_for(invitation, request.user):
        return render(request, "teams/invitation_other.html", {"invitation": invitation}, status=403)
    return join(request, invitation) if request.method == "POST" else ask(request, invitation)


def welcome(request, invitation):
    """Sign in or sign up. The link came by mail to the address, so signing up with it needs no second proof."""
    if request.method == "POST":
        return redirect_to_login(request.path)
    get_adapter().stash_verified_email(request, invitation.email)
    known = User.objects.filter(email__iexact=invitation.email).exists()
    return render(request, "teams/invitation_welcome.html", {"invitation": invitation, "known": known})


def ask(request, invitation, *, error: str = "", status: int = 200):
    shows = {"invitation": invitation, "error": error}
    return render(request, "teams/invitation.html", shows, status=status)


def join(request, invitation):
    try:
        membership = accept(user=request.user, invitation=invitation)
    except ValidationError as error:
        return ask(request, invitation, error=" ".join(error.messages), status=410)
    messages.success(request, _("Welcome to %(name)s.") % {"name": membership.workspace})
    return redirect("journeys:maps", membership.workspace.slug)
