"""The published schema, `docs/experiment.schema.json`, asked in the words of the maps' documents."""

import json
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from journeys.documents.problems import MOST_PROBLEMS, Problem
from journeys.documents.schema import KEYWORDS, each_place

FILE = settings.BASE_DIR / "docs" / "experiment.schema.json"
FORMAT, VERSION = "throughline-experiment", 1


@cache
def schema() -> dict[str, Any]:
    return json.loads(FILE.read_text(encoding="utf-8"))


def schema_problems(document: Any) -> list[Problem]:
    """The first places where the document is not what the schema says, each with its first reason."""
    return list(islice(each_place(validator().iter_errors(document)), MOST_PROBLEMS))


@cache
def validator() -> Draft202012Validator:
    return extend(Draft202012Validator, KEYWORDS | {"additionalProperties": additional})(schema())


def additional(validator, allowed: bool | dict, instance, schema) -> Iterator[ValidationError]:
    if not validator.is_type(instance, "object"):
        return
    for name in instance:
        if name in schema.get("properties", {}):
            continue
        if allowed is False:
            yield ValidationError(_("A document of an experiment has no such property here."), path=[name])
        else:
            yield from validator.descend(instance[name], allowed, path=name)
