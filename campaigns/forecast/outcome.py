"""A projection: all draws of a question, as intervals."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from campaigns.forecast import flow, months
from campaigns.forecast.inputs import drawn, inputs_of
from campaigns.forecast.intervals import Interval, Series, interval, month_of, ratio, series
from campaigns.forecast.question import Question
from campaigns.forecast.reasons import Reason
from campaigns.forecast.sensitivity import Share, sensitivity

T = TypeVar("T")
ROUNDING = 1e-12  # relative: what sums of decimals may leave out


@dataclass(frozen=True)
class StageOutcome:
    """Who passes the stage by month and in all; `beyond` have entered and pass it after the last month."""

    name: str
    months: Series
    total: Interval
    beyond: Interval


@dataclass(frozen=True)
class Totals:
    """Over all months. `gain` is revenue − cost, `roi` is gain / cost."""

    customers: Interval
    revenue: Interval
    cost: Interval
    gain: Interval
    roi: Interval | None
    cost_per_customer: Interval | None


@dataclass(frozen=True)
class Payback:
    """The first month, from the first cost on, in which revenue so far covers cost so far; None where it is not among
    the question's. `chance`: the share of draws in which it is."""

    p10: str | None
    p50: str | None
    p90: str | None
    chance: float


@dataclass(frozen=True)
class Outcome:
    """What is None has its reason among `reasons`. `entered` come in before the first stage; `revenue_to_date` and
    `cost_to_date` are of all months up to and with each."""

    months: tuple[str, ...]
    entered: Series
    stages: tuple[StageOutcome, ...]
    revenue: Series
    cost: Series
    revenue_to_date: Series
    cost_to_date: Series
    totals: Totals
    payback: Payback | None
    sensitivity: tuple[Share, ...]
    reasons: tuple[Reason, ...] = ()


@dataclass
class Notes:
    """Collects why parts are missing, each reason once, in the order met."""

    reasons: list[Reason] = field(default_factory=list)

    def add(self, reason: Reason) -> None:
        if reason not in self.reasons:
            self.reasons.append(reason)

    def kept(self, value: T | Reason) -> T | None:
        if not isinstance(value, Reason):
            return value
        self.add(value)
        return None


def calculate(question: Question) -> Outcome:
    """All of it; the same each time for the same question, its seed included."""
    values, names, notes = drawn(question), months.names(question.start, question.months), Notes()
    entered = flow.entering(question, values)
    stages, won = [], entered
    for number, stage in enumerate(question.stages):
        won = flow.passing(entered, values, number)
        later = flow.beyond(entered, values, number)
        stages.append(StageOutcome(stage.name, series(won), interval(won.sum(axis=0)), interval(later)))
    revenue, cost = flow.earned(won, values), flow.spent(question, values)
    return Outcome(
        months=names,
        entered=series(entered),
        stages=tuple(stages),
        revenue=series(revenue),
        cost=series(cost),
        revenue_to_date=series(revenue.cumsum(axis=0)),
        cost_to_date=series(cost.cumsum(axis=0)),
        totals=totals(won, revenue, cost, notes),
        payback=notes.kept(payback(revenue, cost, names, notes)),
        sensitivity=weighed(question, notes),
        reasons=tuple(notes.reasons),
    )


def totals(won: np.ndarray, revenue: np.ndarray, cost: np.ndarray, notes: Notes) -> Totals:
    customers, income, outlay = (amounts.sum(axis=0) for amounts in (won, revenue, cost))
    return Totals(
        customers=interval(customers),
        revenue=interval(income),
        cost=interval(outlay),
        gain=interval(income - outlay),
        roi=notes.kept(ratio(income - outlay, outlay, Reason.NO_COST)),
        cost_per_customer=notes.kept(ratio(outlay, customers, Reason.NO_CUSTOMERS)),
    )


def payback(revenue: np.ndarray, cost: np.ndarray, names: Sequence[str], notes: Notes) -> Payback | Reason:
    income, outlay = revenue.cumsum(axis=0), cost.cumsum(axis=0)
    if not outlay.any():
        return Reason.NO_COST
    covered = (outlay > 0) & (income >= outlay * (1 - ROUNDING))
    ever = covered.any(axis=0)
    found = month_of(np.where(ever, covered.argmax(axis=0), len(names)), names)
    if None in found:
        notes.add(Reason.NO_PAYBACK)
    p10, p50, p90 = found
    return Payback(p10, p50, p90, chance=float(ever.mean()))


def weighed(question: Question, notes: Notes) -> tuple[Share, ...]:
    shares = sensitivity(question)
    if not shares and any(one.is_ranged for one in inputs_of(question)):
        notes.add(Reason.NO_EFFECT)
    return shares
