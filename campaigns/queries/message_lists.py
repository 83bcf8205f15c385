"""Lists of messages: what the filter lets through, and what each line says."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from campaigns.matching.flags import Flag
from campaigns.models import Message
from campaigns.naming.check import Checker
from campaigns.naming.problems import Checked
from campaigns.naming.rules import Rules
from campaigns.queries.flags import flags_of
from campaigns.queries.messages import messages_of, with_places
from teams.permissions import Actor
from teams.services import search

LOOKED_AT = 1000


class Line(NamedTuple):
    """`checked` is None where there is no link."""

    message: Message
    flags: list[Flag]
    checked: Checked | None


def lines(rows: Sequence[Message], rules: Rules) -> list[Line]:
    """Two queries, whatever the number of rows."""
    flags, checker = flags_of(rows), Checker(rules)
    return [Line(row, flags[row.pk], checker.check(row.link.url) if row.link else None) for row in rows]


def found_messages(actor: Actor, chosen: Mapping[str, Any], rules: Rules) -> QuerySet[Message]:
    """The messages that the filter lets through, by their days; those without a day last."""
    found = with_places(messages_of(actor))
    for name in ("campaign", "channel", "persona"):
        if chosen.get(name):
            found = found.filter(**{name: chosen[name]})
    if chosen.get("segment"):
        found = found.filter(segments=chosen["segment"])
    found = found.filter(between(chosen.get("first"), chosen.get("last")))
    if chosen.get("q"):
        found = found.filter(with_words(actor, chosen["q"]))
    if chosen.get("show") == "unlinked":
        found = found.filter(link=None)
    if chosen.get("show") == "breaking":
        found = found.filter(pk__in=breaking(found, rules))
    return found.order_by("starts_on", "at", "pk")


def with_words(actor: Actor, text: str) -> Q:
    own = "campaign__workspace_id"
    return search.matching(workspace_id=actor.workspace_id, kind="message", text=text, workspace=own)


def between(first: datetime.date | None, last: datetime.date | None) -> Q:
    """Messages that go on some day of a range; either end may be open."""
    condition = Q()
    if first:
        condition &= Q(ends_on__gte=first)
    if last:
        condition &= Q(starts_on__lte=last)
    return condition


def breaking(rows: QuerySet[Message], rules: Rules) -> list[int]:
    """Of the latest thousand with a link the ids of those whose link the rules would refuse today. One query."""
    linked = rows.filter(link__isnull=False).order_by("-pk").values_list("pk", "link__url")[:LOOKED_AT]
    checker = Checker(rules)
    return [pk for pk, url in linked if not checker.check(url).ok]
