"""What upper apps add to the demo's story: each registers a chapter when Django starts.

A chapter gets the members of Ropewalk Group by e-mail, and the day on which the story is told. It is called when the
maps are there, in the transaction that makes the workspace. The neighbor's workspace has chapters of its own.
"""

from collections.abc import Callable
from datetime import date

from teams.models import Membership

Chapter = Callable[[dict[str, Membership], date], None]

_chapters: list[Chapter] = []
_neighbors: list[Chapter] = []


def register(chapter: Chapter, *, neighbor: bool = False) -> None:
    told = _neighbors if neighbor else _chapters
    if chapter not in told:
        told.append(chapter)


def chapters(*, neighbor: bool = False) -> list[Chapter]:
    return list(_neighbors if neighbor else _chapters)
