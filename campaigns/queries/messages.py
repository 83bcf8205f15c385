"""Reads of messages, all through the workspace."""

from django.db.models import QuerySet

from campaigns.models import Message
from teams.permissions import Actor


def any_message_of(actor: Actor) -> QuerySet[Message]:
    """The messages of the actor's workspace, also the removed ones and those of templates."""
    return Message.objects.filter(campaign__workspace_id=actor.workspace_id)


def kept_messages_of(actor: Actor) -> QuerySet[Message]:
    """Messages that are not removed, of campaigns and templates that are not."""
    return any_message_of(actor).filter(removed_at=None, campaign__removed_at=None)


def messages_of(actor: Actor) -> QuerySet[Message]:
    """The live messages of live campaigns, without those of templates."""
    return kept_messages_of(actor).filter(campaign__is_template=False)


def with_places(rows: QuerySet[Message]) -> QuerySet[Message]:
    """With what a line of a list and an entry of the calendar say: two queries whatever the number."""
    rows = rows.select_related(
        "campaign__owner__user", "campaign__team", "campaign__workspace", "channel", "stage__map", "persona", "link"
    )
    return rows.prefetch_related("segments")


def complete(rows: QuerySet[Message]) -> QuerySet[Message]:
    """With its texts, too."""
    return with_places(rows).prefetch_related("texts")


def find_message(actor: Actor, pk: int) -> Message | None:
    """A live message of the actor's workspace."""
    rows = kept_messages_of(actor).select_related("campaign__workspace", "campaign__owner__user", "campaign__team")
    return rows.filter(pk=pk).first()
