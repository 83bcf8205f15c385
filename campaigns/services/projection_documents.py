"""The document of a projection: completed and checked before anything is computed of it.

Each channel and stage has a `key` that stays when it is renamed, so that actual numbers and scenarios stay with it.
Each input has its source, see `services/projection_sources.py`.
"""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from campaigns.forecast import limits
from campaigns.forecast.limits import InvalidInput
from campaigns.models.projection import MOST_MONTHS
from campaigns.services.projection_questions import (
    CELLS,
    CHANNEL_FIELDS,
    STAGE_FIELDS,
    WHOLE_FIELDS,
    Document,
    questions_of,
)
from teams.models import storable
from teams.spoken import spoken

MOST_CHANNELS, MOST_STAGES, MOST_SCENARIOS = 12, 12, 5
MOST_DRAWS = 10_000
MOST_TIMES = 1000
LONGEST_NOTE = 500
NAMES = {"inputs": "channel", "stages": "name"}


def completed(draft: Mapping[str, Any], before: Document | None) -> Document:
    """The draft with keys and names everywhere. Raises ValidationError at the ways to what is wrong."""
    document: Document = {
        "start": draft["start"],
        "months": draft["months"],
        "draws": draft.get("draws") or limits.DRAWS,
        "seed": draft.get("seed") or 0,
        "inputs": keyed(draft["inputs"], "inputs", before),
        "stages": keyed(draft["stages"], "stages", before),
        "value": draft["value"],
        "retention": draft.get("retention"),
        "sources": dict(draft.get("sources") or {}),
    }
    check_counts(document, draft)
    errors: dict[str, list[str]] = {}
    document["scenarios"] = [
        scenario_of(one, number, document, errors) for number, one in enumerate(draft.get("scenarios") or ())
    ]
    check_scenario_names(document["scenarios"], errors)
    if errors:
        raise ValidationError(errors)
    check_questions(document)
    return document


def keyed(given: Iterable[Mapping[str, Any]], part: str, before: Document | None) -> list[dict[str, Any]]:
    """What says no key takes that of the one that had its name before; the others get new ones."""
    name, fields = NAMES[part], CHANNEL_FIELDS if part == "inputs" else STAGE_FIELDS
    known = {one[name].strip().casefold(): one["key"] for one in before[part]} if before else {}
    there, taken, found = set(known.values()), set(), []
    for one in given:
        key = one.get("key") if one.get("key") in there else known.get(one[name].strip().casefold())
        if key is None or key in taken:
            key = secrets.token_hex(4)
        taken.add(key)
        made = {"key": key, name: one[name].strip(), "sources": dict(one.get("sources") or {})}
        if part == "stages":
            made |= {"stage": one.get("stage"), "lag_days": 0}
        found.append(made | {field: one[field] for field in fields if present(one.get(field))})
    return found


def present(value: Any) -> bool:
    return value is not None and value != [] and value != ()


def check_counts(document: Document, draft: Mapping[str, Any]) -> None:
    """What the site holds to, below what the calculator would take."""
    errors: dict[str, list[str]] = {}
    ranges = {
        "months": (document["months"], 1, MOST_MONTHS),
        "draws": (document["draws"], 100, MOST_DRAWS),
        "inputs": (len(document["inputs"]), 1, MOST_CHANNELS),
        "stages": (len(document["stages"]), 1, MOST_STAGES),
        "scenarios": (len(draft.get("scenarios") or ()), 0, MOST_SCENARIOS),
    }
    for name, (number, least, most) in ranges.items():
        if not least <= number <= most:
            errors[name] = [_("Give from %(least)s to %(most)s.") % {"least": least, "most": most}]
    for place, text in texts_of(document, draft):
        try:
            storable(text)
        except ValidationError as error:
            errors[place] = error.messages
    if errors:
        raise ValidationError(errors)


def texts_of(document: Document, draft: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """What people typed, with the way to it."""
    for part, name in NAMES.items():
        for number, one in enumerate(document[part]):
            yield f"{part}.{number}.{name}", one[name]
    for number, one in enumerate(draft.get("scenarios") or ()):
        for name in ("name", "note"):
            yield f"scenarios.{number}.{name}", one.get(name) or ""


def scenario_of(
    given: Mapping[str, Any], number: int, document: Document, errors: dict[str, list[str]]
) -> dict[str, Any]:
    """With the keys and the names of what it changes; what changes nothing is left out."""
    place = f"scenarios.{number}"
    made: dict[str, Any] = {"name": given["name"].strip(), "note": (given.get("note") or "").strip()}
    made["inputs"] = changes_of(given, "inputs", (*CHANNEL_FIELDS, "times"), document, place, errors)
    made["stages"] = changes_of(given, "stages", STAGE_FIELDS, document, place, errors)
    made |= {name: given[name] for name in WHOLE_FIELDS if given.get(name) is not None}
    made["sources"] = dict(given.get("sources") or {})
    return made


def changes_of(
    given: Mapping[str, Any],
    part: str,
    fields: tuple[str, ...],
    document: Document,
    place: str,
    errors: dict[str, list[str]],
) -> list[dict[str, Any]]:
    name = NAMES[part]
    by_key = {one["key"]: one for one in document[part]}
    by_name = {one[name].casefold(): one for one in document[part]}
    found: dict[str, dict[str, Any]] = {}
    for number, one in enumerate(given.get(part) or ()):
        base = by_key.get(one.get("key")) or by_name.get((one.get(name) or "").strip().casefold())
        where = f"{place}.{part}.{number}"
        if base is None:
            errors[f"{where}.{name}"] = [_("The base has none of this name.")]
            continue
        if base["key"] in found:
            errors[f"{where}.{name}"] = [_("It is there twice.")]
        times = one.get("times")
        if times is not None and not 0 <= times <= MOST_TIMES:
            errors[f"{where}.times"] = [_("Give a number from 0 to %(most)s.") % {"most": MOST_TIMES}]
        changed = {field: one[field] for field in fields if present(one.get(field))}
        if changed:
            sources = dict(one.get("sources") or {})
            found[base["key"]] = {"key": base["key"], name: base[name], **changed, "sources": sources}
    return list(found.values())


def check_scenario_names(scenarios: list[dict[str, Any]], errors: dict[str, list[str]]) -> None:
    met: set[str] = set()
    for number, one in enumerate(scenarios):
        place = f"scenarios.{number}"
        if not one["name"] or len(one["name"]) > limits.MOST_NAME:
            errors[f"{place}.name"] = [_("Give a name of at most %(most)s characters.") % {"most": limits.MOST_NAME}]
        elif one["name"].casefold() in met:
            errors[f"{place}.name"] = [_("Another scenario has this name.")]
        if len(one["note"]) > LONGEST_NOTE:
            errors[f"{place}.note"] = [_("At most %(most)s characters.") % {"most": LONGEST_NOTE}]
        met.add(one["name"].casefold())


def check_questions(document: Document) -> None:
    try:
        questions_of(document)
    except InvalidInput as error:
        raise ValidationError(sentences(error)) from None


def sentences(error: InvalidInput) -> dict[str, list[str]]:
    return {field: [spoken(sentence)] for field, sentence in error.errors.items()}


def with_months(document: Document, months: int) -> Document:
    """The document for another number of months: what is missing repeats the last one that there is."""
    made = {**document, "months": months, "inputs": [], "scenarios": []}
    for one in document["inputs"]:
        made["inputs"].append({**one, **stretched(one, months)})
    for scenario in document["scenarios"]:
        inputs = [{**one, **stretched(one, months)} for one in scenario["inputs"]]
        made["scenarios"].append({**scenario, "inputs": inputs})
    return made


def stretched(one: Mapping[str, Any], months: int) -> dict[str, list[Any]]:
    lists = {name: list(one[name]) for name in CELLS if one.get(name)}
    return {name: (cells + [cells[-1]] * months)[:months] for name, cells in lists.items()}
