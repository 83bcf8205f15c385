"""Scenarios side by side: the same months, the same draws, so that what they share cancels out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from campaigns.forecast import flow
from campaigns.forecast.inputs import drawn
from campaigns.forecast.intervals import Interval, interval
from campaigns.forecast.limits import InvalidInput
from campaigns.forecast.outcome import Outcome, calculate
from campaigns.forecast.question import Question
from teams.words import gettext_noop


@dataclass(frozen=True)
class Difference:
    """A scenario minus the first one, draw by draw. `chance`: the share of draws in which its gain is larger."""

    customers: Interval
    revenue: Interval
    cost: Interval
    gain: Interval
    chance: float


@dataclass(frozen=True)
class Scenario:
    """`difference` is None for the first, which the others are held against."""

    name: str
    outcome: Outcome
    difference: Difference | None


def compare(questions: Mapping[str, Question]) -> tuple[Scenario, ...]:
    """By name, in the order given; all with the draws and the seed of the first.

    Raises InvalidInput, under a scenario's name, where its months are others.
    """
    if not questions:
        raise InvalidInput({"scenarios": gettext_noop("Give at least one scenario.")})
    first, *_others = questions.values()
    if apart := [name for name, one in questions.items() if (one.start, one.months) != (first.start, first.months)]:
        raise InvalidInput(dict.fromkeys(apart, gettext_noop("Scenarios side by side need the same months.")))
    before = totals(first)
    found: list[Scenario] = []
    for name, one in questions.items():
        alike = replace(one, draws=first.draws, seed=first.seed)
        found.append(Scenario(name, calculate(alike), difference(before, totals(alike)) if found else None))
    return tuple(found)


def difference(before: dict[str, np.ndarray], after: dict[str, np.ndarray]) -> Difference:
    more = {name: after[name] - before[name] for name in before}
    return Difference(
        **{name: interval(amounts) for name, amounts in more.items()}, chance=float(np.mean(more["gain"] > 0))
    )


def totals(question: Question) -> dict[str, np.ndarray]:
    """Over all months, one number a draw."""
    values = drawn(question)
    won = flow.customers(question, values)
    revenue, cost = flow.earned(won, values).sum(axis=0), flow.spent(question, values).sum(axis=0)
    return {"customers": won.sum(axis=0), "revenue": revenue, "cost": cost, "gain": revenue - cost}
