"""What a scenario has otherwise month by month: a column for what comes in by each channel, or is spent on it, and one
for its cost. An empty month is as in the base."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns.forecast import months
from campaigns.forms.guesses import GuessField, typed_guess
from campaigns.months import first_day

LEAST_SIZE = 8  # characters
Document = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """`name` is what the channel's entry calls it: volumes, spend or cost. `base` has a number a month."""

    key: str
    channel: str
    name: str
    base: list[Any]

    @property
    def fields(self) -> list[str]:
        return [f"{self.name}-{self.key}-{number}" for number in range(len(self.base))]

    @property
    def is_cost(self) -> bool:
        return self.name == "cost"

    def initial(self, own: Mapping[str, Any]) -> dict[str, Any]:
        """By field, what is otherwise than in the base."""
        cells = zip(self.fields, own.get(self.name) or (), self.base, strict=False)
        return {field: cell for field, cell, base in cells if cell != base}

    def draft(self, said: Mapping[str, Any]) -> dict[str, list[Any]]:
        """A number for each month, or nothing where all are as in the base."""
        cells = [said.get(field) for field in self.fields]
        if all(cell is None for cell in cells):
            return {}
        return {self.name: [base if cell is None else cell for cell, base in zip(cells, self.base, strict=True)]}


def columns_of(document: Document) -> list[Column]:
    """Two a channel, in the order of the form."""
    found = []
    for one in document["inputs"]:
        for name in ("volumes" if one.get("volumes") else "spend", "cost"):
            base = one.get(name) or [0] * document["months"]
            found.append(Column(one["key"], one["channel"], name, base))
    return found


def month_names(document: Document) -> list[str]:
    return list(months.names(document["start"], document["months"]))


def month_fields(document: Document, columns: list[Column]) -> dict[str, forms.Field]:
    """By name; the base stands in each as its placeholder."""
    words = {"volumes": _("come in"), "spend": _("spend"), "cost": _("cost")}
    names = [date_format(first_day(name), "M Y") for name in month_names(document)]
    found: dict[str, forms.Field] = {}
    for column in columns:
        texts = [typed_guess(base) for base in column.base]
        size = max(LEAST_SIZE, *map(len, texts))
        for field, name, text in zip(column.fields, names, texts, strict=True):
            label = _("%(channel)s, %(month)s: %(what)s")
            values = {"channel": column.channel, "month": name, "what": words[column.name]}
            found[field] = GuessField(label=label % values, required=False)
            found[field].widget.attrs |= {
                "class": "input",
                "placeholder": text,
                "size": size,
                "aria-label": found[field].label,
            }
    return found
