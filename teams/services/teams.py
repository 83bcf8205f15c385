"""Teams: people with a function."""

from collections import Counter
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, RestrictedError
from django.utils.translation import gettext as _

from teams.enums import FUNCTION_COLOR, TeamFunction
from teams.errors import Gone, check_seen
from teams.models import Membership, Team
from teams.permissions import Actor, Permission, require
from teams.services.stamp import touch
from teams.services.workspaces import lock


@transaction.atomic
def create_team(*, by: Actor, name: str, function: str = TeamFunction.OTHER, color: str | None = None) -> Team:
    """Create a team. Without a color it gets the one of its function."""
    require(by, Permission.TEAM_MANAGE)
    lock(by.workspace_id)
    team = Team(workspace_id=by.workspace_id, name=name.strip(), function=function)
    team.color = color or FUNCTION_COLOR.get(function, "")  # type: ignore[call-overload]
    team.full_clean()
    team.save()
    touch(team.workspace_id)
    return team


@transaction.atomic
def edit_team(
    *,
    by: Actor,
    team: Team,
    name: str | None = None,
    function: str | None = None,
    color: str | None = None,
    seen: int | None = None,
) -> Team:
    """Change a team; None leaves a field as it is."""
    team = current(by, team, seen)
    team.name = team.name if name is None else name.strip()
    team.function = team.function if function is None else function
    team.color = team.color if color is None else color
    team.full_clean()
    team.version += 1
    team.save()
    touch(team.workspace_id)
    return team


def current(by: Actor, team: Team, seen: int | None) -> Team:
    """The team as it is now, with its workspace locked, for those who may manage it. Raises Conflict and Gone."""
    require(by, Permission.TEAM_MANAGE, team)
    lock(team.workspace_id)
    found = Team.objects.filter(pk=team.pk).first()
    if found is None:
        raise Gone
    check_seen(found, seen)
    return found


@transaction.atomic
def delete_team(*, by: Actor, team: Team, seen: int | None = None) -> None:
    """Delete a team that nothing names; its members stay in the workspace."""
    team = current(by, team, seen)
    try:
        with transaction.atomic():
            Team.objects.filter(pk=team.pk).delete()
    except RestrictedError as error:
        where = where_used(error.restricted_objects)
        raise ValidationError(
            _("%(team)s cannot be deleted, it is used by %(where)s.") % {"team": team.name, "where": where}
        ) from error
    touch(team.workspace_id)


def where_used(objects: set[Model]) -> str:
    """“2 stages, 1 playbook”: how many of what name the team."""
    kinds = Counter(type(thing) for thing in objects)
    return ", ".join(
        f"{number} {kind._meta.verbose_name if number == 1 else kind._meta.verbose_name_plural}"
        for kind, number in sorted(kinds.items(), key=lambda item: item[0].__name__)
    )


@transaction.atomic
def restore_team(*, by: Actor, name: str, function: str, color: str, members: Collection[Membership]) -> Team:
    """Undo a deletion: a team that is the same, with those of its members who are still here."""
    team = create_team(by=by, name=name, function=function, color=color)
    team.memberships.set(member for member in members if member.workspace_id == team.workspace_id)
    return team


@transaction.atomic
def add_to_team(*, by: Actor, team: Team, member: Membership) -> None:
    require(by, Permission.MEMBER_MANAGE, member)
    if team.workspace_id != member.workspace_id:
        raise ValidationError({"member": [_("This member is not in the workspace.")]})
    member.teams.add(team)
    touch(team.workspace_id)


@transaction.atomic
def take_from_team(*, by: Actor, team: Team, member: Membership) -> None:
    require(by, Permission.MEMBER_MANAGE, member)
    member.teams.remove(team)
    touch(team.workspace_id)
