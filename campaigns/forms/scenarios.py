"""One scenario: what is otherwise than in the base. An empty field is as there."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.forecast import limits
from campaigns.forms.guesses import GuessField, typed_guess
from campaigns.forms.scenario_months import Column, columns_of, month_fields, month_names
from campaigns.services.projection_documents import LONGEST_NOTE, MOST_TIMES
from campaigns.services.projection_questions import CELLS
from insights.number_fields import NumberField
from teams.seen import SeenForm

Document = Mapping[str, Any]


class ScenarioForm(SeenForm):
    """`number` is the place of the scenario in the document, None for a new one."""

    name = forms.CharField(label=_("Name"), max_length=limits.MOST_NAME, help_text=_("Such as cautious or bold."))
    note = forms.CharField(label=_("What is behind it"), max_length=LONGEST_NOTE, required=False)

    def __init__(self, *args: Any, document: Document, number: int | None = None, **kwargs: Any) -> None:
        self.document, self.number = document, number
        scenario: Mapping[str, Any] = document["scenarios"][number] if number is not None else {}
        self.columns = columns_of(document)
        initial = initial_of(scenario) | self.initial_months(scenario) | kwargs.pop("initial", {})
        super().__init__(*args, initial=initial, **kwargs)
        for stage in document["stages"]:
            self.add(f"rate-{stage['key']}", _now("%(stage)s: rate") % {"stage": stage["name"]}, stage["rate"], True)
            self.add(f"lag_days-{stage['key']}", _now("%(stage)s: days") % {"stage": stage["name"]}, stage["lag_days"])
        for channel in document["inputs"]:
            label = _now("%(channel)s: times as many") % {"channel": channel["channel"]}
            self.fields[f"times-{channel['key']}"] = NumberField(label=label, least=0, most=MOST_TIMES, required=False)
            self.fields[f"times-{channel['key']}"].widget.attrs["placeholder"] = "1"
            if channel.get("cost_per_visit") is not None:
                label = _now("%(channel)s: price of a visit") % {"channel": channel["channel"]}
                self.add(f"cost_per_visit-{channel['key']}", label, channel["cost_per_visit"])
        self.add("value", _now("Worth of one customer"), document["value"])
        if document["retention"] is not None:
            self.add("retention", _now("Retention by month"), document["retention"], percent=True)
        self.monthly = month_fields(document, self.columns)
        self.fields |= self.monthly

    def add(self, name: str, label: str, base: Any, percent: bool = False) -> None:
        field = GuessField(label=label, percent=percent, required=False)
        field.widget.attrs["placeholder"] = typed_guess(base, percent=percent)
        self.fields[name] = field

    def initial_months(self, scenario: Mapping[str, Any]) -> dict[str, Any]:
        own = {one["key"]: one for one in scenario.get("inputs", ())}
        return {name: cell for one in self.columns for name, cell in one.initial(own.get(one.key, {})).items()}

    @property
    def changes(self) -> Iterator[forms.BoundField]:
        """All fields but the name, the note and the months."""
        own = {"name", "note", *self.monthly}
        return (field for field in self.visible_fields() if field.name not in own)

    @property
    def grid(self) -> Iterator[tuple[str, list[tuple[Column, forms.BoundField]]]]:
        """By month, the field of each column."""
        for number, name in enumerate(month_names(self.document)):
            yield name, [(column, self[column.fields[number]]) for column in self.columns]

    @property
    def has_months(self) -> bool:
        """Whether a month is otherwise than in the base."""
        return any(self[name].value() not in (None, "") for name in self.monthly)

    def show_theirs(self, fresh: SeenForm) -> None:
        """What the base has no more cannot be otherwise."""
        for name in self.fields.keys() - fresh.fields.keys():
            del self.fields[name]
        super().show_theirs(fresh)

    def drafts(self) -> list[dict[str, Any]]:
        """All scenarios of the document, with this one as it was typed."""
        said = self.cleaned_data
        own: dict[str, Any] = {"name": said["name"], "note": said["note"]}
        own["stages"] = [
            {"key": one["key"], **given(said, one["key"], "rate", "lag_days")} for one in self.document["stages"]
        ]
        own["inputs"] = [
            {"key": one["key"], **self.months_of(one["key"]), **given(said, one["key"], "times", "cost_per_visit")}
            for one in self.document["inputs"]
        ]
        own |= {name: said[name] for name in ("value", "retention") if said.get(name) is not None}
        others = [dict(one) for one in self.document["scenarios"]]
        if self.number is None:
            return [*others, own]
        return [*others[: self.number], own, *others[self.number + 1 :]]

    def months_of(self, key: str) -> dict[str, Any]:
        drafts = (column.draft(self.cleaned_data) for column in self.columns if column.key == key)
        return {name: cells for draft in drafts for name, cells in draft.items()}

    def refuse(self, error: ValidationError) -> None:
        """Put what the service refused at its field; what belongs to another scenario above all."""
        here = len(self.document["scenarios"]) if self.number is None else self.number
        drafts = self.drafts()[here]
        for place, errors in error.update_error_dict({}).items():
            steps = place.split(".")
            mine = steps[:2] == ["scenarios", str(here)]
            name = field_of(steps[2:], drafts) if mine else ""
            self.add_error(name if name in self.fields else None, errors)


def field_of(steps: list[str], drafts: Mapping[str, Any]) -> str:
    """The field for a way within the scenario, such as `stages.0.rate.low`. What changes nothing was left out there."""
    if len(steps) >= 3 and steps[0] in ("inputs", "stages"):
        changed = [one for one in drafts[steps[0]] if len(one) > 1]
        if int(steps[1]) >= len(changed):
            return ""
        name = f"{steps[2]}-{changed[int(steps[1])]['key']}"
        month = steps[3] if len(steps) > 3 else "0"
        return f"{name}-{month}" if steps[2] in CELLS else name
    return steps[0] if steps else ""


def given(said: Mapping[str, Any], key: str, *names: str) -> dict[str, Any]:
    return {name: value for name in names if (value := said.get(f"{name}-{key}")) is not None}


def initial_of(scenario: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: scenario[name] for name in ("name", "note", "value", "retention") if scenario.get(name) is not None}
    for part, names in (("stages", ("rate", "lag_days")), ("inputs", ("times", "cost_per_visit"))):
        for one in scenario.get(part, ()):
            found |= {f"{name}-{one['key']}": one[name] for name in names if one.get(name) is not None}
    return found
