"""What does not fit about a message, each with a code and what its sentence names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from campaigns.matching.kinds import POSITIONS, Kind, Position, position_of


class Code(StrEnum):
    POSITION_ELSEWHERE = "position-elsewhere"
    LIFECYCLE_ELSEWHERE = "lifecycle-elsewhere"
    STAGE_ELSEWHERE = "stage-elsewhere"
    AUDIENCE_NOT_AT_STAGE = "audience-not-at-stage"
    PERSONA_NOT_ON_MAP = "persona-not-on-map"
    BEFORE_CAMPAIGN = "before-campaign"
    AFTER_CAMPAIGN = "after-campaign"
    NO_DAY = "no-day"
    NO_TEXT = "no-text"
    LANGUAGE_MISSING = "language-missing"
    NO_LINK = "no-link"


# What is not there yet, not what is wrong.
GAPS = frozenset({Code.NO_DAY, Code.NO_TEXT, Code.LANGUAGE_MISSING, Code.NO_LINK})


@dataclass(frozen=True)
class Flag:
    """`values` are what the sentence names: texts of people as they are, positions and states as codes."""

    code: Code
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def gap(self) -> bool:
        return self.code in GAPS


@dataclass(frozen=True)
class People:
    """A segment: its name, and where its people are as far as that is known."""

    name: str
    position: str = ""
    lifecycle: str = ""


@dataclass(frozen=True)
class Place:
    """A stage: its name, what it is for where that can be told, its map and that map's personas by their ids."""

    name: str
    kind: Kind | None = None
    map: str = ""
    personas: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Given:
    """A message as the flags see it. `languages`: those in which it says something; `others`: by language, how many
    other messages of its campaign say something in it. `clickable`: whether its channel can carry a link."""

    position: str = ""
    lifecycle: str = ""
    segments: tuple[People, ...] = ()
    stage: Place | None = None
    persona: tuple[int, str] | None = None
    days: tuple[date, date] | None = None
    campaign_days: tuple[date, date] | None = None
    languages: frozenset[str] = frozenset()
    others: Mapping[str, int] = field(default_factory=dict)
    linked: bool = True
    clickable: bool = True


def flags(given: Given) -> list[Flag]:
    """All that does not fit, what is wrong before what is missing."""
    return [*audience(given), *place(given), *days(given), *contents(given)]


def audience(given: Given) -> Iterator[Flag]:
    """People who are not where the message takes them to be."""
    meant = position_of(given.position, given.lifecycle)
    for people in given.segments:
        are = position_of(people.position, people.lifecycle)
        if meant is not None and are is not None and are != meant:
            yield Flag(Code.POSITION_ELSEWHERE, {"meant": meant, "segment": people.name, "are": are})
        elif given.lifecycle and people.lifecycle and given.lifecycle != people.lifecycle:
            values = {"meant": given.lifecycle, "segment": people.name, "are": people.lifecycle}
            yield Flag(Code.LIFECYCLE_ELSEWHERE, values)
        elif meant is None and given.stage and misplaced(given.stage.kind, are):
            yield Flag(Code.AUDIENCE_NOT_AT_STAGE, {"stage": given.stage.name, "segment": people.name, "are": are})


def misplaced(kind: Kind | None, position: Position | None) -> bool:
    return kind is not None and position is not None and position not in POSITIONS[kind]


def place(given: Given) -> Iterator[Flag]:
    """A stage for other people, a persona that its map is not for."""
    if given.stage is None:
        return
    meant = position_of(given.position, given.lifecycle)
    kind = given.stage.kind
    if kind is not None and misplaced(kind, meant):
        yield Flag(Code.STAGE_ELSEWHERE, {"meant": meant, "stage": given.stage.name, "at": POSITIONS[kind][0]})
    if given.persona and given.stage.personas and given.persona[0] not in given.stage.personas:
        yield Flag(Code.PERSONA_NOT_ON_MAP, {"persona": given.persona[1], "map": given.stage.map})


def days(given: Given) -> Iterator[Flag]:
    if given.days is None:
        yield Flag(Code.NO_DAY)
        return
    if given.campaign_days is None:
        return
    (first, last), (begins, ends) = given.days, given.campaign_days
    if first < begins:
        yield Flag(Code.BEFORE_CAMPAIGN, {"day": first, "campaign": begins})
    if last > ends:
        yield Flag(Code.AFTER_CAMPAIGN, {"day": last, "campaign": ends})


def contents(given: Given) -> Iterator[Flag]:
    missing = {language: number for language, number in given.others.items() if language not in given.languages}
    if not given.languages:
        yield Flag(Code.NO_TEXT)
    else:
        for language, number in sorted(missing.items()):
            yield Flag(Code.LANGUAGE_MISSING, {"language": language, "others": number})
    if given.clickable and not given.linked:
        yield Flag(Code.NO_LINK)
