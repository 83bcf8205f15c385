"""What differs between what was approved and what is now, in words."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from campaigns.services import message_telling
from campaigns.services.approval_documents import Document, same
from campaigns.services.campaign_telling import LABELS, WORDS, month_and_year
from teams.services.activity import Words, shown


class Difference(NamedTuple):
    """Of the brief or of a message, by its title; `label` is empty where the message came or went."""

    of: str
    label: str
    before: str
    after: str


def planned(line: Mapping[str, Any]) -> str:
    return f"{line['channel'] or _('all channels')}, {month_and_year(line['month'])}: {line['planned']}"


def differences(before: Document, after: Document) -> list[Difference]:
    """The brief first, then the messages in order."""
    found = list(fields("", before["brief"], after["brief"], LABELS, {**WORDS, "budget": planned}))
    old, new = before["messages"], after["messages"]
    for pk in sorted(old | new, key=int):
        if pk not in new:
            found.append(Difference(old[pk]["title"], "", _("was there"), _("is taken out")))
        elif pk not in old:
            found.append(Difference(new[pk]["title"], "", _("was not there"), _("is new")))
        else:
            found += fields(new[pk]["title"], old[pk], new[pk], message_telling.LABELS, message_telling.WORDS)
    return found


def fields(
    of: str, before: Document, after: Document, labels: Mapping[str, str | Promise], words: Mapping[str, Words]
) -> list[Difference]:
    return [
        Difference(
            of,
            str(labels[name]),
            shown(words.get(name), named(before.get(name))),
            shown(words.get(name), named(after.get(name))),
        )
        for name in labels
        if name in after and not same(before.get(name), after[name])
    ]


def named(part: Any) -> Any:
    """With names for things that have an id."""
    if isinstance(part, dict):
        return part["name"] if part.keys() == {"id", "name"} else {name: named(value) for name, value in part.items()}
    return [named(value) for value in part] if isinstance(part, list) else part
