from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from experiments.enums import Outcome, Result
from experiments.models import Decision, Experiment
from teams.seen import SeenForm

LONG = {"rows": 3}


class DecisionForm(forms.ModelForm, SeenForm):
    """A proposal. `initial` comes from what the numbers advise."""

    result = forms.ChoiceField(
        label=_("Result"),
        choices=Result,
        help_text=_("Neutral: there is no difference that matters. Inconclusive: we do not know yet."),
    )

    class Meta:
        model = Decision
        fields = ["outcome", "variant", "result", "why", "learned", "follow_up_on"]
        widgets = {
            "outcome": forms.RadioSelect,
            "why": forms.Textarea(attrs=LONG),
            "learned": forms.Textarea(attrs=LONG),
            "follow_up_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "learned": _("One or two sentences that a newcomer understands. They go onto the map."),
            "follow_up_on": _("On this day everybody concerned is asked to look again."),
        }

    def __init__(self, *args: Any, experiment: Experiment, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = Outcome.choices
        treatments = experiment.variants.filter(position__gt=0)
        self.fields["variant"].queryset = treatments
        self.fields["variant"].empty_label = _("None of them")
        self.initial["seen"] = experiment.version


class ReasonedForm(forms.Form):
    """An answer that needs its reason; `question` asks for it."""

    question: str | Promise
    why = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["why"].label = self.question


class ReturnForm(ReasonedForm):
    question = _("What should be thought over?")


class RefusalForm(ReasonedForm):
    question = _("Why does it not go onto the map?")
