"""The computed status of an experiment: kept with it, so that lists need not compute, and told when it changes."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from experiments.enums import Status
from experiments.models import Experiment
from experiments.queries.assessment import assess_now
from experiments.services.locks import hold
from experiments.services.notices import signal_changed
from experiments.stats.assessment import Assessment
from teams.services.activity import record


def refresh_signal(experiment: Experiment) -> bool:
    """Compute the signal of an experiment that the caller has locked and will save; whether it is another one now.

    Only what runs or is being decided has one; it is told while it runs.
    """
    before = experiment.signal
    if experiment.status not in (Status.RUNNING, Status.DECIDING):
        experiment.signal, experiment.signal_facts, experiment.signal_at = "", {}, None
        return before != ""
    found = assess_now(experiment)
    experiment.signal, experiment.signal_facts = found.status.value, facts(found)
    experiment.signal_at = timezone.now()
    if experiment.status == Status.DECIDING or before in ("", experiment.signal):
        return before != experiment.signal
    record(experiment, by=None, verb="signal", before={"signal": before}, after={"signal": experiment.signal})
    signal_changed(experiment)
    return True


@transaction.atomic
def look_again(experiment: Experiment) -> bool:
    """Compute the signal anew because time has passed; whether it changed. Safe to run twice."""
    experiment = hold(experiment.pk, workspace_id=experiment.workspace_id)
    changed = refresh_signal(experiment)
    experiment.save(update_fields=["signal", "signal_facts", "signal_at"])
    return changed


def facts(found: Assessment) -> dict[str, Any]:
    """What the status line says besides the status, in plain values: sentences are made of it when it is shown."""
    return {
        "advice": found.advice and found.advice.value,
        "variant": found.variant,
        "days_left": found.days_left,
        "reasons": [{"code": note.code.value, "values": dict(note.values)} for note in found.reasons],
    }
