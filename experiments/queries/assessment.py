"""How an experiment stands now: its numbers and its calendar, judged by the plan's rule."""

import datetime
from collections.abc import Sequence

from django.utils import timezone

from experiments.enums import Counting, DecisionRule, MetricRole
from experiments.models import Experiment
from experiments.queries.analysis import Measured, Readout, analysis_of
from experiments.queries.completeness import Days
from experiments.stats import advice
from experiments.stats.assessment import Assessment, Run, assess
from experiments.stats.inputs import Goal
from experiments.stats.progress import days_left, longest, until_total, users_a_day
from experiments.stats.reasons import Reason


def assess_now(experiment: Experiment, readout: Readout | None = None) -> Assessment:
    """The status line of an experiment that has started; computes the analysis unless it is given."""
    readout = readout or analysis_of(experiment)
    metrics = [judged(experiment, one, readout.common_day) for one in readout.measured]
    return assess(metrics, run_of(experiment, readout))


def judged(experiment: Experiment, one: Measured, last: datetime.date | None) -> advice.Measured:
    counting = experiment.plan.counting
    users = {
        row.key: users_up_to(one.days[row.key], counting, last) for row in experiment.variants.all() if row.weight > 0
    }
    missing = one.waiting.missing if one.waiting and one.until is None else ()
    return advice.Measured(one.name, advice.Role(one.role), users, one.analysis, Goal(one.planned.goal), missing)


def users_up_to(days: Days, counting: str, last: datetime.date | None) -> int:
    """Counted without the other sums, which may contradict each other."""
    counted = [sums.n for day, sums in days.items() if last is None or day <= last]
    return sum(counted[-1:] if counting == Counting.TO_DATE else counted)


def run_of(experiment: Experiment, readout: Readout) -> Run:
    plan, today = experiment.plan, experiment.ended_on or timezone.localdate()
    started = experiment.started_on or today
    return Run(
        rule=advice.Rule(plan.rule),
        elapsed_days=max((today - started).days + 1, 0),
        minimum_days=plan.minimum_days,
        planned_total=plan.planned_total,
        days_to_end=None if plan.planned_end is None else (plan.planned_end - today).days,
        silent_days=since(readout.entered_until, today),
        incomplete_days=since(readout.until, today),
        days_left=left(experiment, readout),
    )


def since(day: datetime.date | None, today: datetime.date) -> int | None:
    return None if day is None else max((today - day).days, 0)


def left(experiment: Experiment, readout: Readout) -> int | Reason:
    """About how many days until the primary metrics can be told: by the width of their intervals, or to the total."""
    plan = experiment.plan
    primaries = [one for one in readout.measured if one.role == MetricRole.PRIMARY and one.analysis]
    if plan.rule == DecisionRule.DO_NO_HARM and plan.planned_total is not None:
        users = max((sum(variant.summary.n for variant in one.variants) for one in primaries), default=0)
        return until_total(plan.planned_total, users, a_day=longest_rate(experiment, primaries))
    return longest(
        [
            days_left(one.variants, one.plan, one.analysis, a_day=rate(experiment, one))
            for one in primaries
            if one.analysis
        ]
    )


def longest_rate(experiment: Experiment, several: Sequence[Measured]) -> float | Reason:
    """Of metrics that count the same users, the one that counts the most of them a day."""
    rates = [found for one in several if not isinstance(found := rate(experiment, one), Reason)]
    return max(rates, default=Reason.NO_RATE)


def rate(experiment: Experiment, one: Measured) -> float | Reason:
    """Users of all variants a day, lately. Totals to date are told apart by their days first."""
    entered: dict[datetime.date, int] = {}
    for days in one.days.values():
        before = 0
        for day, sums in days.items():
            entered[day] = entered.get(day, 0) + sums.n - before
            before = sums.n if experiment.plan.counting == Counting.TO_DATE else 0
    if not entered:
        return Reason.NO_RATE
    return users_a_day(entered, start=experiment.started_on or min(entered), until=max(entered))
