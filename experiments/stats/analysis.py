"""All of it for one metric, or for several that share one alpha: each treatment against the control, with a verdict."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

from experiments.stats import always_valid, bayes, covariate, effects, equivalence, limits
from experiments.stats.bayes import UNIFORM, BetaPrior, NormalPrior, Posterior
from experiments.stats.corrections import Correction, adjusted
from experiments.stats.effects import Difference, Test
from experiments.stats.estimates import Estimate, Interval, estimate
from experiments.stats.inputs import Goal, Proportion, Ratio, Variant, check_variants
from experiments.stats.notes import Code, Note, note
from experiments.stats.reasons import Reason
from experiments.stats.sample_ratio import SampleRatio, sample_ratio

T = TypeVar("T")


class Verdict(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    EQUIVALENT = "equivalent"
    UNDECIDED = "undecided"
    NOT_COMPUTABLE = "not computable"


@dataclass(frozen=True)
class Plan:
    """What was fixed before the start. `minimum_effect`: relative, above 0. `planned_total`: users of all variants."""

    goal: Goal = Goal.INCREASE
    alpha: float = 0.05
    minimum_effect: float | None = None
    correction: Correction = Correction.NONE
    planned_total: int | None = None
    share_prior: BetaPrior = UNIFORM
    difference_prior: NormalPrior | None = None

    def __post_init__(self) -> None:
        effect, total = self.minimum_effect, self.planned_total
        limits.raise_all(
            {
                "alpha": limits.between(self.alpha, limits.LEAST_ALPHA, limits.MOST_ALPHA),
                "minimum_effect": None if effect is None else limits.above_zero(effect, limits.MOST_VALUE),
                "planned_total": None if total is None else limits.whole(total, 2, limits.MOST_USERS),
            }
        )


@dataclass(frozen=True)
class Comparison:
    """One treatment against the control; what is None has its reason among `reasons`, and `notes` say how the numbers
    came about. Intervals are at 1 − alpha and of
    the absolute difference, in the metric's unit, but for `relative_interval`; so is `margin`, the smallest effect that
    matters."""

    variant: str
    control: str
    absolute_effect: float | None = None
    relative_effect: float | None = None
    relative_interval: Interval | None = None
    fixed: Test | None = None
    p_value_adjusted: float | None = None
    always_valid: Test | None = None
    posterior: Posterior | None = None
    margin: float | None = None
    equivalence: float | None = None
    verdict: Verdict = Verdict.NOT_COMPUTABLE
    reasons: tuple[Reason, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Analysis:
    """`family`: how many always-valid intervals hold at once, 1 without a correction."""

    sample_ratio: SampleRatio
    comparisons: tuple[Comparison, ...]
    family: int = 1


@dataclass
class Missing:
    """Collects why parts are missing, each reason once, in the order met."""

    reasons: list[Reason] = field(default_factory=list)

    def kept(self, value: T | Reason) -> T | None:
        if not isinstance(value, Reason):
            return value
        if value not in self.reasons:
            self.reasons.append(value)
        return None


def analyze(variants: Sequence[Variant], plan: Plan) -> Analysis:
    """Each variant against the first, which is the control. Raises InvalidInput."""
    return analyze_together([(variants, plan)])[0]


def analyze_together(metrics: Sequence[tuple[Sequence[Variant], Plan]]) -> list[Analysis]:
    """Several metrics, corrected as one family of treatments × metrics by the first plan's correction."""
    for variants, _plan in metrics:
        check_variants(list(variants))
    family = sum(len(variants) - 1 for variants, _plan in metrics)
    families = [family if plan.correction is not Correction.NONE else 1 for _variants, plan in metrics]
    drafts = [
        list(compared(variants, plan, together)) for (variants, plan), together in zip(metrics, families, strict=True)
    ]
    flat = [one for draft in drafts for one in draft]
    correction = metrics[0][1].correction if metrics else Correction.NONE
    p_values = iter(adjusted([one.fixed.p_value for one in flat if one.fixed], correction))
    done = iter([replace(one, p_value_adjusted=next(p_values) if one.fixed else None) for one in flat])
    return [
        Analysis(checked(variants), tuple(next(done) for _draft in draft), together)
        for (variants, _plan), draft, together in zip(metrics, drafts, families, strict=True)
    ]


def checked(variants: Sequence[Variant]) -> SampleRatio:
    return sample_ratio([variant.summary.n for variant in variants], [variant.weight for variant in variants])


def compared(variants: Sequence[Variant], plan: Plan, family: int) -> Iterator[Comparison]:
    found, notes = estimates(variants), tuple(said(variants))
    for number in range(1, len(variants)):
        pair, missing = (variants[0], variants[number]), Missing()
        control, treatment = missing.kept(found[0]), missing.kept(found[number])
        parts: dict[str, Any] = {}
        if control is not None and treatment is not None:
            parts = filled(pair, (control, treatment), plan, family, missing)
        yield Comparison(pair[1].key, pair[0].key, **parts, reasons=tuple(missing.reasons), notes=notes)


def said(variants: Sequence[Variant]) -> Iterator[Note]:
    percentile = getattr(variants[0].summary, "winsorized", None)
    if percentile is not None:
        yield note(Code.WINSORIZED, percentile=f"{100 * percentile:g}")


def estimates(variants: Sequence[Variant]) -> list[Estimate | Reason]:
    """With a covariate: of what it leaves unexplained."""
    found = [estimate(variant.summary) for variant in variants]
    known = [
        (one, variant.summary.covariate)
        for one, variant in zip(found, variants, strict=True)
        if not isinstance(one, Reason) and not isinstance(variant.summary, Ratio) and variant.summary.covariate
    ]
    less = iter(covariate.adjusted(known))
    return [next(less) if known and not isinstance(one, Reason) else one for one in found]


def filled(
    pair: tuple[Variant, Variant], found: tuple[Estimate, Estimate], plan: Plan, family: int, missing: Missing
) -> dict[str, Any]:
    """The parts of a comparison that can be computed."""
    control, treatment = found
    parts: dict[str, Any] = {
        "absolute_effect": treatment.value - control.value,
        "relative_effect": missing.kept(effects.relative_effect(control, treatment)),
    }
    gap = missing.kept(effects.difference(control, treatment))
    if gap is None:
        return parts
    margin = missing.kept(equivalence.margin(control, plan.minimum_effect))
    looked = missing.kept(looking(gap, pair, plan, family))
    return parts | {
        "relative_interval": missing.kept(effects.relative_interval(gap, alpha=plan.alpha)),
        "fixed": effects.welch(gap, alpha=plan.alpha),
        "always_valid": looked,
        "posterior": believed(gap, pair, plan),
        "margin": margin,
        "equivalence": None if margin is None else equivalence.two_one_sided(gap, margin=margin),
        "verdict": verdict(looked.interval if looked else None, plan.goal, margin),
    }


def looking(gap: Difference, pair: tuple[Variant, Variant], plan: Plan, family: int) -> Test | Reason:
    """With a correction, the intervals of the whole `family` hold at once."""
    if plan.planned_total is None:
        return Reason.NO_PLANNED_TOTAL
    planned = plan.planned_total * math.fsum(variant.weight for variant in pair)
    return always_valid.sequence(gap, alpha=plan.alpha, planned=planned, family=family)


def believed(gap: Difference, pair: tuple[Variant, Variant], plan: Plan) -> Posterior:
    """Beta–Binomial for shares; what a covariate has adjusted is no count any more, and normal like means."""
    before, after = pair[0].summary, pair[1].summary
    if isinstance(before, Proportion) and isinstance(after, Proportion) and before.covariate is None:
        return bayes.shares(before, after, goal=plan.goal, alpha=plan.alpha, prior=plan.share_prior)
    return bayes.means(gap, goal=plan.goal, alpha=plan.alpha, prior=plan.difference_prior)


def verdict(interval: Interval | None, goal: Goal, margin: float | None) -> Verdict:
    """By the always-valid interval. One that lies within what does not matter says "equivalent", also beside 0."""
    if interval is None:
        return Verdict.NOT_COMPUTABLE
    low, high = interval
    if margin is not None and -margin < low and high < margin:
        return Verdict.EQUIVALENT
    if low > 0:
        return Verdict.BETTER if goal is Goal.INCREASE else Verdict.WORSE
    if high < 0:
        return Verdict.WORSE if goal is Goal.INCREASE else Verdict.BETTER
    return Verdict.UNDECIDED
