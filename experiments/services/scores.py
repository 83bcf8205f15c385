"""Scores: what several people expect of an experiment, each for themself, before it starts."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from experiments.models import Experiment, Score
from experiments.queries.scores import BEFORE_START, comparable
from experiments.scoring import spread, total
from experiments.services.locks import lock
from experiments.services.practice import practice_of
from teams.errors import check_seen
from teams.models import Membership
from teams.permissions import Permission, require
from teams.services.activity import record


@transaction.atomic
def give_score(
    *,
    by: Membership,
    experiment: Experiment,
    values: Mapping[str, float],
    seen: int | None = None,
    chance: float | None = None,
    expected_effect: float | None = None,
    note: str = "",
) -> Score:
    """Give one's score, or another instead of it. `values`: the parts of the workspace's score model.

    `chance`: that the treatment turns out better, 0 to 1; `expected_effect`: relative. `seen` is the version of one's
    own score. Raises ValidationError naming the parts that are wrong.
    """
    experiment = open_for_scores(by, experiment)
    model = practice_of(by.workspace_id).score_model
    score = Score.objects.filter(experiment=experiment, scorer=by).first() or Score(experiment=experiment, scorer=by)
    if score.pk:
        check_seen(score, seen)
        score.version += 1
    score.scorer_name, score.model, score.values = by.label, model, dict(values)
    score.total = total(model, values)
    score.chance, score.expected_effect, score.note = chance, expected_effect, note.strip()
    score.full_clean(exclude=["experiment", "scorer"])
    score.save()
    keep_median(experiment)
    record(experiment, by=by, verb="scored")
    return score


@transaction.atomic
def withdraw_score(*, by: Membership, experiment: Experiment) -> None:
    """Take one's own score back."""
    experiment = open_for_scores(by, experiment)
    if Score.objects.filter(experiment=experiment, scorer=by).delete()[0]:
        keep_median(experiment)
        record(experiment, by=by, verb="unscored")


def keep_median(experiment: Experiment) -> None:
    """With the experiment, so that the log can be in the order of the scores."""
    found = spread(comparable(list(Score.objects.filter(experiment=experiment))))
    experiment.score = found.median if found else None
    experiment.save(update_fields=["score"])


def open_for_scores(by: Membership, experiment: Experiment) -> Experiment:
    experiment = lock(experiment, by=by)
    require(by, Permission.EXPERIMENT_SCORE, experiment)
    if not isinstance(by, Membership):
        raise ValidationError(_("Only people score."))
    if experiment.status not in BEFORE_START:
        raise ValidationError(_("Scores are given before the start. This experiment has started."), code="started")
    return experiment
