"""The stages and the channels of a projection as rows of its form; a channel's row has a pair of fields each month."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.forecast import limits
from campaigns.forms.guesses import GuessField, typed_guess
from campaigns.forms.projection_sources import Sources, draft, draft_of, lines
from campaigns.models.projection import MOST_MONTHS
from journeys.models import Stage
from teams.rows import RowForm, rows_of


class StageRow(RowForm):
    """What share of those who come from before passes a stage, and how long it takes them."""

    tells = ("name", "rate")

    key = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("Stage"), max_length=limits.MOST_NAME, required=False)
    stage = forms.ChoiceField(label=gettext_lazy("On the map"), required=False)
    rate = GuessField(label=gettext_lazy("Rate"), percent=True, required=False)
    lag_days = GuessField(label=gettext_lazy("After days"), required=False)
    rate_source = forms.ChoiceField(label=gettext_lazy("Source of the rate"), required=False)

    def __init__(self, *args: Any, sources: Sources, stages: list[Stage], before: Mapping[str, Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.sources = sources
        self.before = before.get(str(self["key"].value() or ""), {})
        current = self.before.get("sources", {}).get("rate")
        self.fields["rate_source"].choices = sources.choices(current, shares=True)
        there = [(str(stage.pk), stage.name) for stage in stages]
        linked = str(self.before.get("stage") or "")
        if linked and linked not in dict(there):
            there.append((linked, self.before["name"]))  # it was deleted from the map since, or the map is another one
        self.fields["stage"].choices = [("", _("no stage of the map")), *there]
        self.fields["rate"].widget.attrs["placeholder"] = "8 / 10 / 14 %"
        self.fields["lag_days"].widget.attrs["placeholder"] = "0"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.sources.take(self, "rate", "rate_source")
        chosen = dict(self.fields["stage"].choices).get(cleaned.get("stage") or "", "")
        if not cleaned.get("name") and cleaned.get("stage"):
            cleaned["name"] = chosen
        if cleaned.get("name") and cleaned.get("rate") is None and "rate" not in self.errors:
            self.add_error("rate", _("Say what share passes this stage, or choose a metric that does."))
        if cleaned.get("rate") is not None and not cleaned.get("name"):
            self.add_error("name", _("Give the stage a name."))
        return cleaned

    def draft(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "key": said["key"],
            "name": said["name"],
            "stage": int(said["stage"]) if said["stage"] else None,
            "rate": said["rate"],
            "lag_days": 0 if said["lag_days"] is None else said["lag_days"],
            "sources": {
                "rate": draft_of(said["rate_source"], said["rate"], self.before.get("rate")),
                **kept_source(self.before, "lag_days", said["lag_days"]),
            },
        }

    def field_for(self, way: str) -> str:
        name = way.split(".")[0]
        return "rate_source" if way.endswith(".source") else name if name in self.fields else ""

    @property
    def identity(self) -> str:
        return str(self["key"].value() or self["name"].value() or "")

    def label(self) -> str:
        return _("Stage %(name)s") % {"name": self["name"].value() or ""}

    def field_label(self, name: str) -> str:
        return str(self.fields[name].label)

    def as_line(self) -> str:
        return lines(self[name].value() for name in ("name", "rate", "lag_days"))


def kept_source(before: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    """The source of a number that the form offers none for: what it was, while the number stays."""
    source = before.get("sources", {}).get(name)
    return {name: source} if source and before.get(name) == value else {}


class ChannelRow(RowForm):
    """What comes in by a channel each month, or what is spent on it at a price of a visit; and what it costs besides.

    `v0`, `v1`, … are the volumes or the spend, `c0`, `c1`, … the cost. An empty month is like the one before it.
    """

    tells = ("channel", "v0")

    key = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)
    channel = forms.CharField(
        label=gettext_lazy("Channel"),
        max_length=limits.MOST_NAME,
        required=False,
        widget=forms.TextInput({"list": "known-channels", "autocomplete": "off"}),
    )
    cost_per_visit = GuessField(label=gettext_lazy("Price of a visit"), required=False)
    volume_source = forms.ChoiceField(label=gettext_lazy("Source of the volumes"), required=False)

    def __init__(self, *args: Any, sources: Sources, months: int, before: Mapping[str, Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.sources, self.months = sources, months
        self.before = before.get(str(self["key"].value() or ""), {})
        current = self.before.get("sources", {})
        self.fields["volume_source"].choices = sources.choices(
            current.get("volumes") or current.get("spend"), shares=False
        )
        for month in range(months):
            for letter in "vc":
                self.fields[f"{letter}{month}"] = GuessField(required=False)

    @property
    def cells(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """By month, the fields of what comes in and of what it costs."""
        return [(self[f"v{month}"], self[f"c{month}"]) for month in range(self.months)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.sources.take(self, "v0", "volume_source")
        filled = any(cleaned.get(f"{letter}{month}") is not None for month in range(self.months) for letter in "vc")
        if filled and not cleaned.get("channel"):
            self.add_error("channel", _("Give the channel a name."))
        return cleaned

    def draft(self, months: int) -> dict[str, Any]:
        said = self.cleaned_data
        price = said["cost_per_visit"]
        came, cost = filled([said.get(f"v{n}") for n in range(months)]), [said.get(f"c{n}") for n in range(months)]
        given = {"key": said["key"], "channel": said["channel"], "cost_per_visit": price}
        name = "volumes" if price is None else "spend"
        given[name] = came
        given["sources"] = {name: draft(said["volume_source"])}
        if any(value is not None for value in cost):
            given["cost"] = filled(cost)
        return given

    def field_for(self, way: str) -> str:
        name, _dot, rest = way.partition(".")
        month = rest.partition(".")[0]
        if way.endswith(".source"):
            return "volume_source"
        if name in ("volumes", "spend", "cost"):
            found = f"{'c' if name == 'cost' else 'v'}{month or 0}"
            return found if found in self.fields else "v0"
        return name if name in self.fields else ""

    @property
    def identity(self) -> str:
        return str(self["key"].value() or self["channel"].value() or "")

    def label(self) -> str:
        return _("Channel %(name)s") % {"name": self["channel"].value() or ""}

    def field_label(self, name: str) -> str:
        if name[:1] in "vc" and name[1:].isdigit():
            return _("month %(number)s") % {"number": int(name[1:]) + 1}
        return str(self.fields[name].label)

    def as_line(self) -> str:
        return lines(field.value() for field in self if field.name not in ("key", "volume_source"))


def filled(cells: list[Any]) -> list[Any]:
    """An empty month is like the one before it; before the first number nothing comes."""
    found: list[Any] = []
    for cell in cells:
        found.append(cell if cell is not None else found[-1] if found else 0)
    return found


def months_of(typed: str | None, usual: int) -> int:
    """How many months the table shows: what is typed, where that is a number of months."""
    text = (typed or "").strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else usual
    return number if 1 <= number <= MOST_MONTHS else usual


def stage_values(stages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "key": one.get("key", ""),
            "name": one["name"],
            "stage": str(one.get("stage") or ""),
            "rate": one.get("rate"),
            "lag_days": one.get("lag_days") or None,
            "rate_source": Sources.value(one.get("sources", {}).get("rate")),
        }
        for one in stages
    ]


def channel_values(channels: list[dict[str, Any]], months: int) -> list[dict[str, Any]]:
    found = []
    for one in channels:
        sources = one.get("sources", {})
        row = {
            "key": one.get("key", ""),
            "channel": one["channel"],
            "cost_per_visit": one.get("cost_per_visit"),
            "volume_source": Sources.value(sources.get("volumes") or sources.get("spend")),
        }
        for letter, cells in (("v", one.get("volumes") or one.get("spend")), ("c", one.get("cost"))):
            row |= {f"{letter}{n}": typed_guess(cell) for n, cell in enumerate((cells or [])[:months])}
        found.append(row)
    return found


StageRows = rows_of(StageRow)
ChannelRows = rows_of(ChannelRow)
