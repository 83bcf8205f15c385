"""Undo for what leaves no row behind. What is needed to bring it back waits in the person's session."""

import secrets

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from teams import queries
from teams.door import page
from teams.models import Membership, Team, User
from teams.services.members import readmit
from teams.services.teams import restore_team

MOST_KEPT = 10


def offer(request, what: str, **facts) -> str:
    """Keep the facts in the session and give the address that a POST brings it back with."""
    key = secrets.token_urlsafe(6)
    kept = {**request.session.get("undo", {}), key: {"what": what, "workspace": request.workspace.pk, "facts": facts}}
    request.session["undo"] = dict(list(kept.items())[-MOST_KEPT:])
    return reverse("teams:undo", args=[request.workspace.slug, key])


def offer_member(request, member: Membership) -> str:
    teams = [team.pk for team in member.teams.all()]
    joined = member.created_at.isoformat()
    return offer(request, "member", user=member.user_id, role=member.role, teams=teams, joined=joined)


def offer_team(request, team: Team, members: list[int]) -> str:
    return offer(request, "team", name=team.name, function=team.function, color=team.color, members=members)


@page("POST")
def undo(request, key):
    kept = request.session.get("undo", {})
    wanted = kept.pop(key, None)
    if wanted is None or wanted["workspace"] != request.workspace.pk:
        raise Http404
    request.session["undo"] = kept
    try:
        address = BRING_BACK[wanted["what"]](request.membership, **wanted["facts"])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("teams:settings", request.workspace.slug)
    messages.success(request, _("It is back."))
    return redirect(address)


def bring_back_member(actor: Membership, *, user: int, role: str, teams: list[int], joined: str) -> str:
    person = User.objects.filter(pk=user).first()
    if person is None:
        raise ValidationError(_("This person has no account any more."))
    still_here = queries.teams_of(actor).filter(pk__in=teams)
    readmit(by=actor, user=person, role=role, teams=list(still_here), joined=parse_datetime(joined))
    return reverse("teams:members", args=[actor.workspace.slug])


def bring_back_team(actor: Membership, *, name: str, function: str, color: str, members: list[int]) -> str:
    still_here = queries.members_of(actor).filter(pk__in=members)
    team = restore_team(by=actor, name=name, function=function, color=color, members=list(still_here))
    return reverse("teams:team", args=[actor.workspace.slug, team.pk])


BRING_BACK = {"member": bring_back_member, "team": bring_back_team}
