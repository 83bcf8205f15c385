import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models.campaign import on_calendar
from campaigns.months import last_day, month_of
from campaigns.queries.replay import LONGEST


def day_field(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d"], validators=[on_calendar])


class RangeForm(forms.Form):
    """Which days are replayed; it is in the address, so that it can be sent on."""

    first = day_field(gettext_lazy("From"))
    last = day_field(gettext_lazy("to"))
    ideas = forms.BooleanField(label=gettext_lazy("With ideas"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", _("It ends before it starts."))
        elif first and last and (last - first).days >= LONGEST:
            self.add_error("last", _("At most %(most)d days at once.") % {"most": LONGEST})
        return given

    def asked(self, today: datetime.date) -> tuple[datetime.date, datetime.date, bool]:
        """The days; the month of today where nothing valid is asked."""
        if self.is_bound and self.is_valid():
            return self.cleaned_data["first"], self.cleaned_data["last"], self.cleaned_data["ideas"]
        first, last = month_of(today), last_day(today)
        if not self.is_bound:
            self.initial = {"first": first, "last": last}
        return first, last, False
