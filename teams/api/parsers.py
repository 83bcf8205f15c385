"""JSON as RFC 8259 has it and nothing more; what no database can keep is refused here, at its field."""

import json
import math

from django.core.exceptions import ValidationError as InvalidText
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer

from teams.api.problems import TooLarge
from teams.models import storable

MEGABYTE = 1024 * 1024
DEEPEST = 40


class StrictJSONParser(BaseParser):
    """Refuses NaN, infinities, the same key twice, deep nesting, null bytes, half character pairs and long bodies."""

    media_type = "application/json"
    renderer_class = JSONRenderer
    limit = MEGABYTE

    def parse(self, stream, media_type=None, parser_context=None):
        raw = stream.read(self.limit + 1)
        if len(raw) > self.limit:
            raise TooLarge(_("The body is longer than %(limit)d bytes.") % {"limit": self.limit})
        data = decode(raw)
        check_texts(data)
        return data


def decode(raw: bytes):
    try:
        return json.loads(
            raw.decode("utf-8"), parse_constant=no_constant, parse_float=finite, object_pairs_hook=without_twins
        )
    except UnicodeDecodeError as error:
        raise ParseError(_("The body is not UTF-8.")) from error
    except RecursionError as error:
        raise ParseError(_("The body is nested too deeply.")) from error
    except ValueError as error:
        raise ParseError(_("The body is not JSON: %(why)s") % {"why": error}) from error


def no_constant(name: str):
    raise ValueError(f"{name} is not a number of JSON")


def finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:40]} is too large a number")
    return number


def without_twins(pairs: list[tuple]) -> dict:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("an object has the same key twice")
    return found


def check_texts(data) -> None:
    """Walk without recursion: bodies may be nested as deep as the decoder allows."""
    waiting = [("", 0, data)]
    while waiting:
        path, depth, value = waiting.pop()
        if depth > DEEPEST:
            raise ParseError(_("The body is nested too deeply."))
        if isinstance(value, str):
            check_text(value, path)
        elif isinstance(value, dict):
            for key in value:
                check_text(key, path)
            waiting += [(f"{path}.{key}".lstrip("."), depth + 1, inner) for key, inner in value.items()]
        elif isinstance(value, list):
            waiting += [(f"{path}.{number}".lstrip("."), depth + 1, inner) for number, inner in enumerate(value)]


def check_text(value: str, path: str) -> None:
    try:
        storable(value)
    except InvalidText as error:
        raise ValidationError({path or "non_field_errors": error.messages}) from error
