from collections import Counter
from datetime import date, timedelta

import pytest

from journeys.demo import build
from journeys.demo.maps.subscription import to_be
from journeys.demo.numbers_house import CARS, STORE
from journeys.demo.numbers_screen import SHARED, SHOP, SOFTWARE
from journeys.demo.readings import year_of
from journeys.demo.writing import document
from journeys.documents.check import check_document
from journeys.enums import Grade, LaneKind, MapKind

STORIES = {**build.STORIES, "to-be": to_be.STORY}
NUMBERS = (*CARS, *STORE, *SOFTWARE, *SHOP, *SHARED)
DAY = date(2026, 3, 4)


def cards_of(story: str) -> list[dict]:
    lanes = document(STORIES[story], DAY)["cards"].values()
    return [card for by_lane in lanes for cell in by_lane.values() for card in cell]


@pytest.mark.parametrize("story", build.STORIES)
def test_demo_map_is_rich(story):
    made = document(STORIES[story], DAY)
    assert check_document(made) == []
    assert made["kind"] == MapKind.AS_IS
    assert 6 <= len(made["stages"]) <= 8
    assert len(made["lanes"]) == 8
    cards = cards_of(story)
    assert 45 <= len(cards) <= 80
    assert {card["evidence"] for card in cards} == set(Grade.values)
    assert sum("moment" in card for card in cards) >= 4
    assert any("span" in card for card in cards)
    for stage in made["stages"]:
        assert {"team", "person", "metric", "questions", "example_channels"} <= stage.keys()
        touchpoints = made["cards"][stage["id"]][LaneKind.TOUCHPOINTS]
        assert {name for card in touchpoints for name in card["emotions"]} == set(made["personas"])
        assert all(feeling["word"] for card in touchpoints for feeling in card["emotions"].values())


@pytest.mark.parametrize("story", STORIES)
def test_demo_evidence_is_honest(story):
    """A guess has no source; whatever claims to be more has one, with a date."""
    for card in cards_of(story):
        dated = [source for source in card.get("sources", []) if "date" in source and "text" in source]
        assert bool(dated) == (card["evidence"] != Grade.ASSUMED), card["title"]


@pytest.mark.parametrize("story", STORIES)
def test_demo_titles_are_all_different(story):
    titles = [card["title"] for card in cards_of(story)]
    assert [title for title, times in Counter(titles).items() if times > 1] == []


def test_demo_dates_are_relative_to_today():
    later = DAY + timedelta(days=400)
    for story in STORIES.values():
        now, then = dates_in(document(story, DAY)), dates_in(document(story, later))
        assert then == [day + timedelta(days=400) for day in now]
        assert all(DAY - timedelta(days=500) < day < DAY for day in now)
    assert any(day < DAY - timedelta(days=365) for story in STORIES.values() for day in dates_in(document(story, DAY)))


def dates_in(made: dict) -> list[date]:
    cards = [card for lanes in made["cards"].values() for cell in lanes.values() for card in cell]
    return [date.fromisoformat(source["date"]) for card in cards for source in card.get("sources", [])]


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: number.name)
def test_demo_readings_are_a_year_until_now(number):
    values = year_of(number, DAY)
    assert values == year_of(number, DAY)
    assert len(values) == (13 if number.monthly else 52)
    days = [value.date for value in values]
    assert days == sorted(set(days))
    assert timedelta(0) < DAY - days[-1] <= timedelta(days=31 if number.monthly else 7)
    assert [value.n is None for value in values] == [number.n is None] * len(values)
    assert abs(values[-1].value - number.end - number.turn[1]) < abs(number.end) * 0.02
