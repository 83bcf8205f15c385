"""The short forms in which the demo's experiments are written.

Days are counted back from today as in `journeys.demo`, so that the story is as old whenever it is told.
"""

from dataclasses import dataclass, field
from typing import Any

from experiments.enums import Goal, MetricRole, Outcome, SummaryKind


@dataclass(frozen=True)
class Counted:
    """A metric of the plan, and what comes of it: the control's level, and each treatment's relative effect.

    `sd` is that of one user, for means.
    """

    metric: str
    level: float
    effects: tuple[float, ...]
    role: MetricRole = MetricRole.PRIMARY
    kind: SummaryKind = SummaryKind.PROPORTION
    goal: Goal = Goal.INCREASE
    sd: float | None = None
    minimum_effect: float | None = None


@dataclass(frozen=True)
class Way:
    """How an experiment is run. `variants`: key, name, weight, the control first; `weights_seen`: where users came in
    other shares than planned. `every`: days between two entries of results."""

    variants: tuple[tuple[str, str, float], ...]
    metrics: tuple[Counted, ...]
    minimum_effect: float
    a_day: int
    planned_days: int
    unit: str = "users"
    weights_seen: tuple[float, ...] = ()
    every: int = 7
    plan: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Guess:
    """A score: impact, confidence, ease; the chance that it turns out better; the relative effect expected."""

    by: str
    parts: tuple[int, int, int]
    chance: float
    effect: float
    note: str = ""


@dataclass(frozen=True)
class Verdict:
    """The decision. `confirmed`: by whom, how many days ago; `accepted`: who let the learning onto the map."""

    outcome: Outcome
    why: str
    learned: str
    days: float
    variant: str = ""
    confirmed: tuple[str, float] | None = None
    accepted: tuple[str, float] | None = None
    follow_up_in: int | None = None


@dataclass(frozen=True)
class Said:
    by: str
    days: float
    text: str
    answers: tuple["Said", ...] = ()


@dataclass(frozen=True)
class Tale:
    """One experiment. `story` and `card` or `stage` say where on the demo's maps; all days are days ago."""

    title: str
    owner: str
    team: str
    story: str
    metric: str
    change: str
    because: str
    reason: str
    expected_effect: float
    begun: float
    audience: str = ""
    persona: str = ""
    stage: str = ""
    card: str = ""
    opportunity: str = ""
    goal: Goal = Goal.INCREASE
    evidence: tuple[tuple[str, str, int], ...] = ()
    guesses: tuple[Guess, ...] = ()
    way: Way | None = None
    planned: float | None = None
    starts_in: int | None = None
    started: float | None = None
    entered: bool = True
    stopped: float | None = None
    deviation: tuple[float, str, dict[str, Any]] | None = None
    verdict: Verdict | None = None
    archived: float | None = None
    said: tuple[Said, ...] = ()
    ticked: int = 4
    seed: int = 0
