"""What our pure packages refuse, as the API says it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rest_framework.exceptions import ValidationError

WHOLE = "non_field_errors"


@contextmanager
def refusals(kind: type[ValueError], *place: str | int, say: Callable[[str], str] = str) -> Iterator[None]:
    """Raise ValidationError for errors of a kind that has `errors`, sentences by the way to their field; `place` is the
    way to where those fields are, and `say` puts a sentence into the reader's language."""
    try:
        yield
    except kind as error:
        errors: Mapping[str, str] = error.errors  # type: ignore[attr-defined]
        raise ValidationError(nested({field: say(told) for field, told in errors.items()}, place)) from error


def nested(errors: Mapping[str, str | list[str]], place: tuple[str | int, ...] = ()) -> Any:
    """`{"variants.0.n": …}` as `{"variants": {"0": {"n": …}}}`. What is wrong with a list as a whole stands beside what
    is wrong within it."""
    found: dict[str, Any] = {}
    for field, sentences in errors.items():
        inner = found
        *way, last = [*map(str, place), *field.split(".")]
        for step in way:
            inner = inner.setdefault(step, {})
        said = [sentences] if isinstance(sentences, str) else sentences
        if isinstance(inner.get(last), dict):
            inner[last][WHOLE] = said
        else:
            inner[last] = said
    return found
