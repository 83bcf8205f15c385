"""Policies in sentences for people: “At most 2 messages per person and week by E-mail.”"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.drawing.recurrence import stretches
from campaigns.enums import Per, PolicyKind, PolicyScope

if TYPE_CHECKING:
    from campaigns.models import Policy


def in_words(policy: Policy) -> str:
    """The whole policy, in a sentence."""
    said = RULES[policy.kind](policy)
    scope = scope_words(policy)
    said = _("%(rule)s %(scope)s") % {"rule": said, "scope": scope} if scope else said
    if policy.binds_transactional:
        return _("%(rule)s; transactional messages neither.") % {"rule": said}
    return _("%(rule)s.") % {"rule": said}


def scope_words(policy: Policy) -> str:
    if policy.scope == PolicyScope.CHANNEL:
        return _("by %(channel)s") % {"channel": policy.channel} if policy.channel_id else _("by each channel")
    if policy.scope == PolicyScope.STAGE:
        return (
            _("for the stage “%(stage)s”") % {"stage": stage_name(policy)} if policy.stage_id else _("for each stage")
        )
    return ""


def stage_name(policy: Policy) -> str:
    """A stage may have been deleted from its map since."""
    stage = policy.__dict__.get("named_stage")
    return str(stage) if stage else _("one that is no longer on its map")


def cap(policy: Policy) -> str:
    n = policy.n or 0
    sentences = {
        Per.DAY: ngettext("At most %(n)d message per person and day", "At most %(n)d messages per person and day", n),
        Per.WEEK: ngettext(
            "At most %(n)d message per person and week", "At most %(n)d messages per person and week", n
        ),
        Per.MONTH: ngettext(
            "At most %(n)d message per person and month", "At most %(n)d messages per person and month", n
        ),
    }
    return sentences[Per(policy.per)] % {"n": n}


def gap(policy: Policy) -> str:
    return _("At least %(hours)s between two messages to a person") % {"hours": hours_words(policy.hours or 0)}


def hours_words(hours: float) -> str:
    if hours >= 48 and hours % 24 == 0:
        days = round(hours / 24)
        return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
    shown = number_format(round(hours, 2), use_l10n=True)
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if hours == 1 else 2) % {"hours": shown.removesuffix(".0")}


def quiet_hours(policy: Policy) -> str:
    return _("Nothing from %(start)s until %(end)s on the person’s clock") % {
        "start": f"{policy.quiet_from:%H:%M}",
        "end": f"{policy.quiet_until:%H:%M}",
    }


def quiet_weekdays(policy: Policy) -> str:
    return _("Nothing on %(days)s") % {"days": listed([str(WEEKDAYS[day - 1]) for day in policy.weekday_list])}


def blackout(policy: Policy) -> str:
    return _("Nothing on %(days)s") % {"days": days_words(policy.days or [])}


def held_out(policy: Policy) -> str:
    percent = number_format(round(100 * (policy.share or 0), 2), use_l10n=True).removesuffix(".0")
    return _("%(percent)s %% of everybody get nothing") % {"percent": percent}


RULES: dict[str, Callable[[Policy], str]] = {
    PolicyKind.CAP: cap,
    PolicyKind.GAP: gap,
    PolicyKind.QUIET_HOURS: quiet_hours,
    PolicyKind.QUIET_WEEKDAYS: quiet_weekdays,
    PolicyKind.BLACKOUT: blackout,
    PolicyKind.HELD_OUT: held_out,
}


def listed(words: Sequence[str]) -> str:
    """“Saturday and Sunday”, “a, b and c”."""
    if len(words) < 2:
        return "".join(words)
    return _("%(some)s and %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}


MOST_SPANS = 4


def days_words(texts: Iterable[str]) -> str:
    """Days that follow one another as a span."""
    spans = list(stretches(sorted({datetime.date.fromisoformat(text) for text in texts})))
    shown = [span_words(span.first, span.last) for span in spans[:MOST_SPANS]]
    more = len(spans) - len(shown)
    if more:
        shown.append(ngettext("%(number)d more", "%(number)d more", more) % {"number": more})
    return listed(shown)


def span_words(first: datetime.date, last: datetime.date) -> str:
    if first == last:
        return date_format(first, "j F Y")
    same = (first.year, first.month) == (last.year, last.month)
    return _("%(first)s to %(last)s") % {
        "first": date_format(first, "j" if same else "j F Y"),
        "last": date_format(last, "j F Y"),
    }
