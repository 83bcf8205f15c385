"""Scores of an experiment, as somebody may see them."""

from collections.abc import Sequence
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
    if is_blind(experiment, rows, to=to):
        return Scores(None, (), None, len(rows), True)
    return Scores(mine, tuple(rows), spread(comparable(rows)), len(rows), False)


def is_blind(experiment: Experiment, rows: Sequence[Score], *, to: Actor) -> bool:
    """Whether the reader is to judge for themself before they see what others gave."""
    if not rows or experiment.status not in BEFORE_START or not isinstance(to, Membership):
        return False
    given = any(row.scorer_id == to.pk for row in rows)
    return not given and can(to, Permission.EXPERIMENT_SCORE, experiment)


def comparable(rows: Sequence[Score]) -> list[float]:
    """The totals in the score model that was used last: those of another one are other numbers."""
    last = max(rows, key=lambda row: (row.changed_at, row.pk), default=None)
    return [row.total for row in rows if last is not None and row.model == last.model]
