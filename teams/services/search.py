"""The word index behind the search: kept by the services that write findable things."""

import re

from django.db import connection
from django.db.models import Q

from teams.models import SearchWord

WORD = re.compile(r"\w+", re.UNICODE)
LONGEST = 40
MOST_WORDS = 400


def words(text: str) -> list[str]:
    """The distinct words of a text, lower case, in order of appearance, cut to what the index keeps."""
    return list(dict.fromkeys(word[:LONGEST] for word in WORD.findall(text.casefold())))[:MOST_WORDS]


def entries(*, workspace_id: int, kind: str, object_id: int, title: str, text: str = "") -> list[SearchWord]:
    """The rows for one thing, unsaved: words of the title weigh more than words of its text."""
    weights = dict.fromkeys(words(text), 1) | dict.fromkeys(words(title), 0)
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


def begins_with(prefix: str) -> Q:
    """Words with this beginning, in the form that the database's index serves."""
    if connection.vendor == "sqlite":
        return Q(word__gte=prefix, word__lt=prefix + "\U0010ffff")
    return Q(word__startswith=prefix)


def find(*, workspace_id: int, kind: str, text: str, limit: int = 20) -> list[int]:
    """Ids of the things of a kind that have a word beginning with each word of the text; titles first, then newest."""
    wanted = words(text)[:6]
    if not wanted:
        return []
    rows = SearchWord.objects.filter(workspace_id=workspace_id, kind=kind)
    hits = rows.filter(begins_with(wanted[0]))
    for word in wanted[1:]:
        hits = hits.filter(object_id__in=rows.filter(begins_with(word)).values("object_id"))
    found = hits.order_by("weight", "-object_id").values_list("object_id", flat=True)[: limit * 4]
    return list(dict.fromkeys(found))[:limit]
