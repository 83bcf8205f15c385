"""Plans: the variants, the metrics and the numbers that are fixed before the start."""

import math
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from experiments.enums import MetricRole
from experiments.models import Experiment, Plan, PlannedMetric, Variant
from experiments.queries.experiments import complete
from experiments.services.deviations import record_deviation
from experiments.services.experiments import save_edited
from experiments.services.locks import lock_to_edit
from experiments.services.signals import refresh_signal
from experiments.services.states import METRIC_FIELDS, PLAN_FIELDS, VARIANT_FIELDS, difference, plan_state
from teams.permissions import Actor
from teams.services.activity import record

MOST_VARIANTS = 20
MOST_METRICS = 20
WEIGHTS_TOGETHER = 1e-6


@transaction.atomic
def set_plan(
    *,
    by: Actor,
    experiment: Experiment,
    seen: int | None = None,
    variants: Sequence[dict[str, Any]] | None = None,
    metrics: Sequence[dict[str, Any]] | None = None,
    deviation: str = "",
    **fields: Any,
) -> Experiment:
    """Change the plan; what is not given stays. `seen` is the version of the experiment.

    `variants`: dicts of key, name, description, weight, in order, the control first. `metrics`: dicts of metric, role,
    kind, goal and, where wanted, minimum_effect, baseline, sd, covariate, winsorized. A variant is told by its key, a
    metric by its `metric`: those that have results cannot leave. After the start each change needs its reason in
    `deviation`. Errors are at the field, or at `variants.0.weight`, `metrics.1.kind` and so on.
    """
    experiment = lock_to_edit(experiment, by=by, seen=seen)
    before = state(experiment)
    plan = experiment.plan
    fill(plan, fields)
    new_variants = None if variants is None else variant_rows(experiment, variants)
    new_metrics = None if metrics is None else metric_rows(experiment, metrics)
    check(plan, new_variants, new_metrics)
    plan.save()
    replace(experiment, new_variants, new_metrics)
    experiment = complete(Experiment.objects.all()).get(pk=experiment.pk)
    was, became = difference(before, state(experiment))
    if not became:
        return experiment
    if experiment.started_on is not None:
        record_deviation(experiment, by=by, reason=deviation, before=was, after=became)
    experiment.plan.version += 1
    experiment.plan.save(update_fields=["version"])
    refresh_signal(experiment)  # it is judged by the plan
    save_edited(experiment)
    record(experiment, by=by, verb="planned", before=was, after=became)
    return experiment


def state(experiment: Experiment) -> dict[str, Any]:
    return plan_state(experiment.plan, list(experiment.variants.all()), list(experiment.planned_metrics.all()))


def fill(plan: Plan, fields: dict[str, Any]) -> None:
    if unknown := fields.keys() - set(PLAN_FIELDS):
        raise TypeError(f"A plan has no {sorted(unknown)}")
    for name, value in fields.items():
        setattr(plan, name, value.strip() if isinstance(value, str) else value)


def variant_rows(experiment: Experiment, given: Sequence[dict[str, Any]]) -> list[Variant]:
    """The variants as rows, those that are there already under their keys."""
    there = {row.key: row for row in experiment.variants.all()}
    rows = []
    for position, values in enumerate(given):
        row = there.get(values.get("key", "")) or Variant(experiment=experiment)
        rows.append(filled(row, values, VARIANT_FIELDS, position))
    return rows


def metric_rows(experiment: Experiment, given: Sequence[dict[str, Any]]) -> list[PlannedMetric]:
    """The metrics as rows, those that are there already under their metric."""
    there = {row.metric_id: row for row in experiment.planned_metrics.all()}
    rows = []
    for position, values in enumerate(given):
        metric = values.get("metric")
        row = there.get(metric.pk if metric else 0) or PlannedMetric(experiment=experiment)
        rows.append(filled(row, values, ("metric", *METRIC_FIELDS), position))
    return rows


def filled(row: Any, values: dict[str, Any], names: Sequence[str], position: int) -> Any:
    """What is not given begins anew, so that a plan is what was sent."""
    for name in names:
        field = row._meta.get_field(name)
        value = values[name] if name in values else field.get_default()
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.position = position
    return row


def check(plan: Plan, variants: list[Variant] | None, metrics: list[PlannedMetric] | None) -> None:
    """Raise ValidationError with all that is wrong, at its field."""
    errors: dict[str, list[str]] = {}
    collect(errors, "", plan, exclude=["experiment", "frozen", "frozen_at"])
    if plan.planned_start and plan.planned_end and plan.planned_end < plan.planned_start:
        errors = {"planned_end": [_("The end is before the start.")]} | {
            k: v for k, v in errors.items() if k != "__all__"
        }
    collect_counting(errors, plan)
    for number, variant in enumerate(variants or []):
        collect(errors, f"variants.{number}.", variant, exclude=["experiment"])
    for number, planned in enumerate(metrics or []):
        collect(errors, f"metrics.{number}.", planned, exclude=["experiment"])
        collect_kind(errors, f"metrics.{number}.kind", planned)
        collect_reference(errors, f"metrics.{number}.metric", plan, planned)
    if variants is not None:
        errors |= wrong_variants(variants)
    if metrics is not None:
        errors |= wrong_metrics(metrics)
    if errors:
        raise ValidationError(errors)


def collect(errors: dict[str, list[str]], prefix: str, row: Any, *, exclude: list[str]) -> None:
    try:
        row.full_clean(exclude=exclude, validate_unique=False)
    except ValidationError as error:
        for name, messages in error.update_error_dict({}).items():
            errors.setdefault(prefix + name, []).extend(str(text) for found in messages for text in found.messages)


def collect_counting(errors: dict[str, list[str]], plan: Plan) -> None:
    there = plan.experiment.entries.filter(current=True, withdrawn=False)
    if there.exclude(experiment__plan__counting=plan.counting).exists():
        errors["counting"] = [_("There are results, which would mean something else. Withdraw them first.")]


def collect_reference(errors: dict[str, list[str]], field: str, plan: Plan, planned: PlannedMetric) -> None:
    if planned.metric_id is None or field in errors:
        return
    if planned.metric.workspace_id != plan.experiment.workspace_id:
        errors[field] = [_("This is not in the workspace.")]
    elif planned.pk is None and planned.metric.removed_at is not None:
        errors[field] = [_("This has been removed.")]


def collect_kind(errors: dict[str, list[str]], field: str, planned: PlannedMetric) -> None:
    if planned.pk and planned.entries.exclude(metric__kind=planned.kind).exists():
        errors[field] = [_("This metric has results, which another kind would make mean something else.")]


def wrong_variants(rows: list[Variant]) -> dict[str, list[str]]:
    """None, or two and more with keys of their own, that share all users among them."""
    if len(rows) == 1 or len(rows) > MOST_VARIANTS:
        return {"variants": [_("Give from 2 to %(most)s variants, the control first.") % {"most": MOST_VARIANTS}]}
    errors = {}
    keys = [row.key for row in rows]
    for number, key in enumerate(keys):
        if key in keys[:number]:
            errors[f"variants.{number}.key"] = [_("Another variant has this key.")]
    weights = [row.weight for row in rows]
    if rows and all(isinstance(weight, int | float) and math.isfinite(weight) for weight in weights):
        together = math.fsum(weights)
        if abs(together - 1) > WEIGHTS_TOGETHER:
            sentence = _("The shares of the variants are %(sum)s together. They must be 100 %%.")
            errors["variants"] = [sentence % {"sum": f"{together * 100:g} %"}]
    return errors


def wrong_metrics(rows: list[PlannedMetric]) -> dict[str, list[str]]:
    if len(rows) > MOST_METRICS:
        return {"metrics": [_("Give at most %(most)s metrics.") % {"most": MOST_METRICS}]}
    ids = [row.metric_id for row in rows]
    errors = {
        f"metrics.{number}.metric": [_("This metric is in the plan already.")]
        for number, pk in enumerate(ids)
        if pk is not None and pk in ids[:number]
    }
    if rows and not any(row.role == MetricRole.PRIMARY for row in rows):
        errors["metrics"] = [_("Choose at least one primary metric to decide by.")]
    return errors


def replace(experiment: Experiment, variants: list[Variant] | None, metrics: list[PlannedMetric] | None) -> None:
    for name, rows in {"variants": variants, "metrics": metrics}.items():
        if rows is None:
            continue
        related = experiment.variants if name == "variants" else experiment.planned_metrics
        leaving = related.exclude(pk__in=[row.pk for row in rows if row.pk])
        check_leaving(name, leaving)
        leaving.delete()
        for row in rows:
            row.save()


def check_leaving(name: str, leaving: Any) -> None:
    """What has results stays: they would go with it."""
    with_results = [str(row) for row in leaving.filter(entries__isnull=False).distinct()]
    if with_results:
        sentence = _("These have results and cannot leave the plan: %(names)s.")
        raise ValidationError({name: [sentence % {"names": ", ".join(with_results)}]})
