"""The log of what members and programs did, for everything that keeps no log of its own.

Apps register when Django starts how it is told:

    activity.register_sentence("experiment", "decided", _("%(who)s decided on “%(thing)s”."))
    activity.register_fields("experiment", {"status": _("status")}, {"status": dict(Status.choices)})

A sentence may name `who`, `thing` and what stands in `after`. What differs between `before` and `after` is listed below
it, for the fields that have a label and in their order; where a verb has a reader, as the reader tells it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teams.models import Activity
from teams.permissions import Actor
from teams.services.authors import author_of
from teams.services.sentences import Sentence, say

LONGEST = 80
UNKNOWN = gettext_lazy("%(who)s worked on “%(thing)s”.")
USUAL: dict[str, Sentence] = {
    "created": gettext_lazy("%(who)s added “%(thing)s”."),
    "edited": gettext_lazy("%(who)s changed “%(thing)s”."),
    "removed": gettext_lazy("%(who)s removed “%(thing)s”."),
    "restored": gettext_lazy("%(who)s brought “%(thing)s” back."),
}

Words = Mapping[Any, Any] | Callable[[Any], Any]
Reader = Callable[[Mapping[str, Any], Mapping[str, Any]], Iterable[tuple[str, str, str]]]


class Thing(Protocol):
    """An object of a workspace that counts its versions; `_meta` is its model's."""

    pk: int
    version: int
    _meta: ClassVar[Any]

    @property
    def workspace_id(self) -> int: ...


@dataclass
class Telling:
    """How a kind's activity is told: sentences by verb, labels of fields, and words for their values."""

    sentences: dict[str, Sentence] = field(default_factory=dict)
    labels: dict[str, str | Promise] = field(default_factory=dict)
    values: dict[str, Words] = field(default_factory=dict)
    readers: dict[str, Reader] = field(default_factory=dict)


_tellings: dict[str, Telling] = {}


def register_sentence(kind: str, verb: str, sentence: Sentence) -> None:
    _tellings.setdefault(kind, Telling()).sentences[verb] = sentence


def register_fields(kind: str, labels: Mapping[str, str | Promise], values: Mapping[str, Words] | None = None) -> None:
    """`values` gives a field's words: a mapping such as `dict(Status.choices)`, or a function of the value."""
    telling = _tellings.setdefault(kind, Telling())
    telling.labels |= labels
    telling.values |= values or {}


def register_reader(kind: str, verb: str, reader: Reader) -> None:
    """`reader(before, after)` gives what differs as labels with the words before and after, empty for nothing: for
    values that have parts."""
    _tellings.setdefault(kind, Telling()).readers[verb] = reader


def record(
    thing: Thing, *, by: Actor | None, verb: str, before: dict | None = None, after: dict | None = None
) -> Activity:
    """Write what was done, in the transaction that does it. Without an actor, Throughline did it by itself."""
    row = next_activity(thing, by=by, verb=verb, before=before, after=after)
    row.save(force_insert=True)
    return row


def next_activity(
    thing: Thing, *, by: Actor | None, verb: str, before: dict | None = None, after: dict | None = None
) -> Activity:
    """The same, unsaved: for those who save many at once."""
    return Activity(
        workspace_id=thing.workspace_id,
        kind=thing._meta.model_name,
        object_id=thing.pk,
        version=thing.version,
        **author_of(by),
        verb=verb,
        label=str(thing)[:200],
        before=before,
        after=after,
    )


def activity_of(thing: Thing) -> QuerySet[Activity]:
    """What was done to the thing, the latest first."""
    rows = Activity.objects.filter(workspace_id=thing.workspace_id, kind=thing._meta.model_name, object_id=thing.pk)
    return rows.select_related("actor__user")


def sentence(row: Activity) -> str:
    """“Ilse Varga changed “Set-up finished”.”, in the language that is active."""
    known = USUAL | _tellings.get(row.kind, Telling()).sentences
    return say(known.get(row.verb, UNKNOWN), {**(row.after or {}), "who": row.actor_name, "thing": row.label})


def differences(row: Activity) -> list[str]:
    """What turned into what, a line for each field; none for what was there only before or only after."""
    telling, before, after = _tellings.get(row.kind, Telling()), row.before, row.after
    if before is None or after is None:
        return []
    if row.verb in telling.readers:
        found = telling.readers[row.verb](before, after)
        return [line(label, shown(None, was), shown(None, now)) for label, was, now in found]
    return [
        line(label, shown(telling.values.get(name), before.get(name)), shown(telling.values.get(name), after.get(name)))
        for name, label in telling.labels.items()
        if name in after and before.get(name) != after[name]
    ]


def line(label: str | Promise, before: str, after: str) -> str:
    return _("%(field)s: %(before)s → %(after)s") % {"field": label, "before": before, "after": after}


def shown(words: Words | None, value: Any) -> str:
    """A value as people read it, cut to 80 characters."""
    if value in (None, "", [], {}):
        return _("nothing")
    if isinstance(value, list):
        return cut("; ".join(shown(words, entry) for entry in value))
    if callable(words):
        return cut(str(words(value)))
    return cut(str(words.get(value, value) if words else value))


def cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
