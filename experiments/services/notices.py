"""Who is told of what happens to experiments."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from experiments.enums import Outcome, Signal
from experiments.models import Decision, Experiment, Learning
from journeys.models import Stage
from teams.models import Membership
from teams.permissions import Actor
from teams.services.notifications import notify, register_sentence

SENTENCES = {
    "experiment.signal": _("“%(thing)s” has a new status: %(signal)s."),
    "experiment.asked": _("%(who)s proposes a decision on “%(thing)s”: %(outcome)s. Confirm it or send it back."),
    "experiment.decided": _("%(who)s confirmed the decision on “%(thing)s”: %(outcome)s."),
    "experiment.returned": _("%(who)s sent the decision on “%(thing)s” back."),
    "experiment.suggested": _("“%(thing)s” suggests a learning for a stage of yours. Accept it or refuse it."),
    "experiment.answered": _("%(who)s answered what “%(thing)s” suggested for the map."),
    "experiment.follow-up": _("Look again at “%(thing)s”: that was planned for today."),
}


def in_words(values: Mapping[str, Any]) -> dict[str, Any]:
    """The codes that are kept with a notification, in the reader's words."""
    choices = {"signal": Signal, "outcome": Outcome}
    return {name: choices[name](value).label if name in choices else value for name, value in values.items()}


def register() -> None:
    for verb, sentence in SENTENCES.items():
        register_sentence(verb, worded(sentence))


def worded(sentence: Promise) -> Callable[[Mapping[str, Any]], str]:
    """What it says of the values that are kept, filled in here: `say` finds no places left."""
    return lambda values: (str(sentence) % in_words(values)).replace("%", "%%")


def address(experiment: Experiment) -> str:
    return reverse("experiments:experiment", args=[experiment.workspace.slug, experiment.pk])


def followers(experiment: Experiment) -> list[Membership]:
    """Its owner and its team."""
    team = experiment.team
    members = team.memberships.select_related("user") if team else Membership.objects.none()
    return list({member.pk: member for member in [experiment.owner, *members]}.values())


def signal_changed(experiment: Experiment) -> None:
    notify(followers(experiment), by=None, verb="experiment.signal", thing=experiment, signal=experiment.signal)


def decision_asked(decision: Decision, *, by: Actor) -> None:
    """Tell the team and the owners of the stage, who may confirm."""
    experiment = decision.experiment
    people = [*followers(experiment), *owners(experiment.place)]
    notify(people, by=by, verb="experiment.asked", thing=experiment, outcome=decision.outcome)


def decision_stands(decision: Decision, *, by: Actor) -> None:
    people = [decision.proposed_by, *followers(decision.experiment)]
    notify(people, by=by, verb="experiment.decided", thing=decision.experiment, outcome=decision.outcome)


def decision_returned(decision: Decision, *, by: Actor) -> None:
    people = [decision.proposed_by, decision.experiment.owner]
    quote = decision.returned_why
    notify(people, by=by, verb="experiment.returned", thing=decision.experiment, quote=quote)


def learning_suggested(learning: Learning, *, by: Actor) -> None:
    """Tell whoever is accountable for the stage."""
    experiment = learning.decision.experiment
    quote = learning.decision.learned
    notify(owners(experiment.place), by=by, verb="experiment.suggested", thing=experiment, quote=quote)


def learning_answered(learning: Learning, *, by: Actor) -> None:
    experiment = learning.decision.experiment
    notify([experiment.owner], by=by, verb="experiment.answered", thing=experiment, quote=learning.answer)


def follow_up_due(decision: Decision) -> None:
    notify(followers(decision.experiment), by=None, verb="experiment.follow-up", thing=decision.experiment)


def owners(stage: Stage | None) -> Iterable[Membership]:
    """The person accountable for a stage; of a stage without one the map's owner."""
    if stage is None:
        return []
    return [stage.accountable_person or stage.map.owner]
