"""The form of a whole plan: its numbers, its variants and its metrics."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from experiments.enums import Correction, Counting, DecisionRule
from experiments.forms.plan_rows import MetricRows, VariantRows, goal_of, kind_of, metric_row, typed_level, with_keys
from experiments.models import Experiment
from experiments.plan_words import changes
from experiments.services.states import METRIC_FIELDS, PLAN_FIELDS, VARIANT_FIELDS, plain, plan_state
from insights.models import Metric
from insights.number_fields import CountField, NumberField, PercentField
from insights.trends import Trend
from teams.seen import Difference, SeenForm, refuse

DAY = {"type": "date"}


class PlanForm(SeenForm):
    """What a plan says besides its rows. `deviation` is there after the start alone."""

    deviation = forms.CharField(
        label=_("Why does the plan change?"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2})
    )
    minimum_effect = PercentField(
        label=_("Smallest effect that matters"),
        least=1e-6,
        most=100,
        required=False,
        help_text=_("Relative: 5 % more than 10 % is 10.5 %. Anything smaller would not change what you do."),
    )
    daily_traffic = NumberField(
        label=_("Users a day"),
        least=0.01,
        most=1e12,
        required=False,
        help_text=_("Who would take part, in all variants together."),
    )
    planned_total = CountField(label=_("Planned number of users"), least=2, most=10**12, required=False)
    planned_start = forms.DateField(
        label=_("Planned start"), required=False, widget=forms.DateInput(DAY, format="%Y-%m-%d")
    )
    planned_end = forms.DateField(
        label=_("Planned end"), required=False, widget=forms.DateInput(DAY, format="%Y-%m-%d")
    )
    minimum_days = CountField(
        label=_("Minimum run time in days"), least=1, most=365, help_text=_("Whole weeks: people differ by weekday.")
    )
    rule = forms.ChoiceField(label=_("Decision rule"), choices=DecisionRule.choices)
    counting = forms.ChoiceField(label=_("Results are entered as"), choices=Counting.choices)
    unit = forms.CharField(label=_("Who is counted"), max_length=40)
    alpha = PercentField(
        label=_("False alarms (alpha)"),
        least=0.001,
        most=0.2,
        help_text=_("How often a difference may be seen where there is none."),
    )
    power = PercentField(
        label=_("Power"), least=0.5, most=0.99, help_text=_("The chance to see the effect when it is there.")
    )
    correction = forms.ChoiceField(
        label=_("Correction for several comparisons"),
        choices=Correction.choices,
        help_text=_("With several treatments or metrics, some would look good by chance alone."),
    )
    share_successes = NumberField(label=_("Prior of each share: successes"), least=0.1, most=1e9)
    share_failures = NumberField(label=_("Prior of each share: failures"), least=0.1, most=1e9)
    prior_mean = NumberField(label=_("Prior of a difference of means: its mean"), least=-1e12, most=1e12)
    prior_sd = NumberField(
        label=_("Its standard deviation"),
        least=1e-12,
        most=1e12,
        required=False,
        help_text=_("Empty: every difference is as likely as any other."),
    )

    def __init__(self, *args: Any, started: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not started:
            del self.fields["deviation"]


class PlanForms:
    """The plan's form with its rows, as one: `stale` and `theirs` are what `components/conflict.html` asks for."""

    def __init__(
        self,
        experiment: Experiment,
        *,
        metrics: list[Metric],
        trends: dict[int, Trend],
        data: QueryDict | None = None,
    ) -> None:
        self.experiment = experiment
        self.metrics_by_pk = {str(metric.pk): metric for metric in metrics}
        self.trends = trends
        self.main = PlanForm(data, initial=plan_values(experiment), started=experiment.started_on is not None)
        fresh = data is None  # what is posted is not held against what stood there: each row is taken as it is
        self.variants = VariantRows(data, initial=variant_values(experiment) if fresh else None, prefix="variants")
        self.metrics = MetricRows(
            data,
            initial=metric_values(experiment, trends) if fresh else None,
            prefix="metrics",
            form_kwargs={"metrics": self.metrics_by_pk},
        )
        self.theirs: list[Difference] = []

    @property
    def stale(self) -> bool:
        return self.main.stale

    @property
    def all(self) -> list[forms.Form]:
        return [self.main, *self.variants.forms, *self.metrics.forms]

    @property
    def wrong(self) -> bool:
        return any(form.errors for form in self.all) or bool(self.variants.wrong or self.metrics.wrong)

    def is_valid(self) -> bool:
        """All of it, so that all that is wrong is shown at once."""
        return all([self.main.is_valid(), self.variants.is_valid(), self.metrics.is_valid()])

    def forgive(self) -> None:
        """Show what was typed without judging it yet: somebody is still at it."""
        for form in self.all:
            form.errors.clear()

    def service_fields(self) -> dict[str, Any]:
        given = self.main.fields_given()
        variants = with_keys([form.service_fields() for form in self.variants.kept])
        return given | {"variants": variants, "metrics": [form.service_fields() for form in self.metrics.kept]}

    def refuse(self, error: ValidationError) -> None:
        """Put what the service refused at the field of the right row."""
        rest: dict[str, Any] = {}
        for place, errors in error.update_error_dict({}).items():
            noun, _dot, within = place.partition(".")
            rows = {"variants": self.variants, "metrics": self.metrics}.get(noun)
            if rows is None:
                rest[place] = errors
            else:
                rows.refuse(within, errors)
        if rest:
            refuse(self.main, ValidationError(rest))

    def show_theirs(self, current: Experiment) -> None:
        """Somebody was faster: hold what was typed against the plan as it is now."""
        now = plan_state(current.plan, list(current.variants.all()), list(current.planned_metrics.all()))
        mine = sent_state(self.service_fields())
        self.theirs = [Difference(found.label, found.before, found.after) for found in changes(now, mine)]
        self.main.see(current.version)


def sent_state(given: dict[str, Any]) -> dict[str, Any]:
    """What was sent in the shape of `plan_state`."""
    state: dict[str, Any] = {name: plain(given[name]) for name in PLAN_FIELDS}
    state["variants"] = [{name: row[name] for name in VARIANT_FIELDS} for row in given["variants"]]
    state["metrics"] = [
        {"metric": row["metric"].name} | {name: row[name] for name in METRIC_FIELDS} for row in given["metrics"]
    ]
    return state


def plan_values(experiment: Experiment) -> dict[str, Any]:
    return {name: getattr(experiment.plan, name) for name in PLAN_FIELDS} | {"seen": experiment.version}


def variant_values(experiment: Experiment) -> list[dict[str, Any]]:
    """The variants, or for a new plan a control and a treatment of one half each."""
    rows = [{name: getattr(row, name) for name in VARIANT_FIELDS} for row in experiment.variants.all()]
    return rows or [{"name": _("As it is"), "weight": 0.5}, {"name": "", "weight": 0.5}]


def metric_values(experiment: Experiment, trends: dict[int, Trend]) -> list[dict[str, Any]]:
    """The metrics, or for a new plan the one of the hypothesis with its latest reading."""
    rows = [metric_row(planned) for planned in experiment.planned_metrics.all()]
    if rows or experiment.metric is None:
        return rows or [{}]
    return [filled_from(experiment.metric, trends) | {"goal": experiment.goal}]


def filled_from(metric: Metric, trends: dict[int, Trend]) -> dict[str, Any]:
    """What is known of a metric before anybody types."""
    kind, trend = kind_of(metric), trends.get(metric.pk)
    level = typed_level(kind, trend.value if trend else None)
    return {"metric": metric.pk, "kind": kind, "goal": goal_of(metric), "baseline": level}
