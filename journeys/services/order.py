"""Order within a list of siblings: always 0, 1, 2 …, so that no two stand in the same place."""

from collections.abc import Sequence
from typing import Any


def insert_at(siblings: Sequence[Any], moved: Any, position: int | None) -> list[Any]:
    """The siblings with `moved` at the place; None or a place beyond the end means the end."""
    others = [sibling for sibling in siblings if sibling.pk != moved.pk or sibling.pk is None]
    place = len(others) if position is None else max(0, min(position, len(others)))
    return [*others[:place], moved, *others[place:]]


def renumber(ordered: Sequence[Any]) -> list[Any]:
    """Give each its number; returns the saved ones whose number changed, unsaved yet."""
    changed = []
    for number, item in enumerate(ordered):
        if item.position != number:
            item.position = number
            if item.pk is not None:
                changed.append(item)
    return changed
