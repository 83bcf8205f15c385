"""All that a question leaves open, each by its name and with the values that it takes."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from campaigns.forecast.pert import table
from campaigns.forecast.question import Cells, Question
from campaigns.forecast.streams import positions

Values = dict[str, np.ndarray]


@dataclass(frozen=True)
class Input:
    """`name` is for people and names its stream of chance; `field` is the way to it in the question. A draw places all
    cells of an input alike: a channel that does well does so in every month."""

    name: str
    field: str
    cells: Cells

    @property
    def is_ranged(self) -> bool:
        return not all(cell.is_point for cell in self.cells)


def inputs_of(question: Question) -> Iterator[Input]:
    for number, channel in enumerate(question.inputs):
        for field in ("volumes", "spend", "cost_per_visit", "cost"):
            given = getattr(channel, field)
            cells = given if isinstance(given, tuple) else (given,)
            if given:
                yield Input(f"{channel.name}: {field.replace('_', ' ')}", f"inputs.{number}.{field}", cells)
    for number, stage in enumerate(question.stages):
        yield Input(f"{stage.name}: rate", f"stages.{number}.rate", (stage.rate,))
        yield Input(f"{stage.name}: lag", f"stages.{number}.lag_days", (stage.lag_days,))
    yield Input("value", "value", (question.value,))
    if question.retention:
        yield Input("retention", "retention", (question.retention,))


def drawn(question: Question) -> Values:
    """By field, a row per cell and a column per draw; one column alone for points."""
    found = {}
    for one in inputs_of(question):
        ascending, order = positions(question.seed, one.name, question.draws if one.is_ranged else 1)
        found[one.field] = table(one.cells, ascending)[:, order]
    return found
