"""From bytes to a JSON value, with everything refused that would be lost or would hurt."""

import json
import math
import re
from collections import Counter
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from journeys.documents.problems import DocumentError, Problem, TooLarge

MOST_BYTES = 5 * 1024 * 1024
DEEPEST = 20
STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)


def parse(content: bytes) -> Any:
    """The JSON value in the bytes. Raises DocumentError (TooLarge beyond 5 MB) with the path "" and a sentence."""
    if len(content) > MOST_BYTES:
        raise TooLarge([Problem("", _("A map document has at most %(size)s MB.") % {"size": MOST_BYTES // 1024**2})])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse(_("This is not UTF-8 text."))
    check_depth(text)
    try:
        value = json.loads(
            text, object_pairs_hook=without_duplicates, parse_constant=not_a_number, parse_float=finite, parse_int=whole
        )
    except json.JSONDecodeError as error:
        refuse(
            _("This is not JSON: see line %(line)s, column %(column)s.") % {"line": error.lineno, "column": error.colno}
        )
    check_pairs(value)
    return value


def refuse(reason: str) -> NoReturn:
    raise DocumentError([Problem("", reason)])


def check_depth(text: str) -> None:
    """Count brackets before the parser would recurse into them."""
    depth = 0
    for match in STRING_OR_BRACKET.finditer(text):
        if match[0] in "[{":
            depth += 1
            if depth > DEEPEST:
                refuse(_("This is nested deeper than a map document ever is."))
        elif match[0] in "]}":
            depth -= 1


def without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        counts = Counter(key for key, _value in pairs)
        twice = counts.most_common(1)[0][0]
        refuse(_("The property %(name)s is there twice in one object.") % {"name": json.dumps(twice[:80])})
    return value


def not_a_number(name: str) -> NoReturn:
    refuse(_("%(name)s is not a number in JSON.") % {"name": name})


def finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        refuse(_("The number %(number)s is too large.") % {"number": digits[:20]})
    return value


def whole(digits: str) -> int:
    if len(digits) > 20:
        refuse(_("The number %(number)s… is too large.") % {"number": digits[:20]})
    return int(digits)


def check_pairs(value: Any) -> None:
    """Escapes can spell half of a character pair, which no database and no file keeps."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        refuse(_("A text has half of a character pair and cannot be kept."))
