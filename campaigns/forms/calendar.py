"""Forms of the calendar: other days for what stands there, and something new on a day."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns.enums import Follow
from campaigns.models import Campaign, Message
from campaigns.models.campaign import on_calendar
from teams.seen import SeenForm


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MoveForm(SeenForm):
    """The days of a campaign or a message; `back` is the query of the calendar that one came from."""

    starts_on = forms.DateField(label=_("First day"), widget=DayInput)
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput)
    back = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)

    def __init__(self, data: Any = None, *, thing: Campaign | Message, back: str = "") -> None:
        given = {"starts_on": thing.starts_on, "ends_on": thing.ends_on, "seen": thing.version, "back": back}
        super().__init__(data, initial=given)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            raise ValidationError({"ends_on": _("It ends before it starts.")})
        return cleaned

    def service_fields(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "back"}


class MoveCampaignForm(MoveForm):
    follow = forms.ChoiceField(
        label=_("Its messages"), choices=Follow.choices, initial=Follow.ALONG, widget=forms.RadioSelect, required=False
    )

    def clean_follow(self) -> str:
        return self.cleaned_data["follow"] or Follow.ALONG


class MoveMessageForm(MoveForm):
    """The time by the message's own clock, too. What was dropped on another day says none: it keeps its time."""

    at = forms.TimeField(label=_("Time"), widget=TimeInput, required=False)

    def __init__(self, data: Any = None, *, thing: Message, back: str = "") -> None:
        super().__init__(data, thing=thing, back=back)
        self.initial["at"] = thing.at
        clock = _("In %(zone)s.") % {"zone": thing.zone} if thing.zone else _("In each person's own zone.")
        self.fields["at"].help_text = f"{clock} {_('Empty is any time of the day.')}"

    def service_fields(self) -> dict[str, Any]:
        given = super().service_fields()
        return given if "at" in self.data else {name: value for name, value in given.items() if name != "at"}


class CarryForm(SeenForm):
    """From where to where a message was carried over the hours of a week, by the clock of who carried it."""

    picked_on = forms.DateField(validators=[on_calendar])
    picked_at = forms.TimeField(required=False)
    on = forms.DateField(validators=[on_calendar])
    at = forms.TimeField()
    back = forms.CharField(required=False, max_length=2000)

    def service_fields(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "picked": datetime.datetime.combine(given["picked_on"], given["picked_at"] or datetime.time()),
            "dropped": datetime.datetime.combine(given["on"], given["at"]),
            "seen": given["seen"],
        }


class PlanForm(forms.Form):
    """Something new on a day: a message of the campaign that is chosen, otherwise a campaign."""

    title = forms.CharField(label=_("What"), max_length=160)
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label=_("As"), required=False, empty_label=_("a new campaign, an idea still")
    )
    starts_on = forms.DateField(label=_("First day"), widget=DayInput)
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput)
    back = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)

    def __init__(self, *args: Any, campaigns: QuerySet[Campaign], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["campaign"]
        field.queryset = campaigns.order_by("title", "pk")
        field.label_from_instance = lambda one: _("a message of “%(title)s”") % {"title": one.title}
