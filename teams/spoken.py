"""What the pure packages say (statistics, projections, contact pressure), in the reader's language."""

from django.utils.translation import gettext as _

from teams.words import Sentence


def spoken(sentence: str) -> str:
    """A sentence of theirs, with what is filled in."""
    if isinstance(sentence, Sentence):
        return _(sentence.template) % sentence.values
    return _(sentence)
