from django import forms

from campaigns.enums import CampaignStatus


class StepForm(forms.Form):
    """A step to another status; `seen` is the version that the page showed."""

    to = forms.ChoiceField(choices=CampaignStatus.choices, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
