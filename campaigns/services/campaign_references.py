"""What campaigns and messages refer to has to be of their workspace and live."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from experiments.services.references import wrong


def check_references(workspace_id: int, named: Mapping[str, Iterable[Any]], before: Mapping[str, set[int]]) -> None:
    """`named`: by field, the things that are referred to; `before`: by field, the ids that were referred to before.

    Raises ValidationError naming each new reference that leads elsewhere; what was there before may stay.
    """
    errors: dict[str, list[str]] = {}
    for field, things in named.items():
        for thing in things:
            if thing is None or thing.pk in before.get(field, ()):
                continue
            if sentence := wrong(thing, workspace_id):
                errors.setdefault(field, []).append(sentence)
    if errors:
        raise ValidationError({field: list(dict.fromkeys(sentences)) for field, sentences in errors.items()})
