"""Steps: idea → planned → running → deciding → decided → archived, and the ways back."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from experiments.enums import Status
from experiments.models import Experiment
from experiments.queries.conditions import conditions, unmet
from experiments.services.deviations import record_deviation
from experiments.services.experiments import save_edited
from experiments.services.locks import lock_to_edit
from experiments.services.plans import state
from experiments.services.signals import refresh_signal
from experiments.services.states import experiment_state
from teams.models import Activity, forget_prefetched
from teams.permissions import Actor
from teams.services.activity import activity_of, record

# Where one can go from where. What is decided, `services/decisions.py` decides.
STEPS: dict[str, tuple[str, ...]] = {
    Status.IDEA: (Status.PLANNED, Status.ARCHIVED),
    Status.PLANNED: (Status.RUNNING, Status.IDEA, Status.ARCHIVED),
    Status.RUNNING: (Status.DECIDING, Status.PLANNED),
    Status.DECIDING: (Status.RUNNING,),
    Status.DECIDED: (Status.ARCHIVED,),
    Status.ARCHIVED: (),
}
BACK = {(Status.PLANNED, Status.IDEA), (Status.RUNNING, Status.PLANNED), (Status.DECIDING, Status.RUNNING)}


@transaction.atomic
def take_step(
    *,
    by: Actor,
    experiment: Experiment,
    to: str,
    seen: int | None = None,
    on: datetime.date | None = None,
    deviation: str = "",
) -> Experiment:
    """Bring an experiment to its next status, or back. The start freezes the plan.

    `on` is the day of the start or the end, today where it is not given. Who stops before the minimum run time says why
    in `deviation`. Raises ValidationError at `status` for a step that is not there or whose conditions are not met.
    """
    experiment = lock_to_edit(experiment, by=by, seen=seen)
    if to not in STEPS[experiment.status]:
        raise ValidationError({"status": [_("From here it cannot become “%(to)s”.") % {"to": label(to)}]})
    forward = (experiment.status, to) not in BACK
    check_conditions(experiment, to, forward)
    leave(experiment, to)
    arrive(experiment, to, on or timezone.localdate(), forward, by=by, deviation=deviation)
    return finish(experiment, by=by, to=to)


@transaction.atomic
def unarchive(*, by: Actor, experiment: Experiment, seen: int | None = None, to: str | None = None) -> Experiment:
    """Bring an archived experiment back to where it stood; refused where that is another status than `to`."""
    experiment = lock_to_edit(experiment, by=by, seen=seen)
    if experiment.status != Status.ARCHIVED:
        raise ValidationError({"status": [_("It is not archived.")]})
    back = before_archive(experiment)
    if to not in (None, back):
        raise ValidationError({"status": [_("From here it goes back to “%(to)s”.") % {"to": label(back)}]})
    return finish(experiment, by=by, to=back)


def finish(experiment: Experiment, *, by: Actor | None, to: str) -> Experiment:
    """Set the status, write it down, and have the signal follow."""
    before = experiment.status
    experiment.status = to
    refresh_signal(experiment)
    save_edited(experiment)
    record(experiment, by=by, verb="moved", before={"status": before}, after={"status": to})
    return experiment


def check_conditions(experiment: Experiment, to: str, forward: bool) -> None:
    if forward and (missing := unmet(conditions(experiment, to))):
        raise ValidationError({"status": [condition.sentence for condition in missing]}, code="conditions")


def leave(experiment: Experiment, to: str) -> None:
    """What the way back must not lose."""
    if to == Status.PLANNED and experiment.status == Status.RUNNING:
        if experiment.entries.exists():
            raise ValidationError({"status": [_("It has results, so it has started. Stop it instead.")]})
        experiment.deviations.filter(earlier_start=None).update(earlier_start=experiment.started_on)
        forget_prefetched(experiment, "deviations")
        experiment.started_on = None
        keep_frozen(experiment, None)
    if experiment.status == Status.DECIDING:
        if experiment.decisions.filter(returned_at=None).exists():
            raise ValidationError({"status": [_("A decision is proposed. Take it back or send it back first.")]})
        experiment.ended_on = None


def arrive(experiment: Experiment, to: str, on: datetime.date, forward: bool, *, by: Actor, deviation: str) -> None:
    if on > timezone.localdate():
        raise ValidationError({"on": [_("This day is still to come.")]})
    if to == Status.RUNNING and forward:
        experiment.started_on = on
        keep_frozen(experiment, {"hypothesis": experiment_state(experiment), "plan": state(experiment)})
    if to == Status.DECIDING:
        stop(experiment, on, by=by, deviation=deviation)


def stop(experiment: Experiment, on: datetime.date, *, by: Actor, deviation: str) -> None:
    if experiment.started_on and on < experiment.started_on:
        raise ValidationError({"on": [_("The end is before the start.")]})
    minimum = experiment.plan.minimum_days
    if experiment.started_on and (on - experiment.started_on).days + 1 < minimum:
        after = {"stopped": on.isoformat()}
        record_deviation(experiment, by=by, reason=deviation, before={"minimum_days": minimum}, after=after)
    experiment.ended_on = on


def keep_frozen(experiment: Experiment, document: dict[str, Any] | None) -> None:
    plan = experiment.plan
    plan.frozen, plan.frozen_at = document, timezone.now() if document else None
    plan.version += 1
    plan.save(update_fields=["frozen", "frozen_at", "version"])


def before_archive(experiment: Experiment) -> str:
    """The status that it had, read from the log; of one that came from a document, what its decision tells."""
    moves = activity_of(experiment).filter(verb="moved")
    last: Activity | None = moves.filter(after={"status": Status.ARCHIVED.value}).first()
    if last and last.before:
        return last.before["status"]
    decided = any(decision.confirmed_at for decision in experiment.decisions.all())
    return Status.DECIDED.value if decided else Status.IDEA.value


def label(status: str) -> str:
    return str(Status(status).label) if status in Status.values else status
