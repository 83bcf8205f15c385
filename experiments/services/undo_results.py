"""Undo of what was entered at once: what stood before is entered again, and both stay in the history."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from experiments.models import Entry, Experiment
from experiments.queries.entries import replaced_by
from experiments.services.locks import lock_to_edit
from experiments.services.results import Cell, record_results
from teams.permissions import Actor


@transaction.atomic
def take_back(*, by: Actor, experiment: Experiment, first: int, last: int) -> list[Entry]:
    """Take back the entries with ids from `first` to `last`, as far as nobody has corrected them since.

    Returns the new entries. Raises ValidationError where nothing of them stands any more.
    """
    experiment = lock_to_edit(experiment, by=by)
    rows = experiment.entries.filter(pk__gte=first, pk__lte=last, current=True)
    standing = list(rows.select_related("variant", "metric"))
    if not standing:
        raise ValidationError(_("These results have been corrected since, so there is nothing to take back."))
    before = replaced_by(standing)
    cells = []
    for entry in standing:
        was = before.get(entry.pk)
        sums = None if was is None or was.withdrawn else was.sums
        cells.append(Cell(entry.variant, entry.metric, entry.date, sums, seen=entry.pk))
    return record_results(by=by, experiment=experiment, cells=cells)
