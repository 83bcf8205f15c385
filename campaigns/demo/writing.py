"""The short forms in which the demo's campaigns are written.

Days of campaigns count from today, those of messages and months of budgets from their campaign's start, so that the
story is as old whenever it is told.
"""

from dataclasses import dataclass, field
from typing import Any

from campaigns.enums import CampaignStatus


@dataclass(frozen=True)
class Crowd:
    """A segment: how many, and who says so."""

    name: str
    about: str
    size: int
    source: str
    position: str = ""
    lifecycle: str = ""


@dataclass(frozen=True)
class Word:
    """A message: on which day of its campaign (0 is its first), through what, to whom, at which stage."""

    title: str
    channel: str
    stage: str
    day: int
    to: tuple[str, ...]
    at: str = ""
    until: int | None = None
    subject: str = ""
    text: str = ""
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Effort:
    """A campaign. `story` is the map of its stages; `budget`: channel, month after the start, planned, spent; `code`:
    what its links call it, by which its messages find theirs."""

    title: str
    owner: str
    team: str
    status: CampaignStatus
    story: str
    stages: tuple[str, ...]
    personas: tuple[str, ...]
    segments: tuple[str, ...]
    channels: tuple[str, ...]
    key_message: str
    goal: str
    begins: int | None = None
    days: int = 0
    metric: str = ""
    target: float | None = None
    audience: str = ""
    offer: str = ""
    tone: str = ""
    next_step: str = ""
    priority: int = 50
    code: str = ""
    budget: tuple[tuple[str, int, int, int], ...] = ()
    words: tuple[Word, ...] = ()
