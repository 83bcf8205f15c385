"""The grid in which actual numbers are typed: months down, what is counted across, one channel or all together.

A field is `a-<month>-<column>`, with the id of the entry that was seen there in `seen-<month>-<column>` and what it
said in `was-<month>-<column>`: what still says that has not been touched, whoever corrected it meanwhile.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.enums import Measure
from campaigns.forecast import limits, months
from campaigns.forms.guesses import AmountField
from campaigns.models import Actual
from campaigns.queries.actuals import Place, this_month
from campaigns.services.actuals import Cell
from campaigns.services.projection_questions import channel_names
from insights.enums import MetricKind
from insights.models import Metric
from insights.number_fields import typed_number
from insights.queries import metrics_of
from teams.permissions import Actor
from teams.queries import named_id

NUMBER = AmountField(least=0, most=limits.MOST_MONEY, required=False)


@dataclass(frozen=True)
class Column:
    measure: str
    stage: str
    label: str


@dataclass
class Spot:
    """One field of the grid. `theirs` is what somebody else entered meanwhile."""

    month: str
    column: Column
    name: str
    text: str = ""
    seen: int = 0
    errors: list[str] = field(default_factory=list)
    theirs: Actual | None = None
    touched: bool = False
    was: str = ""

    @property
    def place(self) -> str:
        return self.name.removeprefix("a-")


def columns_of(document: Mapping[str, Any]) -> list[Column]:
    stages = [Column(Measure.PASSED, one["key"], one["name"]) for one in document["stages"]]
    first = Column(Measure.ENTERED, "", _now("Came in"))
    return [first, *stages, Column(Measure.REVENUE, "", _now("Revenue")), Column(Measure.SPEND, "", _now("Spend"))]


class ActualGrid:
    """The months of a projection up to this one. Bound to what was posted, `cells` are what the service is sent."""

    def __init__(
        self,
        document: Mapping[str, Any],
        current: Mapping[Place, Actual],
        channel: str = "",
        data: QueryDict | None = None,
    ) -> None:
        self.channel, self.columns = channel, columns_of(document)
        self.months = [one for one in months.names(document["start"], document["months"]) if one <= this_month()]
        self.spots = {(month, number): self.spot(month, number, current) for month, number in self.places}
        self.cells: list[Cell] = []
        if data is not None:
            self.bind(data)

    @property
    def places(self) -> Iterator[tuple[str, int]]:
        return ((month, number) for month in self.months for number in range(len(self.columns)))

    @property
    def rows(self) -> Iterator[tuple[str, list[Spot]]]:
        for month in self.months:
            yield month, [self.spots[month, number] for number in range(len(self.columns))]

    @property
    def wrong(self) -> list[Spot]:
        return [spot for spot in self.spots.values() if spot.errors]

    @property
    def conflicts(self) -> list[Spot]:
        return [spot for spot in self.spots.values() if spot.theirs]

    def spot(self, month: str, number: int, current: Mapping[Place, Actual]) -> Spot:
        column = self.columns[number]
        entry = current.get((month, column.measure, column.stage, self.channel))
        text = typed(entry)
        return Spot(month, column, f"a-{month}-{number}", text, entry.pk if entry else 0, was=text)

    def bind(self, data: QueryDict) -> None:
        """Read what was typed into the fields that differ from what was seen in them."""
        for spot in self.spots.values():
            if spot.name not in data:
                continue
            seen, text = named_id(data.get(f"seen-{spot.place}")) or 0, data[spot.name].strip()[:60]
            if text == data.get(f"was-{spot.place}", spot.text):
                continue
            spot.text, spot.seen, spot.touched = text, seen, True
            try:
                value = NUMBER.clean(text)
            except ValidationError as error:
                spot.errors += error.messages
                continue
            self.cells.append(
                Cell(spot.month, spot.column.measure, spot.column.stage, self.channel, value, seen, spot.place)
            )

    def refuse(self, error: ValidationError) -> list[str]:
        """Put what the service refused at its fields; what has none comes back."""
        places = {spot.place: spot for spot in self.spots.values()}
        rest: list[str] = []
        for place, errors in error.update_error_dict({}).items():
            texts = [str(text) for found in errors for text in found.messages]
            if place in places:
                places[place].errors += texts
            else:
                rest += texts
        return rest

    def show_theirs(self, current: Mapping[Place, Actual]) -> None:
        """Somebody was faster in some fields: show what they entered, and see it from now on."""
        for spot in self.spots.values():
            entry = current.get((spot.month, spot.column.measure, spot.column.stage, self.channel))
            if spot.touched and entry is not None and entry.pk != spot.seen:
                spot.theirs, spot.seen, spot.was = entry, entry.pk, typed(entry)


def typed(entry: Actual | None) -> str:
    return "" if entry is None or entry.value is None else typed_number(entry.value)


class MetricFillForm(forms.Form):
    """Which metric's readings are what number of this projection."""

    metric = forms.ModelChoiceField(label=_("Metric"), queryset=Metric.objects.none())
    column = forms.TypedChoiceField(label=_("counts"), coerce=int)
    channel = forms.ChoiceField(label=_("by channel"), required=False)
    how = forms.ChoiceField(
        label=_("Of each month"),
        choices=[("sum", _("all readings together")), ("last", _("the last reading"))],
    )

    def __init__(self, *args: Any, actor: Actor, document: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns_of(document)
        counted = metrics_of(actor).exclude(kind=MetricKind.SHARE).select_related(None)
        self.fields["metric"].queryset = counted
        self.fields["column"].choices = [(n, one.label) for n, one in enumerate(self.columns)]
        self.fields["channel"].choices = [("", _("all channels together")), *channel_names(document).items()]

    def chosen(self) -> dict[str, Any]:
        said = self.cleaned_data
        column = self.columns[said["column"]]
        return {
            "metric": said["metric"],
            "measure": column.measure,
            "stage": column.stage,
            "channel": said["channel"],
            "last": said["how"] == "last",
        }
