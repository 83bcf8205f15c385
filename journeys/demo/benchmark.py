"""The document of the map that speed is measured on: 8 stages, 10 lanes, 400 cards, five in each cell."""

from datetime import date, timedelta
from typing import Any

from journeys.content.templates import template_document
from journeys.demo import metrics
from journeys.demo.people import INGRID, MARKETING, PRODUCT, SALES, SUCCESS
from journeys.demo.personas import AIKO, JONAS, NADIA, SOFIA
from journeys.enums import Grade, LaneKind, SourceKind

TITLE = "Benchmark map"
A_CELL = 5
PERSONAS = (NADIA, JONAS, SOFIA, AIKO)
CHANNELS = ("Web page", "In-app", "E-mail", "Phone", "Chat", "Shop")
OWNERS = (
    (MARKETING, metrics.NPS),
    (MARKETING, metrics.SEARCH_TO_BASKET),
    (SALES, metrics.BASKET_TO_PAID),
    (PRODUCT, metrics.ON_TIME),
    (SUCCESS, metrics.CSAT),
    (SUCCESS, metrics.FIRST_ANSWER),
    (PRODUCT, metrics.REPEAT),
    (MARKETING, metrics.REFERRALS),
)
GRADES, SOURCES = tuple(Grade), tuple(SourceKind)
FREE_LANES = {"backstage": "Behind the counter", "systems": "Systems"}


def benchmark_document(emails: list[str], today: date) -> dict[str, Any]:
    document = template_document("eight-omnichannel", title=TITLE, owner_email=INGRID, personas=PERSONAS)
    document["status"] = "live"
    document["lanes"] += [{"id": uid, "kind": LaneKind.FREE.value, "name": name} for uid, name in FREE_LANES.items()]
    for place, (stage, (team, metric)) in enumerate(zip(document["stages"], OWNERS, strict=True)):
        stage |= {"team": team, "person": emails[place], "metric": metric}
        document["cards"][stage["id"]] = {
            lane["id"]: [card(stage, lane, number, emails, today) for number in range(A_CELL)]
            for lane in document["lanes"]
        }
    return document


def card(stage: dict, lane: dict, number: int, emails: list[str], today: date) -> dict[str, Any]:
    """One of the systematic cards. Touchpoints have feelings, moments their person and metric."""
    turn = len(stage["id"]) + len(lane["id"]) + number
    source = {
        "kind": SOURCES[turn % len(SOURCES)].value,
        "text": f"{number + 2} of 12 said so.",
        "date": (today - timedelta(days=turn * 11)).isoformat(),
    }
    made: dict[str, Any] = {
        "id": f"{stage['id']}-{lane['id']}-{number + 1}",
        "title": f"{stage['name']}, {lane['name'].lower()}, observation {number + 1}",
        "body": f"What was seen at “{stage['name']}” in the weekly visit, and what it may mean for the next stage.",
        "evidence": GRADES[turn % len(GRADES)].value,
        "sources": [source],
    }
    if lane["kind"] == LaneKind.TOUCHPOINTS:
        made |= {"channel": CHANNELS[turn % len(CHANNELS)], "emotions": feelings(turn)}
    if lane["kind"] == LaneKind.MOMENTS and number == 0:
        made["moment"] = {"name": f"Moment of {stage['name']}", "person": emails[turn], "metric": stage["metric"]}
    return made


def feelings(turn: int) -> dict[str, dict[str, Any]]:
    words = {-2: "let down", -1: "uneasy", 0: "neutral", 1: "pleased", 2: "delighted"}
    levels = {persona: (turn + place * 3) % 5 - 2 for place, persona in enumerate(PERSONAS)}
    return {persona: {"level": level, "word": words[level]} for persona, level in levels.items()}
