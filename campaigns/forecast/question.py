"""What a projection is asked: channels, stages and value over months, checked on the way in.

Raises InvalidInput with the ways to the fields, as the document of the API has them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from campaigns.forecast import limits, months
from campaigns.forecast.limits import InvalidInput, name_wrong, raise_all, whole
from campaigns.forecast.ranges import Range, point
from teams.words import Sentence, gettext_noop

Cells = tuple[Range, ...]
AT_ONCE = point(0)
CHANNELS = gettext_noop("Give from 1 to %(most)s channels.")
STAGES = gettext_noop("Give from 1 to %(most)s stages.")


@dataclass(frozen=True)
class Channel:
    """What enters before the first stage, a cell a month: `volumes`, in people or visits, or `spend`, in money, which
    buys visits at `cost_per_visit`. `cost` comes on top of the spend; none is 0."""

    name: str
    volumes: Cells = ()
    cost: Cells = ()
    spend: Cells = ()
    cost_per_visit: Range | None = None

    def __post_init__(self) -> None:
        price = self.cost_per_visit
        raise_all({"channel": name_wrong(self.name)})
        if bool(self.volumes) == bool(self.spend):
            raise InvalidInput({"volumes": gettext_noop("Give volumes, or spend and cost_per_visit.")})
        if bool(self.spend) != (price is not None):
            raise InvalidInput({"cost_per_visit": gettext_noop("Give it with spend, and only with spend.")})
        errors = {} if price is None else price.wrong("cost_per_visit", limits.LEAST_PRICE, limits.MOST_MONEY)
        for field, most in {
            "volumes": limits.MOST_PEOPLE,
            "cost": limits.MOST_MONEY,
            "spend": limits.MOST_MONEY,
        }.items():
            for number, cell in enumerate(getattr(self, field)):
                errors |= cell.wrong(f"{field}.{number}", 0, most)
        raise_all(errors)


@dataclass(frozen=True)
class Stage:
    """`rate`: the share, 0 to 1, of those who come from before that passes. `lag_days`: how long it takes them, in days
    of months that have 30 of them."""

    name: str
    rate: Range
    lag_days: Range = AT_ONCE

    def __post_init__(self) -> None:
        raise_all(
            {
                "name": name_wrong(self.name),
                **self.rate.wrong("rate", 0, 1),
                **self.lag_days.wrong("lag_days", 0, limits.MOST_LAG_DAYS),
            }
        )


@dataclass(frozen=True)
class Question:
    """Who passes the last stage is a customer and worth `value`; with `retention`, one of month m is worth
    value·retentionᵏ in month m + k, and None counts the value once. Asked with one of its channels alone, a question
    gets that channel's part of the same draws."""

    start: str
    months: int
    inputs: tuple[Channel, ...]
    stages: tuple[Stage, ...]
    value: Range
    retention: Range | None = None
    draws: int = limits.DRAWS
    seed: int = 0

    def __post_init__(self) -> None:
        raise_all(
            {
                "start": months.start_wrong(self.start),
                "months": whole(self.months, 1, limits.MOST_MONTHS),
                "draws": whole(self.draws, 1, limits.MOST_DRAWS),
                "seed": whole(self.seed, 0, limits.MOST_SEED),
                **self.value.wrong("value", 0, limits.MOST_MONEY),
                **(self.retention.wrong("retention", 0, 1) if self.retention else {}),
                "inputs": count_wrong(self.inputs, limits.MOST_CHANNELS, CHANNELS),
                "stages": count_wrong(self.stages, limits.MOST_STAGES, STAGES),
            }
        )
        raise_all(dict(self.lengths_wrong()))
        raise_all({f"inputs.{n}.channel": gettext_noop("Another channel has this name.") for n in twins(self.inputs)})
        raise_all({f"stages.{n}.name": gettext_noop("Another stage has this name.") for n in twins(self.stages)})
        raise_all({"draws": self.work_wrong()})

    def lengths_wrong(self) -> Iterator[tuple[str, str]]:
        for number, channel in enumerate(self.inputs):
            for field in ("volumes", "cost", "spend"):
                cells = getattr(channel, field)
                if cells and len(cells) != self.months:
                    yield (
                        f"inputs.{number}.{field}",
                        Sentence(
                            gettext_noop("Give %(months)s numbers, one a month; these are %(given)s."),
                            months=self.months,
                            given=len(cells),
                        ),
                    )

    def work_wrong(self) -> str | None:
        """Nobody may ask for more than a server has."""
        cells = max(limits.LEAST_CELLS, len(self.inputs) + len(self.stages))
        most = limits.MOST_CELLS // (self.months * cells)
        if self.draws <= most:
            return None
        return Sentence(
            gettext_noop("With so many months, channels and stages, give at most %(most)s draws."), most=most
        )


def count_wrong(things: Sequence[object], most: int, sentence: str) -> str | None:
    return None if 1 <= len(things) <= most else Sentence(sentence, most=most)


def twins(things: Sequence[Channel | Stage]) -> list[int]:
    """The places of those whose name was there before."""
    names = [thing.name for thing in things]
    return [number for number, name in enumerate(names) if name in names[:number]]
