"""Notifications: telling members what concerns them, reading, and reading again.

Apps register a sentence for each verb when Django starts, and call `notify` in the service that does the thing:

    notifications.register_sentence("experiment.signal", _("“%(thing)s” has a clear signal: %(verdict)s."))
    notifications.notify([owner], by=None, verb="experiment.signal", thing=experiment, verdict="better")

A sentence may name `who`, `thing` and any of the params. The param `quote` is shown below the sentence.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_q.tasks import async_task

from teams.enums import MailChoice
from teams.errors import check_seen
from teams.models import Membership, Notification
from teams.permissions import Actor
from teams.services import subjects
from teams.services.authors import NOBODY
from teams.services.sentences import Sentence, say
from teams.services.subjects import Thing

KEPT = timedelta(days=90)
UNKNOWN = _("News about “%(thing)s”.")

_sentences: dict[str, Sentence] = {}


def register_sentence(verb: str, sentence: Sentence) -> None:
    _sentences[verb] = sentence


def sentence(notification: Notification) -> str:
    """What is told, in the language that is active."""
    values = {**notification.params, "who": notification.actor_name, "thing": notification.label}
    return say(_sentences.get(notification.verb, UNKNOWN), values)


@transaction.atomic
def notify(
    recipients: Iterable[Membership | None],
    *,
    by: Actor | None,
    verb: str,
    thing: Thing,
    path: str = "",
    **params: Any,
) -> list[Membership]:
    """Tell members of the thing's workspace, in the caller's transaction; returns those who are told.

    Nobody is told of what they did themselves. Without an actor, Throughline found it out. Who has not read the last
    one about the same verb and thing gets it refreshed instead of a second one. `path` leads to the thing's page unless
    it is given, as a path of the workspace (`/w/…`). Params are plain values that JSON keeps.
    """
    told = {member.pk: member for member in recipients if member is not None and not is_same(member, by)}
    if any(member.workspace_id != thing.workspace_id for member in told.values()):
        raise ValueError("A recipient is not in the thing's workspace.")
    if not told:
        return []
    facts = {
        "label": str(thing)[:200],
        "actor": by if isinstance(by, Membership) else None,
        "actor_name": by.label if by else NOBODY,
        "path": below_workspace(path or subjects.address(thing)),
        "params": params,
        "created_at": timezone.now(),
        "mailed_at": None,
    }
    same = {"verb": verb, "kind": subjects.kind_of(thing), "object_id": thing.pk}
    refresh(told.keys(), same, facts)
    fresh = [
        Notification(workspace_id=thing.workspace_id, recipient=member, **same, **facts) for member in told.values()
    ]
    Notification.objects.bulk_create(fresh, ignore_conflicts=True)  # whoever has an unread one keeps that
    transaction.on_commit(lambda: queue_mails(told.values()))
    return list(told.values())


def queue_mails(members: Iterable[Membership]) -> None:
    for member in members:
        if member.mail == MailChoice.AT_ONCE:
            async_task("teams.tasks.mail_news", member.pk)


def is_same(member: Membership, by: Actor | None) -> bool:
    return isinstance(by, Membership) and by.pk == member.pk


def below_workspace(path: str) -> str:
    """The path without `/w/<workspace>/`, so that it still leads there when the workspace's address changes."""
    empty, w, _slug, rest = path.split("/", 3)
    if (empty, w) != ("", "w"):
        raise ValueError(f"{path} is no page of a workspace.")
    return rest


def refresh(members: Iterable[int], same: dict[str, Any], facts: dict[str, Any]) -> None:
    """Write the news into unread ones about the same. They are locked in one order, so that two actors never cross."""
    unread = Notification.objects.filter(recipient__in=members, read_at=None, **same)
    held = list(unread.select_for_update().order_by("pk").values_list("pk", flat=True))
    if held:
        Notification.objects.filter(pk__in=held).update(times=F("times") + 1, version=F("version") + 1, **facts)


@transaction.atomic
def mark(*, by: Membership, notification: Notification, read: bool, seen: int | None = None) -> Notification:
    """Mark one's own notification as read, or as unread again."""
    notification = Notification.objects.select_for_update().get(pk=notification.pk, recipient=by)
    check_seen(notification, seen)
    if read == (notification.read_at is not None) or (not read and has_unread_twin(notification)):
        return notification
    notification.read_at = timezone.now() if read else None
    notification.version += 1
    notification.save(update_fields=["read_at", "version"])
    return notification


def has_unread_twin(notification: Notification) -> bool:
    """Whether the same came again meanwhile, unread: then that one says it."""
    return unread_twins(notification.recipient_id).filter(pk=notification.pk, twin=True).exists()


def unread_twins(member_id: int):
    twin = Notification.objects.filter(
        recipient=member_id,
        read_at=None,
        verb=OuterRef("verb"),
        kind=OuterRef("kind"),
        object_id=OuterRef("object_id"),
    )
    return Notification.objects.filter(recipient=member_id).annotate(twin=Exists(twin))


def mark_all_read(*, by: Membership) -> tuple[int, datetime]:
    """Mark all of one's own as read; how many those were, and the moment that `mark_unread` takes them back by."""
    now = timezone.now()
    unread = Notification.objects.filter(recipient=by, read_at=None)
    return unread.update(read_at=now, version=F("version") + 1), now


def mark_unread(*, by: Membership, read_at: datetime) -> int:
    """Undo `mark_all_read` by its moment; how many are unread again."""
    rows = unread_twins(by.pk).filter(read_at=read_at, twin=False)
    return Notification.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(
        read_at=None, version=F("version") + 1
    )


def clear_old() -> int:
    """Delete what was read more than 90 days ago; how many rows those were."""
    return Notification.objects.filter(read_at__lt=timezone.now() - KEPT).delete()[0]
