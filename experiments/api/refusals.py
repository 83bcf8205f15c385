"""What the statistics refuse, as the API says it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rest_framework.exceptions import ValidationError

from experiments.stats.limits import InvalidInput


@contextmanager
def refusals(*place: str | int) -> Iterator[None]:
    """Raise ValidationError for InvalidInput; `place` is the way to where its fields are."""
    try:
        yield
    except InvalidInput as error:
        raise ValidationError(nested(error.errors, place)) from error


def nested(errors: dict[str, str], place: tuple[str | int, ...]) -> Any:
    """`{"variants.0.n": …}` as `{"variants": {"0": {"n": …}}}`."""
    found: dict[str, Any] = {}
    for field, sentence in errors.items():
        inner = found
        *way, last = [*map(str, place), *field.split(".")]
        for step in way:
            inner = inner.setdefault(step, {})
        inner[last] = [sentence]
    return found
