"""Who is told about a comment. Each once: as somebody who is mentioned, answered, or follows the thing."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from teams.models import Comment, Membership, Notification
from teams.permissions import Actor
from teams.services import subjects
from teams.services.notifications import notify
from teams.services.subjects import Thing

SENTENCES = {
    "comment.mention": _("%(who)s mentioned you in a comment on “%(thing)s”."),
    "comment.answer": _("%(who)s answered in a discussion of “%(thing)s”."),
    "comment.added": _("%(who)s commented on “%(thing)s”."),
    "comment.resolved": _("%(who)s resolved your discussion of “%(thing)s”."),
}
QUOTED = 200


def tell_added(comment: Comment, thing: Thing, *, by: Actor, mentioned: list[Membership]) -> None:
    tell_mentioned(comment, thing, by=by, mentioned=mentioned)
    told = {member.pk for member in mentioned}
    if comment.parent is not None:
        talking = [member for member in people_in(comment.parent) if member.pk not in told]
        tell(talking, "comment.answer", comment, thing, by=by)
    else:
        following = [member for member in subjects.followers(thing) if member.pk not in told]
        tell(following, "comment.added", comment, thing, by=by)


def tell_mentioned(comment: Comment, thing: Thing, *, by: Actor, mentioned: list[Membership]) -> None:
    tell(mentioned, "comment.mention", comment, thing, by=by)


def tell_resolved(comment: Comment, thing: Thing, *, by: Actor) -> None:
    tell([comment.author], "comment.resolved", comment, thing, by=by)


def tell(
    members: list[Membership] | list[Membership | None], verb: str, comment: Comment, thing: Thing, *, by: Actor
) -> None:
    notify(members, by=by, verb=verb, thing=thing, path=place(comment), quote=quote_of(comment), comment=comment.pk)


def quote_of(comment: Comment) -> str:
    return Truncator(comment.text).chars(QUOTED)


def people_in(thread: Comment) -> list[Membership]:
    """Who has written in the thread and is still here."""
    writers = Comment.objects.filter(removed_at=None, author__isnull=False)
    in_thread = writers.filter(pk=thread.pk) | writers.filter(parent=thread)
    return list(Membership.objects.filter(pk__in=in_thread.values("author")))


def place(comment: Comment) -> str:
    """The path of the discussion with this comment in view."""
    page = reverse("teams:discussion", args=[comment.workspace.slug, comment.kind, comment.object_id])
    return f"{page}?comment={comment.pk}#comment-{comment.pk}"


def told_of(comment: Comment) -> QuerySet[Notification]:
    told = Notification.objects.filter(workspace=comment.workspace_id, kind=comment.kind, object_id=comment.object_id)
    return told.filter(verb__in=SENTENCES, params__comment=comment.pk)


def requote(comment: Comment) -> None:
    """What was told of an edited comment quotes it as it is now."""
    rows = list(told_of(comment))
    for row in rows:
        row.params["quote"] = quote_of(comment)
    Notification.objects.bulk_update(rows, ["params"])


def take_back(comment: Comment) -> None:
    """Delete what was told of a comment, which quotes it."""
    told_of(comment).delete()
