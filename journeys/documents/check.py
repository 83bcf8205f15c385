"""Is a value a map document? Schema first, then the rules between its parts, then the names of the workspace."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from journeys.documents.names import Names
from journeys.documents.problems import MOST_PROBLEMS, DocumentError, Problem, json_path
from journeys.documents.references import unknown_names
from journeys.documents.rules import rule_problems, too_many_cards
from journeys.documents.schema import schema_problems


def check_document(document: Any) -> list[Problem]:
    """What is wrong with it, whatever the workspace, up to `MOST_PROBLEMS`; an empty list when nothing is."""
    return shape_problems(document) or listed(rule_problems(document))


def check_for_workspace(document: Any, names: Names, *, kept: dict[str, Any] | None = None) -> None:
    """Raise DocumentError with everything that is wrong, unknown names included.

    `kept` is the document of the map that the given one replaces: what stays as it is may name what was removed since.
    """
    problems = shape_problems(document)
    if not problems:
        problems = listed(rule_problems(document)) + listed(unknown_names(document, names, kept=kept))
    if problems:
        raise DocumentError(problems)


def shape_problems(document: Any) -> list[Problem]:
    return not_json(document) or too_many_cards(document) or schema_problems(document)


def listed(problems: Iterator[Problem]) -> list[Problem]:
    return list(islice(problems, MOST_PROBLEMS))


def not_json(document: Any) -> list[Problem]:
    """What a Python object can hold and a JSON file cannot: infinite numbers, half character pairs, endless depth."""
    try:
        json.dumps(document, ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:
        return [Problem("", _("A text has half of a character pair and cannot be kept."))]
    except (TypeError, ValueError, RecursionError):
        return [Problem("", _("This is not a JSON value."))]
    return []


def first_difference(given: Any, kept: Any, *parts: str | int) -> str | None:
    """The JSON path of the first place where the two values differ; None when they are equal."""
    if given == kept:
        return None
    if isinstance(given, dict) and isinstance(kept, dict):
        keys = [key for key in given | kept if given.get(key) != kept.get(key)]
        if keys:
            return first_difference(given.get(keys[0]), kept.get(keys[0]), *parts, keys[0])
    if isinstance(given, list) and isinstance(kept, list):
        for number, (one, other) in enumerate(zip(given, kept, strict=False)):
            if one != other:
                return first_difference(one, other, *parts, number)
    return json_path(parts)


def check_kept(given: dict[str, Any], kept: dict[str, Any]) -> None:
    """Raise DocumentError unless what is kept equals what was given: the last look before anything becomes lasting."""
    path = first_difference(given, kept)
    if path is not None:
        raise DocumentError([Problem(path, _("This cannot be kept exactly as it is given here."))])
