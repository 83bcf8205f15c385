"""From the entries of an experiment to its numbers: one query, then the pure statistics."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from experiments.enums import Counting
from experiments.models import Entry, Experiment, PlannedMetric
from experiments.models import Plan as PlanRow
from experiments.queries.completeness import Counted, Days, Lack, counted, lacking
from experiments.stats.analysis import Analysis, Plan, analyze_together
from experiments.stats.bayes import BetaPrior, NormalPrior
from experiments.stats.corrections import Correction
from experiments.stats.inputs import Goal, Proportion, Summary, Variant, check_variants
from experiments.stats.kinds import Kind
from experiments.stats.limits import InvalidInput
from experiments.stats.sums import Sums, nothing, sums_of, total
from teams.spoken import spoken


@dataclass(frozen=True)
class Measured:
    """A metric with what its entries add up to. `counted`: which of them, up to the last day that all variants have.

    `analysis` is None where nothing counts, and where the sums contradict themselves: then `refused` says how.
    """

    planned: PlannedMetric
    counted: Counted
    variants: tuple[Variant, ...]
    plan: Plan
    analysis: Analysis | None = None
    refused: str = ""

    @property
    def role(self) -> str:
        return self.planned.role

    @property
    def name(self) -> str:
        return self.planned.metric.name

    @property
    def days(self) -> Mapping[str, Days]:
        """By variant key, what was entered for each day that counts."""
        return self.counted.days

    @property
    def until(self) -> datetime.date | None:
        return self.counted.until

    @property
    def waiting(self) -> Lack | None:
        return self.counted.waiting

    @property
    def dates(self) -> list[datetime.date]:
        return sorted({day for days in self.days.values() for day in days})

    @property
    def whole_days(self) -> set[datetime.date]:
        """The days that all variants have."""
        needed = [variant.key for variant in self.variants if variant.weight > 0]
        return {day for day in self.dates if not lacking(self.days, needed, day)}


@dataclass(frozen=True)
class Readout:
    """All metrics of an experiment in the plan's order, corrected as one family. `entered_until`: the last day with
    any results, also with some that do not count yet."""

    measured: tuple[Measured, ...]
    entered_until: datetime.date | None = None

    @property
    def first_day(self) -> datetime.date | None:
        return min((day for one in self.measured for day in one.dates), default=None)

    @property
    def until(self) -> datetime.date | None:
        """The last day that counts in any metric."""
        return max((one.until for one in self.measured if one.until), default=None)

    @property
    def common_day(self) -> datetime.date | None:
        """The last day that counts in all metrics with results."""
        return min((one.until for one in self.measured if one.until), default=None)


def analysis_of(experiment: Experiment) -> Readout:
    """The experiment's metrics analyzed on what is entered now. Loaded with `complete`, it costs one query."""
    entered = days_by_metric(experiment)
    dates = {day for of_variants in entered.values() for days in of_variants.values() for day in days}
    drafts = [
        draft(experiment, planned, entered.get(planned.pk, {}), dates) for planned in experiment.planned_metrics.all()
    ]
    return Readout(tuple(analyzed(drafts)), max(dates, default=None))


def days_by_metric(experiment: Experiment) -> dict[int, dict[int, dict[datetime.date, Sums]]]:
    """By planned metric and variant, what was entered for each day, in the order of the days."""
    kinds = {planned.pk: Kind(planned.kind) for planned in experiment.planned_metrics.all()}
    found: dict[int, dict[int, dict[datetime.date, Sums]]] = {}
    for entry in Entry.objects.filter(experiment=experiment, current=True, withdrawn=False).order_by("date"):
        of_variant = found.setdefault(entry.metric_id, {}).setdefault(entry.variant_id, {})
        of_variant[entry.date] = sums_of(kinds[entry.metric_id], entry.sums)
    return found


def draft(
    experiment: Experiment, planned: PlannedMetric, entered: Mapping[int, Days], dates: Iterable[datetime.date]
) -> Measured:
    """A metric before the analysis, with what is wrong with its sums, if anything is. `dates`: of all metrics."""
    kind, counting = Kind(planned.kind), experiment.plan.counting
    rows = list(experiment.variants.all())
    needed = [row.key for row in rows if row.weight > 0]
    held = counted({row.key: entered.get(row.pk, {}) for row in rows}, needed, dates)
    plan = plan_of(experiment.plan, planned)
    try:
        sums = [all_of(kind, held.days[row.key], counting) for row in rows]
        variants = tuple(
            Variant(row.key, row.weight, noted(one.summary(), planned)) for row, one in zip(rows, sums, strict=True)
        )
        if held.until:
            check_variants(list(variants))
    except InvalidInput as error:
        refused = " ".join(spoken(sentence) for sentence in dict.fromkeys(error.errors.values()))
        return Measured(planned, held, (), plan, refused=refused)
    return Measured(planned, held, variants if held.until else (), plan)


def noted(summary: Summary, planned: PlannedMetric) -> Summary:
    """With the percentile at which the plan cuts large values, so that the comparison says so."""
    if planned.winsorized is None or isinstance(summary, Proportion):
        return summary
    return replace(summary, winsorized=planned.winsorized)


def all_of(kind: Kind, days: Days, counting: str) -> Sums:
    """What the days come to. Totals to date: the latest of them."""
    counted = list(days.values())
    if counting == Counting.TO_DATE:
        return counted[-1] if counted else nothing(kind)
    return total(kind, counted)


def plan_of(plan: PlanRow, planned: PlannedMetric) -> Plan:
    """The plan in the terms of the statistics, for one metric."""
    smallest = planned.minimum_effect if planned.minimum_effect is not None else plan.minimum_effect
    return Plan(
        goal=Goal(planned.goal),
        alpha=plan.alpha,
        minimum_effect=smallest,
        correction=Correction(plan.correction),
        planned_total=plan.planned_total,
        share_prior=BetaPrior(plan.share_successes, plan.share_failures),
        difference_prior=None if plan.prior_sd is None else NormalPrior(plan.prior_mean, plan.prior_sd),
    )


def analyzed(drafts: Sequence[Measured]) -> Iterable[Measured]:
    ready = [one for one in drafts if one.variants]
    answers = iter(analyze_together([(one.variants, one.plan) for one in ready]))
    for one in drafts:
        yield replace(one, analysis=next(answers)) if one.variants else one
