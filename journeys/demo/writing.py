"""The short forms in which the demo's maps are written, and the map document made from them.

Days are counted back from today, so that the story is as old whenever it is told.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from journeys.content.templates import usual_lanes
from journeys.enums import Grade, MapKind, MapStatus, PathKind, SourceKind, TeamPart

Feels = dict[str, tuple[int, str]]


@dataclass(frozen=True)
class Seen:
    """A source: what was seen or heard, how many days ago."""

    kind: SourceKind
    text: str
    days: int
    url: str = ""


def interview(text: str, days: int, url: str = "") -> Seen:
    return Seen(SourceKind.INTERVIEW, text, days, url)


def recording(text: str, days: int, url: str = "") -> Seen:
    return Seen(SourceKind.SERVICE_RECORDING, text, days, url)


def replay(text: str, days: int, url: str = "") -> Seen:
    return Seen(SourceKind.SESSION_REPLAY, text, days, url)


def analytics(text: str, days: int, url: str = "") -> Seen:
    return Seen(SourceKind.ANALYTICS, text, days, url)


def crm(text: str, days: int, url: str = "") -> Seen:
    return Seen(SourceKind.CRM, text, days, url)


def verbatim(text: str, days: int, url: str = "") -> Seen:
    return Seen(SourceKind.NPS_VERBATIM, text, days, url)


def survey(text: str, days: int, url: str = "") -> Seen:
    return Seen(SourceKind.SURVEY, text, days, url)


def post(text: str, days: int, url: str = "") -> Seen:
    return Seen(SourceKind.COMMUNITY_POST, text, days, url)


@dataclass(frozen=True)
class Moment:
    """A moment that matters: its name, the one person who answers for it, the one metric."""

    name: str
    person: str
    metric: str


@dataclass(frozen=True)
class Card:
    title: str
    grade: Grade
    seen: tuple[Seen, ...] = ()
    body: str = ""
    channel: str = ""
    span: int = 1
    feels: Feels = field(default_factory=dict)
    moment: Moment | None = None


def guess(title: str, **rest: Any) -> Card:
    return Card(title, Grade.ASSUMED, **rest)


def told(title: str, *seen: Seen, **rest: Any) -> Card:
    return Card(title, Grade.ANECDOTE, seen, **rest)


def studied(title: str, *seen: Seen, **rest: Any) -> Card:
    return Card(title, Grade.RESEARCH, seen, **rest)


def measured(title: str, *seen: Seen, **rest: Any) -> Card:
    return Card(title, Grade.MEASURED, seen, **rest)


@dataclass(frozen=True)
class Column:
    """A stage with its owner and its cards, lane by lane."""

    uid: str
    name: str
    about: str
    team: str
    person: str
    metric: str = ""
    responsible: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    actions: tuple[Card, ...] = ()
    touchpoints: tuple[Card, ...] = ()
    thoughts: tuple[Card, ...] = ()
    pains: tuple[Card, ...] = ()
    opportunities: tuple[Card, ...] = ()
    moments: tuple[Card, ...] = ()
    metrics: tuple[Card, ...] = ()


CELLS = ("actions", "touchpoints", "thoughts", "pains", "opportunities", "moments", "metrics")


@dataclass(frozen=True)
class Way:
    """A path between two stages, which are named by their uid."""

    source: str
    target: str
    kind: PathKind
    share: float | None = None
    label: str = ""


@dataclass(frozen=True)
class Story:
    title: str
    description: str
    owner: str
    personas: tuple[str, ...]
    columns: tuple[Column, ...]
    ways: tuple[Way, ...]
    scenario: str = ""
    kind: MapKind = MapKind.AS_IS
    status: MapStatus = MapStatus.LIVE


def document(story: Story, today: date) -> dict[str, Any]:
    """The story as a map document."""
    return filled(
        {
            "format": "throughline-map/1",
            "title": story.title,
            "description": story.description,
            "kind": story.kind.value,
            "status": story.status.value,
            "owner": story.owner,
            "personas": list(story.personas),
            "scenario": story.scenario,
            "stages": [stage_part(column) for column in story.columns],
            "lanes": usual_lanes(),
        }
    ) | {
        "cards": {column.uid: cells(column, today) for column in story.columns},
        "paths": {f"{way.kind.value}-{way.source}-{way.target}": path_part(way) for way in story.ways},
    }


def filled(part: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty: a document leaves it out."""
    return {key: value for key, value in part.items() if value not in (None, "", [], {})}


def stage_part(column: Column) -> dict[str, Any]:
    parts = {TeamPart.RESPONSIBLE: column.responsible, TeamPart.CONSULTED: column.consulted}
    parts[TeamPart.INFORMED] = column.informed
    return filled(
        {
            "id": column.uid,
            "name": column.name,
            "description": column.about,
            "questions": list(column.questions),
            "example_channels": list(column.channels),
            "team": column.team,
            "person": column.person,
            "teams": {team: part.value for part, teams in parts.items() for team in teams},
            "metric": column.metric,
        }
    )


def cells(column: Column, today: date) -> dict[str, list[dict[str, Any]]]:
    cards = {lane: getattr(column, lane) for lane in CELLS}
    return {
        lane: [card_part(card, f"{column.uid}-{lane}-{number}", today) for number, card in enumerate(entries, 1)]
        for lane, entries in cards.items()
        if entries
    }


def card_part(card: Card, uid: str, today: date) -> dict[str, Any]:
    return filled(
        {
            "id": uid,
            "title": card.title,
            "body": card.body,
            "span": card.span if card.span > 1 else None,
            "evidence": card.grade.value,
            "channel": card.channel,
            "sources": [source_part(seen, today) for seen in card.seen],
            "emotions": {name: {"level": level, "word": word} for name, (level, word) in card.feels.items()},
            "moment": vars(card.moment) if card.moment else None,
        }
    )


def source_part(seen: Seen, today: date) -> dict[str, str]:
    day = today - timedelta(days=seen.days)
    return filled({"kind": seen.kind.value, "text": seen.text, "url": seen.url, "date": day.isoformat()})


def path_part(way: Way) -> dict[str, Any]:
    part = {"from": way.source, "to": way.target, "kind": way.kind.value}
    return part | filled({"share": way.share, "label": way.label})
