"""The rows of evidence in the form of an idea."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from experiments.models import Evidence, Experiment
from experiments.services.experiments import MOST_EVIDENCE
from journeys.enums import SourceKind
from teams.queries import named_id

FIELDS = ("kind", "text", "url", "date")


class EvidenceForm(forms.ModelForm):
    url = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")

    class Meta:
        model = Evidence
        fields = ["kind", "text", "date", "url"]
        widgets = {
            "date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "text": forms.Textarea(attrs={"rows": 2}),
        }

    def _post_clean(self) -> None:
        """The service validates."""


class Rows(forms.BaseFormSet):
    """Each row is taken as it was sent: one without anything in it is none."""

    def initial_form_count(self) -> int:
        return 0 if self.is_bound else super().initial_form_count()

    @property
    def kept(self) -> list[dict[str, Any]]:
        """What is kept of the rows, as the service takes it."""
        rows = [form.cleaned_data for form in self.forms if form.has_changed()]
        return [{name: row[name] for name in FIELDS} for row in rows if not row.get("DELETE")]


EvidenceRows = forms.formset_factory(
    EvidenceForm, formset=Rows, extra=1, can_delete=True, max_num=MOST_EVIDENCE, validate_max=True
)


def with_one_more(data: Any) -> Any:
    """What was posted, with room for another row."""
    data = data.copy()
    count = named_id(data.get("evidence-TOTAL_FORMS", "")) or 0
    data["evidence-TOTAL_FORMS"] = str(min(count + 1, MOST_EVIDENCE))
    return data


def evidence_values(experiment: Experiment) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in FIELDS} for row in experiment.evidence.all()]


def as_lines(rows: Iterable[dict[str, Any]]) -> str:
    """For comparing two people's evidence: a line for each piece."""
    return "\n".join(
        " · ".join(
            part
            for part in [str(SourceKind(row["kind"]).label), row["text"], row["url"], str(row["date"] or "")]
            if part
        )
        for row in rows
    )
