from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from teams import queries
from teams.door import page
from teams.errors import Conflict
from teams.forms import TeamForm, TeamMemberForm, errors_into, status_of
from teams.models import Team
from teams.permissions import Permission, can, require
from teams.seen import posted
from teams.services.teams import add_to_team, create_team, delete_team, edit_team, take_from_team
from teams.views.undo import offer_team


@page("GET")
def teams(request):
    shows = {"teams": queries.teams_with_size(request.membership), "may_manage": may_manage(request)}
    return render(request, "teams/teams.html", shows)


def may_manage(request) -> bool:
    return can(request.membership, Permission.TEAM_MANAGE)


@page("GET", "POST", permission=Permission.TEAM_MANAGE)
def team_new(request):
    form = TeamForm(posted(request))
    if form.is_valid():
        with errors_into(form):
            team = create_team(by=request.membership, **form.fields_given())
            messages.success(request, _("%(name)s is here.") % {"name": team})
            return redirect("teams:team", request.workspace.slug, team.pk)
    return render(request, "teams/team_new.html", {"form": form}, status=status_of(form))


@page("GET", "POST")
def team(request, pk):
    """The team and its people; who may, changes it here."""
    team = get_object_or_404(queries.teams_of(request.membership), pk=pk)
    if request.method == "POST":
        require(request.membership, Permission.TEAM_MANAGE, team)
    form = TeamForm(posted(request), initial=filled(team))
    if form.is_valid():
        with errors_into(form, stale=lambda current: form.show_theirs(TeamForm(initial=filled(current)))):
            edit_team(by=request.membership, team=team, seen=form.seen_version(), **form.fields_given())
            messages.success(request, _("Saved."))
            return redirect("teams:team", request.workspace.slug, team.pk)
    return answer(request, team, form, TeamMemberForm(actor=request.membership, team=team), status=status_of(form))


@page("POST", permission=Permission.TEAM_MANAGE)
def team_add(request, pk):
    team = get_object_or_404(queries.teams_of(request.membership), pk=pk)
    form = TeamMemberForm(request.POST, actor=request.membership, team=team)
    if form.is_valid():
        with errors_into(form):
            add_to_team(by=request.membership, team=team, member=form.cleaned_data["member"])
            return redirect("teams:team", request.workspace.slug, team.pk)
    return answer(request, team, TeamForm(initial=filled(team)), form, status=422)


def filled(team: Team) -> dict[str, Any]:
    return {"name": team.name, "function": team.function, "color": team.color, "seen": team.version}


def answer(request, team, form, member_form, *, status):
    members = queries.members_of(request.membership).filter(teams=team)
    shows = {"team": team, "form": form, "member_form": member_form, "members": members}
    shows["may_manage"] = may_manage(request)
    return render(request, "teams/team.html", shows, status=status)


@page("POST", permission=Permission.TEAM_MANAGE)
def team_take(request, pk, member):
    team = get_object_or_404(queries.teams_of(request.membership), pk=pk)
    taken = get_object_or_404(queries.members_of(request.membership).filter(teams=team), pk=member)
    take_from_team(by=request.membership, team=team, member=taken)
    return redirect("teams:team", request.workspace.slug, team.pk)


@page("POST", permission=Permission.TEAM_MANAGE)
def team_delete(request, pk):
    team = get_object_or_404(queries.teams_of(request.membership), pk=pk)
    members = list(team.memberships.values_list("pk", flat=True))
    try:
        delete_team(by=request.membership, team=team, seen=queries.named_id(request.POST.get("seen")))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("teams:team", request.workspace.slug, team.pk)
    except Conflict:
        messages.error(
            request, _("Somebody changed this team meanwhile. Look at it, then delete it if you still want to.")
        )
        return redirect("teams:team", request.workspace.slug, team.pk)
    said = _("%(name)s is deleted.") % {"name": team.name}
    messages.success(request, said, extra_tags=offer_team(request, team, members))
    return redirect("teams:teams", request.workspace.slug)
