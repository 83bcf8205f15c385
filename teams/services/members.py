"""Members: their role and teams, leaving and removing, and handing over ownership.

A workspace always has an owner. Whatever could take the last one away locks the workspace's row first, so that two
owners who leave at the same moment do so one after the other.
"""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import RestrictedError
from django.utils.translation import gettext as _

from teams.enums import Role
from teams.errors import Gone, check_seen
from teams.models import Membership, Team, User
from teams.permissions import Actor, Permission, require
from teams.services import handover
from teams.services.stamp import touch
from teams.services.workspaces import lock


def check_role(role: str) -> str:
    if role not in Role.values:
        raise ValidationError({"role": [_("There is no role “%(role)s”.") % {"role": role}]})
    return role


def check_teams(workspace_id: int, teams: Collection[Team]) -> None:
    if any(team.workspace_id != workspace_id for team in teams):
        raise ValidationError({"teams": [_("This team is not in the workspace.")]})


def check_owner_remains(member: Membership) -> None:
    """Refuse to take the role from the last owner. Call it with the workspace locked."""
    owners = Membership.objects.filter(workspace_id=member.workspace_id, role=Role.OWNER)
    if member.role == Role.OWNER and not owners.exclude(pk=member.pk).exists():
        raise ValidationError(
            {"role": [_("A workspace needs an owner. Hand over ownership to somebody first.")]}, code="last_owner"
        )


def locked(member: Membership, seen: int | None = None) -> Membership:
    """The member as they are now, with their workspace locked. Raises Conflict and Gone."""
    lock(member.workspace_id)
    found = Membership.objects.select_related("user", "workspace").filter(pk=member.pk).first()
    if found is None:
        raise Gone
    check_seen(found, seen)
    return found


@transaction.atomic
def edit_member(
    *,
    by: Actor,
    member: Membership,
    role: str | None = None,
    teams: Collection[Team] | None = None,
    seen: int | None = None,
) -> Membership:
    """Change a member's role or teams; None leaves them. Only owners make somebody an owner or take it back."""
    require(by, Permission.MEMBER_MANAGE, member)
    member = locked(member, seen)
    if role is not None and role != member.role:
        change_role(by=by, member=member, role=check_role(role))
    if teams is not None:
        check_teams(member.workspace_id, teams)
        member.teams.set(teams)
    member.version += 1
    member.save()
    touch(member.workspace_id)
    return member


def change_role(*, by: Actor, member: Membership, role: str) -> None:
    if Role.OWNER in (role, member.role):
        require(by, Permission.OWNERSHIP_HAND_OVER)
    check_owner_remains(member)
    member.role = role


@transaction.atomic
def hand_over_ownership(*, by: Membership, to: Membership) -> Membership:
    """Make another member an owner in one's own place; the giver stays as an administrator."""
    require(by, Permission.OWNERSHIP_HAND_OVER, to)
    lock(by.workspace_id)
    if to.pk == by.pk:
        raise ValidationError({"to": [_("Choose somebody else.")]})
    for member, role in [(to, Role.OWNER), (by, Role.ADMIN)]:
        Membership.objects.filter(pk=member.pk).update(role=role, version=member.version + 1)
        member.refresh_from_db()
    touch(by.workspace_id)
    return to


@transaction.atomic
def remove_member(
    *, by: Actor, member: Membership, receiver: Membership | None = None, seen: int | None = None
) -> None:
    """Take a member out of the workspace. What they own goes to the receiver, in the same transaction."""
    require(by, Permission.MEMBER_MANAGE, member)
    member = locked(member, seen)
    if member.role == Role.OWNER:
        require(by, Permission.OWNERSHIP_HAND_OVER)
    take_out(by=by, member=member, receiver=receiver)


@transaction.atomic
def leave(*, by: Membership, receiver: Membership | None = None) -> None:
    """Go of one's own will, handing what one owns to the receiver. The last owner cannot."""
    take_out(by=by, member=locked(by), receiver=receiver)


def take_out(*, by: Actor, member: Membership, receiver: Membership | None) -> None:
    check_owner_remains(member)
    if handover.owned_by(member):
        if receiver is None:
            said = _("Choose who takes over what %(name)s owns.") % {"name": member.label}
            raise ValidationError({"receiver": [said]})
        handover.hand_over(by=by, giver=member, receiver=receiver)
    try:
        with transaction.atomic():
            Membership.objects.filter(pk=member.pk).delete()
    except RestrictedError as error:
        raise ValidationError(_("%(name)s is still accountable for something.") % {"name": member.label}) from error
    touch(member.workspace_id)


@transaction.atomic
def readmit(*, by: Actor, user: User, role: str, teams: Collection[Team], joined: datetime) -> Membership:
    """Undo a removal: the same person with the role and teams they had. What was handed over stays handed over."""
    require(by, Permission.MEMBER_MANAGE)
    if role == Role.OWNER:
        require(by, Permission.OWNERSHIP_HAND_OVER)
    lock(by.workspace_id)
    if not user.is_active:
        raise PermissionDenied(_("This person may not sign in any more."))
    member, added = Membership.objects.get_or_create(
        workspace_id=by.workspace_id, user=user, defaults={"role": check_role(role)}
    )
    if added:
        check_teams(by.workspace_id, teams)
        member.teams.set(teams)
        Membership.objects.filter(pk=member.pk).update(created_at=joined)
        touch(by.workspace_id)
    return member
