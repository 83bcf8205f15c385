"""Named reads. Each starts from a membership (or a person) and loads all that its page shows."""

from django.db.models import Count, F, Q, QuerySet

from teams.enums import Role
from teams.models import ApiKey, Invitation, Membership, Team, User, Workspace
from teams.permissions import Actor


def named_id(text: str | None) -> int | None:
    """The id that a query or a field names; None for what cannot be one, such as a number of a thousand digits."""
    plausible = text and text.isascii() and text.isdigit() and len(text) < 19
    return int(text) if text and plausible else None


def memberships_of(user: User) -> QuerySet[Membership]:
    """The person's memberships with their workspaces, each with the number of its members as `size`."""
    rows = Membership.objects.filter(user=user).select_related("workspace")
    return rows.annotate(size=Count("workspace__memberships")).order_by("workspace__name", "pk")


def members_of(actor: Actor) -> QuerySet[Membership]:
    """The members of the actor's workspace by name, with person and teams."""
    rows = Membership.objects.filter(workspace_id=actor.workspace_id)
    return rows.select_related("user", "workspace").prefetch_related("teams")


def editors_of(actor: Actor) -> QuerySet[Membership]:
    """Members who may write somewhere: those who can be asked to look after something."""
    return members_of(actor).exclude(role=Role.VIEWER)


def members_like(actor: Actor, text: str) -> QuerySet[Membership]:
    """Members whose name or e-mail contains the text."""
    return members_of(actor).filter(Q(user__name__icontains=text) | Q(user__email__icontains=text))


def teams_of(actor: Actor) -> QuerySet[Team]:
    return Team.objects.filter(workspace_id=actor.workspace_id)


def teams_with_size(actor: Actor) -> QuerySet[Team]:
    """The workspace's teams, each with the number of its members as `size`."""
    return teams_of(actor).annotate(size=Count("memberships"))


def open_invitations_of(actor: Actor) -> QuerySet[Invitation]:
    """Invitations that nobody has used yet, also expired ones."""
    rows = Invitation.objects.filter(workspace_id=actor.workspace_id, accepted_at=None)
    return rows.select_related("invited_by__user", "workspace").prefetch_related("teams")


def keys_of(actor: Actor) -> QuerySet[ApiKey]:
    rows = ApiKey.objects.filter(workspace_id=actor.workspace_id)
    return (
        rows.select_related("created_by__user")
        .prefetch_related("teams")
        .order_by(F("revoked_at").asc(nulls_first=True), "-pk")
    )


def keys_made_by(member: Membership) -> QuerySet[ApiKey]:
    """Keys that the member made and that have not been revoked: they outlive the member."""
    return ApiKey.objects.filter(created_by=member, revoked_at=None)


def last_workspace(user: User, remembered: str | None) -> Workspace | None:
    """The one to open first: the remembered one while the person is in it, or their only one."""
    rows = Workspace.objects.filter(memberships__user=user)
    if remembered and (workspace := rows.filter(slug=remembered).first()):
        return workspace
    first_two = list(rows[:2])
    return first_two[0] if len(first_two) == 1 else None
