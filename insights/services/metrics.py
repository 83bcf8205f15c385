"""Metrics: one definition each."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from insights.enums import MetricKind
from insights.models import Metric
from insights.services.naming import save_named
from insights.services.references import in_words, live_references
from insights.services.telling import record_edit, state
from teams.errors import check_seen
from teams.permissions import Actor, Permission, require
from teams.services import search, workspaces
from teams.services.activity import record
from teams.services.stamp import touch

FIELDS = frozenset({"name", "definition", "kind", "unit", "direction", "target", "owner"})
# Values of these kinds mean the same number, so that a wrong choice can be corrected under its readings.
PLAIN_KINDS = frozenset({MetricKind.MEAN, MetricKind.RATIO, MetricKind.SCORE})


@transaction.atomic
def create_metric(*, by: Actor, **fields: Any) -> Metric:
    """Define a metric. Fields: name, definition, kind, unit, direction, target (a share as 0 to 1), owner."""
    require(by, Permission.METRIC_EDIT)
    metric = Metric(workspace_id=by.workspace_id)
    fill(metric, fields)
    keep(metric)
    record(metric, by=by, verb="created")
    return metric


@transaction.atomic
def edit_metric(*, by: Actor, metric: Metric, seen: int | None = None, **fields: Any) -> Metric:
    """Change the given fields of a metric. Once it has readings, its kind stays what gives them their meaning."""
    require(by, Permission.METRIC_EDIT, metric)
    metric = live(metric, seen)
    before = state(metric)
    if not fill(metric, fields):
        return metric
    check_kind_change(metric, before["kind"])
    metric.version += 1
    keep(metric)
    record_edit(metric, by=by, before=before)
    return metric


@transaction.atomic
def remove_metric(*, by: Actor, metric: Metric, seen: int | None = None) -> Metric:
    """Take a metric out of the lists, unless something live shows it. Its readings wait for its return."""
    require(by, Permission.METRIC_EDIT, metric)
    metric = live(metric, seen)
    uses = live_references(metric)
    if uses:
        sentence = _("%(metric)s is still used: %(where)s.") % {"metric": metric.name, "where": in_words(uses)}
        raise ValidationError(sentence, code="used")
    metric.removed_at = timezone.now()
    metric.version += 1
    metric.save(update_fields=["removed_at", "version"])
    forget(metric)
    record(metric, by=by, verb="removed")
    return metric


@transaction.atomic
def restore_metric(*, by: Actor, metric: Metric) -> Metric:
    """Bring a removed metric back, unless its name has been given away meanwhile."""
    require(by, Permission.METRIC_EDIT, metric)
    metric = locked(metric)
    if metric.removed_at is not None:
        metric.removed_at = None
        metric.version += 1
        keep(metric)
        record(metric, by=by, verb="restored")
    return metric


def locked(metric: Metric) -> Metric:
    """The metric as it is now, locked after its workspace."""
    workspaces.lock(metric.workspace_id)
    return Metric.objects.select_for_update().get(pk=metric.pk)


def live(metric: Metric, seen: int | None) -> Metric:
    """The metric as it is now, locked; refused where it has been removed or is not what the caller saw."""
    metric = locked(metric)
    if metric.removed_at is not None:
        raise ValidationError(_("This metric has been removed."), code="removed")
    check_seen(metric, seen)
    return metric


def fill(metric: Metric, fields: dict[str, Any]) -> bool:
    """Set the fields; whether anything is different from before."""
    unknown = fields.keys() - FIELDS
    if unknown:
        raise TypeError(f"A metric has no {sorted(unknown)}")
    before = {name: getattr(metric, name) for name in fields}
    for name, value in fields.items():
        setattr(metric, name, value.strip() if isinstance(value, str) else value)
    return any(getattr(metric, name) != value for name, value in before.items())


def keep(metric: Metric) -> None:
    """Validate, save, and tell the search and the maps. A removed metric is not found by searching."""
    save_named(metric)
    if metric.removed_at is not None:
        forget(metric)
        return
    search.index(
        workspace_id=metric.workspace_id,
        kind="metric",
        object_id=metric.pk,
        title=metric.name,
        text=metric.definition,
    )
    touch(metric.workspace_id)


def forget(metric: Metric) -> None:
    search.forget(kind="metric", object_ids=[metric.pk])
    touch(metric.workspace_id)


def check_kind_change(metric: Metric, before: str) -> None:
    if metric.kind == before or {metric.kind, before} <= PLAIN_KINDS or not metric.readings.exists():
        return
    raise ValidationError({"kind": [_("This metric has readings, which another kind would make mean something else.")]})
