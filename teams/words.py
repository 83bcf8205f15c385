"""Sentences for people are plain English here; whoever shows them translates them (`teams/spoken.py`)."""

from typing import Any


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for `makemessages`, which knows this name, without Django."""
    return sentence


class Sentence(str):
    """A sentence with something filled in. It reads as the English one; `template` with `values` makes it again in
    another language."""

    __slots__ = ("template", "values")
    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, **values: Any) -> "Sentence":
        """`template` has a place such as %(most)s for each of the values, and is marked by `gettext_noop`."""
        made = super().__new__(cls, template % values)
        made.template, made.values = template, values
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        """A copy, and one that comes out of a cache, is made in the same way."""
        return (self.template,), self.values
