"""The workspace's list of channels."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import RestrictedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insights.services.naming import save_named
from insights.services.references import in_words
from journeys.content.channels import CHANNELS, ICONS
from journeys.models import Channel
from teams.errors import check_seen
from teams.models import Membership, Workspace
from teams.permissions import Actor, Permission, require
from teams.services.stamp import touch

FIELDS = frozenset({"name", "icon", "form", "hold"})


def add_default_channels(workspace: Workspace) -> list[Channel]:
    """Put the built-in channels into a new workspace; those whose name it has stay as they are."""
    there = {name.casefold() for name in workspace.channels.values_list("name", flat=True)}
    missing = [seed for seed in CHANNELS if seed.name.casefold() not in there]
    return Channel.objects.bulk_create([Channel(workspace=workspace, **seed._asdict()) for seed in missing])


def for_new_workspace(owner: Membership) -> None:
    add_default_channels(owner.workspace)


@transaction.atomic
def add_channel(*, by: Actor, **fields: Any) -> Channel:
    """Add a channel. Fields: name, icon (one of the built-in ones), form (digital, physical), hold (owned, earned)."""
    require(by, Permission.CHANNEL_MANAGE)
    channel = Channel(workspace_id=by.workspace_id)
    fill(channel, fields)
    keep(channel)
    return channel


@transaction.atomic
def edit_channel(*, by: Actor, channel: Channel, seen: int | None = None, **fields: Any) -> Channel:
    require(by, Permission.CHANNEL_MANAGE, channel)
    channel = Channel.objects.select_for_update().get(pk=channel.pk)
    check_seen(channel, seen)
    if fill(channel, fields):
        channel.version += 1
        keep(channel)
    return channel


@transaction.atomic
def delete_channel(*, by: Actor, channel: Channel, seen: int | None = None) -> None:
    """Delete a channel that nothing has, on removed maps neither: they may come back. Undo is adding it anew."""
    require(by, Permission.CHANNEL_MANAGE, channel)
    channel = Channel.objects.select_for_update().get(pk=channel.pk)
    check_seen(channel, seen)
    number = channel.cards.count()
    if number:
        sentence = ngettext("%(name)s is used by %(number)s card.", "%(name)s is used by %(number)s cards.", number)
        raise ValidationError(sentence % {"name": channel.name, "number": number}, code="used")
    try:
        channel.delete()
    except RestrictedError as error:
        sentence = _("%(name)s is still used: %(where)s.")
        where = in_words(list(error.restricted_objects))
        raise ValidationError(sentence % {"name": channel.name, "where": where}, code="used") from None
    touch(by.workspace_id)


def fill(channel: Channel, fields: dict[str, Any]) -> bool:
    """Set the fields; whether anything is different from before."""
    unknown = fields.keys() - FIELDS
    if unknown:
        raise TypeError(f"A channel has no {sorted(unknown)}")
    before = {name: getattr(channel, name) for name in fields}
    for name, value in fields.items():
        setattr(channel, name, value.strip() if isinstance(value, str) else value)
    return any(getattr(channel, name) != value for name, value in before.items())


def keep(channel: Channel) -> None:
    if channel.icon not in ICONS:
        raise ValidationError({"icon": [_("There is no such icon.")]})
    save_named(channel)
    touch(channel.workspace_id)
