"""What was seen of one metric over time: the estimate and the always-valid interval at the end of each day.

All intervals of a confidence sequence hold at once, so what all of them have in common holds too, as narrow as the
narrowest of them: sound as long as the effect itself stays the same, and as rough as the first of them, which has the
fewest users. The verdict therefore comes from the last interval alone; what they have in common is for the picture.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from experiments.stats import effects, equivalence
from experiments.stats.analysis import Plan, estimates, looking
from experiments.stats.estimates import Estimate, Interval
from experiments.stats.inputs import Variant
from experiments.stats.kinds import Kind
from experiments.stats.limits import InvalidInput
from experiments.stats.reasons import Reason
from experiments.stats.sums import Sums, nothing
from teams.words import Sentence, gettext_noop


@dataclass(frozen=True)
class Entered:
    """Sums of a variant's users who entered on a day."""

    day: date
    variant: str
    sums: Sums


@dataclass(frozen=True)
class Look:
    """At the end of a day, with all users up to it: `users` of control and treatment, the absolute difference with its
    interval, and the smallest effect that matters, in the metric's unit. `common`: what all intervals so far have in
    common; None where they contradict each other, which says that the effect changed. `reason`: why there is no
    interval."""

    day: date
    users: int
    effect: float | None = None
    interval: Interval | None = None
    common: Interval | None = None
    margin: float | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class Course:
    variant: str
    looks: tuple[Look, ...]


def courses(
    kind: Kind,
    entries: Iterable[Entered],
    weights: Mapping[str, float],
    plan: Plan,
    *,
    family: int = 1,
    to_date: bool = False,
) -> tuple[Course, ...]:
    """Of each treatment, a look for each day that has entries, in time linear in their number.

    `weights` by variant, the control's first; `family` as the Analysis has it. With `to_date` each entry counts from
    the start, so the latest one is all there is. The last look's interval is the analysis's. Raises InvalidInput for
    entries of unknown variants or other kinds.
    """
    treatments = list(weights)[1:]
    seen: dict[str, list[Look]] = {key: [] for key in treatments}
    for day, variants in states(kind, entries, weights, to_date):
        found = estimates(variants)
        for number, key in enumerate(treatments, 1):
            pair, both = (variants[0], variants[number]), (found[0], found[number])
            seen[key].append(look(day, pair, both, plan, family))
    return tuple(Course(key, tuple(in_common(looks))) for key, looks in seen.items())


def states(
    kind: Kind, entries: Iterable[Entered], weights: Mapping[str, float], to_date: bool = False
) -> Iterator[tuple[date, list[Variant]]]:
    """The variants at the end of each day, with all that was entered up to it."""
    days: dict[date, list[Entered]] = defaultdict(list)
    for one in entries:
        if one.variant not in weights or one.sums.kind is not kind:
            unknown = gettext_noop("No variant of this metric: %(variant)s, with sums of a %(kind)s.")
            raise InvalidInput({"variant": Sentence(unknown, variant=one.variant, kind=one.sums.kind.value)})
        days[one.day].append(one)
    so_far: dict[str, Any] = {key: nothing(kind) for key in weights}
    for day in sorted(days):
        for one in days[day]:
            so_far[one.variant] = one.sums if to_date else so_far[one.variant] + one.sums
        yield day, [Variant(key, weight, so_far[key].summary()) for key, weight in weights.items()]


def look(
    day: date,
    pair: tuple[Variant, Variant],
    found: tuple[Estimate | Reason, Estimate | Reason],
    plan: Plan,
    family: int,
) -> Look:
    control, treatment = found
    bare = Look(day, pair[0].summary.n + pair[1].summary.n)
    if isinstance(control, Reason):
        return replace(bare, reason=control)
    if isinstance(treatment, Reason):
        return replace(bare, reason=treatment)
    margin = equivalence.margin(control, plan.minimum_effect)
    gap = effects.difference(control, treatment)
    test = gap if isinstance(gap, Reason) else looking(gap, pair, plan, family)
    return replace(
        bare,
        effect=treatment.value - control.value,
        margin=None if isinstance(margin, Reason) else margin,
        interval=None if isinstance(test, Reason) else test.interval,
        reason=test if isinstance(test, Reason) else None,
    )


def in_common(looks: Iterable[Look]) -> Iterator[Look]:
    low, high = -math.inf, math.inf
    for one in looks:
        if one.interval:
            low, high = max(low, one.interval[0]), min(high, one.interval[1])
        yield replace(one, common=(low, high) if -math.inf < low <= high else None)
