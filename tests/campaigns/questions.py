"""What the tests of projections ask: two channels, two stages, half a year."""

from campaigns.forecast.question import Channel, Question, Stage
from campaigns.forecast.ranges import Range, point

MONTHS = 6


def cells(*numbers: float | Range) -> tuple[Range, ...]:
    return tuple(number if isinstance(number, Range) else point(number) for number in numbers)


def channel(name: str = "Search", volumes=(1000.0,) * MONTHS, cost=(), **fields) -> Channel:
    return Channel(name, cells(*volumes), cells(*cost), **fields)


def stage(name: str, rate: float | Range, lag_days: float | Range = 0.0) -> Stage:
    return Stage(name, *cells(rate, lag_days))


def question(**fields) -> Question:
    """`value`, `retention` and `months` may be plain numbers; `months` follows the first channel."""
    given = {
        "start": "2027-01",
        "inputs": (channel(),),
        "stages": (stage("Trial", 0.2), stage("Order", 0.5)),
        "value": 120.0,
        "draws": 500,
    } | fields
    for name in ("value", "retention"):
        if isinstance(given.get(name), int | float):
            given[name] = point(given[name])
    first = given["inputs"][0] if given["inputs"] else None
    given.setdefault("months", len(first.volumes or first.spend) if first else MONTHS)
    return Question(**given)
