"""A form per kind of policy: shared fields, and those that its kind has."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.drawing.recurrence import stretches
from campaigns.enums import Per, PolicyKind, PolicyScope
from campaigns.models import Policy
from campaigns.models.policy import BY_CALENDAR, FIELDS, LEAST_GAP_HOURS, MOST_BLACKOUT_DAYS
from campaigns.pressure.limits import MOST_GAP_HOURS, MOST_PER_PERIOD
from insights.number_fields import CountField, NumberField, PercentField
from journeys.models import Channel, Stage
from journeys.queries.channels import channels_of
from journeys.queries.maps import stages_of
from teams.permissions import Actor
from teams.seen import SeenForm

EACH = gettext_lazy("each of them on its own")


class WeekdaysField(forms.TypedMultipleChoiceField):
    """ISO weekdays, kept as bits of which the first is Monday."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=int, choices=[(number, WEEKDAYS[number - 1]) for number in range(1, 8)], **options)

    def clean(self, value: Any) -> int | None:
        return sum(1 << (day - 1) for day in set(super().clean(value))) or None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return [number for number in range(1, 8) if value >> (number - 1) & 1]
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class DaysField(forms.CharField):
    """A day or a span a line: “2027-12-24” or “2027-12-24 to 2027-12-26”."""

    widget = forms.Textarea(attrs={"rows": 5, "class": "mono", "spellcheck": "false"})

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        text = super().clean(value)
        found: set[datetime.date] = set()
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                found |= set(self.read(line.strip(), number))
            if len(found) > MOST_BLACKOUT_DAYS:
                raise ValidationError(_("At most %(most)d days.") % {"most": MOST_BLACKOUT_DAYS})
        return [day.isoformat() for day in sorted(found)]

    def read(self, line: str, number: int) -> list[datetime.date]:
        words = line.replace("–", " ").replace(" - ", " ").replace(" to ", " ").split()
        try:
            first, *rest = [datetime.date.fromisoformat(word) for word in words]
        except ValueError:
            first, rest = None, []  # type: ignore[assignment]
        if first is None or len(rest) > 1:
            wrong = _("Line %(line)d: write a day like 2027-12-24, or two with “to” between them.")
            raise ValidationError(wrong % {"line": number})
        last = rest[0] if rest else first
        if not first <= last <= first + datetime.timedelta(MOST_BLACKOUT_DAYS):
            raise ValidationError(
                _("Line %(line)d: the last day comes after the first, at most %(most)d days later.")
                % {"line": number, "most": MOST_BLACKOUT_DAYS}
            )
        return [first + datetime.timedelta(days) for days in range((last - first).days + 1)]

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            days = [datetime.date.fromisoformat(text) for text in value]
            spans = [(span.first, span.last) for span in stretches(days)]
            return "\n".join(f"{first}" if first == last else f"{first} to {last}" for first, last in spans)
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "").split() != str(data or "").split()


def time_field(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


OWN: dict[str, Any] = {
    "n": lambda: CountField(label=gettext_lazy("At most"), least=1, most=MOST_PER_PERIOD),
    "per": lambda: forms.ChoiceField(
        label=gettext_lazy("messages per person and"),
        choices=Per,
        help_text=gettext_lazy("Calendar days, weeks from Monday, calendar months, in the person’s own time zone."),
    ),
    "hours": lambda: NumberField(
        label=gettext_lazy("Hours between two messages to a person"), least=LEAST_GAP_HOURS, most=MOST_GAP_HOURS
    ),
    "quiet_from": lambda: time_field(gettext_lazy("Nothing from")),
    "quiet_until": lambda: time_field(gettext_lazy("until")),
    "weekdays": lambda: WeekdaysField(label=gettext_lazy("Nothing on")),
    "days": lambda: DaysField(
        label=gettext_lazy("Nothing on these days"),
        help_text=gettext_lazy("One a line, such as 2027-12-24, or a span such as 2027-12-24 to 2027-12-26."),
    ),
    "share": lambda: PercentField(
        label=gettext_lazy("Share of everybody that gets nothing"),
        least=0,
        most=1,
        help_text=gettext_lazy("Such as 5 %. What they do without messages is what messages are worth."),
    ),
}


class PolicyForm(SeenForm):
    """`kind` says which fields there are; whoever binds it has checked that it is one."""

    kind = forms.CharField(widget=forms.HiddenInput)
    scope = forms.ChoiceField(label=gettext_lazy("It counts"), choices=PolicyScope)
    channel = forms.ModelChoiceField(
        label=gettext_lazy("Channel"), queryset=Channel.objects.none(), required=False, empty_label=EACH
    )
    stage = forms.ModelChoiceField(
        label=gettext_lazy("Stage"), queryset=Stage.objects.none(), required=False, empty_label=EACH
    )
    binds_transactional = forms.BooleanField(
        label=gettext_lazy("Transactional messages, too"),
        required=False,
        help_text=gettext_lazy("Invoices, passwords and the like pass, unless you tick this."),
    )
    enabled = forms.BooleanField(label=gettext_lazy("In force"), required=False, initial=True)
    note = forms.CharField(
        label=gettext_lazy("Why"), max_length=200, required=False, help_text=gettext_lazy("For those who ask later.")
    )

    def __init__(self, *args: Any, actor: Actor, kind: str, policy: Policy | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy_kind = kind
        self.initial["kind"] = kind
        for name in FIELDS[kind]:
            self.fields[name] = OWN[name]()
        self.fields["channel"].queryset = channels_of(actor)  # type: ignore[attr-defined]
        self.fields["stage"].queryset = stages_of(actor).prefetch_related(None).order_by("map__title", "position", "pk")  # type: ignore[attr-defined]
        self.fields["stage"].label_from_instance = lambda stage: f"{stage.map.title}: {stage.name}"  # type: ignore[attr-defined]
        if kind not in BY_CALENDAR:
            del self.fields["binds_transactional"]
        if kind == PolicyKind.HELD_OUT:
            for name in ("scope", "channel", "stage"):
                del self.fields[name]
        self.order_fields(["kind", *FIELDS[kind]])
        if policy is not None:
            names = [name for name in self.fields if hasattr(policy, name)]
            self.initial |= {name: getattr(policy, name) for name in names} | {"seen": policy.version}
            self.initial |= {name: getattr(policy, f"{name}_id") for name in ("channel", "stage")}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        scope = given.get("scope")
        for name in ("channel", "stage"):
            if given.get(name) and scope != name:
                self.add_error(name, _("Choose first that it counts messages of that kind."))
        return given

    def fields_given(self) -> dict[str, Any]:
        return {name: value for name, value in super().fields_given().items() if name != "kind"}
