"""Experiments of a member who leaves go to whoever takes over."""

from django.db.models import F
from django.utils.translation import ngettext

from experiments.models import Experiment
from teams.models import Activity, Membership
from teams.permissions import Actor
from teams.services.activity import next_activity


def owned_experiments(member: Membership) -> list[str]:
    """How many experiments the member owns, in a sentence; removed ones too, for they may come back."""
    number = Experiment.objects.filter(owner=member).count()
    if not number:
        return []
    return [ngettext("%(number)s experiment", "%(number)s experiments", number) % {"number": number}]


def hand_over_experiments(*, by: Actor, giver: Membership, receiver: Membership) -> None:
    theirs = Experiment.objects.filter(owner=giver).order_by("pk").select_for_update(no_key=True)
    was, becomes = {"owner": giver.label}, {"owner": receiver.label}
    done = []
    for experiment in theirs:
        experiment.version += 1
        done.append(next_activity(experiment, by=by, verb="edited", before=was, after=becomes))
    Activity.objects.bulk_create(done)
    Experiment.objects.filter(owner=giver).update(owner=receiver, version=F("version") + 1)
