from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from teams import queries
from teams.door import page
from teams.enums import Role
from teams.forms import HandOverForm, MemberForm, errors_into, status_of
from teams.models import Membership
from teams.permissions import Permission, can, require
from teams.seen import posted
from teams.services import handover
from teams.services.members import edit_member, leave, remove_member
from teams.views.undo import offer_member

PER_PAGE = 50


@page("GET")
def members(request):
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    found = queries.members_like(request.membership, text) if text else queries.members_of(request.membership)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    may_manage = can(request.membership, Permission.MEMBER_MANAGE)
    return render(request, "teams/members.html", {"page": shown, "q": text, "may_manage": may_manage})


@page("GET", "POST", permission=Permission.MEMBER_MANAGE)
def member(request, pk):
    member = get_object_or_404(queries.members_of(request.membership), pk=pk)
    form = member_form(request, member, posted(request))
    if form.is_valid():
        with errors_into(form, stale=lambda current: form.show_theirs(member_form(request, current))):
            edit_member(by=request.membership, member=member, seen=form.seen_version(), **form.fields_given())
            messages.success(request, _("%(name)s is saved.") % {"name": member})
            return redirect("teams:members", request.workspace.slug)
    return render(request, "teams/member.html", {"member": member, "form": form}, status=status_of(form))


def member_form(request, member: Membership, data=None) -> MemberForm:
    filled = {"role": member.role, "teams": [team.pk for team in member.teams.all()], "seen": member.version}
    return MemberForm(data, initial=filled, actor=request.membership, member=member)


@page("GET", "POST", permission=Permission.MEMBER_MANAGE)
def member_remove(request, pk):
    member = get_object_or_404(queries.members_of(request.membership), pk=pk)
    if member.pk == request.membership.pk:
        return redirect("teams:leave", request.workspace.slug)
    if member.role == Role.OWNER:
        require(request.membership, Permission.OWNERSHIP_HAND_OVER)
    form, shows = hand_over_form(request, member)
    if form.is_valid():
        with errors_into(form, stale=lambda current: look_again(form, current)):
            seen, receiver = form.seen_version(), form.cleaned_data.get("receiver")
            remove_member(by=request.membership, member=member, receiver=receiver, seen=seen)
            said = _("%(name)s is no longer a member.") % {"name": member}
            messages.success(request, said, extra_tags=offer_member(request, member))
            return redirect("teams:members", request.workspace.slug)
    return render(request, "teams/member_remove.html", shows, status=status_of(form))


def look_again(form: HandOverForm, changed: Membership) -> None:
    """Somebody changed the member while this page was open: say how they are now, and remove them on the next try."""
    now = {
        "name": changed,
        "role": changed.get_role_display(),
        "teams": ", ".join(map(str, changed.teams.all())) or "–",
    }
    said = _("%(name)s was changed meanwhile (role: %(role)s, teams: %(teams)s). Send this again to remove them.") % now
    form.see(changed.version)
    form.add_error(None, said)


@page("GET", "POST")
def leave_workspace(request):
    form, shows = hand_over_form(request, request.membership)
    if form.is_valid():
        with errors_into(form):
            leave(by=request.membership, receiver=form.cleaned_data.get("receiver"))
            messages.success(request, _("You have left %(name)s.") % {"name": request.workspace})
            return redirect("teams:workspaces")
    return render(request, "teams/leave.html", shows, status=status_of(form))


def hand_over_form(request, giver):
    """The form that asks who takes over what the giver owns, and what its page shows."""
    owned = handover.owned_by(giver)
    form = HandOverForm(posted(request), actor=request.membership, giver=giver, needed=bool(owned))
    return form, {"member": giver, "form": form, "owned": owned, "keys": queries.keys_made_by(giver)}
