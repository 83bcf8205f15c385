"""What upper apps add to the demo's story: each registers a chapter when Django starts.

A chapter gets the members of Ropewalk Group by e-mail, and the day on which the story is told. It is called when the
maps are there, in the transaction that makes the workspace.
"""

from collections.abc import Callable
from datetime import date

from teams.models import Membership

Chapter = Callable[[dict[str, Membership], date], None]

_chapters: list[Chapter] = []


def register(chapter: Chapter) -> None:
    if chapter not in _chapters:
        _chapters.append(chapter)


def chapters() -> list[Chapter]:
    return list(_chapters)
