"""The budget of a campaign as a table to fill in: the months of one year down, channels across."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import DecimalValidator, MinValueValidator
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _

from campaigns.models import Campaign
from campaigns.months import later, month_of, months_between
from insights.values import parse_number
from journeys.models import Channel
from teams.seen import SeenForm

MONTHS = 12
KINDS = ("planned", "spent")
Place = tuple[datetime.date, Channel | None]


class MoneyField(forms.CharField):
    """An amount as people type it: 1200, 1 200.50, 1200,50. Empty is none. At most two decimals."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 8, "maxlength": 20})

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value or "").strip().replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
        if not text:
            return None
        parse_number(text, comma=get_format("DECIMAL_SEPARATOR") == ",")  # says what is no number
        try:
            return Decimal(text.replace(",", "."))
        except InvalidOperation:
            raise ValidationError(_("Write an amount such as 1200 or 1200.50.")) from None

    def run_validators(self, value: Decimal | None) -> None:
        for validate in (MinValueValidator(0), DecimalValidator(14, 2)):
            if value is not None:
                validate(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


@dataclass(frozen=True)
class Cell:
    channel: Channel | None
    planned: forms.BoundField
    spent: forms.BoundField


@dataclass(frozen=True)
class Row:
    month: datetime.date
    cells: list[Cell]


class BudgetForm(SeenForm):
    """`year` and its months that are shown, `channels` across; None stands for what no channel has alone.

    Lines of other years stay as they are.
    """

    def __init__(self, data: Any = None, *, campaign: Campaign, year: int, whole: bool = False) -> None:
        self.campaign, self.year = campaign, year
        super().__init__(data, initial={"seen": campaign.version})
        self.lines = list(campaign.budget_lines.all())
        self.channels = channels_of(campaign)
        self.months = months_of(campaign, year, whole=whole)
        held = {(line.month, line.channel_id): line for line in self.lines}
        for month, channel in self.places():
            line = held.get((month, channel.pk if channel else None))
            for kind in KINDS:
                self.add(month, channel, kind, getattr(line, kind, None))

    def places(self) -> Iterable[Place]:
        return ((month, channel) for month in self.months for channel in self.channels)

    def add(self, month: datetime.date, channel: Channel | None, kind: str, value: Decimal | None) -> None:
        labels = {"planned": _("planned"), "spent": _("spent")}
        name = field_name(month, channel, kind)
        label = f"{channel or _('All channels')}, {date_format(month, 'M Y')}, {labels[kind]}"
        self.fields[name] = MoneyField(label=label, required=False)
        self.initial[name] = plain(value) if value else ""

    @property
    def rows(self) -> list[Row]:
        return [Row(month, [self.cell(month, channel) for channel in self.channels]) for month in self.months]

    def cell(self, month: datetime.date, channel: Channel | None) -> Cell:
        return Cell(channel, *[self[field_name(month, channel, kind)] for kind in KINDS])

    def budget(self) -> list[dict[str, Any]]:
        """All lines of the campaign as the service takes them: those shown as typed, the others as they were."""
        shown = {(month, channel.pk if channel else None) for month, channel in self.places()}
        kept = [line for line in self.lines if (line.month, line.channel_id) not in shown]
        budget = [{name: getattr(line, name) for name in ("channel", "month", *KINDS)} for line in kept]
        for month, channel in self.places():
            typed = {kind: self.cleaned_data[field_name(month, channel, kind)] or Decimal(0) for kind in KINDS}
            if any(typed.values()):
                budget.append({"channel": channel, "month": month} | typed)
        return sorted(budget, key=lambda line: line["month"])


def field_name(month: datetime.date, channel: Channel | None, kind: str) -> str:
    return f"{kind}-{month:%Y-%m}-{channel.pk if channel else 0}"


def plain(value: Decimal) -> str:
    """As one would type it: 1200, 1200.5 or, where the language writes so, 1200,5."""
    text = f"{value:.2f}".removesuffix(".00")
    return text.replace(".", str(get_format("DECIMAL_SEPARATOR")))


def channels_of(campaign: Campaign) -> list[Channel | None]:
    """The campaign's channels and those of its lines, by name; then what no channel has alone."""
    found = {channel.pk: channel for channel in campaign.channels.all()}
    found |= {line.channel.pk: line.channel for line in campaign.budget_lines.all() if line.channel}
    return [*sorted(found.values(), key=lambda channel: channel.name.casefold()), None]


def years_of(campaign: Campaign, today: datetime.date) -> list[int]:
    """The years that a budget of it may have: those of its days, at most ten, and of its lines; else this one."""
    first, last = campaign.starts_on, campaign.ends_on
    years = set(range(first.year, last.year + 1)[:10]) if first and last else set()
    return sorted(years | {line.month.year for line in campaign.budget_lines.all()}) or [today.year]


def months_of(campaign: Campaign, year: int, *, whole: bool) -> list[datetime.date]:
    """Those of the year in which it is, and those with lines; the whole year where there are none."""
    january = datetime.date(year, 1, 1)
    every = [later(january, number) for number in range(MONTHS)]
    held = {line.month for line in campaign.budget_lines.all()}
    first, last = campaign.starts_on, campaign.ends_on
    inside = [month for month in every if month in held or (first and last and month_of(first) <= month <= last)]
    return every if whole or not inside or months_between(inside[0], inside[-1]) == MONTHS - 1 else inside
