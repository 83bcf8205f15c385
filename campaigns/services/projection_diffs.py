"""What differs between two versions of a projection, in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from campaigns.services.projection_questions import CHANNEL_FIELDS, STAGE_FIELDS, WHOLE_FIELDS, Document
from insights.display import NO_BREAK, number, percent

SHARES = frozenset({"rate", "retention"})


def labels() -> dict[str, str]:
    return {
        "rate": _("rate"),
        "lag_days": _("days until it is passed"),
        "volumes": _("what comes in"),
        "spend": _("spend"),
        "cost": _("cost"),
        "cost_per_visit": _("price of a visit"),
        "times": _("times as many"),
        "value": _("Worth of a customer"),
        "retention": _("Retention"),
        "start": _("First month"),
        "months": _("Months"),
        "draws": _("Draws"),
        "seed": _("Seed"),
    }


def differences(before: Document, after: Document) -> list[str]:
    """A sentence for each thing that is otherwise, in the order of the form."""
    found = [
        turned(labels()[name], str(before[name]), str(after[name]))
        for name in ("start", "months", "draws", "seed")
        if before[name] != after[name]
    ]
    return [*found, *parts(before, after, ""), *scenarios(before, after)]


def parts(before: Mapping[str, Any], after: Mapping[str, Any], prefix: str) -> Iterator[str]:
    """Of channels, stages and the whole: what came, what went, what changed."""
    for part, name, fields in (("stages", "name", STAGE_FIELDS), ("inputs", "channel", (*CHANNEL_FIELDS, "times"))):
        old = {one["key"]: one for one in before.get(part, ())}
        new = {one["key"]: one for one in after.get(part, ())}
        for key in {**old, **new}:
            if prefix or (key in old and key in new):
                yield from changed(old.get(key, {}), new.get(key, {}), name, fields, prefix)
            elif key in new:
                yield _("“%(name)s” is new.") % {"name": new[key][name]}
            else:
                yield _("“%(name)s” is gone.") % {"name": old[key][name]}
        common = [key for key in new if key in old]
        if not prefix and common != [key for key in old if key in new]:
            yield _("The order is another one: %(names)s.") % {"names": ", ".join(new[key][name] for key in new)}
    for field in WHOLE_FIELDS:
        if before.get(field) != after.get(field):
            yield prefix + turned(labels()[field], shown(before.get(field), field), shown(after.get(field), field))


def changed(
    old: Mapping[str, Any], new: Mapping[str, Any], name: str, fields: tuple[str, ...], prefix: str
) -> Iterator[str]:
    title = new.get(name) or old[name]
    if old and new and old[name] != new[name]:
        yield _("“%(old)s” is now called “%(new)s”.") % {"old": old[name], "new": new[name]}
    for field in fields:
        if old.get(field) != new.get(field):
            label = f"{title}: {labels()[field]}"
            yield prefix + turned(label, shown(old.get(field), field), shown(new.get(field), field))
    kinds = [
        (field, source_of(old, field), source_of(new, field)) for field in fields if old.get(field) == new.get(field)
    ]
    for field, was, now in kinds:
        if was != now:
            yield prefix + turned(_("%(input)s, source") % {"input": f"{title}: {labels()[field]}"}, was, now)


def source_of(holder: Mapping[str, Any], field: str) -> str:
    source = holder.get("sources", {}).get(field)
    return f"{source['of']} ({source['at']})" if source else ""


def scenarios(before: Document, after: Document) -> Iterator[str]:
    old, new = ({one["name"]: one for one in document["scenarios"]} for document in (before, after))
    for name in {**old, **new}:
        if name not in old:
            yield _("The scenario “%(name)s” is new.") % {"name": name}
        elif name not in new:
            yield _("The scenario “%(name)s” is gone.") % {"name": name}
        else:
            yield from parts(old[name], new[name], f"{name} – ")


def turned(label: str, before: str, after: str) -> str:
    return _("%(field)s: %(before)s → %(after)s") % {"field": label, "before": before, "after": after}


def shown(value: Any, field: str) -> str:
    if value is None or value == []:
        return _("nothing")
    if isinstance(value, list):
        cells = [shown(cell, field) for cell in value]
        return cells[0] if len(set(cells)) == 1 else f"{cells[0]} … {cells[-1]}"
    if isinstance(value, Mapping):
        return " / ".join(shown(value[name], field) for name in ("low", "likely", "high"))
    return f"{percent(value, exact=True)}{NO_BREAK}%" if field in SHARES else number(value, exact=True)
