"""What would be needed for a target: each lever alone, the rest as it is, so that the median reaches it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from campaigns.forecast import flow, limits
from campaigns.forecast.inputs import Values, drawn
from campaigns.forecast.limits import InvalidInput, between, raise_all
from campaigns.forecast.question import Question
from campaigns.forecast.reasons import Reason
from teams.words import gettext_noop

ROUNDING = 1e-12
VOLUMES = "inputs"


@dataclass(frozen=True)
class Target:
    """Of all months together: either revenue or customers."""

    revenue: float | None = None
    customers: float | None = None

    def __post_init__(self) -> None:
        if (self.revenue is None) == (self.customers is None):
            raise InvalidInput({"revenue": gettext_noop("Give either revenue or customers.")})
        most = limits.MOST_MONEY * limits.MOST_MONTHS
        raise_all({field: between(amount, 0, most) for field, amount in vars(self).items() if amount is not None})


@dataclass(frozen=True)
class Lever:
    """`needed` is a factor on all that enters, a rate, or the value of a customer, known for sure; `now` is the likely
    one. None with a reason."""

    name: str
    field: str
    now: float
    needed: float | None
    reason: Reason | None = None


def needed(question: Question, target: Target) -> tuple[Lever, ...]:
    """Volumes, the rate of each stage, and for revenue the value."""
    values = drawn(question)
    found = []
    for name, field, now in levers(question, target):
        amount = amount_needed(question, target, values, field)
        if isinstance(amount, Reason):
            found.append(Lever(name, field, now, None, amount))
        else:
            found.append(Lever(name, field, now, amount))
    return tuple(found)


def levers(question: Question, target: Target) -> Iterator[tuple[str, str, float]]:
    yield "volumes", VOLUMES, 1.0
    for number, stage in enumerate(question.stages):
        yield f"{stage.name}: rate", f"stages.{number}.rate", stage.rate.likely
    if target.revenue is not None:
        yield "value", "value", question.value.likely


def amount_needed(question: Question, target: Target, values: Values, field: str) -> float | Reason:
    """The result is proportional to each lever, so one run with the lever at 1 tells."""
    alone = values if field == VOLUMES else values | {field: np.ones((1, 1))}
    if target.revenue is not None:
        goal, reached = target.revenue, flow.revenue(question, alone)
    else:
        goal, reached = target.customers or 0.0, flow.customers(question, alone).sum(axis=0)
    median = float(np.median(reached))
    if median == 0:
        return Reason.NOTHING_COMES
    amount = goal / median
    if field.endswith(".rate"):
        return min(amount, 1.0) if amount <= 1 + ROUNDING else Reason.ABOVE_ONE
    return amount if amount <= limits.MOST_MONEY else Reason.OUT_OF_RANGE
