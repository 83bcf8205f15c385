"""What the workspace's matrix shows, kept in the address."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.forms.message_filter import day, one_of
from campaigns.models import Campaign
from campaigns.pressure.limits import FIRST_DAY, LAST_DAY
from campaigns.queries.campaigns import campaigns_of
from journeys.models import Map
from journeys.queries.maps import maps_of
from teams.permissions import Actor

DAYS_AHEAD = 90


class MatrixForm(forms.Form):
    """Days that are left out: from today for ninety days."""

    map = one_of(gettext_lazy("Map"), Map)
    campaign = one_of(gettext_lazy("Campaign"), Campaign)
    first = day(gettext_lazy("From"))
    last = day(gettext_lazy("To"))
    channels = forms.ChoiceField(
        label=gettext_lazy("Channels"),
        required=False,
        choices=[("", gettext_lazy("In use")), ("all", gettext_lazy("All"))],
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["map"].queryset = maps_of(actor).order_by("title")
        self.fields["map"].empty_label = _("The one changed last")
        self.fields["campaign"].queryset = campaigns_of(actor).order_by("title")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            raise ValidationError({"last": _("It ends before it starts.")})
        return cleaned

    def range(self, today: datetime.date) -> tuple[datetime.date, datetime.date]:
        """The days to look at; the usual ones where what was typed is no range."""
        given = self.cleaned_data if self.is_valid() else {}
        return usual_range(given.get("first"), given.get("last"), today)


def usual_range(
    first: datetime.date | None, last: datetime.date | None, today: datetime.date
) -> tuple[datetime.date, datetime.date]:
    """From today for ninety days, where nothing else is said; never backwards."""
    ahead = datetime.timedelta(DAYS_AHEAD)
    if first is None:
        first = today if last is None or last >= today else last
    first = max(first, FIRST_DAY)
    return first, last or min(first, LAST_DAY - ahead) + ahead


class PlaceForm(forms.Form):
    """To which campaign a message is added."""

    campaign = forms.ModelChoiceField(
        label=gettext_lazy("Campaign"), queryset=Campaign.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, campaigns: list[Campaign], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = [campaign.pk for campaign in campaigns]
        self.fields["campaign"].queryset = Campaign.objects.filter(pk__in=ids).order_by("title")
