"""The filter of the list of messages, kept in the address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Campaign, Segment
from campaigns.queries.campaigns import campaigns_of
from campaigns.queries.segments import segments_of
from journeys.models import Channel, Persona
from teams.permissions import Actor

ANY = gettext_lazy("Any")


def day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))


def one_of(label: Any, model: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(label=label, required=False, empty_label=ANY, queryset=model.objects.none())


class MessageFilterForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=200)
    campaign = one_of(gettext_lazy("Campaign"), Campaign)
    channel = one_of(gettext_lazy("Channel"), Channel)
    persona = one_of(gettext_lazy("Persona"), Persona)
    segment = one_of(gettext_lazy("Segment"), Segment)
    first = day(gettext_lazy("From"))
    last = day(gettext_lazy("To"))
    show = forms.ChoiceField(
        label=gettext_lazy("Show"),
        required=False,
        choices=[
            ("", gettext_lazy("All messages")),
            ("breaking", gettext_lazy("Links that break today's rules")),
            ("unlinked", gettext_lazy("Without a link")),
        ],
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = {"workspace_id": actor.workspace_id}
        self.fields["campaign"].queryset = campaigns_of(actor).order_by("title")
        self.fields["channel"].queryset = Channel.objects.filter(**here)
        self.fields["persona"].queryset = Persona.objects.filter(removed_at=None, **here)
        self.fields["segment"].queryset = segments_of(actor)
        self.fields["q"].widget.input_type = "search"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            raise ValidationError({"last": _("It ends before it starts.")})
        return cleaned
