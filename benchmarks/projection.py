"""How long a projection takes in which nothing is known for sure. Prints one line of JSON."""

import json
from statistics import median
from time import perf_counter

from campaigns.forecast.outcome import calculate
from campaigns.forecast.pert import below
from campaigns.forecast.question import Channel, Question, Stage
from campaigns.forecast.ranges import Range

DRAWS, MONTHS, STAGES, CHANNELS = 10_000, 24, 8, 6
ROUNDS = 5


def about(likely: float) -> Range:
    return Range(0.7 * likely, likely, 1.2 * likely)


def question() -> Question:
    months = range(MONTHS)
    volumes = [tuple(about(1000 + 30 * channel * month) for month in months) for channel in range(CHANNELS)]
    cost = tuple(about(500 + 20 * month) for month in months)
    return Question(
        start="2027-01",
        months=MONTHS,
        inputs=tuple(Channel(f"Channel {number}", own, cost) for number, own in enumerate(volumes)),
        stages=tuple(Stage(f"Stage {number}", about(0.6), about(12)) for number in range(STAGES)),
        value=about(120),
        retention=about(0.8),
        draws=DRAWS,
    )


def seconds() -> float:
    below.cache_clear()
    start = perf_counter()
    calculate(question())
    return perf_counter() - start


if __name__ == "__main__":
    seconds()
    print(json.dumps({"projection_s": round(median(seconds() for _round in range(ROUNDS)), 3)}))
