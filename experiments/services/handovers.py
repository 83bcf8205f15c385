"""Experiments of a member who leaves go to whoever takes over."""

from django.utils.translation import ngettext

from experiments.models import Experiment
from teams.models import Membership
from teams.permissions import Actor
from teams.services.handover import give_owned


def owned_experiments(member: Membership) -> list[str]:
    """How many experiments the member owns, in a sentence; removed ones too, for they may come back."""
    number = Experiment.objects.filter(owner=member).count()
    if not number:
        return []
    return [ngettext("%(number)s experiment", "%(number)s experiments", number) % {"number": number}]


def hand_over_experiments(*, by: Actor, giver: Membership, receiver: Membership) -> None:
    give_owned(Experiment, by=by, giver=giver, receiver=receiver)
