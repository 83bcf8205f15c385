"""Results: sums per variant, metric and day. Nothing is overwritten; a correction is a new entry."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from experiments.enums import Counting, EntrySource, Status
from experiments.models import Entry, Experiment, PlannedMetric, Variant
from experiments.models.result import SUMS
from experiments.services.locks import lock_to_edit
from experiments.services.signals import refresh_signal
from experiments.stats.kinds import Kind
from experiments.stats.limits import InvalidInput
from experiments.stats.sums import fallen, sums_of
from teams.errors import Conflict
from teams.permissions import Actor
from teams.services.activity import record
from teams.services.authors import author_of
from teams.spoken import spoken

OPEN = frozenset({Status.RUNNING, Status.DECIDING})
MOST_CELLS = 100_000


@dataclass(frozen=True)
class Cell:
    """What is entered for one variant, metric and day. `sums` by name as the metric's kind has them; None withdraws.

    `seen`: the id of the entry that the writer saw there, 0 for none; None overwrites knowingly.
    `place` names the cell in errors: a line of a file, a row of the grid.
    """

    variant: Variant
    metric: PlannedMetric
    date: datetime.date
    sums: dict[str, Any] | None
    seen: int | None = None
    place: str = "results"

    @property
    def key(self) -> tuple[int, int, datetime.date]:
        return self.variant.pk, self.metric.pk, self.date


@transaction.atomic
def record_results(
    *, by: Actor, experiment: Experiment, cells: Sequence[Cell], source: str = EntrySource.PAGE
) -> list[Entry]:
    """Enter results; all of them or, where one is wrong, none. Cells that say what is there already are passed over.

    Returns the new entries. Raises ValidationError with the places of the wrong cells, and Conflict with the entry that
    somebody else made meanwhile. Three queries and a bulk insert, however many cells.
    """
    experiment = lock_to_edit(experiment, by=by)
    if experiment.status not in OPEN:
        raise ValidationError(_("Results are entered while the experiment runs or is being decided."), code="closed")
    cells = in_plan(experiment, cells)
    there = current_entries(experiment)
    check(experiment, cells, there)
    check_seen(cells, there)
    changed = [cell for cell in cells if differs(cell, there.get(cell.key))]
    Entry.objects.filter(pk__in=[there[cell.key].pk for cell in changed if cell.key in there]).update(current=False)
    author = author_of(by)
    made = Entry.objects.bulk_create([entry_of(experiment, cell, author, source) for cell in changed], batch_size=500)
    if made:
        note_change(experiment, by=by, made=made, corrected=sum(cell.key in there for cell in changed))
    return made


def in_plan(experiment: Experiment, cells: Sequence[Cell]) -> list[Cell]:
    """The cells with variants and metrics as the plan has them now: it may have been edited since they were read."""
    variants = {row.pk: row for row in experiment.variants.all()}
    metrics = {row.pk: row for row in experiment.planned_metrics.all()}
    missing = [cell.place for cell in cells if cell.variant.pk not in variants or cell.metric.pk not in metrics]
    if missing:
        raise ValidationError({place: [_("This is not in the plan.")] for place in missing})
    return [replace(cell, variant=variants[cell.variant.pk], metric=metrics[cell.metric.pk]) for cell in cells]


def current_entries(experiment: Experiment) -> dict[tuple[int, int, datetime.date], Entry]:
    rows = Entry.objects.filter(experiment=experiment, current=True)
    return {(row.variant_id, row.metric_id, row.date): row for row in rows}


def check(experiment: Experiment, cells: Sequence[Cell], there: dict[Any, Entry]) -> None:
    if len(cells) > MOST_CELLS:
        raise ValidationError(_("Enter at most %(most)s results at once.") % {"most": MOST_CELLS})
    errors: dict[str, list[str]] = {}
    met: set[tuple[int, int, datetime.date]] = set()
    for cell in cells:
        for sentence in [*wrong_date(experiment, cell.date), *wrong_sums(cell)]:
            errors.setdefault(cell.place, []).append(sentence)
        if cell.key in met:
            errors.setdefault(cell.place, []).append(_("This variant, metric and day is there twice."))
        met.add(cell.key)
    if not errors and experiment.plan.counting == Counting.TO_DATE:
        errors = falling(cells, there)
    if errors:
        raise ValidationError(errors)


def wrong_date(experiment: Experiment, date: datetime.date) -> list[str]:
    if date > timezone.localdate() + datetime.timedelta(days=1):  # somewhere it is tomorrow already
        return [_("This day is still to come.")]
    if experiment.started_on and date < experiment.started_on:
        return [_("This day is before the start.")]
    return []


def wrong_sums(cell: Cell) -> list[str]:
    if cell.sums is None:
        return []
    try:
        sums_of(Kind(cell.metric.kind), cell.sums)
    except InvalidInput as error:
        return [f"{name}: {spoken(sentence)}" for name, sentence in error.errors.items()]
    with_covariate = "sum_covariate" in cell.sums and cell.sums["sum_covariate"] is not None
    if bool(cell.metric.covariate) != with_covariate and cell.metric.kind != Kind.RATIO:
        if with_covariate:
            return [_("The plan names no covariate for this metric.")]
        return [_("The plan names a covariate for this metric: give its sums, too.")]
    return []


def falling(cells: Sequence[Cell], there: dict[Any, Entry]) -> dict[str, list[str]]:
    """Totals to date never fall from one day to the next. What stood before is not held against anybody."""
    totals: dict[Any, dict[str, Any] | None] = {key: entry.sums for key, entry in there.items() if not entry.withdrawn}
    totals |= {cell.key: cell.sums for cell in cells}
    places = {cell.key: cell.place for cell in cells}
    errors: dict[str, list[str]] = {}
    latest: dict[tuple[int, int], tuple[dict[str, Any], Any]] = {}
    for key in sorted(totals):
        sums, column = totals[key], key[:2]
        if sums is None:
            continue
        before, earlier = latest.get(column, ({}, None))
        place = places.get(key) or places.get(earlier)
        if place and (names := fallen(sums, before)):
            errors.setdefault(place, []).extend(fell(name) for name in names)
        latest[column] = (sums, key)
    return errors


def fell(name: str) -> str:
    told = _("%(sum)s falls from one day to the next, but totals to date only grow.") % {"sum": name}
    if name == "n":
        return told
    return f"{told} {_('Where it did fall, as by refunds, take out the total of the earlier day first.')}"


def check_seen(cells: Sequence[Cell], there: dict[Any, Entry]) -> None:
    for cell in cells:
        entry = there.get(cell.key)
        if entry is not None and cell.seen not in (None, entry.pk) and differs(cell, entry):
            raise Conflict(entry)


def differs(cell: Cell, entry: Entry | None) -> bool:
    if entry is None or entry.withdrawn:
        return cell.sums is not None
    given = None if cell.sums is None else {name: value for name, value in cell.sums.items() if value is not None}
    return given != entry.sums


def entry_of(experiment: Experiment, cell: Cell, author: dict[str, Any], source: str) -> Entry:
    sums = {name: (cell.sums or {}).get(name) for name in SUMS}
    return Entry(
        experiment=experiment,
        variant=cell.variant,
        metric=cell.metric,
        date=cell.date,
        withdrawn=cell.sums is None,
        source=source,
        **author,
        **sums,
    )


def note_change(experiment: Experiment, *, by: Actor, made: list[Entry], corrected: int) -> None:
    """The experiment's version stays: whoever edits its texts meanwhile is not in the way of whoever enters results."""
    record(experiment, by=by, verb="entered", after={"entries": len(made), "corrections": corrected})
    refresh_signal(experiment)
    experiment.changed_at = timezone.now()
    experiment.save(update_fields=["signal", "signal_facts", "signal_at", "changed_at"])
