"""The variants and the metrics of a plan as rows of its form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from experiments.enums import Goal, MetricRole, SummaryKind
from experiments.models import PlannedMetric
from experiments.services.states import METRIC_FIELDS, VARIANT_FIELDS
from insights.enums import Direction, MetricKind
from insights.models import Metric
from insights.number_fields import NumberField, PercentField, typed_number, typed_percent
from teams.rows import RowForm, rows_of

KINDS = {MetricKind.SHARE: SummaryKind.PROPORTION, MetricKind.RATIO: SummaryKind.RATIO}
GOALS = {Direction.UP: Goal.INCREASE, Direction.DOWN: Goal.DECREASE}
LARGEST = 1e12


class VariantForm(RowForm):
    """A key is made of the name once and then stays: results and files refer to it."""

    tells = ("name", "description")

    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, required=False)
    weight = PercentField(label=gettext_lazy("Share"), least=0, most=1, required=False)
    description = forms.CharField(label=gettext_lazy("What it is"), max_length=500, required=False)

    def service_fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in VARIANT_FIELDS}


class MetricForm(RowForm):
    """A metric with its part. Kind, direction and today's value come from the metric where they are left open."""

    tells = ("metric", "baseline", "sd", "covariate")

    metric = forms.TypedChoiceField(label=gettext_lazy("Metric"), required=False, empty_value=None)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=MetricRole.choices, initial=MetricRole.PRIMARY)
    kind = forms.ChoiceField(
        label=gettext_lazy("What is summed up"),
        choices=[("", gettext_lazy("As the metric says")), *SummaryKind.choices],
        required=False,
    )
    goal = forms.ChoiceField(
        label=gettext_lazy("Better is"),
        choices=[
            ("", gettext_lazy("As the metric says")),
            (Goal.INCREASE, gettext_lazy("Higher")),
            (Goal.DECREASE, gettext_lazy("Lower")),
        ],
        required=False,
    )
    baseline = forms.CharField(
        label=gettext_lazy("Today"), max_length=40, required=False, widget=forms.TextInput({"inputmode": "decimal"})
    )
    sd = NumberField(
        label=gettext_lazy("Standard deviation"),
        least=1e-12,
        most=LARGEST,
        required=False,
        help_text=gettext_lazy("Of one user’s value. Only for means and ratios, to compute the number of users."),
    )
    minimum_effect = PercentField(
        label=gettext_lazy("Own smallest effect"),
        least=1e-6,
        most=100,
        required=False,
        help_text=gettext_lazy("Relative. Empty: that of the plan."),
    )
    covariate = forms.CharField(
        label=gettext_lazy("Covariate"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("What is known of each user from before, such as orders last month. It needs own sums."),
    )
    winsorized = PercentField(
        label=gettext_lazy("Large values cut at"),
        least=0.5,
        most=0.99999,
        required=False,
        help_text=gettext_lazy("A percentile, such as 99 %. Cut them before you sum up; here it is only noted."),
    )

    def __init__(self, *args: Any, metrics: dict[str, Metric], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.metrics = metrics
        field: Any = self.fields["metric"]
        field.choices = [("", _("Choose a metric")), *((pk, metric.name) for pk, metric in metrics.items())]
        field.coerce = metrics.get

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        metric = cleaned.get("metric")
        if metric is None:
            if any(cleaned.get(name) for name in self.tells) and "metric" not in self.errors:
                self.add_error("metric", _("Choose the metric of this row."))
            return cleaned
        cleaned["kind"] = cleaned.get("kind") or kind_of(metric)
        cleaned["goal"] = cleaned.get("goal") or goal_of(metric)
        try:
            cleaned["baseline"] = read_level(cleaned["kind"], cleaned.get("baseline", ""))
        except ValidationError as error:
            self.add_error("baseline", error)
        return cleaned

    def service_fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("metric", *METRIC_FIELDS)}


VariantRows = rows_of(VariantForm)
MetricRows = rows_of(MetricForm)


def kind_of(metric: Metric) -> str:
    return KINDS.get(MetricKind(metric.kind), SummaryKind.MEAN).value


def goal_of(metric: Metric) -> str:
    return GOALS[Direction(metric.direction)].value


def read_level(kind: str, text: str) -> float | None:
    """What is typed as today's value: a share in per cent, all else as it is."""
    if kind == SummaryKind.PROPORTION:
        return PercentField(least=0, most=1, required=False).clean(text)
    return NumberField(least=-LARGEST, most=LARGEST, required=False).clean(text)


def typed_level(kind: str, value: float | None) -> str:
    if value is None:
        return ""
    return typed_percent(value) if kind == SummaryKind.PROPORTION else typed_number(value)


def metric_row(planned: PlannedMetric) -> dict[str, Any]:
    """What the form of a metric in the plan is filled with."""
    row = {name: getattr(planned, name) for name in METRIC_FIELDS}
    return row | {"metric": planned.metric_id, "baseline": typed_level(planned.kind, planned.baseline)}


def with_keys(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Variants with keys made of their names where they have none, and equal shares where nobody gave any."""
    taken = {row["key"] for row in rows}
    for number, row in enumerate(rows):
        if not row["key"]:
            row["key"] = free_key(row["name"], "control" if number == 0 else f"treatment-{number}", taken)
            taken.add(row["key"])
    if rows and all(row["weight"] is None for row in rows):
        return [row | {"weight": weight} for row, weight in zip(rows, equal_weights(len(rows)), strict=True)]
    return rows


def free_key(name: str, otherwise: str, taken: set[str]) -> str:
    """A key of small letters and digits; a number is added to one that is taken."""
    plain = slugify(name)[:36].strip("-_") or otherwise
    found, number = plain, 2
    while found in taken:
        found, number = f"{plain}-{number}", number + 1
    return found


def equal_weights(count: int) -> list[float]:
    """Shares that add up to 1 although each is rounded to hundredths of a per cent: the first takes the rest."""
    each = round(1 / count, 4)
    return [round(1 - each * (count - 1), 4), *[each] * (count - 1)]
