"""Comments on things: threads with answers. Who is mentioned, answered or follows the thing is told."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.errors import check_seen
from teams.models import ApiKey, Comment, Membership, Mention
from teams.permissions import Actor, Permission, require
from teams.services import comment_notices
from teams.services.mentions import Named, find_mentions
from teams.services.subjects import Thing, kind_of


@transaction.atomic
def add_comment(*, by: Actor, thing: Thing, text: str, parent: Comment | None = None) -> Comment:
    """Say something about a thing, or answer the comment that began a thread. An answer opens a resolved thread again.

    Raises ValidationError at `text` or `parent`.
    """
    require(by, Permission.COMMENT, thing)
    thread = live_thread(parent, thing) if parent else None
    comment = Comment(workspace_id=thing.workspace_id, kind=kind_of(thing), object_id=thing.pk, parent=thread)
    comment.author = by if isinstance(by, Membership) else None
    comment.key = by if isinstance(by, ApiKey) else None
    comment.author_name = by.label
    named = write(comment, by, text)
    comment.save()
    keep_mentions(comment, named)
    if thread is not None and thread.resolved_at:
        set_resolved(thread, None)
    comment_notices.tell_added(comment, thing, by=by, mentioned=[name.member for name in named])
    return comment


@transaction.atomic
def edit_comment(*, by: Actor, comment: Comment, thing: Thing, text: str, seen: int | None = None) -> Comment:
    """Change what one's own comment says. Who is mentioned now and was not before is told."""
    require(by, Permission.COMMENT_EDIT, comment)
    comment = live(comment, seen)
    before = comment.text
    named = write(comment, by, text)
    if comment.text == before:
        return comment
    already = set(comment.mentions.values_list("member", flat=True))
    comment.edited_at = timezone.now()
    comment.version += 1
    comment.save()
    keep_mentions(comment, named)
    comment_notices.requote(comment)
    fresh = [name.member for name in named if name.member.pk not in already]
    comment_notices.tell_mentioned(comment, thing, by=by, mentioned=fresh)
    return comment


@transaction.atomic
def delete_comment(*, by: Actor, comment: Comment, seen: int | None = None) -> Comment:
    """Take a comment away; what it says is no longer shown anywhere. Its answers stay, and it can be restored."""
    require(by, Permission.COMMENT_DELETE, comment)
    comment = live(comment, seen)
    comment.removed_at = timezone.now()
    comment.version += 1
    comment.save(update_fields=["removed_at", "version"])
    comment_notices.take_back(comment)
    return comment


@transaction.atomic
def restore_comment(*, by: Actor, comment: Comment) -> Comment:
    """Bring a deleted comment back to where it was. Nobody is told twice."""
    require(by, Permission.COMMENT_DELETE, comment)
    comment = locked(comment)
    if comment.removed_at is not None:
        comment.removed_at = None
        comment.version += 1
        comment.save(update_fields=["removed_at", "version"])
    return comment


@transaction.atomic
def resolve_thread(*, by: Actor, comment: Comment, thing: Thing, seen: int | None = None) -> Comment:
    """Resolve a thread, by the comment that began it; its author is told."""
    require(by, Permission.COMMENT_RESOLVE, comment)
    comment = live(comment, seen)
    if comment.parent_id is not None:
        raise ValidationError({"resolved": [_("An answer is resolved with its thread.")]})
    if comment.resolved_at is None:
        set_resolved(comment, by)
        comment_notices.tell_resolved(comment, thing, by=by)
    return comment


@transaction.atomic
def reopen_thread(*, by: Actor, comment: Comment, seen: int | None = None) -> Comment:
    """Open a resolved thread again."""
    require(by, Permission.COMMENT_RESOLVE, comment)
    comment = live(comment, seen)
    if comment.resolved_at is not None:
        set_resolved(comment, None)
    return comment


def locked(comment: Comment) -> Comment:
    return Comment.objects.select_for_update().get(pk=comment.pk)


def live(comment: Comment, seen: int | None) -> Comment:
    """The comment as it is now, locked; refused where it has been deleted or is not what the caller saw."""
    comment = locked(comment)
    if comment.removed_at is not None:
        raise ValidationError(_("This comment has been deleted."), code="removed")
    check_seen(comment, seen)
    return comment


def live_thread(parent: Comment, thing: Thing) -> Comment:
    """The comment that an answer answers, locked; refused where it is no thread of this thing."""
    parent = locked(parent)
    here = (parent.workspace_id, parent.kind, parent.object_id) == (thing.workspace_id, kind_of(thing), thing.pk)
    if not here or parent.removed_at is not None:
        raise ValidationError({"parent": [_("There is no such comment here any more.")]})
    if parent.parent_id is not None:
        raise ValidationError({"parent": [_("Answer the comment that began the thread.")]})
    return parent


def write(comment: Comment, by: Actor, text: str) -> list[Named]:
    """Set the text and check it; returns whom it names."""
    comment.text = text.replace("\r\n", "\n").strip()
    comment.clean_fields(exclude={field.name for field in Comment._meta.fields} - {"text"})
    return find_mentions(by, comment.text)


def keep_mentions(comment: Comment, named: list[Named]) -> None:
    comment.mentions.all().delete()
    Mention.objects.bulk_create(Mention(comment=comment, **name._asdict()) for name in named)


def set_resolved(thread: Comment, by: Actor | None) -> None:
    thread.resolved_at = timezone.now() if by else None
    thread.resolved_by = by.label if by else ""
    thread.version += 1
    thread.save(update_fields=["resolved_at", "resolved_by", "version"])
