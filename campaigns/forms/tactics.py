"""The form of a tactic, and the one that uses it: for which campaign, on which day."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.enums import Position
from campaigns.forms.message_filter import day
from campaigns.models import Campaign, Tactic
from campaigns.queries.tactics import Shelved, grouped, shelf
from journeys.models import Channel
from teams.permissions import Actor
from teams.seen import SeenForm


class TacticForm(forms.ModelForm, SeenForm):
    """The service validates; the instance stays as it was loaded."""

    class Meta:
        model = Tactic
        fields = ["title", "stage", "position", "about", "content", "channels", "measured_by", "pitfalls"]
        widgets = {
            "content": forms.Textarea(attrs={"rows": 4}),
            "about": forms.Textarea(attrs={"rows": 2}),
            "pitfalls": forms.Textarea(attrs={"rows": 2}),
            "channels": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = self.instance.version
        self.fields["channels"].queryset = Channel.objects.filter(workspace_id=actor.workspace_id)
        self.fields["position"].choices = [("", _("Any")), *Position.choices]

    def _post_clean(self) -> None:
        """The service validates."""

    def fields_given(self) -> dict[str, Any]:
        return super().fields_given() | {"channels": list(self.cleaned_data["channels"])}


def tactic_values(tactic: Shelved) -> dict[str, Any]:
    """What an own version of a built-in tactic begins with, in the reader's language."""
    names = ("title", "about", "content", "measured_by", "pitfalls")
    texts = {name: str(getattr(tactic, name)) for name in names}
    channels = [channel.pk for channel in tactic.channels]
    return texts | {"stage": tactic.stage, "position": tactic.position, "channels": channels}


class UseForm(forms.Form):
    """`tactic` is the id on the shelf."""

    tactic = forms.ChoiceField(label=gettext_lazy("Tactic"))
    campaign = forms.ModelChoiceField(label=gettext_lazy("Campaign"), queryset=Campaign.objects.none())
    starts_on = day(gettext_lazy("Day"))

    def __init__(self, *args: Any, actor: Actor, campaigns: list[Campaign], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tactic"].choices = [
            (str(group.stage.label), [(tactic.id, str(tactic.title)) for tactic in group.tactics])
            for group in grouped(shelf(actor, hidden=True))
        ]
        ids = [campaign.pk for campaign in campaigns]
        self.fields["campaign"].queryset = Campaign.objects.filter(pk__in=ids).order_by("title")
        if len(ids) == 1:
            self.fields["campaign"].empty_label = None
