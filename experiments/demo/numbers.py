"""Results for the demo: sums per variant and day, drawn from a generator that is seeded with the experiment."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from experiments.demo.writing import Counted, Tale, Way
from experiments.enums import SummaryKind
from experiments.models import Experiment, PlannedMetric, Variant
from experiments.services.results import Cell

# How a week goes; by the number of the day since the start, so that the story does not hang on the day it is told.
WEEK = (1.0, 0.96, 0.98, 1.02, 1.08, 1.14, 0.82)


def cells(tale: Tale, way: Way, experiment: Experiment, last: date) -> list[Cell]:
    """All results from the start to the last day, the earliest first."""
    random = Random(f"{tale.title} {tale.seed}")  # noqa: S311 — a story, not a secret
    return list(draw(random, way, experiment, last))


def draw(random: Random, way: Way, experiment: Experiment, last: date) -> Iterator[Cell]:
    first = experiment.started_on or last
    shares = way.weights_seen or tuple(weight for _key, _name, weight in way.variants)
    variants, metrics = list(experiment.variants.all()), list(experiment.planned_metrics.all())
    for number in range((last - first).days + 1):
        users = way.a_day * WEEK[number % 7]
        for place, variant in enumerate(variants):
            n = max(1, round(random.gauss(users * shares[place], (users * shares[place]) ** 0.5)))
            for planned, counted in zip(metrics, way.metrics, strict=True):
                yield cell(random, variant, planned, counted, place, n, first + timedelta(number))


def cell(
    random: Random, variant: Variant, planned: PlannedMetric, counted: Counted, place: int, n: int, day: date
) -> Cell:
    level = counted.level * (1 + (counted.effects[place - 1] if place else 0))
    if counted.kind == SummaryKind.PROPORTION:
        successes = sum(random.random() < level for _ in range(n)) if n < 60 else near(random, n, level)
        return Cell(variant, planned, day, {"n": n, "successes": successes})
    sd = counted.sd or 1.0
    mean = random.gauss(level, sd / n**0.5)
    total = round(mean * n, 2)
    squares = round((n - 1) * sd**2 * random.uniform(0.92, 1.08) + total**2 / n, 2)
    return Cell(variant, planned, day, {"n": n, "sum": total, "sum_squares": squares})


def near(random: Random, n: int, share: float) -> int:
    """A binomial number by its normal neighbor."""
    return min(n, max(0, round(random.gauss(n * share, (n * share * (1 - share)) ** 0.5))))
