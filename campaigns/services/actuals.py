"""What really came, by month, stage and channel. Nothing is overwritten; a correction is a new entry."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.enums import ActualSource, Measure
from campaigns.forecast import limits, months
from campaigns.models import Actual, Projection
from campaigns.months import first_day, name_of
from campaigns.queries.actuals import Place, current_actuals, replaced_by, this_month
from campaigns.queries.projections import latest_version
from campaigns.services.projection_questions import Document
from campaigns.services.projection_scores import score_projection
from campaigns.services.projections import hold
from insights.enums import MetricKind
from insights.models import Metric
from teams.errors import Conflict
from teams.permissions import Actor, Permission, require
from teams.services.activity import record
from teams.services.authors import author_of

MOST_CELLS = 10_000
Texts = dict[str, list[str]]


@dataclass(frozen=True)
class Cell:
    """One number. `month` as 2027-01; `stage` and `channel` are keys of the document; None takes the number out.

    `seen`: the id of the entry that the writer saw there, 0 for none; None overwrites knowingly. `place` names it in
    errors: a line of a file, a field of the grid.
    """

    month: str
    measure: str
    stage: str
    channel: str
    value: float | None
    seen: int | None = None
    place: str = "actuals"

    @property
    def key(self) -> Place:
        return self.month, self.measure, self.stage, self.channel


@transaction.atomic
def record_actuals(
    *,
    by: Actor,
    projection: Projection,
    cells: Sequence[Cell],
    source: str = ActualSource.PAGE,
    metric: Metric | None = None,
) -> list[Actual]:
    """Enter numbers; all of them or, where one is wrong, none. Those that are there already are passed over.

    Works on a locked projection, too. Raises ValidationError with the places of the wrong ones, and Conflict where
    somebody else was faster.
    """
    held = hold(projection, by=by)
    require(by, Permission.PROJECTION_EDIT, held)
    check(held, latest_version(held).document, cells)
    there = current_actuals(held)
    changed = [cell for cell in cells if differs(cell, there.get(cell.key))]
    for cell in changed:
        entry = there.get(cell.key)
        if entry is not None and cell.seen not in (None, entry.pk):
            raise Conflict(held)
    replaced = [there[cell.key].pk for cell in changed if cell.key in there]
    Actual.objects.filter(pk__in=replaced).update(current=False)
    same: dict[str, Any] = {"projection": held, "source": source, "metric": metric, **author_of(by)}
    made = Actual.objects.bulk_create([entry_of(cell, same) for cell in changed], batch_size=500)
    if made:
        record(held, by=by, verb="actuals", after={"entries": len(made), "corrections": len(replaced)})
        score_projection(held)
    return made


def entry_of(cell: Cell, same: dict[str, Any]) -> Actual:
    return Actual(
        month=first_day(cell.month),
        measure=cell.measure,
        stage=cell.stage,
        channel=cell.channel,
        value=cell.value,
        **same,
    )


def differs(cell: Cell, entry: Actual | None) -> bool:
    return cell.value != (entry.value if entry is not None else None)


def check(projection: Projection, document: Document, cells: Sequence[Cell]) -> None:
    if len(cells) > MOST_CELLS:
        raise ValidationError(_("Enter at most %(most)s numbers at once.") % {"most": MOST_CELLS})
    known = Known.of(projection, document)
    errors: Texts = {}
    met: set[Place] = set()
    for cell in cells:
        wrong = known.wrong(cell)
        if cell.key in met:
            wrong.append(_("This month, stage and channel is there twice."))
        met.add(cell.key)
        if wrong:
            errors.setdefault(cell.place, []).extend(wrong)
    if errors:
        raise ValidationError(errors)


@dataclass(frozen=True)
class Known:
    """What a number may speak of."""

    months: frozenset[str]
    stages: frozenset[str]
    channels: frozenset[str]
    now: str

    @classmethod
    def of(cls, projection: Projection, document: Document) -> "Known":
        return cls(
            frozenset(months.names(document["start"], document["months"])),
            frozenset(one["key"] for one in document["stages"]),
            frozenset(one["key"] for one in document["inputs"]),
            this_month(),
        )

    def wrong(self, cell: Cell) -> list[str]:
        found = []
        if cell.month not in self.months:
            found.append(_("This month is not in the projection."))
        elif cell.month > self.now:
            found.append(_("This month is still to come."))
        if cell.measure not in Measure.values:
            found.append(_("This is nothing that is counted."))
        elif (cell.measure == Measure.PASSED) != bool(cell.stage):
            found.append(_("Name the stage for those who passed one, and for nothing else."))
        if cell.stage and cell.stage not in self.stages:
            found.append(_("The projection has no such stage."))
        if cell.channel and cell.channel not in self.channels:
            found.append(_("The projection has no such channel."))
        return [*found, *wrong_value(cell.value)]


def wrong_value(value: float | None) -> list[str]:
    if value is None:
        return []
    if not math.isfinite(value) or not 0 <= value <= limits.MOST_MONEY:
        return [_("Give a number from 0.")]
    return []


@transaction.atomic
def take_back(*, by: Actor, projection: Projection, first: int, last: int) -> list[Actual]:
    """Take back the entries with ids from `first` to `last`, as far as nobody has corrected them since.

    Raises ValidationError where nothing of them stands any more.
    """
    standing = list(Actual.objects.filter(projection=projection, pk__gte=first, pk__lte=last, current=True))
    if not standing:
        raise ValidationError(_("These numbers have been corrected since, so there is nothing to take back."))
    before = replaced_by(standing)
    cells = [
        Cell(*entry.place, before[entry.pk].value if entry.pk in before else None, seen=entry.pk) for entry in standing
    ]
    return record_actuals(by=by, projection=projection, cells=cells)


def fill_from_metric(
    *, by: Actor, projection: Projection, metric: Metric, measure: str, stage: str, channel: str, last: bool
) -> list[Actual]:
    """Take a metric's readings as actual numbers: of each month their sum, or with `last` its last one.

    Raises ValidationError where there is none in the projection's months.
    """
    if metric.workspace_id != by.workspace_id:
        raise ValidationError({"metric": [_("This is not in the workspace.")]})
    if metric.kind == MetricKind.SHARE:
        raise ValidationError({"metric": [_("A share is no number of people or money. Choose another metric.")]})
    document = latest_version(projection).document
    names = [name for name in months.names(document["start"], document["months"]) if name <= this_month()]
    found: dict[str, float] = {}
    for date, value in metric.readings.order_by("date").values_list("date", "value"):
        name = name_of(date)
        if name in names:
            found[name] = value if last else found.get(name, 0.0) + value
    if not found:
        raise ValidationError({"metric": [_("It has no reading in the months of this projection.")]})
    cells = [Cell(name, measure, stage, channel, value, place=name) for name, value in found.items()]
    return record_actuals(by=by, projection=projection, cells=cells, source=ActualSource.METRIC, metric=metric)
