"""What upper apps add to the demo's story: each registers a chapter when Django starts.

A chapter gets the members of Ropewalk Group by e-mail, and the day on which the story is told. It is called when the
maps are there, in the transaction that makes the workspace. The neighbor's workspace has chapters of its own.
"""

from collections.abc import Callable
from datetime import date

from teams.models import Membership

Chapter = Callable[[dict[str, Membership], date], None]

_chapters: dict[Chapter, int] = {}
_neighbors: dict[Chapter, int] = {}


def register(chapter: Chapter, *, neighbor: bool = False, order: int = 0) -> None:
    """Chapters are told by their `order`, the least first: one that speaks of another's things comes after it."""
    told = _neighbors if neighbor else _chapters
    told[chapter] = order


def chapters(*, neighbor: bool = False) -> list[Chapter]:
    told = _neighbors if neighbor else _chapters
    return sorted(told, key=told.__getitem__)
