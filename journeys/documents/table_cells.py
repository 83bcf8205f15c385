"""What the cells of a card's line say, in the document's terms. Raises ValidationError with a sentence for people."""

import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from journeys.documents.card_table import card_row
from journeys.documents.states import State, filled
from journeys.enums import Grade, SourceKind
from journeys.services.texts import tidy

LEVEL = re.compile(r"\s*([+\-−]?)([0-2])(?:\s+(.*))?\s*\Z")
MOMENT = {"moment": "name", "accountable": "person", "metric": "metric"}


def card_of(cells: dict[str, str], before: State | None, uid: str, personas: list[str]) -> State:
    """The card that a line tells: what it was before, with every column that is there put over it."""
    state = dict(before or {"evidence": Grade.ASSUMED.value}) | {"id": uid}
    shown = {name: str(value) for name, value in card_row(before).items()} if before else {}
    for name, read in READERS.items():
        if name in cells and cells[name] != shown.get(name):
            state |= read(cells[name], personas)
    changed = [name for name in MOMENT if name in cells and cells[name] != shown.get(name, "")]
    moment = state.get("moment", {}) | {MOMENT[name]: tidy(cells[name]) for name in changed}
    return filled(state | {"moment": filled(moment)})


def read_evidence(text: str) -> str:
    grade = tidy(text).casefold() or Grade.ASSUMED.value
    if grade not in Grade.values:
        raise ValidationError(_("Evidence is one of: %(values)s.") % {"values": ", ".join(Grade.values)})
    return grade


def read_span(text: str) -> int | None:
    number = read_number(text, _("How many stages a card reaches over is a number from 1."))
    return None if number == 1 else number


def read_number(text: str, sentence: str) -> int | None:
    """A whole number from 1; None where nothing is said."""
    text = text.strip()
    if not text:
        return None
    if not re.fullmatch(r"0*[1-9][0-9]{0,4}", text, re.ASCII):
        raise ValidationError(sentence)
    return int(text)


def read_emotions(text: str, personas: list[str]) -> State:
    return dict(read_emotion(line, personas) for line in text.splitlines() if line.strip())


def read_emotion(line: str, personas: list[str]) -> tuple[str, State]:
    """One line, such as “Anna: +1 curious”. The longest persona's name with which it begins counts."""
    for name in sorted(personas, key=len, reverse=True):
        found = LEVEL.match(line.removeprefix(f"{name}:")) if line.startswith(f"{name}:") else None
        if found:
            level = int(found[2]) * (-1 if found[1] in ("-", "−") else 1)
            return name, filled({"level": level, "word": tidy(found[3] or "")})
    raise ValidationError(
        _("“%(line)s” is no emotion: write a persona of the map, a colon, a level from -2 to 2 and perhaps a word.")
        % {"line": line[:80]}
    )


def read_sources(text: str) -> list[State]:
    return [read_source(line) for line in text.splitlines() if line.strip()]


def read_source(line: str) -> State:
    """One line, such as “interview | 2026-02-03 | https://… | I saw it.”."""
    kind, day, url, words = [*(part.strip() for part in line.split("|", 3)), "", "", ""][:4]
    if kind not in SourceKind.values:
        raise ValidationError(
            _("“%(kind)s” is no kind of source. There are: %(values)s.")
            % {"kind": kind[:80], "values": ", ".join(SourceKind.values)}
        )
    return filled({"kind": kind, "date": day, "url": url, "text": words})


READERS: dict[str, Callable[[str, list[str]], dict[str, Any]]] = {
    "title": lambda text, personas: {"title": tidy(text)},
    "body": lambda text, personas: {"body": tidy(text)},
    "span": lambda text, personas: {"span": read_span(text)},
    "evidence": lambda text, personas: {"evidence": read_evidence(text)},
    "channel": lambda text, personas: {"channel": tidy(text)},
    "emotions": lambda text, personas: {"emotions": read_emotions(text, personas)},
    "sources": lambda text, personas: {"sources": read_sources(text)},
}
