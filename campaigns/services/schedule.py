"""When campaigns and messages are: moved and stretched on the calendar, and moved back."""

import datetime
from collections.abc import Iterable
from types import EllipsisType
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns.drawing.carried import SkippedTime, carried
from campaigns.enums import Follow
from campaigns.models import Campaign, Message
from campaigns.services.approvals import asked_again
from campaigns.services.campaign_locks import lock_message, lock_to_edit
from campaigns.services.campaigns import check_days
from campaigns.services.campaigns import save_edited as save_campaign
from campaigns.services.messages import save_edited as save_message
from campaigns.services.messages import settle_days
from teams.errors import Conflict
from teams.models import Activity
from teams.permissions import Actor
from teams.services.activity import record
from teams.zones import zone_of

MOVED = "rescheduled"


@transaction.atomic
def move_campaign(
    *,
    by: Actor,
    campaign: Campaign,
    starts_on: datetime.date,
    ends_on: datetime.date,
    follow: str = Follow.ALONG,
    seen: int | None = None,
) -> Activity | None:
    """Give a campaign other days. Its messages move as many days as its start (`along`) or as its end (`gap`), or not
    at all (`keep`). Returns what was done, for `move_back`; None where nothing moved.
    """
    if follow not in Follow.values:
        raise ValidationError({"follow": [_("Say what its messages do: move along, keep, or keep the gap.")]})
    campaign = lock_to_edit(campaign, by=by, seen=seen)
    before: dict[str, Any] = {"starts_on": campaign.starts_on, "ends_on": campaign.ends_on}
    days = shift(before, starts_on, ends_on, follow)
    campaign.starts_on, campaign.ends_on = starts_on, ends_on
    check_days(campaign)
    campaign.full_clean(exclude=["workspace", "created_by_key", "copied_from"])
    after: dict[str, Any] = {"starts_on": starts_on, "ends_on": ends_on}
    if before == after:
        return None
    before["messages"], after["messages"] = move_messages(campaign, days)
    save_campaign(campaign)
    asked_again(campaign, by=by)
    return record(campaign, by=by, verb=MOVED, before=before, after=after)


def shift(before: dict[str, Any], starts_on: datetime.date, ends_on: datetime.date, follow: str) -> int:
    """By how many days the messages move."""
    if follow == Follow.KEEP or before["starts_on"] is None:
        return 0
    if follow == Follow.GAP:
        return (ends_on - before["ends_on"]).days
    return (starts_on - before["starts_on"]).days


def move_messages(campaign: Campaign, days: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Move all messages with days by so many; their days before and after, by id."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    if not days:
        return before, after
    rows = campaign.messages.select_for_update(no_key=True).filter(removed_at=None, starts_on__isnull=False)
    for message in rows.order_by("pk"):
        before[str(message.pk)] = [message.starts_on, message.ends_on]
        put(message, *[day and day + datetime.timedelta(days) for day in before[str(message.pk)]])
        after[str(message.pk)] = [message.starts_on, message.ends_on]
    return before, after


def put(message: Message, starts_on: datetime.date | None, ends_on: datetime.date | None) -> None:
    message.starts_on, message.ends_on = starts_on, ends_on
    settle_days(message)
    message.clean_fields(exclude=["campaign"])
    message.clean()
    save_message(message)


@transaction.atomic
def move_message(
    *,
    by: Actor,
    message: Message,
    starts_on: datetime.date,
    ends_on: datetime.date | None = None,
    at: datetime.time | EllipsisType | None = ...,
    seen: int | None = None,
) -> Activity | None:
    """Give a message other days, and where `at` is given another time by its own clock; None is any time of the day.
    Returns what was done, for `move_back`; None where nothing moved.
    """
    message = lock_message(message, by=by, seen=seen)
    return reschedule(message, starts_on, ends_on, message.at if at is ... else at, by=by)


@transaction.atomic
def carry_message(
    *, by: Actor, message: Message, picked: datetime.datetime, dropped: datetime.datetime, seen: int | None = None
) -> Activity | None:
    """Move a message as it was moved from one hour to another by the clock of the zone that is active; all days on
    which it goes move alike. Raises ValidationError at `at` where that clock is put forward over the new time.
    """
    message = lock_message(message, by=by, seen=seen)
    if message.starts_on is None or message.ends_on is None:
        raise ValidationError({"starts_on": [_("Give it a day first.")]})
    here, there = timezone.get_current_timezone(), zone_of(message.zone) if message.zone else None
    try:
        goes = carried(picked, dropped, message.at, here=here, there=there)
    except SkippedTime:
        said = {"day": date_format(dropped, "j M"), "time": f"{dropped:%H:%M}"}
        raise ValidationError({"at": [_("On %(day)s there is no %(time)s: clocks are put forward.") % said]}) from None
    days = datetime.timedelta(goes.days)
    return reschedule(message, message.starts_on + days, message.ends_on + days, goes.at, by=by)


def reschedule(
    message: Message,
    starts_on: datetime.date | None,
    ends_on: datetime.date | None,
    at: datetime.time | None,
    *,
    by: Actor,
) -> Activity | None:
    """The same for a message that is locked."""
    before = when(message)
    message.starts_on, message.ends_on, message.at = starts_on, ends_on, at
    settle_days(message)
    after = when(message)
    if before == after:
        return None
    put(message, message.starts_on, message.ends_on)
    asked_again(message.campaign, by=by)
    return record(message, by=by, verb=MOVED, before=before, after=after)


def when(message: Message) -> dict[str, Any]:
    return {"starts_on": message.starts_on, "ends_on": message.ends_on, "at": message.at}


@transaction.atomic
def move_back(*, by: Actor, moved: Activity) -> None:
    """Take a move back. Raises Conflict where the campaign or message has been changed since."""
    if moved.verb != MOVED or moved.workspace_id != by.workspace_id or moved.before is None or moved.after is None:
        raise ValidationError(_("This cannot be undone."))
    if moved.kind == "message":
        message = lock_message(Message.objects.select_related("campaign").get(pk=moved.object_id), by=by)
        check_untouched(message, moved)
        first, last = days_of(moved.before)
        reschedule(message, first, last, time_of(moved.before, message), by=by)
        return
    campaign = lock_to_edit(Campaign.objects.get(pk=moved.object_id), by=by)
    check_untouched(campaign, moved)
    for message in messages_to_move_back(campaign, moved):
        put(message, *dates(moved.before["messages"][str(message.pk)]))
    campaign.starts_on, campaign.ends_on = days_of(moved.before)
    save_campaign(campaign)
    asked_again(campaign, by=by)
    record(campaign, by=by, verb=MOVED, before=moved.after, after=moved.before)


def messages_to_move_back(campaign: Campaign, moved: Activity) -> list[Message]:
    """Those that are still where the move has put them; who was moved again since stays there."""
    after: dict[str, list[str]] = (moved.after or {})["messages"]
    rows = campaign.messages.select_for_update(no_key=True).filter(pk__in=list(after)).order_by("pk")
    return [row for row in rows if [row.starts_on, row.ends_on] == dates(after[str(row.pk)])]


def check_untouched(thing: Campaign | Message, moved: Activity) -> None:
    if thing.version != moved.version:
        raise Conflict(thing)


def days_of(state: dict[str, Any]) -> list[datetime.date | None]:
    return dates([state["starts_on"], state["ends_on"]])


def time_of(state: dict[str, Any], message: Message) -> datetime.time | None:
    """Older moves were of days alone."""
    if "at" not in state:
        return message.at
    return datetime.time.fromisoformat(state["at"]) if state["at"] else None


def dates(texts: Iterable[str | None]) -> list[datetime.date | None]:
    return [datetime.date.fromisoformat(text) if text else None for text in texts]
