"""What is wrong with a document: where (a JSON path) and why (a sentence for people)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PLAIN_KEY = re.compile(r"\A[A-Za-z_][A-Za-z0-9_]*\Z")
LONGEST_KEY = 80
MOST_PROBLEMS = 50


@dataclass(frozen=True)
class Problem:
    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.path else self.reason


class DocumentError(Exception):
    """The document was refused and nothing was changed. `problems` holds at least one, at most `MOST_PROBLEMS`."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)[:MOST_PROBLEMS]
        super().__init__("; ".join(str(problem) for problem in self.problems))


class TooLarge(DocumentError):
    """The text is longer than a document may be; it was not read."""


def json_path(parts: Iterable[str | int]) -> str:
    """The place as RFC 9535 writes it: `$.stages[0].name`, `$.cards.buy['lane-2'][0]`. Very long keys are cut."""
    return "$" + "".join(step(part) for part in parts)


def step(part: str | int) -> str:
    if isinstance(part, int):
        return f"[{part}]"
    if PLAIN_KEY.match(part) and len(part) <= LONGEST_KEY:
        return f".{part}"
    shown = part if len(part) <= LONGEST_KEY else part[:LONGEST_KEY] + "…"
    return "['" + "".join(escaped(character) for character in shown) + "']"


def escaped(character: str) -> str:
    """Quotes and what cannot be printed or sent, such as half of a character pair, as escapes."""
    if character in "'\\":
        return "\\" + character
    if character < " " or "\ud800" <= character <= "\udfff":
        return f"\\u{ord(character):04x}"
    return character
