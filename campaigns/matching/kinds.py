"""Where in the funnel a stage, a lifecycle state or a person is."""

from enum import StrEnum


class Position(StrEnum):
    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


class Kind(StrEnum):
    """What a stage is for, whatever a map calls it."""

    AWARENESS = "awareness"
    CONSIDERATION = "consideration"
    DECISION = "decision"
    PURCHASE = "purchase"
    SERVICE = "service"
    RETENTION = "retention"
    ADVOCACY = "advocacy"


TOP, MIDDLE, BOTTOM = Position

POSITIONS: dict[Kind, tuple[Position, ...]] = {
    Kind.AWARENESS: (TOP,),
    Kind.CONSIDERATION: (MIDDLE,),
    Kind.DECISION: (MIDDLE, BOTTOM),
    Kind.PURCHASE: (BOTTOM,),
    Kind.SERVICE: (BOTTOM,),
    Kind.RETENTION: (BOTTOM,),
    Kind.ADVOCACY: (BOTTOM,),
}

OF_LIFECYCLE: dict[str, Position] = {
    "unknown-visitor": TOP,
    "known-contact": TOP,
    "unqualified-lead": MIDDLE,
    "qualified-lead": MIDDLE,
    "not-converting": MIDDLE,
    "nurtured": MIDDLE,
    "scored": MIDDLE,
    "handed-back": MIDDLE,
    "customer": BOTTOM,
    "welcome": BOTTOM,
    "activated": BOTTOM,
    "expanding": BOTTOM,
    "referring": BOTTOM,
}

# What stages are called in the built-in templates and on maps that people draw themselves.
NAMES: dict[Kind, tuple[str, ...]] = {
    Kind.AWARENESS: (
        "awareness",
        "search",
        "need",
        "top",
        "unknown",
        "known",
        "notice",
        "discover",
        "discovery",
        "aware",
    ),
    Kind.CONSIDERATION: (
        *("consideration", "comparing", "compare", "middle", "unqualified", "qualified", "not-converting", "nurtured"),
        *("engaged", "handed-back", "consider", "evaluate", "research"),
    ),
    Kind.DECISION: ("decision", "decide", "try", "trial", "choose"),
    Kind.PURCHASE: ("purchase", "receiving", "customer", "buy", "order", "checkout", "set-up", "setup", "onboarding"),
    Kind.SERVICE: ("evaluation", "service", "support", "help"),
    Kind.RETENTION: (
        *("retention", "loyalty", "bottom", "welcome", "activated", "expanding", "keep", "use", "renew", "renewal"),
        "retain",
    ),
    Kind.ADVOCACY: ("advocacy", "recommendation", "referring", "recommend", "refer", "tell", "share"),
}
KNOWN: dict[str, Kind] = {name: kind for kind, names in NAMES.items() for name in names}


def kind_of(uid: str, name: str) -> Kind | None:
    """What a stage is for, by its id on the map or else the first known word of its name; None: nobody can tell.

    Stages that begin as a template keep the template's id, also under another name.
    """
    if uid in KNOWN:
        return KNOWN[uid]
    whole = "-".join(name.casefold().split())
    if whole in KNOWN:
        return KNOWN[whole]
    return next((KNOWN[word] for word in whole.split("-") if word in KNOWN), None)


def position_of(position: str, lifecycle: str) -> Position | None:
    """Where people are, or for whom something is meant: as said, or else as the lifecycle state implies."""
    if position:
        return Position(position)
    return OF_LIFECYCLE.get(lifecycle)
