"""What follows from the verdicts, by the decision rule that was fixed before the start.

- Clear signals: ship a treatment that is better in a primary metric, and worse in no primary and no guardrail. Roll
  back when each treatment is worse somewhere among them; keep what is there when the rest makes no difference that
  matters.
- Do no harm: at the planned total or end, ship a treatment of which no primary and no guardrail is worse; where a
  smallest effect that matters is stated, the always-valid interval must leave out more harm than that.

Verdicts are always valid, so the rules may be asked every day.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from experiments.stats.analysis import Analysis, Comparison, Verdict
from experiments.stats.inputs import Goal
from experiments.stats.notes import Code, Note, note
from experiments.stats.reasons import Reason


class Role(StrEnum):
    PRIMARY = "primary"
    SECONDARY = "secondary"
    GUARDRAIL = "guardrail"


class Rule(StrEnum):
    CLEAR_SIGNALS = "clear-signals"
    DO_NO_HARM = "do-no-harm"


class Advice(StrEnum):
    SHIP = "ship"
    ROLL_BACK = "roll-back"
    KEEP = "keep"
    YOUR_CALL = "your-call"


@dataclass(frozen=True)
class Measured:
    """One metric of an experiment. `users` per variant with a weight above 0, the control's first, up to the last day
    that all metrics have; `analysis` is None while there are no results. `missing`: keys of the variants that lack
    results while no day has those of all variants."""

    metric: str
    role: Role
    users: Mapping[str, int]
    analysis: Analysis | None
    goal: Goal = Goal.INCREASE
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Advised:
    """`variant` is the treatment that the advice is about; None for all of them."""

    advice: Advice
    variant: str | None
    reasons: tuple[Note, ...]


@dataclass(frozen=True)
class Finding:
    """A treatment's comparison in one metric."""

    metric: str
    role: Role
    goal: Goal
    comparison: Comparison

    @property
    def verdict(self) -> Verdict:
        return self.comparison.verdict

    @property
    def gain(self) -> float:
        """The effect in the goal's direction; −∞ where there is none."""
        effect = self.comparison.absolute_effect
        return -math.inf if effect is None else effect if self.goal is Goal.INCREASE else -effect

    @property
    def excludes_harm(self) -> bool:
        looked = self.comparison.always_valid
        if looked is None or self.verdict is Verdict.WORSE:
            return False
        if self.comparison.margin is None:
            return Reason.NO_MINIMUM_EFFECT in self.comparison.reasons
        low, high = looked.interval
        return (-low if self.goal is Goal.INCREASE else high) < self.comparison.margin

    def said(self, code: Code | Reason) -> Note:
        return note(code, metric=self.metric, variant=self.comparison.variant)


@dataclass(frozen=True)
class Treatment:
    """A treatment with its findings in primary and guardrail metrics, in the metrics' order."""

    key: str
    primaries: tuple[Finding, ...]
    guardrails: tuple[Finding, ...]

    @property
    def binding(self) -> tuple[Finding, ...]:
        return self.primaries + self.guardrails

    @property
    def worse(self) -> list[Finding]:
        return [one for one in self.binding if one.verdict is Verdict.WORSE]

    @property
    def wins(self) -> bool:
        return not self.worse and any(one.verdict is Verdict.BETTER for one in self.primaries)

    @property
    def same(self) -> bool:
        return (
            not self.worse and bool(self.primaries) and all(one.verdict is Verdict.EQUIVALENT for one in self.primaries)
        )

    @property
    def harmless(self) -> bool:
        return all(one.excludes_harm for one in self.binding)


def treatments(metrics: Sequence[Measured]) -> list[Treatment]:
    """Of the metrics that have results."""
    findings = [
        Finding(one.metric, one.role, one.goal, comparison)
        for one in metrics
        if one.analysis
        for comparison in one.analysis.comparisons
    ]
    keys = dict.fromkeys(one.comparison.variant for one in findings)
    return [Treatment(key, of(findings, key, Role.PRIMARY), of(findings, key, Role.GUARDRAIL)) for key in keys]


def of(findings: Iterable[Finding], key: str, role: Role) -> tuple[Finding, ...]:
    return tuple(one for one in findings if one.comparison.variant == key and one.role is role)


def advise(metrics: Sequence[Measured], rule: Rule, *, complete: bool) -> Advised | None:
    """None while nothing follows yet. `complete`: no more users are planned for."""
    several = [one for one in treatments(metrics) if one.primaries]
    if not several:
        return None
    if all(one.worse for one in several):
        return Advised(Advice.ROLL_BACK, only(several), said(several, Verdict.WORSE))
    found = clear_signals(several) if rule is Rule.CLEAR_SIGNALS else do_no_harm(several) if complete else None
    return found or (Advised(Advice.YOUR_CALL, None, tuple(open_questions(several, rule))) if complete else None)


def clear_signals(several: Sequence[Treatment]) -> Advised | None:
    winners = [one for one in several if one.wins]
    if winners:
        return shipping(winners, several, Verdict.BETTER)
    if all(one.same or one.worse for one in several):
        return Advised(Advice.KEEP, None, said(several, Verdict.EQUIVALENT, Verdict.WORSE))
    return None


def do_no_harm(several: Sequence[Treatment]) -> Advised | None:
    safe = [one for one in several if one.harmless]
    return shipping(safe, several, Verdict.BETTER, Verdict.EQUIVALENT, Verdict.UNDECIDED) if safe else None


def shipping(candidates: Sequence[Treatment], several: Sequence[Treatment], *verdicts: Verdict) -> Advised:
    """The candidate with the largest effect in the first primary metric; which others may be as good as it."""
    best = max(candidates, key=lambda one: one.primaries[0].gain)
    others = [one for one in several if one is not best and not one.worse and not told_apart(best, one)]
    apart = [note(Code.NOT_TOLD_APART, variant=best.key, other=one.key) for one in others]
    return Advised(Advice.SHIP, best.key, (*said([best], *verdicts), *apart))


def told_apart(one: Treatment, other: Treatment) -> bool:
    """Their always-valid intervals in the first primary metric do not overlap: stricter than a test of both."""
    first, second = (treatment.primaries[0].comparison.always_valid for treatment in (one, other))
    if first is None or second is None:
        return False
    return first.interval[0] > second.interval[1] or second.interval[0] > first.interval[1]


def said(several: Iterable[Treatment], *verdicts: Verdict) -> tuple[Note, ...]:
    """The findings with one of the verdicts. Where undecided is enough, no harm that matters is left."""
    codes = {
        Verdict.BETTER: Code.BETTER,
        Verdict.WORSE: Code.WORSE,
        Verdict.EQUIVALENT: Code.EQUIVALENT,
        Verdict.UNDECIDED: Code.HARM_EXCLUDED,
    }
    return tuple(
        finding.said(codes[finding.verdict])
        for treatment in several
        for finding in treatment.binding
        if finding.verdict in verdicts
    )


def open_questions(several: Iterable[Treatment], rule: Rule) -> Iterable[Note]:
    """Why nothing follows: each finding of a treatment that is not out, and for those that are out what is worse."""
    for treatment in several:
        for finding in treatment.worse or treatment.binding:
            if finding.verdict is Verdict.NOT_COMPUTABLE:
                yield from (finding.said(reason) for reason in finding.comparison.reasons)
            elif finding.verdict is Verdict.UNDECIDED and rule is Rule.DO_NO_HARM:
                yield finding.said(Code.HARM_EXCLUDED if finding.excludes_harm else Code.HARM_POSSIBLE)
            else:
                yield finding.said(Code(finding.verdict.value))


def only(several: Sequence[Treatment]) -> str | None:
    return several[0].key if len(several) == 1 else None
