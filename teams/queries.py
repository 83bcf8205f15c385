"""Named reads. Each starts from a membership (or a person) and loads all that its page shows."""

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.lookups import IsNull

from teams.enums import Role
from teams.models import ApiKey, Comment, Invitation, Membership, Notification, Team, User, Workspace
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


def members_beginning(actor: Actor, text: str) -> QuerySet[Membership]:
    """Members but the actor of whose name a word begins with the text, or the e-mail address.

    `namesake` says whether another member has the same name.
    """
    begins = Q(user__name__istartswith=text) | Q(user__name__icontains=f" {text}") | Q(user__email__istartswith=text)
    here = Membership.objects.filter(workspace_id=actor.workspace_id)
    same = here.filter(user__name=OuterRef("user__name")).exclude(pk=OuterRef("pk"))
    others = here.exclude(pk=actor.pk).filter(begins, user__is_active=True).select_related("user")
    return others.annotate(namesake=Exists(same)).order_by("user__name", "pk")


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


def notifications_of(actor: Actor) -> QuerySet[Notification]:
    """The member's notifications, unread ones first, of these the newest. A program has none."""
    if not isinstance(actor, Membership):
        return Notification.objects.none()
    rows = Notification.objects.filter(recipient=actor).select_related("actor__user")
    return rows.order_by(IsNull(F("read_at"), False), "-created_at", "-pk")


def unread_of(member: Membership | OuterRef) -> QuerySet[Notification]:
    """The member's notifications that wait to be read, in no order."""
    return Notification.objects.filter(recipient=member, read_at=None).order_by()


def comments_of(actor: Actor) -> QuerySet[Comment]:
    """The live comments of the actor's workspace, with their authors and whom they mention."""
    rows = Comment.objects.filter(workspace_id=actor.workspace_id, removed_at=None)
    return rows.select_related("author__user").prefetch_related("mentions")


def threads_on(actor: Actor, kind: str, object_id: int) -> QuerySet[Comment]:
    """The comments that began threads on a thing, newest first, each with its live answers as `replies`.

    One that was deleted is there while it has answers.
    """
    answers = comments_of(actor).filter(parent__isnull=False)
    answered = Exists(answers.filter(parent=OuterRef("pk")))
    rows = Comment.objects.filter(workspace_id=actor.workspace_id, kind=kind, object_id=object_id, parent=None)
    shown = rows.filter(Q(removed_at=None) | answered).select_related("author__user")
    replies = Prefetch("answers", queryset=answers, to_attr="replies")
    return shown.prefetch_related("mentions", replies).order_by("-pk")
