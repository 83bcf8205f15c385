"""Tactics: the workspace's own, built-in ones put away, and their use as drafts of messages."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.content.tactics import BUILT_IN
from campaigns.matching.kinds import kind_of
from campaigns.models import Campaign, HiddenTactic, Message, Tactic
from campaigns.queries.campaigns import kept_campaigns_of, with_places
from campaigns.queries.tactics import MOST_OWN, Shelved, find_tactic, tactics_of
from campaigns.services.campaign_references import check_references
from campaigns.services.locks import locked
from campaigns.services.messages import add_message
from experiments.services.states import difference
from insights.services.naming import check_named
from teams.errors import Gone
from teams.models import forget_prefetched
from teams.permissions import Actor, Permission, require
from teams.services.activity import record

TEXTS = ("title", "about", "stage", "position", "content", "measured_by", "pitfalls")
FIELDS = frozenset({*TEXTS, "channels"})
MOST_CHANNELS = 20


@transaction.atomic
def add_tactic(*, by: Actor, built_in: str = "", **fields: Any) -> Tactic:
    """Add a tactic of the workspace's own; with `built_in` it takes the place of that one. Fields: title, about, stage,
    position, content, measured_by, pitfalls; `channels`: a list."""
    require(by, Permission.CAMPAIGN_CONFIGURE)
    if built_in and built_in not in BUILT_IN:
        raise ValidationError({"built_in": [_("There is no such built-in tactic.")]})
    if tactics_of(by).count() >= MOST_OWN:
        raise ValidationError(_("A workspace has at most %(most)d tactics of its own.") % {"most": MOST_OWN})
    tactic = Tactic(workspace_id=by.workspace_id, built_in=built_in)
    keep(tactic, fields)
    record(tactic, by=by, verb="created", after=tactic_state(tactic))
    return tactic


@transaction.atomic
def edit_tactic(*, by: Actor, tactic: Tactic, seen: int | None = None, **fields: Any) -> Tactic:
    """Change the given fields."""
    tactic = locked(tactic, Permission.CAMPAIGN_CONFIGURE, by=by, seen=seen)
    before = tactic_state(tactic)
    tactic.version += 1
    keep(tactic, fields)
    was, now = difference(before, tactic_state(tactic))
    if now:
        record(tactic, by=by, verb="edited", before=was, after=now)
    return tactic


@transaction.atomic
def remove_tactic(*, by: Actor, tactic: Tactic, seen: int | None = None) -> Tactic:
    """Take one of the own tactics off the shelf; a built-in one whose place it had comes back."""
    tactic = locked(tactic, Permission.CAMPAIGN_CONFIGURE, by=by, seen=seen)
    if tactic.removed_at is None:
        tactic.removed_at = timezone.now()
        tactic.version += 1
        tactic.save()
        record(tactic, by=by, verb="removed")
    return tactic


@transaction.atomic
def restore_tactic(*, by: Actor, tactic: Tactic) -> Tactic:
    """Put a removed tactic back, unless its title or its place has been taken meanwhile."""
    tactic = locked(tactic, Permission.CAMPAIGN_CONFIGURE, by=by)
    if tactic.removed_at is not None:
        tactic.removed_at = None
        tactic.version += 1
        keep(tactic, {})
        record(tactic, by=by, verb="restored")
    return tactic


@transaction.atomic
def hide_tactic(*, by: Actor, slug: str) -> None:
    """Put a built-in tactic away for this workspace."""
    require(by, Permission.CAMPAIGN_CONFIGURE)
    if slug not in BUILT_IN:
        raise ValidationError({"tactic": [_("There is no such built-in tactic.")]})
    HiddenTactic.objects.get_or_create(workspace_id=by.workspace_id, slug=slug)


@transaction.atomic
def show_tactic(*, by: Actor, slug: str) -> None:
    """Lay a built-in tactic back onto the shelf."""
    require(by, Permission.CAMPAIGN_CONFIGURE)
    HiddenTactic.objects.filter(workspace_id=by.workspace_id, slug=slug).delete()


@transaction.atomic
def use_tactic(*, by: Actor, tactic: str, campaign: Campaign, starts_on: datetime.date | None) -> Message:
    """Add the draft of a message on that day: the campaign's stage that the tactic is for, and its first usual channel,
    one of the campaign's where there is one."""
    found = find_tactic(by, tactic)
    if found is None:
        raise ValidationError({"tactic": [_("There is no such tactic here.")]})
    whole = with_places(kept_campaigns_of(by)).filter(pk=campaign.pk).first()
    if whole is None:
        raise Gone
    stage = next((row.stage for row in whole.campaign_stages.all() if at(row.stage, found)), None)
    own = {channel.pk for channel in whole.channels.all()}
    channel = next((one for one in found.channels if one.pk in own), next(iter(found.channels), None))
    return add_message(
        by=by,
        campaign=whole,
        title=str(found.title),
        stage=stage,
        channel=channel,
        position=found.position,
        starts_on=starts_on,
        tactic=found.id,
    )


def at(stage: Any, tactic: Shelved) -> bool:
    return kind_of(stage.uid, stage.name) == tactic.stage


def keep(tactic: Tactic, fields: dict[str, Any]) -> None:
    """Set the fields and save. Raises ValidationError naming the fields that are wrong."""
    unknown = fields.keys() - FIELDS
    if unknown:
        raise TypeError(f"A tactic has no {sorted(unknown)}")
    for name in fields.keys() & set(TEXTS):
        value = fields[name]
        setattr(tactic, name, value.strip() if isinstance(value, str) else value)
    channels = fields.get("channels")
    if channels is not None:
        if len(channels) > MOST_CHANNELS:
            raise ValidationError({"channels": [_("At most %(most)d of them.") % {"most": MOST_CHANNELS}]})
        check_references(tactic.workspace_id, {"channels": channels}, {})
    try:
        check_named(tactic)
    except ValidationError as error:
        errors = error.update_error_dict({})
        if "name" in errors:  # what is taken is its title
            errors["title"] = [*errors.get("title", []), *errors.pop("name")]
        raise ValidationError(errors) from None
    tactic.save()
    if channels is not None:
        tactic.channels.set(channels)
        forget_prefetched(tactic, "channels")


def tactic_state(tactic: Tactic) -> dict[str, Any]:
    state = {name: getattr(tactic, name) for name in TEXTS}
    return state | {"channels": [channel.name for channel in tactic.channels.all()]}
