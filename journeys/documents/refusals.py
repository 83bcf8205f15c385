"""What services refuse, said in the document's terms: a place and a reason instead of a model's field."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from journeys.documents.problems import DocumentError, Problem, json_path

STAGE_TERMS = {"accountable_team": ("team",), "accountable_person": ("person",), "parts": ("teams",)}
CARD_TERMS = {
    "grade": ("evidence",),
    "moment": ("moment", "name"),
    "accountable": ("moment", "person"),
    "metric": ("moment", "metric"),
}
PATH_TERMS = {"source": ("from",), "target": ("to",)}
Terms = Mapping[str, tuple[str, ...]]


@contextmanager
def refused_at(*parts: str | int, terms: Terms | None = None) -> Iterator[None]:
    """A ValidationError in this block becomes a DocumentError at this place; `terms` translate fields to properties."""
    try:
        yield
    except ValidationError as error:
        raise DocumentError(list(problems_of(error, parts, terms or {}))) from error


def problems_of(error: ValidationError, parts: tuple[str | int, ...], terms: Terms) -> Iterator[Problem]:
    fields = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for field, messages in fields.items():
        tail = () if field == NON_FIELD_ERRORS else terms.get(field, (field,))
        yield Problem(json_path((*parts, *tail)), " ".join(messages))
