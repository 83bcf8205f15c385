"""Plain text with `*` for any characters. No regular expressions, so no pattern can keep a checker busy."""

from collections.abc import Iterable


class Pattern:
    """Capitals do not matter. A match takes time proportional to pattern and text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._first, *self._rest = text.casefold().split("*")

    def matches(self, folded: str) -> bool:
        """Whether all of a text, given as `str.casefold` has it, fits."""
        if not self._rest:
            return folded == self._first
        if not folded.startswith(self._first):
            return False
        place = len(self._first)
        for part in self._rest[:-1]:
            found = folded.find(part, place)
            if found < 0:
                return False
            place = found + len(part)
        return len(folded) - len(self._rest[-1]) >= place and folded.endswith(self._rest[-1])


def first_match(patterns: Iterable[Pattern], text: str) -> str | None:
    """The text of the first pattern that fits, None where none does."""
    folded = text.casefold()
    return next((pattern.text for pattern in patterns if pattern.matches(folded)), None)
