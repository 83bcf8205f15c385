"""Which range matters most.

The effect of an input is the variance that its range alone gives to the result, the others being at their means. Where
the result is linear in each of the others, as in volumes, rates and the value, that is the variance of the conditional
expectation: the first-order effect of Sobol (1993), "Sensitivity estimates for nonlinear mathematical models". Shares
are of the sum of all effects. They are computed over even positions of a range: chance has no part in them.
"""

from dataclasses import dataclass

import numpy as np

from campaigns.forecast import flow
from campaigns.forecast.inputs import Values, inputs_of
from campaigns.forecast.pert import table
from campaigns.forecast.question import Question

POSITIONS = (np.arange(500) + 0.5) / 500


@dataclass(frozen=True)
class Share:
    """`field` is the way to the input in the question; `share` is from 0 to 1."""

    input: str
    field: str
    share: float


def sensitivity(question: Question) -> tuple[Share, ...]:
    """All ranges, the most important first; of total revenue, or of customers where they are worth nothing.

    Empty where there are no ranges, or none that changes anything.
    """
    tables = {one.field: table(one.cells, POSITIONS) for one in inputs_of(question)}
    means = {field: values.mean(axis=1, keepdims=True) for field, values in tables.items()}
    scale = float(result(question, means).mean())
    if not scale:
        return ()
    ranged = [one for one in inputs_of(question) if one.is_ranged]
    effects = [float(np.var(result(question, means | {one.field: tables[one.field]}) / scale)) for one in ranged]
    total = sum(effects)
    shares = [Share(one.name, one.field, effect / total) for one, effect in zip(ranged, effects, strict=True) if total]
    return tuple(sorted(shares, key=lambda share: -share.share))


def result(question: Question, values: Values) -> np.ndarray:
    if question.value.high:
        return flow.revenue(question, values)
    return flow.customers(question, values).sum(axis=0)
