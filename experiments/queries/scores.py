"""Scores of an experiment, as somebody may see them."""

from dataclasses import dataclass

from experiments.enums import Status
from experiments.models import Experiment, Score
from experiments.scoring import Spread, spread
from teams.models import Membership
from teams.permissions import Actor, Permission, can

BEFORE_START = frozenset({Status.IDEA, Status.PLANNED})


@dataclass(frozen=True)
class Scores:
    """`mine` is the reader's own. `shown` are all of them, or none while the reader is to judge for themself first:
    then `blind` is true and `count` alone is known."""

    mine: Score | None
    shown: tuple[Score, ...]
    spread: Spread | None
    count: int
    blind: bool


def scores_of(experiment: Experiment, *, to: Actor) -> Scores:
    """Before the start, who may score and has not yet sees nobody's score. One query."""
    rows = list(experiment.scores.select_related("scorer__user").order_by("-total", "pk"))
    mine = next((row for row in rows if isinstance(to, Membership) and row.scorer_id == to.pk), None)
    may = isinstance(to, Membership) and can(to, Permission.EXPERIMENT_SCORE, experiment)
    blind = bool(rows) and may and mine is None and experiment.status in BEFORE_START
    if blind:
        return Scores(None, (), None, len(rows), True)
    same = [row.total for row in rows if row.model == rows[0].model]
    return Scores(mine, tuple(rows), spread(same), len(rows), False)
