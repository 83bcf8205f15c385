"""Documents for tests: one by hand that uses every property, and strategies for any that the cast can keep."""

from typing import Any

from hypothesis import strategies as st

from journeys.enums import Grade, LaneKind, MapKind, MapStatus, SourceKind, TeamPart
from journeys.services.paths import fits
from tests.factories import make_channel, make_metric, make_persona, make_scenario

TEAMS = ["Marketing", "Sales", "Product", "Success"]
PEOPLE = ["owner@here.example", "admin@here.example", "sales@here.example", "viewer@here.example"]
METRICS = ["Activation rate", "Zeit bis „Aha“ 🎉"]
CHANNELS = ["Web page", "Обаждане"]
PERSONAS = ["Anna", "Бойко", "مريم"]


def furnish(workspace) -> None:
    """What the documents below name, besides the cast's teams and people."""
    for name in METRICS:
        make_metric(workspace, name)
    for name in CHANNELS:
        make_channel(workspace, name)
    for name in PERSONAS:
        make_scenario(make_persona(workspace, name), "First-time user")


def example() -> dict[str, Any]:
    """A small map that uses every property of the format."""
    return {
        "format": "throughline-map/1",
        "title": "Buying a bicycle",
        "description": "From the first look\nto the second bicycle.",
        "kind": "as-is",
        "status": "live",
        "owner": "owner@here.example",
        "personas": ["Anna", "Бойко"],
        "scenario": "First-time user",
        "stages": [
            {
                "id": "look",
                "name": "Looking",
                "description": "They look around.",
                "questions": ["Where do they look?"],
                "example_channels": ["Shop window"],
                "team": "Marketing",
                "person": "marketing@here.example",
                "teams": {"Sales": "informed", "Product": "consulted"},
                "metric": "Activation rate",
            },
            {"id": "try", "name": "Trying", "team": "Sales", "person": "sales@here.example"},
            {"id": "buy", "name": "Buying"},
        ],
        "lanes": [
            {"id": "touch", "kind": "touchpoints", "name": "Touchpoints"},
            {"id": "feel", "kind": "emotion", "name": "How they feel"},
        ],
        "cards": {
            "look": {
                "touch": [
                    {
                        "id": "window",
                        "title": "Sees the window",
                        "body": "On the way to work.",
                        "span": 2,
                        "evidence": "research",
                        "channel": "Web page",
                        "sources": [
                            {
                                "kind": "interview",
                                "text": "“I saw it.”",
                                "url": "https://notes.example/7",
                                "date": "2026-02-03",
                            },
                            {"kind": "survey"},
                        ],
                        "emotions": {"Anna": {"level": 1, "word": "curious"}, "Бойко": {"level": 0}},
                        "moment": {"name": "First look", "person": "sales@here.example", "metric": "Activation rate"},
                    },
                    {"id": "friend", "title": "Asks a friend", "evidence": "assumed"},
                ]
            },
            "buy": {
                "feel": [{"id": "pay", "title": "Pays", "evidence": "measured", "emotions": {"Anna": {"level": -2}}}]
            },
        },
        "paths": {
            "on": {"from": "look", "to": "try", "kind": "forward", "share": 0.4, "label": "most"},
            "skip": {"from": "look", "to": "buy", "kind": "skip"},
            "again": {"from": "buy", "to": "look", "kind": "return"},
        },
    }


def texts(longest: int, *, lines: bool = True) -> st.SearchStrategy[str]:
    """Anything storable without white space around it: emoji, right to left, odd spaces inside, zero width."""
    refused = "\x00\r" if lines else "\x00\r\n"
    alphabet = st.characters(exclude_categories=["Cs"], exclude_characters=refused)
    odd = st.sampled_from(
        ["<script>alert(1)</script>", "שלום 🎉 عالم", "a\u2003b\u200bc\ufeff", "=1+1", "\u202eright", "é", "é"]
    )
    return (st.text(alphabet, min_size=1, max_size=longest) | odd).map(str.strip).filter(bool)


def objects(required: dict, optional: dict) -> st.SearchStrategy[dict]:
    return st.fixed_dictionaries(required, optional=optional)


def ids(*known: str) -> st.SearchStrategy[str]:
    """Mostly from a few, so that two documents have parts in common."""
    return st.sampled_from(known) | st.from_regex(r"[A-Za-z0-9_-]{1,40}", fullmatch=True)


STAGE_FIELDS = {
    "description": texts(200),
    "questions": st.lists(texts(40, lines=False), min_size=1, max_size=3),
    "example_channels": st.lists(texts(20, lines=False), min_size=1, max_size=3),
    "team": st.sampled_from(TEAMS),
    "person": st.sampled_from(PEOPLE),
    "teams": st.dictionaries(st.sampled_from(TEAMS), st.sampled_from(TeamPart.values), min_size=1),
    "metric": st.sampled_from(METRICS),
}
SOURCES = objects(
    {"kind": st.sampled_from(SourceKind.values)},
    {
        "text": texts(60),
        "url": st.sampled_from(["https://a.example/?q=1#x", "http://b.example"]),
        "date": st.dates().map(str),
    },
)
FEELINGS = objects({"level": st.integers(-2, 2)}, {"word": texts(20)})
MOMENTS = st.fixed_dictionaries(
    {"name": texts(80), "person": st.sampled_from(PEOPLE), "metric": st.sampled_from(METRICS)}
)
SHARES = st.floats(0, 1) | st.sampled_from([0, 1])


def stages() -> st.SearchStrategy[list[dict]]:
    stage = objects({"id": ids("a", "b", "c", "d", "e"), "name": texts(80)}, STAGE_FIELDS).map(accountable_once)
    return st.lists(stage, max_size=5, unique_by=lambda stage: stage["id"])


def accountable_once(stage: dict) -> dict:
    """The accountable team has no other part."""
    parts = {team: part for team, part in stage.pop("teams", {}).items() if team != stage.get("team")}
    return stage | ({"teams": parts} if parts else {})


def lanes() -> st.SearchStrategy[list[dict]]:
    lane = objects({"id": ids("a", "x", "y"), "kind": st.sampled_from(LaneKind.values), "name": texts(60)}, {})
    return st.lists(lane, max_size=4, unique_by=lambda lane: lane["id"])


def card(personas: list[str], room: int) -> st.SearchStrategy[dict]:
    optional: dict[str, st.SearchStrategy] = {
        "body": texts(200),
        "channel": st.sampled_from(CHANNELS),
        "sources": st.lists(SOURCES, min_size=1, max_size=3),
        "moment": MOMENTS,
    }
    if room > 1:
        optional["span"] = st.integers(2, room)
    if personas:
        optional["emotions"] = st.dictionaries(st.sampled_from(personas), FEELINGS, min_size=1)
    return objects({"title": texts(200), "evidence": st.sampled_from(Grade.values)}, optional)


@st.composite
def documents(draw) -> dict[str, Any]:
    """Documents that the furnished workspace of the cast must import."""
    columns, rows = draw(stages()), draw(lanes())
    personas = draw(st.lists(st.sampled_from(PERSONAS), unique=True, max_size=3))
    document = draw(
        objects(
            {
                "title": texts(160),
                "kind": st.sampled_from(MapKind.values),
                "status": st.sampled_from(MapStatus.values),
                "owner": st.sampled_from(PEOPLE),
            },
            {"description": texts(300)},
        )
    )
    if personas:
        document["personas"] = personas
        if draw(st.booleans()):
            document["scenario"] = draw(st.sampled_from(["First-time user", "Switching from a competitor"]))
    frame = {"format": "throughline-map/1", "stages": columns, "lanes": rows}
    return document | frame | {"cards": draw(cards(columns, rows, personas)), "paths": draw(paths(columns))}


@st.composite
def cards(draw, columns: list[dict], rows: list[dict], personas: list[str]) -> dict:
    nested: dict[str, dict[str, list]] = {}
    if not columns or not rows:
        return nested
    for uid in draw(st.lists(ids(*"klmnopqr"), unique=True, max_size=8)):
        place, lane = draw(st.integers(0, len(columns) - 1)), draw(st.sampled_from(rows))["id"]
        state = {"id": uid, **draw(card(personas, len(columns) - place))}
        nested.setdefault(columns[place]["id"], {}).setdefault(lane, []).append(state)
    return nested


@st.composite
def paths(draw, columns: list[dict]) -> dict:
    places = range(len(columns))
    ways = [
        {"from": columns[source]["id"], "to": columns[target]["id"], "kind": kind}
        for source in places
        for target in places
        for kind in ["forward", "skip", "back", "pause", "return"]
        if fits(kind, source, target)
    ]
    if not ways:
        return {}
    chosen = draw(st.lists(st.sampled_from(ways), unique_by=lambda way: tuple(way.values()), max_size=5))
    uids = draw(st.lists(ids("p", "q", "r", "s"), unique=True, min_size=len(chosen), max_size=len(chosen)))
    more = objects({}, {"share": SHARES, "label": texts(80)})
    return {uid: way | draw(more) for uid, way in zip(uids, chosen, strict=True)}
