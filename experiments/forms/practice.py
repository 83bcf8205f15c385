from django import forms
from django.utils.translation import gettext_lazy as _

from experiments.models import ChecklistItem, Practice, Reason
from insights.number_fields import CountField, PercentField
from teams.seen import SeenForm


class VersionedForm(forms.ModelForm, SeenForm):
    """Of a thing that the service validates; the instance stays as it was loaded."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.version

    def _post_clean(self) -> None:
        """The service validates."""


class PracticeForm(VersionedForm):
    alpha = PercentField(
        label=_("False alarms (alpha)"),
        least=0.001,
        most=0.2,
        help_text=_("How often a difference may be seen where there is none."),
    )
    power = PercentField(
        label=_("Power"), least=0.5, most=0.99, help_text=_("The chance to see the effect when it is there.")
    )
    minimum_days = CountField(
        label=_("Minimum run time in days"), least=1, most=365, help_text=_("Whole weeks: people differ by weekday.")
    )

    class Meta:
        model = Practice
        fields = ["score_model", "rule", "correction", "alpha", "power", "minimum_days"]
        help_texts = {
            "score_model": _(
                "How ideas are scored from now on. Scores of another model stay, but do not mix with these."
            ),
            "rule": _("Clear signals: ship what is better. Do no harm: ship what is surely not worse."),
            "correction": _("With several treatments or metrics, some would look good by chance alone."),
        }


class ReasonForm(VersionedForm):
    class Meta:
        model = Reason
        fields = ["name"]


class CheckForm(VersionedForm):
    class Meta:
        model = ChecklistItem
        fields = ["text"]
