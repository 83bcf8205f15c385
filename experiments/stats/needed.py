"""What an effect costs in users and days, looked at once or every day, and how that grows for smaller ones."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from experiments.stats import size
from experiments.stats.limits import InvalidInput
from experiments.stats.size import Question, Size
from experiments.stats.watched import Watched

LEAST, MOST = 0.6, 2.5  # times the effect in question
STEPS = 48
ROWS = (0.6, 0.8, 1, 1.25, 1.5, 2, 2.5)


@dataclass(frozen=True)
class Needed:
    """`once`: users for one look at the end; `watched`: for the always-valid verdict. Days where traffic is known."""

    effect: float
    once: Size
    watched: Size
    once_days: int | None = None
    watched_days: int | None = None


def needed(question: Question, *, effect: float, daily_traffic: float | None = None) -> Needed:
    """Raises InvalidInput as `sample_size` and `days` do."""
    once = size.sample_size(question, minimum_effect=effect)
    watched = size.sample_size(watching(question), minimum_effect=effect)
    if daily_traffic is None:
        return Needed(effect, once, watched)
    days = [size.days(found.total, daily_traffic=daily_traffic) for found in (once, watched)]
    return Needed(effect, once, watched, *days)


def watching(question: Question) -> Watched:
    return Watched(**asdict(question))


def curve(question: Question, *, effect: float, daily_traffic: float | None = None) -> tuple[Needed, ...]:
    """Many effects around the one in question, which is among them, from small to large."""
    ratio = MOST / LEAST
    factors = {1.0, *(LEAST * ratio ** (number / STEPS) for number in range(STEPS + 1))}
    return tuple(possible(question, (effect * factor for factor in sorted(factors)), daily_traffic))


def rows(question: Question, *, effect: float, daily_traffic: float | None = None) -> tuple[Needed, ...]:
    """A few effects around the one in question, for a table."""
    return tuple(possible(question, (effect * factor for factor in ROWS), daily_traffic))


def possible(question: Question, effects: Iterable[float], daily_traffic: float | None) -> Iterator[Needed]:
    """Without those that lead beyond 100 % or need more users than there can be."""
    for effect in effects:
        try:
            yield needed(question, effect=effect, daily_traffic=daily_traffic)
        except InvalidInput:
            continue
