"""How an experiment stands now: its numbers and its calendar, judged by the plan's rule."""

import datetime

from django.utils import timezone

from experiments.models import Experiment
from experiments.queries.analysis import Measured, Readout, analysis_of, up_to
from experiments.stats import advice
from experiments.stats.assessment import Assessment, Run, assess
from experiments.stats.inputs import Goal
from experiments.stats.kinds import Kind


def assess_now(experiment: Experiment, readout: Readout | None = None) -> Assessment:
    """The status line of an experiment that has started; computes the analysis unless it is given."""
    readout = readout or analysis_of(experiment)
    metrics = [judged(experiment, one, readout.common_day) for one in readout.measured]
    return assess(metrics, run_of(experiment, readout))


def judged(experiment: Experiment, one: Measured, last: datetime.date | None) -> advice.Measured:
    kind, counting = Kind(one.planned.kind), experiment.plan.counting
    users = {
        row.key: up_to(kind, one.days[row.key].items(), counting, last).n
        for row in experiment.variants.all()
        if row.weight > 0
    }
    return advice.Measured(one.name, advice.Role(one.role), users, one.analysis, Goal(one.planned.goal))


def run_of(experiment: Experiment, readout: Readout) -> Run:
    plan, today = experiment.plan, experiment.ended_on or timezone.localdate()
    started = experiment.started_on or today
    return Run(
        rule=advice.Rule(plan.rule),
        elapsed_days=max((today - started).days + 1, 0),
        minimum_days=plan.minimum_days,
        planned_total=plan.planned_total,
        days_to_end=None if plan.planned_end is None else (plan.planned_end - today).days,
        silent_days=None if readout.last_day is None else max((today - readout.last_day).days, 0),
    )
