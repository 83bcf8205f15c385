"""What a replay found, in sentences for people."""

import datetime
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.policy_words import in_words, listed
from campaigns.pressure.held import Held
from campaigns.pressure.policies import Kind
from campaigns.queries.pressure_names import Names
from campaigns.templatetags.humanize_people import people

MOST_NAMED = 3


def persons(number: float) -> str:
    """“1,200 people”, “1 person”."""
    whole = max(1, round(number))
    return ngettext("%(number)s person", "%(number)s people", whole) % {"number": people(number)}


def moment(value: datetime.datetime) -> str:
    return _("%(day)s at %(time)s") % {"day": date_format(value, "l, j F"), "time": f"{value:%H:%M}"}


def what(held: Held) -> str:
    """“Held from 1,200 people at 22:00 (Europe/Sofia).”"""
    values = {"people": persons(held.persons), "time": f"{held.due:%H:%M}", "zone": held.zone.replace("_", " ")}
    return _("Held from %(people)s at %(time)s, %(zone)s.") % values


def why(held: Held, names: Names) -> str:
    """The rule, what it lost to, and which others hold it, too."""
    said = [rule(held.rule, names)]
    if held.lost_to:
        shown = [f"“{title(message, names)}”" for message, _number in held.lost_to[:MOST_NAMED]]
        more = len(held.lost_to) - len(shown)
        if more:
            shown.append(ngettext("%(number)d other", "%(number)d others", more) % {"number": more})
        said.append(ngettext("%(things)s goes first.", "%(things)s go first.", len(shown)) % {"things": listed(shown)})
    if held.others:
        also = " ".join(rule(policy, names) for policy in held.others[:MOST_NAMED])
        said.append(_("Also: %(rules)s") % {"rules": also})
    return " ".join(said)


def when(held: Held) -> str:
    """When it could go, and who gets it after all."""
    if held.kind is Kind.HELD_OUT:
        return _("These people get nothing, so that you see what messages are worth.")
    if held.earliest is None:
        return _("No later moment would do within a year.")
    if held.latest is not None and held.latest > held.earliest:
        values = {"first": moment(held.earliest), "last": moment(held.latest)}
        said = _("It could go from %(first)s, to the last of them on %(last)s.") % values
    else:
        said = _("It could go on %(first)s.") % {"first": moment(held.earliest)}
    return f"{said} {after_all(held)}"


def after_all(held: Held) -> str:
    dropped = held.persons - held.later
    if held.later < 0.5:
        return _("By then it is too late: they do not get it.")
    if dropped < 0.5:
        return _("They get it then.")
    values = {"later": persons(held.later), "dropped": persons(dropped)}
    return _("%(later)s get it then; for %(dropped)s it is too late.") % values


def rule(policy: str, names: Names) -> str:
    found = names.policies.get(int(policy))
    return in_words(found) if found else _("A policy that is no longer there.")


def title(message: str, names: Names) -> str:
    found = names.messages.get(int(message))
    return found.title if found else _("a message that is no longer there")


def advice(held: Sequence[Held]) -> str:
    """What would let a message reach those from whom it is held; empty where nothing can be said."""
    waiting = [one for one in held if one.kind is not Kind.HELD_OUT]
    known = [one.latest for one in waiting if one.latest is not None]
    if not waiting or len(known) < len(waiting):
        return _("Another priority or a smaller audience would help; a later day would not.") if waiting else ""
    by_clock = {Kind.QUIET_HOURS, Kind.QUIET_WEEKDAYS, Kind.BLACKOUT}
    latest = max(known)
    if all(one.kind in by_clock for one in waiting):
        return _("Send it at another time: from %(moment)s nothing would hold it.") % {"moment": moment(latest)}
    return _("Plan it for %(moment)s, or give it a higher priority.") % {"moment": moment(latest)}
