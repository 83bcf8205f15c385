"""One way to take hold of an experiment: its row first, then what hangs on it."""

from experiments.models import Experiment
from experiments.queries.experiments import complete
from teams.errors import Gone, check_seen
from teams.permissions import Actor, Permission, require


def hold(pk: int, *, workspace_id: int, seen: int | None = None) -> Experiment:
    """The experiment as it is now, complete, its row locked until the transaction ends.

    Raises Gone where it was removed, Conflict where it is not the version that the caller saw.
    """
    rows = Experiment.objects.select_for_update(of=("self",), no_key=True)
    held = rows.filter(pk=pk, workspace_id=workspace_id, removed_at=None).first()
    if held is None:
        raise Gone
    check_seen(held, seen)
    return complete(Experiment.objects.all()).get(pk=pk)


def lock(experiment: Experiment, *, by: Actor, seen: int | None = None) -> Experiment:
    """The same for an actor's experiment."""
    return hold(experiment.pk, workspace_id=by.workspace_id, seen=seen)


def lock_to_edit(experiment: Experiment, *, by: Actor, seen: int | None = None) -> Experiment:
    """The same for those who may edit it."""
    held = lock(experiment, by=by, seen=seen)
    require(by, Permission.EXPERIMENT_EDIT, held)
    return held
