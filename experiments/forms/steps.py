from django import forms
from django.utils.translation import gettext_lazy as _

from experiments.enums import Status


class StepForm(forms.Form):
    """A step forward or back, taken from the overview."""

    to = forms.ChoiceField(choices=Status.choices, widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    on = forms.DateField(
        label=_("On"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Today, unless you say another day."),
    )
    deviation = forms.CharField(
        label=_("Why it stops before its minimum run time"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
