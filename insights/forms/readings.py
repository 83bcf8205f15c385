from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from insights.display import typed
from insights.enums import MetricKind
from insights.forms.metrics import decimal_comma
from insights.models import Metric, Reading
from insights.values import parse_value
from teams.seen import SeenForm

EXAMPLES = {
    MetricKind.SHARE: "48 %",
    MetricKind.COUNT: "1204",
    MetricKind.MEAN: "3.4",
    MetricKind.RATIO: "1.8",
    MetricKind.DURATION: "5.2",
    MetricKind.SCORE: "42",
}


class ReadingForm(SeenForm):
    """One reading, its value written as the metric's kind is: “48 %”, “5.2”."""

    date = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    value = forms.CharField(label=_("Value"), max_length=40)
    n = forms.IntegerField(label=_("n"), required=False, min_value=1)

    def __init__(self, *args, metric: Metric, reading: Reading | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.metric, self.reading = metric, reading
        example = f"{EXAMPLES[MetricKind(metric.kind)]} {metric.unit}".strip()
        self.fields["value"].widget.attrs |= {"inputmode": "decimal", "placeholder": example}
        self.fields["value"].widget.attrs["autofocus"] = reading is not None
        self.initial = self.initial | (held(metric, reading) if reading else {"date": timezone.localdate()})

    def clean_value(self) -> float:
        text = self.cleaned_data["value"].strip()
        if self.metric.unit:
            text = text.removesuffix(self.metric.unit).rstrip()
        return parse_value(self.metric.kind, text, comma=decimal_comma())


def held(metric: Metric, reading: Reading) -> dict:
    return {
        "date": reading.date,
        "value": typed(metric, reading.value),
        "n": reading.n,
        "seen": reading.version,
    }
