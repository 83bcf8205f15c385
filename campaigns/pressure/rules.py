"""All policies at once: may this message go to this person at this moment, and if not, why, and when could it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from campaigns.pressure import limits
from campaigns.pressure.clock import Clock, Moment, seconds_of, utc
from campaigns.pressure.history import Bucket, History
from campaigns.pressure.limits import raise_all, told_apart
from campaigns.pressure.messages import Message, moment_wrong
from campaigns.pressure.policies import Kind, Policy, Wait

REACH = 400 * 86_400  # seconds: what does not open in that time is said never to
Rule = tuple[Policy, Bucket]
Waits = list[tuple[Policy, Wait]]


@dataclass(frozen=True, slots=True)
class Refusal:
    """`until`: when this policy alone would allow it, in UTC; None for never."""

    policy: str
    kind: Kind
    until: datetime | None
    lost_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """`refusals`: the strictest first, which is the one that holds longest. `earliest`: the next moment at which all
    policies allow, in UTC; None where they never do. Allowed, both are empty."""

    refusals: tuple[Refusal, ...] = ()
    earliest: datetime | None = None

    @property
    def allowed(self) -> bool:
        return not self.refusals

    @property
    def rule(self) -> Refusal | None:
        return self.refusals[0] if self.refusals else None

    @property
    def others(self) -> tuple[Refusal, ...]:
        return self.refusals[1:]


def may_send(policies: Iterable[Policy], history: History, message: Message, moment: datetime) -> Verdict:
    """To the person whose history it is. A history may also hold what is planned and goes first: policies look both
    ways in time. Raises InvalidInput."""
    raise_all({"moment": moment_wrong(moment)})
    rules = Rules(in_order(policies), message, history.clock, {})
    now = history.clock.moment(seconds_of(moment))
    waits = rules.waits(history, now)
    return verdict(waits, rules.earliest(history, now.seconds)) if waits else Verdict()


def verdict(waits: Waits, earliest: int | None) -> Verdict:
    refusals = [
        Refusal(
            policy.id, policy.kind, None if wait.until is None else utc(wait.until), tuple(dict.fromkeys(wait.lost_to))
        )
        for policy, wait in sorted(waits, key=strictness)
    ]
    return Verdict(tuple(refusals), None if earliest is None else utc(earliest))


def strictness(refused: tuple[Policy, Wait]) -> tuple[bool, int, str]:
    policy, wait = refused
    return (wait.until is not None, -(wait.until or 0), policy.id)


def in_order(policies: Iterable[Policy]) -> list[Policy]:
    """By id, each once. Raises InvalidInput."""
    found = list(policies)
    told_apart("policies", [policy.id for policy in found], limits.MOST_POLICIES)
    return sorted(found, key=lambda policy: policy.id)


class Calendar:
    """What policies on hours and days say of an instant: the same for everybody on this clock, so it is kept."""

    def __init__(self, rules: Iterable[Rule], clock: Clock) -> None:
        self.rules = tuple(rules)
        self.anybody = History(clock)
        self.openings: dict[int, int] = {}

    def waits(self, moment: Moment) -> Waits:
        return refused(self.rules, self.anybody, moment)

    def opens(self, seconds: int) -> int:
        """The first instant, from this one on, at which all of them allow, or one that is out of reach."""
        found = self.openings.get(seconds)
        if found is None:
            found, limit = seconds, seconds + REACH
            while found < limit and (waits := self.waits(self.anybody.clock.moment(found))):
                found = max(wait.until or limit for _policy, wait in waits)
            self.openings[seconds] = found
        return found


class Rules:
    """The policies that bind one message, on one clock. `calendars` are shared by messages on the same clock."""

    def __init__(
        self, policies: Iterable[Policy], message: Message, clock: Clock, calendars: dict[tuple[str, ...], Calendar]
    ) -> None:
        bound = [(policy, policy.bucket(message)) for policy in policies if policy.binds(message)]
        counting = [rule for rule in bound if not rule[0].by_calendar]
        self.counting = sorted(counting, key=lambda rule: -rule[0].holds_for)  # who holds longest is asked first
        days = [rule for rule in bound if rule[0].by_calendar]
        self.calendar = calendars.setdefault(tuple(policy.id for policy, _bucket in days), Calendar(days, clock))

    def waits(self, history: History, moment: Moment) -> Waits:
        """What holds the message back at this moment; empty where nothing does."""
        return self.calendar.waits(moment) + refused(self.counting, history, moment)

    def opens(self, history: History, seconds: int) -> int:
        """The first instant, from this one on, at which nothing holds it back, or one that is out of reach."""
        limit = seconds + REACH
        while (found := self.calendar.opens(seconds)) < limit:
            moment = history.clock.moment(found)
            waits = (policy.wait(history, bucket, moment) for policy, bucket in self.counting)
            longest = next((wait for wait in waits if wait), None)
            if longest is None:
                return found
            seconds = longest.until or limit
        return limit

    def earliest(self, history: History, seconds: int) -> int | None:
        """The same; None for what is out of reach."""
        found = self.opens(history, seconds)
        return found if found < seconds + REACH else None


def refused(rules: Iterable[Rule], history: History, moment: Moment) -> Waits:
    return [(policy, wait) for policy, bucket in rules if (wait := policy.wait(history, bucket, moment))]
