"""The published schema, `docs/map.schema.json`, asked in our own words.

The walk is jsonschema's; the keywords that the schema uses are answered here, so that each problem has the path of the
very property it is about and a sentence that can be translated.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from journeys.documents.problems import MOST_PROBLEMS, Problem, json_path

FILE = settings.BASE_DIR / "docs" / "map.schema.json"
Errors = Iterator[ValidationError]


@cache
def schema() -> dict[str, Any]:
    return json.loads(FILE.read_text(encoding="utf-8"))


def schema_problems(document: Any) -> list[Problem]:
    """The first `MOST_PROBLEMS` places where the document is not what the schema says, each with its first reason."""
    return list(islice(each_place(validator().iter_errors(document)), MOST_PROBLEMS))


def each_place(errors: Errors) -> Iterator[Problem]:
    seen: set[str] = set()
    for error in errors:
        path = json_path(error.absolute_path)
        if path not in seen:
            seen.add(path)
            yield Problem(path, error.message)


@cache
def validator() -> Draft202012Validator:
    return extend(Draft202012Validator, KEYWORDS)(schema())


TYPES = {
    "object": gettext_lazy("This must be an object."),
    "array": gettext_lazy("This must be an array."),
    "string": gettext_lazy("This must be a text."),
    "integer": gettext_lazy("This must be a whole number."),
    "number": gettext_lazy("This must be a number."),
}


def type_(validator, expected: str, instance, schema) -> Errors:
    if not validator.is_type(instance, expected):
        yield ValidationError(str(TYPES[expected]))


def reference(validator, place: str, instance, schema) -> Errors:
    """The schema refers to its own definitions only; jsonschema's general way takes as long as all else together."""
    yield from validator.descend(instance, definitions()[place.removeprefix("#/$defs/")])


@cache
def definitions() -> dict[str, Any]:
    return schema()["$defs"]


def required(validator, names: list[str], instance, schema) -> Errors:
    if validator.is_type(instance, "object"):
        for name in names:
            if name not in instance:
                yield ValidationError(_("This is missing."), path=[name])


def dependent_required(validator, dependents: dict[str, list[str]], instance, schema) -> Errors:
    if validator.is_type(instance, "object"):
        for name in dependents.keys() & instance.keys():
            for other in dependents[name]:
                if other not in instance:
                    sentence = _("This needs “%(other)s”, which is missing.") % {"other": other}
                    yield ValidationError(sentence, path=[name])


def additional(validator, allowed: bool | dict, instance, schema) -> Errors:
    """Objects with named properties refuse others; objects by id check each value, as many as there may be."""
    if not validator.is_type(instance, "object"):
        return
    others = (name for name in instance if name not in schema.get("properties", {}))
    if allowed is False:
        for name in others:
            yield ValidationError(_("A map document has no such property here."), path=[name])
    else:
        for name in islice(others, schema.get("maxProperties")):
            yield from validator.descend(instance[name], allowed, path=name)


def items(validator, subschema: dict, instance, schema) -> Errors:
    """Each entry, as many as there may be: those beyond are refused by the limit."""
    if validator.is_type(instance, "array"):
        for number, entry in enumerate(islice(instance, schema.get("maxItems"))):
            yield from validator.descend(entry, subschema, path=number)


def property_names(validator, subschema: dict, instance, schema) -> Errors:
    if validator.is_type(instance, "object"):
        for name in islice(instance, schema.get("maxProperties")):
            yield from validator.descend(name, subschema, path=name)


def one_of_these(validator, values: list[str], instance, schema) -> Errors:
    if not isinstance(instance, str) or instance not in values:
        yield ValidationError(_("This must be one of: %(values)s.") % {"values": ", ".join(values)})


def const(validator, value: str, instance, schema) -> Errors:
    if instance != value:
        yield ValidationError(_("This must be “%(value)s”.") % {"value": value})


def min_length(validator, least: int, instance, schema) -> Errors:
    if isinstance(instance, str) and len(instance) < least:
        yield ValidationError(_("This is empty: leave the property out, or fill it."))


def max_length(validator, most: int, instance, schema) -> Errors:
    if isinstance(instance, str) and len(instance) > most:
        numbers = {"most": most, "length": len(instance)}
        yield ValidationError(_("This has %(length)s characters; at most %(most)s fit.") % numbers)


def min_entries(validator, least: int, instance, schema) -> Errors:
    if isinstance(instance, list | dict) and len(instance) < least:
        yield ValidationError(_("This is empty: leave the property out, or fill it."))


def max_entries(validator, most: int, instance, schema) -> Errors:
    if isinstance(instance, list | dict) and len(instance) > most:
        numbers = {"most": most, "length": len(instance)}
        yield ValidationError(_("This has %(length)s entries; at most %(most)s fit.") % numbers)


def minimum(validator, least: float, instance, schema) -> Errors:
    if validator.is_type(instance, "number") and instance < least:
        yield ValidationError(_("This must be at least %(least)s.") % {"least": least})


def maximum(validator, most: float, instance, schema) -> Errors:
    if validator.is_type(instance, "number") and instance > most:
        yield ValidationError(_("This must be at most %(most)s.") % {"most": most})


def unique_items(validator, wanted: bool, instance, schema) -> Errors:
    """The format asks it of lists of names only."""
    if validator.is_type(instance, "array"):
        names = [entry for entry in instance if isinstance(entry, str)]
        if len(set(names)) < len(names):
            yield ValidationError(_("The same name is there twice."))


def pattern(validator, expression: str, instance, schema) -> Errors:
    """With the end of the pattern at the end of the text, as JSON Schema means it and Python does not."""
    if isinstance(instance, str) and not re.search(expression.replace("$", r"\Z"), instance):
        yield ValidationError(pattern_sentence(instance, schema))


def pattern_sentence(instance: str, schema: dict) -> str:
    if "\x00" in instance:
        return _("Null characters are not allowed.")
    if "\r" in instance:
        return _("Lines end with a line feed alone, without a carriage return.")
    if schema.get("title") == "Trimmed text":
        return _("White space at the beginning or the end is not kept: leave it out.")
    if schema.get("title") == "Id":
        return _("An id has 1 to 40 letters of a to z, digits, hyphens and underscores.")
    if schema.get("format") == "date":
        return _("A date is written as 2026-01-31.")
    if schema.get("format") == "uri":
        return _("A link begins with https:// or http:// and has no spaces.")
    return _("This is one line.")


def format_(validator, name: str, instance, schema) -> Errors:
    if name == "date" and isinstance(instance, str) and re.fullmatch(schema["pattern"], instance):
        try:
            date.fromisoformat(instance)
        except ValueError:
            yield ValidationError(_("There is no such day."))


KEYWORDS = {
    "$ref": reference,
    "type": type_,
    "required": required,
    "dependentRequired": dependent_required,
    "additionalProperties": additional,
    "items": items,
    "propertyNames": property_names,
    "enum": one_of_these,
    "const": const,
    "minLength": min_length,
    "maxLength": max_length,
    "minItems": min_entries,
    "minProperties": min_entries,
    "maxItems": max_entries,
    "maxProperties": max_entries,
    "minimum": minimum,
    "maximum": maximum,
    "uniqueItems": unique_items,
    "pattern": pattern,
    "format": format_,
}
