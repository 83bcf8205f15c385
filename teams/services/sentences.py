"""Sentences that are made when they are shown, in the reader's language, of what was kept when it happened."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise

Sentence = str | Promise | Callable[[Mapping[str, Any]], str | Promise]


class Values(dict):
    """What a sentence names and an old row does not have stays a dash."""

    def __missing__(self, name: str) -> str:
        return "–"


def say(sentence: Sentence, values: Mapping[str, Any]) -> str:
    """Fill `%(name)s` in the sentence; where a word depends on a value, the sentence is a function of the values."""
    text = sentence(values) if callable(sentence) and not isinstance(sentence, Promise) else sentence
    return str(text) % Values(values)
