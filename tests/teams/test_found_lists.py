"""Lists that are searched by words are complete, however many are found."""

import pytest

from insights.models import Metric
from journeys.models import Map, Persona
from teams.models import SearchWord
from teams.services import search
from tests.api import program

pytestmark = pytest.mark.django_db
MANY = 520


def made(cast, kind: str) -> list:
    workspace = cast.workspace
    if kind == "map":
        rows = [Map(workspace=workspace, title=f"Driver {n}", owner=cast.owner) for n in range(MANY)]
        return Map.objects.bulk_create(rows)
    model = Persona if kind == "persona" else Metric
    return model.objects.bulk_create(model(workspace=workspace, name=f"Driver {n}") for n in range(MANY))


@pytest.mark.parametrize("kind", ["map", "metric", "persona"])
def test_all_that_are_found_come_page_by_page(cast, kind):
    things = made(cast, kind)
    SearchWord.objects.bulk_create(
        SearchWord(workspace=cast.workspace, kind=kind, object_id=thing.pk, word="driver", weight=search.IN_TITLE)
        for thing in things
    )
    caller = program(cast.workspace)
    found, page = [], caller.get(f"{kind}s/?q=driv&page_size=200").json()
    while page["next"]:
        found += page["results"]
        page = caller.client.get(page["next"]).json()
    assert {row["id"] for row in found + page["results"]} == {thing.pk for thing in things}
