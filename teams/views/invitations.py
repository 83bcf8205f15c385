from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from teams import queries
from teams.door import page
from teams.forms import InviteForm, errors_into, status_of
from teams.permissions import Permission
from teams.seen import posted
from teams.services.invitations import invite, resend, revoke

PER_PAGE = 50


def site_of(request) -> str:
    """The address that links in mails begin with."""
    return settings.SITE_URL or request.build_absolute_uri("/")


@page("GET", "POST", permission=Permission.MEMBER_MANAGE)
def invitations(request):
    form = InviteForm(posted(request), actor=request.membership)
    if form.is_valid():
        with errors_into(form):
            sent = invite(by=request.membership, site=site_of(request), **form.cleaned_data)
            text = ngettext("One invitation is on its way.", "%(count)s invitations are on their way.", len(sent))
            messages.success(request, text % {"count": len(sent)})
            return redirect("teams:invitations", request.workspace.slug)
    waiting = Paginator(queries.open_invitations_of(request.membership), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "teams/invitations.html", {"form": form, "page": waiting}, status=status_of(form))


@page("POST", permission=Permission.MEMBER_MANAGE)
def invitation_resend(request, pk):
    invitation = get_object_or_404(queries.open_invitations_of(request.membership), pk=pk)
    try:
        resend(by=request.membership, invitation=invitation, site=site_of(request))
        messages.success(request, _("A new link is on its way to %(email)s.") % {"email": invitation.email})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("teams:invitations", request.workspace.slug)


@page("POST", permission=Permission.MEMBER_MANAGE)
def invitation_revoke(request, pk):
    invitation = get_object_or_404(queries.open_invitations_of(request.membership), pk=pk)
    revoke(by=request.membership, invitation=invitation)
    messages.success(request, _("The invitation to %(email)s is taken back.") % {"email": invitation.email})
    return redirect("teams:invitations", request.workspace.slug)
