from django import forms
from django.utils.translation import gettext as _

from journeys.content.channels import CHANNELS
from journeys.models import Channel
from teams.seen import SeenForm


def icon_choices() -> list[tuple[str, str]]:
    return [(seed.icon, _(seed.name)) for seed in CHANNELS]


class ChannelForm(forms.ModelForm, SeenForm):
    icon = forms.ChoiceField(choices=icon_choices)

    class Meta:
        model = Channel
        fields = ["name", "icon", "form", "hold"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["icon"].label = _("Icon")
        if self.instance.pk:
            self.initial["seen"] = self.instance.version
