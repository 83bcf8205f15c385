"""Pages of a list that may be long: each asks for its own rows and one more, and nobody counts the whole."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from teams.queries import named_id


class Slice:
    """One page, as `components/pagination.html` reads it. Pages count from 1; one beyond the end is empty."""

    paginator = None

    def __init__(self, rows: QuerySet, number: str | None, size: int) -> None:
        self.number = min(named_id(number) or 1, 10_000)
        start = (self.number - 1) * size
        found = list(rows[start : start + size + 1])
        self.object_list: Sequence[Any] = found[:size]
        self._more = len(found) > size
        self.start_index = start + 1
        self.end_index = start + len(self.object_list)

    def __iter__(self):
        return iter(self.object_list)

    @property
    def has_next(self) -> bool:
        return self._more

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        return self.has_next or self.has_previous

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    @property
    def previous_page_number(self) -> int:
        return self.number - 1
