"""From an experiment's numbers to what its pages show: the forest, one metric over time, one posterior, and rows."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from experiments.drawing import forest as forests
from experiments.drawing import posterior as posteriors
from experiments.drawing import sequence as sequences
from experiments.drawing.measures import POINTS, Form, Measure
from experiments.enums import Counting, SummaryKind
from experiments.models import Experiment, PlannedMetric
from experiments.queries.analysis import Measured, Readout
from experiments.stats.analysis import Comparison, estimates
from experiments.stats.density import spread
from experiments.stats.estimates import Estimate, Interval
from experiments.stats.inputs import Goal, Variant
from experiments.stats.kinds import Kind
from experiments.stats.looks import Entered, courses


@dataclass(frozen=True)
class Row:
    """A treatment against the control on one metric. `reasons` say what could not be computed."""

    measured: Measured
    name: str
    comparison: Comparison | None
    control: Estimate | None
    treatment: Estimate | None
    reasons: tuple[str, ...]

    @property
    def measure(self) -> Measure:
        return measure_of(self.measured.planned)

    @property
    def prior(self) -> str:
        """What was believed before the results, in words."""
        plan = self.measured.plan
        if self.measured.planned.kind == SummaryKind.PROPORTION:
            values = {"a": f"{plan.share_prior.successes:g}", "b": f"{plan.share_prior.failures:g}"}
            return _("Beta(%(a)s, %(b)s) of each share") % values
        if plan.difference_prior is None:
            return _("Flat: every difference as likely as any other")
        values = {"mean": f"{plan.difference_prior.mean:g}", "sd": f"{plan.difference_prior.sd:g}"}
        return _("Normal(%(mean)s, sd %(sd)s) of the difference") % values


def rows_of(experiment: Experiment, readout: Readout) -> list[Row]:
    """Each treatment on each metric, in the plan's order; a metric without numbers has its rows, too."""
    names = {variant.key: variant.name for variant in experiment.variants.all()}
    return [row for one in readout.measured for row in rows_of_metric(one, names)]


def rows_of_metric(one: Measured, names: Mapping[str, str]) -> Iterator[Row]:
    if one.analysis is None:
        why = one.refused or unreadable(one)
        for key in list(names)[1:]:
            yield Row(one, names[key], None, None, None, (why,))
        return
    found = dict(zip([variant.key for variant in one.variants], estimates(one.variants), strict=True))
    for comparison in one.analysis.comparisons:
        control, treatment = found[comparison.control], found[comparison.variant]
        yield Row(
            one,
            names[comparison.variant],
            comparison,
            control if isinstance(control, Estimate) else None,
            treatment if isinstance(treatment, Estimate) else None,
            tuple(_(reason.sentence) for reason in comparison.reasons),
        )


def unreadable(one: Measured) -> str:
    if one.waiting:
        return _("No day has the results of all variants yet.")
    return _("No results have been entered yet.")


def forest_of(rows: list[Row]) -> forests.Forest | None:
    return forests.forest([forest_row(row) for row in rows])


def forest_row(row: Row) -> forests.ForestRow:
    """Relative to the control as it was measured, so that the picture says what the verdict says."""
    one, role = row.comparison, forests.Role(row.measured.role)
    name = row.measured.name
    if one is None or row.control is None:
        return forests.ForestRow(name, row.name, role, reason=" ".join(row.reasons[:1]))
    by = abs(row.control.value)
    return forests.ForestRow(
        name,
        row.name,
        role,
        estimate=None if one.absolute_effect is None or not by else one.absolute_effect / by,
        always_valid=divided(one.always_valid and one.always_valid.interval, by),
        fixed=divided(one.fixed and one.fixed.interval, by),
        margin=row.measured.plan.minimum_effect,
        verdict=one.verdict,
        reason=" ".join(row.reasons[:1]),
    )


def divided(interval: Interval | None, by: float) -> Interval | None:
    return (interval[0] / by, interval[1] / by) if interval and by else None


def course_of(experiment: Experiment, row: Row) -> sequences.Course | None:
    """The looks at one treatment on one metric, in the metric's unit."""
    one = row.measured
    if row.comparison is None or one.analysis is None:
        return None
    entries = [Entered(day, key, sums) for key, days in one.days.items() for day, sums in days.items()]
    weights = {variant.key: variant.weight for variant in one.variants}
    to_date = experiment.plan.counting == Counting.TO_DATE
    kind = Kind(one.planned.kind)
    found = courses(kind, entries, weights, one.plan, family=one.analysis.family, to_date=to_date)
    course = next(course for course in found if course.variant == row.comparison.variant)
    looks = [
        sequences.Look(look.day, look.effect, look.interval, _(look.reason.sentence) if look.reason else "")
        for look in course.looks
        if look.day in one.whole_days
    ]
    return sequences.sequence(
        looks,
        margin=row.comparison.margin,
        start=experiment.started_on,
        earliest_end=earliest_end(experiment),
        planned_end=experiment.plan.planned_end,
        measure=measure_of(one.planned),
    )


def earliest_end(experiment: Experiment) -> datetime.date | None:
    """The last day of the minimum run time."""
    if experiment.started_on is None:
        return None
    return experiment.started_on + datetime.timedelta(experiment.plan.minimum_days - 1)


def hill_of(row: Row) -> posteriors.Hill | None:
    """What is believed of one treatment on one metric; None where nothing could be computed."""
    one = row.measured
    if row.comparison is None or row.comparison.posterior is None:
        return None
    control, treatment = pair(one.variants, row.comparison)
    found = row.comparison.posterior
    believed = spread(control.summary, treatment.summary, found, alpha=one.plan.alpha, prior=one.plan.share_prior)
    goal = Goal(one.planned.goal)
    return posteriors.posterior(found, believed, alpha=one.plan.alpha, goal=goal, measure=measure_of(one.planned))


def pair(variants: tuple[Variant, ...], comparison: Comparison) -> tuple[Variant, Variant]:
    by_key = {variant.key: variant for variant in variants}
    return by_key[comparison.control], by_key[comparison.variant]


def measure_of(planned: PlannedMetric) -> Measure:
    """Shares differ by points, all else by the metric's unit."""
    if planned.kind == SummaryKind.PROPORTION:
        return POINTS
    return Measure(Form.UNIT, planned.metric.unit)
