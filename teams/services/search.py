"""The word index behind the search: kept by the services that write findable things."""

import re

from django.db.models import Exists, OuterRef, Q

from teams.models import SearchWord

WORD = re.compile(r"\w+", re.UNICODE)
LONGEST = 40
MOST_WORDS = 400
MOST_SEARCHED = 6
FEW = 100
IN_TITLE, IN_TEXT = 0, 1
LAST_CHARACTER = "\U0010ffff"


def words(text: str) -> list[str]:
    """The distinct words of a text, lower case, in order of appearance, cut to what the index keeps."""
    return list(dict.fromkeys(word[:LONGEST] for word in WORD.findall(text.casefold())))[:MOST_WORDS]


def entries(*, workspace_id: int, kind: str, object_id: int, title: str, text: str = "") -> list[SearchWord]:
    """The rows for one thing, unsaved: words of the title weigh more than words of its text."""
    weights = dict.fromkeys(words(text), IN_TEXT) | dict.fromkeys(words(title), IN_TITLE)
    return [
        SearchWord(workspace_id=workspace_id, word=word, kind=kind, object_id=object_id, weight=weight)
        for word, weight in weights.items()
    ]


def index(*, workspace_id: int, kind: str, object_id: int, title: str, text: str = "") -> None:
    forget(kind=kind, object_ids=[object_id])
    SearchWord.objects.bulk_create(
        entries(workspace_id=workspace_id, kind=kind, object_id=object_id, title=title, text=text)
    )


def forget(*, kind: str, object_ids: list[int]) -> None:
    SearchWord.objects.filter(kind=kind, object_id__in=object_ids).delete()


def find(*, workspace_id: int, kind: str, text: str, limit: int = 20) -> list[int]:
    """Ids of the things of a kind that have a word beginning with each word of the text.

    Found by their titles first, then by their texts; the index hands them over in that order, so that a search costs
    what it shows, not what it could find.
    """
    wanted = sorted(words(text)[:MOST_SEARCHED], key=len, reverse=True)
    if not wanted:
        return []
    rows = SearchWord.objects.filter(workspace_id=workspace_id, kind=kind)
    found: dict[int, None] = {}
    for weight in (IN_TITLE, IN_TEXT):
        hits = rows.filter(begins_with(wanted[0]), weight=weight)
        for word in wanted[1:]:
            hits = hits.filter(Exists(rows.filter(begins_with(word), object_id=OuterRef("object_id"))))
        ordered = hits.order_by("word", "-object_id").values_list("object_id", flat=True)
        found |= dict.fromkeys(ordered[: limit * 2])
        if len(found) >= limit:
            break
    return list(found)[:limit]


def matching(*, workspace_id: int, kind: str, text: str, workspace: str = "workspace_id") -> Q:
    """The condition that a thing has the words, for whole lists in an order of their own: by their ids where few have
    them; where many have, each is asked as the list comes to it. `workspace`: the way from the thing to its own."""
    found = find(workspace_id=workspace_id, kind=kind, text=text, limit=FEW + 1)
    return Q(pk__in=found) if len(found) <= FEW else having(kind=kind, text=text, workspace=workspace)


def having(*, kind: str, text: str, workspace: str = "workspace_id") -> Q:
    """The condition that a thing has a word beginning with each word of the text. `workspace`: the way to its own.

    For lists in an order of their own: cheap where most things have the words, while `find` is for where few have.
    """
    condition = Q()
    for word in words(text)[:MOST_SEARCHED]:
        there = SearchWord.objects.filter(begins_with(word), kind=kind, object_id=OuterRef("pk"))
        condition &= Q(Exists(there.filter(workspace_id=OuterRef(workspace))))
    return condition


def begins_with(prefix: str) -> Q:
    return Q(word__gte=prefix, word__lt=prefix + LAST_CHARACTER)
