"""Sentences about changes, made when they are shown."""

from collections.abc import Callable
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.enums import Grade, LaneKind, MapKind, MapStatus, PathKind, SourceKind, TeamPart, Verb
from journeys.models import Change
from journeys.services.undo import ACTIONS
from journeys.templatetags.map_words import percent, signed

register = template.Library()
LONGEST = 80
KINDS = {
    "map": gettext_lazy("the map"),
    "stage": gettext_lazy("the stage"),
    "lane": gettext_lazy("the lane"),
    "card": gettext_lazy("the card"),
    "path": gettext_lazy("the path"),
}
FIELDS = {
    "title": gettext_lazy("text"),
    "body": gettext_lazy("details"),
    "name": gettext_lazy("name"),
    "description": gettext_lazy("description"),
    "kind": gettext_lazy("kind"),
    "status": gettext_lazy("status"),
    "owner": gettext_lazy("owner"),
    "personas": gettext_lazy("personas"),
    "scenario": gettext_lazy("scenario"),
    "team": gettext_lazy("accountable team"),
    "person": gettext_lazy("accountable person"),
    "teams": gettext_lazy("other teams"),
    "metric": gettext_lazy("metric"),
    "questions": gettext_lazy("questions"),
    "example_channels": gettext_lazy("example channels"),
    "evidence": gettext_lazy("evidence"),
    "channel": gettext_lazy("channel"),
    "sources": gettext_lazy("sources"),
    "moment": gettext_lazy("moment"),
    "span": gettext_lazy("reach"),
    "position": gettext_lazy("place"),
    "share": gettext_lazy("share"),
    "label": gettext_lazy("label"),
    "to_be": gettext_lazy("to-be map"),
    "emotions": gettext_lazy("feelings"),
}
VALUES = {
    "kind": dict([*MapKind.choices, *LaneKind.choices, *PathKind.choices, *SourceKind.choices]),
    "status": dict(MapStatus.choices),
    "evidence": dict(Grade.choices),
    "part": dict(TeamPart.choices),
}
# In this order, whatever order a database keeps.
PARTS = ["name", "person", "metric", "kind", "text", "url", "date", "level", "word"]
NUMBERS: dict[str, Callable[[Any], str]] = {
    "position": lambda place: str(place + 1),
    "share": percent,
    "level": signed,
}


@register.filter
def sentence(change: Change) -> str:
    """“Ilse Varga moved the card “Pricing page”.”"""
    return _("%(who)s %(did)s %(kind)s “%(label)s”.") % {
        "who": change.actor_name,
        "did": change.get_verb_display(),
        "kind": KINDS.get(change.target_kind, change.target_kind),
        "label": change.target_label,
    }


@register.filter
def details(change: Change) -> list[str]:
    """What an edit or a move turned into what, a line for each field."""
    if change.verb not in (Verb.EDITED, Verb.MOVED):
        return []
    before, after = change.before or {}, change.after or {}
    return [
        _("%(field)s: %(before)s → %(after)s")
        % {
            "field": field_name(change, name),
            "before": shown(name, before.get(name)),
            "after": shown(name, after[name]),
        }
        for name in FIELDS
        if name in after
    ]


def field_name(change: Change, name: str) -> str:
    return _("title") if (change.target_kind, name) == ("map", "title") else str(FIELDS[name])


@register.filter
def undoable(change: Change) -> bool:
    return (change.verb, change.target_kind) in ACTIONS


def shown(name: str, value: Any) -> str:
    if value in (None, "", [], {}):
        return _("nothing")
    if isinstance(value, list):
        return cut("; ".join(shown("", entry) for entry in value))
    if name in ("teams", "emotions"):
        return cut("; ".join(f"{key}: {shown('part', entry)}" for key, entry in sorted(value.items())))
    if isinstance(value, dict):
        return cut(", ".join(shown(key, value[key]) for key in PARTS if key in value))
    if name in NUMBERS:
        return NUMBERS[name](value)
    return cut(str(VALUES.get(name, {}).get(value, value)))


def cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
