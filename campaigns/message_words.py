"""What lists and panels say of a message in few words."""

import datetime
from collections.abc import Mapping

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.enums import Cadence
from campaigns.matching.grid import Clash
from campaigns.models import Message


def when(message: Message) -> str:
    """Such as “1–14 Mar 2027, Mon, Wed, 09:00 on each person's own clock”; empty without a day."""
    if message.starts_on is None or message.ends_on is None:
        return ""
    parts = [span(message.starts_on, message.ends_on), how_often(message), at_what_time(message)]
    return ", ".join(part for part in parts if part)


def span(first: datetime.date, last: datetime.date) -> str:
    """Two days as people write them, what they share once."""
    if first == last:
        return date_format(first, "j M Y")
    shape = "j M Y" if first.year != last.year else "j M" if first.month != last.month else "j"
    return f"{date_format(first, shape)}–{date_format(last, 'j M Y')}"


def how_often(message: Message) -> str:
    if message.cadence == Cadence.DAILY:
        return _("every day")
    if message.cadence == Cadence.EVERY:
        return ngettext("every day", "every %(days)d days", message.every) % {"days": message.every}
    if message.cadence == Cadence.WEEKDAYS:
        return ", ".join(str(WEEKDAYS_ABBR[day - 1]) for day in sorted(message.weekdays))
    return ""


def at_what_time(message: Message) -> str:
    if message.at is None:
        return ""
    values = {"time": time_format(message.at, "H:i"), "zone": message.zone}
    return _("%(time)s in %(zone)s") % values if message.zone else _("%(time)s on each person's own clock") % values


def cut_off(text: str, shown: int) -> str:
    """How long a text is where the channel shows less of it; empty where all of it is seen."""
    if not shown or len(text) <= shown:
        return ""
    return _("%(length)d characters; the channel shows about %(shown)d.") % {"length": len(text), "shown": shown}


def clash_sentence(clash: Clash, messages: Mapping[int, Message]) -> str:
    """Such as “On 3 Mar 2027 and 4 more days: A, B.”, where those for all personas may be among them."""
    titles = ", ".join(messages[pk].title for pk in clash.messages if pk in messages)
    values = {"day": date_format(clash.first, "j M Y"), "titles": titles, "more": clash.days - 1}
    if clash.days == 1:
        return _("The same people on %(day)s: %(titles)s.") % values
    return (
        ngettext(
            "The same people on %(day)s and %(more)d more day: %(titles)s.",
            "The same people on %(day)s and %(more)d more days: %(titles)s.",
            clash.days - 1,
        )
        % values
    )
