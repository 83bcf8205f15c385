"""Plans that get in one another's way: campaigns among themselves, and campaigns that would disturb an experiment.

Two plans collide when they share days, and people or, among campaigns, an offer. Channels and stages make it worse.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from campaigns.pressure import limits
from campaigns.pressure.audience import Audience, Couple, couple
from campaigns.pressure.limits import InvalidInput, named, names_wrong, raise_all
from teams.words import gettext_noop

Names = frozenset[str]
NOBODY: Names = frozenset()


class PlanKind(StrEnum):
    CAMPAIGN = "campaign"
    EXPERIMENT = "experiment"


class Axis(StrEnum):
    DATES = "dates"
    AUDIENCE = "audience"
    CHANNEL = "channel"
    STAGE = "stage"
    OFFER = "offer"


class Severity(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Code(StrEnum):
    """How plans collide: first two campaigns, then a campaign and an experiment."""

    SAME_OFFER = "same-offer"
    RIVAL_OFFERS = "rival-offers"
    SAME_CHANNEL = "same-channel"
    SAME_STAGE = "same-stage"
    SAME_PEOPLE = "same-people"
    MOVES_THE_METRIC = "moves-the-metric"
    GIVES_THE_OFFER = "gives-the-offer"
    CHANGES_WHO_ARRIVES = "changes-who-arrives"
    REACHES_ITS_PEOPLE = "reaches-its-people"


@dataclass(frozen=True)
class Plan:
    """A campaign, or an experiment that is planned or running. Days from the first to the last, both included.

    All else is ids. Neither segments nor personas: not said, so it may reach anybody. `metrics`: what a campaign is to
    move, what an experiment measures; `offers`: what a campaign offers, what an experiment tries out.
    """

    id: str
    kind: PlanKind
    first: date
    last: date
    segments: Names = NOBODY
    personas: Names = NOBODY
    channels: Names = NOBODY
    stages: Names = NOBODY
    offers: Names = NOBODY
    metrics: Names = NOBODY
    title: str = ""

    def __post_init__(self) -> None:
        raise_all(
            {
                "id": named(self.id),
                "kind": None if isinstance(self.kind, PlanKind) else gettext_noop("Give campaign or experiment."),
                **limits.span_wrong(self.first, self.last),
                **names_wrong("segments", self.segments),
                **names_wrong("personas", self.personas),
                **names_wrong("channels", self.channels),
                **names_wrong("stages", self.stages),
                **names_wrong("offers", self.offers),
                **names_wrong("metrics", self.metrics),
            }
        )


class Shared(NamedTuple):
    """What two plans have in common on an axis. `pairs`: different segments that overlap, the first plan's first. An
    audience without things and pairs: one of the two does not say whom it reaches."""

    axis: Axis
    things: tuple[str, ...] = ()
    pairs: tuple[Couple, ...] = ()


class Reason(NamedTuple):
    code: Code
    things: tuple[str, ...] = ()


@dataclass(frozen=True)
class Collision:
    """`one` is a campaign; `other` a campaign that starts later, or an experiment. `first` and `last`: the days that
    they share. `shared`: a line per axis on which they collide; `reasons`: the worst first."""

    one: Plan
    other: Plan
    first: date
    last: date
    shared: tuple[Shared, ...]
    severity: Severity
    reasons: tuple[Reason, ...]

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def axes(self) -> frozenset[Axis]:
        return frozenset(one.axis for one in self.shared)


def overlapping(audience: Audience) -> frozenset[Couple]:
    """Pairs of segments that share people, by what is stated or assumed."""
    return frozenset(pair for pair, shared in audience.shared().items() if shared.persons > 0)


def collisions(plans: Iterable[Plan], overlaps: Collection[Couple] = frozenset()) -> list[Collision]:
    """Of all plans, the worst first, then by day. Raises InvalidInput where a plan is given twice."""
    found = [hit for one, other in together(list(plans)) if (hit := collision(one, other, overlaps))]
    return sorted(found, key=order)


def order(hit: Collision) -> tuple[int, date, str, str, str]:
    return (list(Severity).index(hit.severity), hit.first, hit.one.id, hit.other.kind, hit.other.id)


def together(plans: list[Plan]) -> Iterator[tuple[Plan, Plan]]:
    """Plans that share days: each that starts meets only those that have not ended."""
    ordered = sorted(plans, key=lambda plan: (plan.first, plan.kind, plan.id))
    if len({(plan.kind, plan.id) for plan in plans}) < len(plans):
        raise InvalidInput({"plans": gettext_noop("A plan is given twice.")})
    running: list[Plan] = []
    for plan in ordered:
        running = [one for one in running if one.last >= plan.first]
        yield from ((one, plan) for one in running)
        running.append(plan)


def collision(one: Plan, other: Plan, overlaps: Collection[Couple] = frozenset()) -> Collision | None:
    """Of two plans; None where they get on, or are two experiments."""
    one, other = sorted((one, other), key=lambda plan: (plan.kind, plan.first, plan.id))
    first, last = max(one.first, other.first), min(one.last, other.last)
    if last < first or one.kind is PlanKind.EXPERIMENT:
        return None
    audience = audience_of(one, other, overlaps)
    among = campaigns if other.kind is PlanKind.CAMPAIGN else disturbed
    reasons = tuple(among(one, other, audience))
    if not reasons:
        return None
    shared = [Shared(Axis.DATES), audience, *things_of(one, other, reasons)]
    present = tuple(line for line in shared if line)
    return Collision(one, other, first, last, present, severity(reasons, audience), reasons)


def audience_of(one: Plan, other: Plan, overlaps: Collection[Couple]) -> Shared | None:
    """None where both say whom they reach, and these are different people."""
    things = tuple(sorted(one.segments & other.segments) + sorted(one.personas & other.personas))
    pairs = tuple(
        (mine, yours)
        for mine in sorted(one.segments)
        for yours in sorted(other.segments)
        if mine != yours and couple(mine, yours) in overlaps
    )
    told_apart = (one.segments and other.segments) or (one.personas and other.personas)
    return None if told_apart and not things and not pairs else Shared(Axis.AUDIENCE, things, pairs)


def things_of(one: Plan, other: Plan, reasons: Iterable[Reason]) -> Iterator[Shared]:
    for axis, mine, yours in (
        (Axis.CHANNEL, one.channels, other.channels),
        (Axis.STAGE, one.stages, other.stages),
        (Axis.OFFER, one.offers, other.offers),
    ):
        if mine & yours:
            yield Shared(axis, tuple(sorted(mine & yours)))
        elif axis is Axis.OFFER and any(reason.code is Code.RIVAL_OFFERS for reason in reasons):
            yield Shared(axis, tuple(sorted(mine | yours)))


def campaigns(one: Plan, other: Plan, audience: Shared | None) -> Iterator[Reason]:
    found = list(between(one, other)) if audience else []
    if one.offers & other.offers:
        yield Reason(Code.SAME_OFFER, tuple(sorted(one.offers & other.offers)))
    yield from found
    if audience and (audience.things or audience.pairs) and not found and not one.offers & other.offers:
        yield Reason(Code.SAME_PEOPLE, audience.things)


def between(one: Plan, other: Plan) -> Iterator[Reason]:
    """What the same people get of two campaigns at once."""
    if one.offers and other.offers and not one.offers & other.offers:
        yield Reason(Code.RIVAL_OFFERS, tuple(sorted(one.offers | other.offers)))
    if one.channels & other.channels:
        yield Reason(Code.SAME_CHANNEL, tuple(sorted(one.channels & other.channels)))
    if one.stages & other.stages:
        yield Reason(Code.SAME_STAGE, tuple(sorted(one.stages & other.stages)))


def disturbed(campaign: Plan, experiment: Plan, audience: Shared | None) -> Iterator[Reason]:
    """How the campaign would disturb the experiment, if it reaches people who may be in it."""
    if audience is None:
        return
    causes = (
        (Code.MOVES_THE_METRIC, campaign.metrics & experiment.metrics),
        (Code.GIVES_THE_OFFER, campaign.offers & experiment.offers),
        (Code.CHANGES_WHO_ARRIVES, campaign.stages & experiment.stages),
    )
    found = [Reason(code, tuple(sorted(things))) for code, things in causes if things]
    yield from found
    if not found and (audience.things or audience.pairs):
        yield Reason(Code.REACHES_ITS_PEOPLE, audience.things)


def severity(reasons: Collection[Reason], audience: Shared | None) -> Severity:
    """High: people are told two things at once, or a test measures the campaign. A guess about whom plans reach counts
    for less."""
    codes = {reason.code for reason in reasons}
    if codes & {Code.MOVES_THE_METRIC, Code.GIVES_THE_OFFER}:
        return Severity.HIGH
    if Code.CHANGES_WHO_ARRIVES in codes:
        return Severity.MEDIUM
    if audience is None or codes & {Code.SAME_PEOPLE, Code.REACHES_ITS_PEOPLE}:
        return Severity.LOW
    worst = bool(codes & {Code.SAME_OFFER, Code.RIVAL_OFFERS}) or codes >= {Code.SAME_CHANNEL, Code.SAME_STAGE}
    known = bool(audience.things or audience.pairs)
    return (Severity.LOW, Severity.MEDIUM, Severity.HIGH)[worst + known]
