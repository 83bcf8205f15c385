"""The arithmetic of a draw, for all draws at once.

Arrays have a row per month and a column per draw, or a single column where draws do not differ. People enter evenly
over their month and pass a stage after all lags up to it together, so nothing is spread twice. For lags a month has 30
days: 30 days later the whole month is in the next one, 15 days later half of it.
"""

import numpy as np

from campaigns.forecast.inputs import Values
from campaigns.forecast.question import Question

MONTH_DAYS = 30


def entering(question: Question, values: Values) -> np.ndarray:
    """People who come in before the first stage."""
    total = np.zeros((question.months, 1))
    for number, channel in enumerate(question.inputs):
        way = f"inputs.{number}"
        bought = channel.cost_per_visit is not None
        total = total + (
            values[f"{way}.spend"] / values[f"{way}.cost_per_visit"] if bought else values[f"{way}.volumes"]
        )
    return total


def spent(question: Question, values: Values) -> np.ndarray:
    """Cost of all channels, with what is spent on visits."""
    fields = [f"inputs.{number}.{field}" for number in range(len(question.inputs)) for field in ("cost", "spend")]
    return sum((values[field] for field in fields if field in values), np.zeros((question.months, 1)))


def share_passed(values: Values, stage: int) -> np.ndarray:
    """Of those who entered, the share that passes this stage sooner or later."""
    return np.prod(np.broadcast_arrays(*(values[f"stages.{number}.rate"] for number in range(stage + 1))), axis=0)


def months_late(values: Values, stage: int) -> np.ndarray:
    """How many months after they entered people pass this stage."""
    days = sum((values[f"stages.{number}.lag_days"] for number in range(stage + 1)), np.zeros((1, 1)))
    return days / MONTH_DAYS


def shifted(entered: np.ndarray, late: np.ndarray) -> np.ndarray:
    """Each month's people `late` months later: of a lag with a fraction f, the share f comes one month later still."""
    months = len(entered)
    whole = np.minimum(np.floor(late), months).astype(int)
    fraction = np.where(whole < months, late - whole, 0)
    came_from = np.arange(months)[:, None] - whole
    return (1 - fraction) * rows(entered, came_from) + fraction * rows(entered, came_from - 1)


def rows(entered: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """Of each column the rows of these numbers; a number below 0 is a month before the first, when nobody came."""
    nobody = np.zeros((1, entered.shape[1]))
    return np.take_along_axis(np.concatenate([entered, nobody]), np.where(numbers < 0, len(entered), numbers), axis=0)


def passing(entered: np.ndarray, values: Values, stage: int) -> np.ndarray:
    """People who pass this stage, by the month in which they do."""
    return shifted(entered, months_late(values, stage)) * share_passed(values, stage)


def beyond(entered: np.ndarray, values: Values, stage: int) -> np.ndarray:
    """People who entered and will pass this stage after the last month, one number a draw."""
    left = np.arange(len(entered) - 1, -1, -1)[:, None]
    return (entered * np.clip(months_late(values, stage) - left, 0, 1) * share_passed(values, stage)).sum(axis=0)


def customers(question: Question, values: Values) -> np.ndarray:
    return passing(entering(question, values), values, len(question.stages) - 1)


def earned(won: np.ndarray, values: Values) -> np.ndarray:
    """Revenue by month of the customers won: of every month's cohort what retention leaves of it."""
    paying = np.array(np.broadcast_arrays(won, values["value"])[0])
    if "retention" in values:
        paying = np.array(np.broadcast_arrays(paying, values["retention"])[0])
        for month in range(1, len(paying)):
            paying[month] += values["retention"][0] * paying[month - 1]
    return values["value"] * paying


def revenue(question: Question, values: Values) -> np.ndarray:
    """Of all months together, one number a draw."""
    return earned(customers(question, values), values).sum(axis=0)
