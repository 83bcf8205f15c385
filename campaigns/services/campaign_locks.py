"""One way to take hold of a campaign or a message: the campaign's row first, then what hangs on it."""

from campaigns.models import Campaign, Message
from campaigns.queries import campaigns, messages
from teams.errors import Gone, check_seen
from teams.permissions import Actor, Permission, require


def hold(pk: int, *, workspace_id: int, seen: int | None = None, removed: bool = False) -> Campaign:
    """The campaign as it is now, complete, its row locked until the transaction ends.

    Raises Gone where it was removed (with `removed`, where it was deleted), Conflict where it is not the version that
    the caller saw.
    """
    hold_row(pk, workspace_id=workspace_id, seen=seen, removed=removed)
    return campaigns.complete(Campaign.objects.all()).get(pk=pk)


def hold_row(pk: int, *, workspace_id: int, seen: int | None = None, removed: bool = False) -> Campaign:
    """The same with its own fields alone: one query."""
    rows = Campaign.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk, workspace_id=workspace_id)
    held = (rows if removed else rows.filter(removed_at=None)).first()
    if held is None:
        raise Gone
    check_seen(held, seen)
    return held


def lock_to_edit(campaign: Campaign, *, by: Actor, seen: int | None = None, removed: bool = False) -> Campaign:
    """The same for those who may edit it."""
    held = hold(campaign.pk, workspace_id=by.workspace_id, seen=seen, removed=removed)
    require(by, Permission.CAMPAIGN_EDIT, held)
    return held


def lock_message(message: Message, *, by: Actor, seen: int | None = None, removed: bool = False) -> Message:
    """A message as it is now, complete, for those who may edit its campaign; both rows locked."""
    held = lock_to_edit(message.campaign, by=by)
    rows = Message.objects.select_for_update(of=("self",), no_key=True).filter(pk=message.pk, campaign=held)
    found = (rows if removed else rows.filter(removed_at=None)).first()
    if found is None:
        raise Gone
    check_seen(found, seen)
    found = messages.complete(Message.objects.all()).get(pk=found.pk)
    found.campaign = held
    return found
