from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.forms.projections import MonthField, next_month
from campaigns.models.projection import MOST_MONTHS
from campaigns.services.projection_documents import MOST_CHANNELS
from insights.number_fields import CountField
from journeys.models import Channel, Map
from journeys.queries.channels import channels_of
from journeys.queries.maps import maps_of
from teams.permissions import Actor


class StartForm(forms.Form):
    """What a new projection begins with. It is in the address; nothing is kept of it."""

    map = forms.ModelChoiceField(
        label=_("Along the stages of"), required=False, queryset=Map.objects.none(), empty_label=_("stages of my own")
    )
    start = MonthField(label=_("First month"), required=False)
    months = CountField(label=_("Months"), least=1, most=MOST_MONTHS, initial=12)
    channel = forms.ModelMultipleChoiceField(
        label=_("By which channels do people come in?"),
        required=False,
        queryset=Channel.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["map"].queryset = maps_of(actor).order_by("title")
        self.fields["channel"].queryset = channels_of(actor)
        self.initial["start"] = next_month()

    def clean_channel(self) -> list[Channel]:
        chosen = list(self.cleaned_data["channel"])
        if len(chosen) > MOST_CHANNELS:
            raise forms.ValidationError(_("At most %(most)s channels.") % {"most": MOST_CHANNELS})
        return chosen

    def chosen(self) -> dict[str, Any]:
        """What `first_values` asks for; the usual where nothing was chosen."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return {
            "journey": said.get("map"),
            "channels": [channel.name for channel in said.get("channel", ())],
            "number": said.get("months") or 12,
            "start": said.get("start") or "",
        }
