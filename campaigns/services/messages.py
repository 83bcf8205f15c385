"""Messages of a campaign: add one, change it, remove it and bring it back."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.enums import Cadence
from campaigns.models import Campaign, Message, MessageText
from campaigns.queries.messages import complete
from campaigns.services.approvals import asked_again
from campaigns.services.campaign_locks import lock_message, lock_to_edit
from campaigns.services.campaign_references import check_references
from campaigns.services.campaign_states import MESSAGE_ONES, MESSAGE_TEXTS, message_state
from campaigns.services.clashes import watch
from experiments.services.states import difference
from teams.models import forget_prefetched
from teams.permissions import Actor
from teams.services import search
from teams.services.activity import record

FIELDS = frozenset({*MESSAGE_TEXTS, *MESSAGE_ONES, "segments", "texts", "tactic"})
WORKDAYS = [1, 2, 3, 4, 5]
MOST_MESSAGES = 500
MOST_SEGMENTS = 20
MOST_TEXTS = 30


@transaction.atomic
def add_message(*, by: Actor, campaign: Campaign, **fields: Any) -> Message:
    """Add a message. Fields: title, channel, stage, persona, link, position, lifecycle, starts_on and ends_on (a single
    day: the first alone), at, zone, cadence, every, weekdays, priority, transactional, offer, tone, next_step;
    `segments`: a list; `texts`: dicts of language, subject and text; `tactic`: the id on the shelf that it began as.
    """
    campaign = lock_to_edit(campaign, by=by)
    if campaign.messages.filter(removed_at=None).count() >= MOST_MESSAGES:
        raise ValidationError(_("A campaign has at most %(most)d messages.") % {"most": MOST_MESSAGES})
    made = complete(Message.objects.all()).get(pk=begin(campaign, fields).pk)
    asked_again(campaign, by=by)
    record(made, by=by, verb="created", after=message_state(made))
    watch(made.workspace_id)
    return made


@transaction.atomic
def edit_message(*, by: Actor, message: Message, seen: int | None = None, **fields: Any) -> Message:
    """Change the given fields."""
    message = lock_message(message, by=by, seen=seen)
    before, referred = message_state(message), references(message)
    keep(message, fields, referred)
    also = {name for name, pks in references(message).items() if pks != referred[name]}
    was, now = difference(before, message_state(message), also=also)
    if not now:
        return message
    save_edited(message)
    asked_again(message.campaign, by=by)
    index(message)
    record(message, by=by, verb="edited", before=was, after=now)
    return message


@transaction.atomic
def remove_message(*, by: Actor, message: Message, seen: int | None = None) -> Message:
    """Take a message out of its campaign; `restore_message` brings it back."""
    message = lock_message(message, by=by, seen=seen)
    message.removed_at = timezone.now()
    save_edited(message)
    asked_again(message.campaign, by=by)
    search.forget(kind="message", object_ids=[message.pk])
    record(message, by=by, verb="removed")
    return message


@transaction.atomic
def restore_message(*, by: Actor, message: Message) -> Message:
    """Bring a removed message back into its campaign."""
    held = lock_message(message, by=by, removed=True)
    if held.removed_at is not None:
        held.removed_at = None
        save_edited(held)
        asked_again(held.campaign, by=by)
        index(held)
        record(held, by=by, verb="restored")
    return held


def begin(campaign: Campaign, fields: dict[str, Any]) -> Message:
    """A new message that the search finds. The caller asks for the right, and writes down what was done."""
    message = Message(campaign=campaign)
    keep(message, fields, {})
    index(message)
    return message


def references(message: Message) -> dict[str, set[int]]:
    """What a saved message refers to, by field the ids."""
    found = {name: {pk for pk in [getattr(message, f"{name}_id")] if pk} for name in MESSAGE_ONES}
    return found | {"segments": {segment.pk for segment in message.segments.all()}}


def keep(message: Message, fields: dict[str, Any], referred: dict[str, set[int]]) -> None:
    """Set the fields and save, each row included. Raises ValidationError naming the fields that are wrong."""
    unknown = fields.keys() - FIELDS
    if unknown:
        raise TypeError(f"A message has no {sorted(unknown)}")
    for name in fields.keys() - {"segments", "texts"}:
        value = fields[name]
        setattr(message, name, value.strip() if isinstance(value, str) else value)
    settle_days(message)
    segments = fields.get("segments")
    named = {name: [getattr(message, name)] for name in MESSAGE_ONES} | {"segments": list(segments or ())}
    check_references(message.workspace_id, named, referred)
    message.full_clean(exclude=["campaign"])
    message.save()
    if segments is not None:
        keep_segments(message, named["segments"])
    if fields.get("texts") is not None:
        keep_texts(message, fields["texts"])


def settle_days(message: Message) -> None:
    """One day is a first and a last day; "on weekdays" begins with the working days."""
    if message.starts_on is not None and message.ends_on is None:
        message.ends_on = message.starts_on
    if message.starts_on is None and message.ends_on is not None:
        raise ValidationError({"starts_on": [_("Give its first day, too.")]})
    if message.starts_on and message.ends_on and message.ends_on < message.starts_on:
        raise ValidationError({"ends_on": [_("Its last day is before its first.")]}, code="order")
    if message.cadence == Cadence.WEEKDAYS and not message.weekdays:
        message.weekdays = WORKDAYS


def keep_segments(message: Message, segments: list[Any]) -> None:
    if len(segments) > MOST_SEGMENTS:
        raise ValidationError({"segments": [_("At most %(most)d of them.") % {"most": MOST_SEGMENTS}]})
    message.segments.set(segments)
    forget_prefetched(message, "segments")


def keep_texts(message: Message, texts: Sequence[dict[str, Any]]) -> None:
    """Make these its texts, one for each language."""
    if len(texts) > MOST_TEXTS:
        raise ValidationError({"texts": [_("At most %(most)d languages.") % {"most": MOST_TEXTS}]})
    rows = [MessageText(message=message, **text) for text in texts]
    languages: set[str] = set()
    for row in rows:
        try:
            row.clean_fields(exclude=["message"])
        except ValidationError as error:
            raise ValidationError({"texts": [f"{row.language}: {text}" for text in error.messages]}) from None
        if row.language in languages:
            raise ValidationError({"texts": [_("“%(language)s” is there twice.") % {"language": row.language}]})
        languages.add(row.language)
    message.texts.all().delete()
    MessageText.objects.bulk_create(rows)
    forget_prefetched(message, "texts")


def save_edited(message: Message) -> None:
    message.version += 1
    message.save()
    watch(message.workspace_id)


def index(message: Message) -> None:
    """Have it found by its title and by what it says."""
    if message.campaign.is_template:
        return
    said = [text for row in message.texts.all() for text in (row.subject, row.text)]
    search.index(
        workspace_id=message.workspace_id,
        kind="message",
        object_id=message.pk,
        title=message.title,
        text="\n".join([message.offer, message.next_step, *said]),
    )
