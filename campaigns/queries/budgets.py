"""The budget of a campaign as a table: months down, channels across, planned and spent, with totals."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from campaigns.models import BudgetLine, Campaign
from journeys.models import Channel

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Money:
    planned: Decimal = NOTHING
    spent: Decimal = NOTHING

    def __add__(self, other: "Money") -> "Money":
        return Money(self.planned + other.planned, self.spent + other.spent)

    @property
    def over(self) -> bool:
        """More spent than planned."""
        return self.spent > self.planned


@dataclass(frozen=True)
class Column:
    """A channel, or None for what no channel has alone; `total` over the months."""

    channel: Channel | None
    total: Money


@dataclass(frozen=True)
class Cell:
    channel: Channel | None
    money: Money | None


@dataclass(frozen=True)
class Row:
    """A month: a cell for each column, and their total."""

    month: datetime.date
    cells: list[Cell]
    total: Money


@dataclass(frozen=True)
class Budget:
    columns: list[Column]
    rows: list[Row]
    total: Money


def budget_of(campaign: Campaign) -> Budget:
    """The table of a complete campaign. No query."""
    return table(campaign.budget_lines.all())


def table(lines: Iterable[BudgetLine]) -> Budget:
    """Channels by name, what no channel has alone at the end; months in order."""
    held: dict[tuple[datetime.date, int | None], Money] = {}
    channels: dict[int | None, Channel | None] = {}
    for line in lines:
        held[line.month, line.channel_id] = Money(line.planned, line.spent)
        channels[line.channel_id] = line.channel
    order = sorted(channels, key=lambda pk: (channels[pk] is None, str(channels[pk])))
    months = sorted({month for month, _channel in held})
    rows = [
        Row(
            month,
            [Cell(channels[pk], held.get((month, pk))) for pk in order],
            total(held[month, pk] for pk in order if (month, pk) in held),
        )
        for month in months
    ]
    columns = [Column(channels[pk], total(held[month, pk] for month in months if (month, pk) in held)) for pk in order]
    return Budget(columns, rows, total(held.values()))


def total(parts: Iterable[Money]) -> Money:
    return sum(parts, Money())
